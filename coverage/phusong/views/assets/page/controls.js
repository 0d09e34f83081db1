// The choices around the map.

const sites = unpack(data.sites);
const nodes = unpack(data.nodes);
const measurements = unpack(data.measurements);
const routes = unpack(data.routes);

/** Return a radio button or tick box with its text. */
function choice(type, group, value, text, checked, action) {
  const input = make("input", { type, name: group, value, checked });
  input.addEventListener("change", () => {
    action(input);
    refresh();
    root.querySelector(`input[name="${group}"][value="${value}"]`)?.focus();
  });
  return make("label", { className: "choice" }, input, make("span", {}, text));
}

function fill(id, ...children) {
  const box = byId(id);
  box.replaceChildren(box.querySelector("legend"), ...children);
}

function writeThemes() {
  const choices = THEMES.map((theme) => {
    const text = ANY_STATUS[theme] ? capital(name("technology", theme)) : tell(`theme_${theme}`);
    return choice("radio", "theme", theme, text, theme === asked.theme, () => {
      asked.theme = theme;
      asked.hidden.clear();
      if (!operatorsOf(theme).includes(asked.operator)) asked.operator = "";
    });
  });
  fill("themes", ...choices);
}

function writeOperators() {
  if (["class", "gap"].includes(asked.theme)) {
    fill("operators", make("p", {}, tell("operator_class_note")));
    return;
  }
  const choices = ["", ...operatorsOf(asked.theme)].map((operator) => {
    const text = operator ? name("operator", operator) : tell("operator_any");
    return choice("radio", "operator", operator, text, operator === asked.operator, () => {
      asked.operator = operator;
      asked.hidden.clear();
    });
  });
  fill("operators", ...choices);
}

function writeEditions() {
  const choices = Object.keys(communes).map((edition) =>
    choice("radio", "edition", edition, name("edition", edition), edition === asked.edition, () => {
      asked.edition = edition;
      asked.commune = "";
    }),
  );
  fill("editions", ...choices);
}

function writeLayers() {
  const rows = {
    communes: Object.keys(communes), disputes: disputed, sites, nodes, routes, measurements, trenches, antennas,
  };
  const choices = Object.entries(rows)
    .filter(([, present]) => present.length)
    .map(([key]) =>
      choice("checkbox", "layer", key, tell(`layer_${key}`), asked.layers[key], (input) => {
        asked.layers[key] = input.checked;
      }),
    );
  fill("layers", ...choices);
}

function options(id, values, list, current) {
  const all = make("option", { value: "" }, tell("filter_all"));
  const rest = values.map((value) => make("option", { value }, capital(name(list, value))));
  byId(id).replaceChildren(all, ...rest);
  byId(id).value = current;
}

function present(key, list) {
  const values = new Set(hamlets.map((hamlet) => hamlet[key]));
  return Object.keys(data.terms[list]).filter((value) => values.has(value));
}

function chip(text, title, action) {
  const button = make("button", { type: "button", className: "chip", title }, text, " ✕");
  button.setAttribute("aria-label", title);
  button.addEventListener("click", () => {
    action();
    byId("filter-class").focus();
  });
  return button;
}

function clearFilters() {
  Object.assign(asked, { gapClass: "", officialGap: "" });
  if (asked.commune) chooseCommune("");
  asked.hidden.clear();
  refresh();
}

function writeFilters() {
  options("filter-class", present("class", "class"), "class", asked.gapClass);
  options("filter-gap", present("official_gap", "gap"), "gap", asked.officialGap);
  const chips = [];
  const commune = communeIndex[asked.edition]?.get(asked.commune);
  if (commune) {
    const text = nameCommune(commune);
    chips.push(
      chip(text, tell("filter_commune", { name: text }), () => {
        chooseCommune("");
        refresh();
      }),
    );
  }
  if (asked.gapClass || asked.officialGap || asked.hidden.size) {
    chips.push(chip(tell("filter_clear"), tell("filter_clear"), clearFilters));
  }
  byId("chips").replaceChildren(...chips);
}
