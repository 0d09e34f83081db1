// Search by name, with or without accents, by mouse or by keyboard.

const MOST = 12;
let found = [];
let active = -1;

/** Return everything that can be found in the edition in force: communes first, then hamlets. */
function listTargets() {
  const places = (communes[asked.edition] || []).map((commune) => ({
    commune,
    key: fold(`${name("unit", commune.kind)} ${commune.name} ${commune.district || ""}`),
    starts: [fold(commune.name), fold(`${name("unit", commune.kind)} ${commune.name}`)],
    text: nameCommune(commune, { long: true }),
  }));
  const homes = hamlets.map((hamlet) => ({
    hamlet,
    key: fold(
      `${nameHamlet(hamlet)} ${nameCommune(communeOf(hamlet), { long: true })} ${hamlet.former_names || ""}`,
    ),
    starts: [fold(hamlet.name), fold(nameHamlet(hamlet))],
    text: `${nameHamlet(hamlet)} – ${nameCommune(communeOf(hamlet), { long: true })}`,
  }));
  return [...places, ...homes];
}

/** Return how well a target answers: its own name whole, at the start, inside, or elsewhere. */
function score({ starts }, wanted) {
  if (starts.includes(wanted)) return 0;
  if (starts.some((start) => start.startsWith(wanted))) return 1;
  return starts.some((start) => start.includes(wanted)) ? 2 : 3;
}

function find(text) {
  const wanted = fold(text.trim().replace(/\s+/g, " "));
  if (!wanted) return [];
  const words = wanted.split(" ");
  return listTargets()
    .filter((target) => words.every((word) => target.key.includes(word)))
    .sort((a, b) => score(a, wanted) - score(b, wanted) || collator.compare(a.text, b.text))
    .slice(0, MOST);
}

function writeFound() {
  const input = byId("search");
  const text = input.value.trim();
  found = find(text);
  active = found.length ? 0 : -1;
  const options = found.map((target, i) => {
    const option = make("li", { role: "option", id: `found-${i}` }, target.text);
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(i));
    return option;
  });
  const none = make(
    "li",
    { className: "none", role: "option", "aria-disabled": "true" },
    tell("search_none", { text }),
  );
  byId("found").replaceChildren(...(text && !found.length ? [none] : options));
  byId("found").hidden = !text;
  input.setAttribute("aria-expanded", String(Boolean(text)));
  byId("search-said").textContent = text ? tell("search_count", { n: formatNumber(found.length) }) : "";
  markActive();
}

function markActive() {
  const input = byId("search");
  [...byId("found").children].forEach((option, i) =>
    option.setAttribute("aria-selected", String(i === active)),
  );
  if (active < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `found-${active}`);
  byId("found").children[active]?.scrollIntoView({ block: "nearest" });
}

function hideFound() {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

/** Go to a target: a hamlet opens its panel, a commune becomes a filter. */
function choose(i) {
  const target = found[i];
  if (!target) return;
  hideFound();
  byId("search").value = "";
  if (target.hamlet) {
    if (!isShown(target.hamlet)) clearFilters();
    openPanel(target.hamlet, { from: "search" });
    return;
  }
  chooseCommune(target.commune.commune_code);
  refresh();
  showCommune(target.commune);
}

function listenSearch() {
  const input = byId("search");
  input.addEventListener("input", writeFound);
  input.addEventListener("blur", hideFound);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose(active);
    else if (event.key === "Escape" && !byId("found").hidden) {
      event.stopPropagation();
      hideFound();
    }
    if (["ArrowDown", "ArrowUp"].includes(event.key) && found.length) {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      active = (active + by + found.length) % found.length;
      markActive();
    }
  });
}
