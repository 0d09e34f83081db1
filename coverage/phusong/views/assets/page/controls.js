// The choices around the map, the headline figures and the sources.

const sites = unpack(data.sites);
const nodes = unpack(data.nodes);
const routes = unpack(data.routes);

/** Return a radio button or tick box with its text. */
function choice(type, group, value, text, checked, action) {
  const input = make("input", { type, name: group, value, checked });
  input.addEventListener("change", () => {
    action(input);
    refresh();
    document.querySelector(`input[name="${group}"][value="${value}"]`)?.focus();
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
  if (asked.theme === "class") {
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
  const rows = { communes: Object.keys(communes), sites, nodes, routes, trenches, antennas };
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
  Object.assign(asked, { gapClass: "", mobileGap: "", commune: "" });
  asked.hidden.clear();
  refresh();
}

function writeFilters() {
  options("filter-class", present("class", "class"), "class", asked.gapClass);
  options("filter-gap", present("mobile_gap", "gap"), "gap", asked.mobileGap);
  const chips = [];
  const commune = communeIndex[asked.edition]?.get(asked.commune);
  if (commune) {
    const text = nameCommune(commune);
    chips.push(
      chip(text, tell("filter_commune", { name: text }), () => {
        asked.commune = "";
        refresh();
      }),
    );
  }
  if (asked.gapClass || asked.mobileGap || asked.hidden.size) {
    chips.push(chip(tell("filter_clear"), tell("filter_clear"), clearFilters));
  }
  byId("chips").replaceChildren(...chips);
}

function ratio({ numerator, denominator, counted }) {
  return `${formatNumber(numerator)}/${formatNumber(denominator)} ${name("counted", counted)}`;
}

/** Return one headline figure: share, numerator over denominator, and what nobody knows. */
function figure(row) {
  const persons = data.head.persons.find((r) => r.indicator === row.indicator);
  const unknown = capital(tell("unknown_count", { n: formatNumber(row.unknown) }));
  return make(
    "li",
    {},
    make("strong", {}, formatShare(row.share, 1)),
    " ",
    make("span", { className: "what" }, capital(name("indicator", row.indicator))),
    make("span", {}, ratio(row)),
    persons ? make("span", {}, `${ratio(persons)} (${formatShare(persons.share, 1)})`) : null,
    row.unknown ? make("span", {}, unknown) : null,
  );
}

function writeHead() {
  const { head } = data;
  const parts = [
    tell("province", { name: head.province }),
    tell("figures_as_of", { date: formatDate(head.as_of) }),
  ];
  parts.push(name("edition", head.edition));
  if (head.scenario) parts.push(tell("scenario", { name: head.scenario[language] }));
  byId("subtitle").textContent = parts.join(" · ");
  byId("figures").replaceChildren(...head.figures.map(figure), ...planFigure());
  byId("figures").parentElement.hidden = !head.figures.length;
  byId("banner").hidden = !head.demonstration;
  byId("banner").replaceChildren(make("strong", {}, tell("banner")), " ", tell("banner_note"));
  byId("language").textContent = tell("language");
  byId("language").title = tell("language_hint");
  byId("language").lang = language === "vi" ? "en" : "vi";
}

function writeSources() {
  const { head } = data;
  const keys = ["source_kind", "source_publisher", "source_licence", "source_date", "source_file"];
  const headings = make("tr", {}, ...keys.map((key) => make("th", { scope: "col" }, tell(key))));
  const rows = head.sources.map((s) =>
    make(
      "tr",
      {},
      ...[capital(name("source", s.kind)), s.publisher, s.licence, formatDate(s.as_of), s.file].map((text) =>
        make("td", {}, text || "–"),
      ),
    ),
  );
  byId("source-rows").replaceChildren(make("thead", {}, headings), make("tbody", {}, ...rows));
  const kinds = head.absent.map((kind) => name("source", kind)).join(", ");
  const gaps = [
    head.sources.length ? "" : tell("source_none"),
    kinds ? tell("source_absent", { kinds }) : "",
  ];
  byId("absent").textContent = gaps.filter(Boolean).join(" ");
  byId("note").textContent = head.note;
  byId("note").hidden = !head.note;
}
