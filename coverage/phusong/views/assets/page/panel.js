// One hamlet in full: its class, why, and what every technology and operator does there.

const TECHNOLOGIES = ["FIBRE", "5G", "4G", "3G", "2G"];
let cameFrom = null;

function fact(label, value) {
  return value === null || value === ""
    ? []
    : [make("dt", {}, tell(label)), make("dd", {}, typeof value === "string" ? capital(value) : value)];
}

function yesNo(flag) {
  if (flag === null) return tell("not_known");
  return tell(flag ? "yes" : "no");
}

function people(hamlet) {
  const write = (n) => (n === null ? tell("not_known") : formatNumber(n));
  return `${write(hamlet.households)}; ${write(hamlet.population)}`;
}

/** Return the pupils of a place, hidden where a count could tell of a few; null where they are not shown. */
function pupils(place) {
  if (!place || place.pupils_hidden === null) return null;
  const hidden = (place.pupils_hidden || "").split("|");
  const write = (key, name) => (hidden.includes(name) ? tell("hidden") : formatNumber(place[key]));
  return [
    write("pupils", "pupils"),
    write("pupils_without_device", "without_device"),
    write("pupils_eligible", "eligible"),
  ].join("; ");
}

/** Return how many residential clusters have no signal, and how many households; or that nobody knows. */
function clusters(hamlet) {
  if (hamlet.clusters === null) return "";
  if (!hamlet.clusters) return tell("gap_no_clusters");
  const write = (key, n) => tell(key, { n: formatNumber(n) });
  const all = formatNumber(hamlet.clusters);
  const parts = [tell("gap_clusters", { dark: formatNumber(hamlet.dark_clusters), all })];
  if (hamlet.dark_clusters) {
    const known = hamlet.dark_households !== null;
    parts.push(known ? write("gap_households", hamlet.dark_households) : tell("gap_no_households"));
  }
  if (hamlet.unknown_clusters) parts.push(write("gap_unclear", hamlet.unknown_clusters));
  return parts.join(", ");
}

/** Return the white or partial gap, its clusters, by which technologies, and by 4G and 5G alone. */
function officialGap(hamlet) {
  const parts = [name("gap", hamlet.official_gap), clusters(hamlet)];
  const technologies = countedTechnologies();
  if (technologies) parts.push(tell("gap_counted", { technologies }));
  if (hamlet.official_evidence) parts.push(name("evidence", hamlet.official_evidence));
  if (hamlet.gap_4g5g !== hamlet.official_gap)
    parts.push(tell("gap_4g5g", { gap: name("gap", hamlet.gap_4g5g) }));
  return parts.filter(Boolean).join("; ");
}

/** Return by technology how often it was measured here, when last, and the median signal. */
function measuredHere(hamlet) {
  return hamlet.measured
    .map(({ technology, n, latest, signal_dbm: dbm }) =>
      tell("measured", {
        technology: technology ? name("technology", technology) : tell("not_known"),
        n: formatNumber(n),
        date: latest ? formatDate(latest) : tell("not_known"),
        signal: dbm === null ? "" : tell("measured_signal", { dbm: formatNumber(dbm) }),
      }),
    )
    .join("; ");
}

/** Return the share served, and indoors below it. */
function shareCell(row) {
  if (!row) return make("td", {}, "");
  const inside = row.indoor_share === null ? null : tell("indoors", { share: formatShare(row.indoor_share) });
  return make("td", {}, formatShare(row.served_share), inside && make("small", {}, ` ${inside}`));
}

function facts(hamlet) {
  const place = `${name("quality", hamlet.location_quality)}; ${name("ground", hamlet.ground_basis)}`;
  return make(
    "dl",
    {},
    ...fact("panel_class", make("span", {}, badge(hamlet.class), " ", name("class", hamlet.class))),
    ...fact("panel_cause", hamlet.cause ? name("cause", hamlet.cause) : null),
    ...fact("panel_gap", officialGap(hamlet)),
    ...fact("panel_measured", measuredHere(hamlet)),
    ...fact("panel_sunset", hamlet.class_without_3g ? name("class", hamlet.class_without_3g) : null),
    ...fact("panel_kind", hamlet.kind ? capital(name("kind", hamlet.kind)) : null),
    ...fact("panel_people", people(hamlet)),
    ...fact("panel_pupils", pupils(hamlet)),
    ...fact("panel_pupils_commune", pupils(hamlet) ? null : pupils(communeOf(hamlet))),
    ...planFacts(hamlet),
    ...fact("panel_power", yesNo(hamlet.grid_power)),
    ...fact("panel_hard", yesNo(hamlet.special_difficulty)),
    ...fact("panel_place", place),
    ...fact("panel_former", hamlet.former_names && hamlet.former_names.replaceAll("|", ", ")),
    ...fact("panel_code", hamlet.hamlet_id),
  );
}

/** Return the row that heads a technology: its status by any operator. */
function technologyRow(hamlet, technology) {
  const any = hamlet.united[technology];
  const status = hamlet[ANY_STATUS[technology]] || any?.status || "UNKNOWN";
  return make(
    "tr",
    { className: "technology" },
    make(
      "th",
      { scope: "rowgroup" },
      capital(name("technology", technology)),
      make("small", {}, tell("operator_any")),
    ),
    make("td", {}, capital(name("status", status))),
    shareCell(any),
    make("td", {}, any ? formatShare(any.probability) : ""),
    make("td", {}, ""),
    make("td", {}, any ? formatDistance(any.site_distance_m) : ""),
  );
}

function operatorRow(statement) {
  const basis = statement.fibre_basis
    ? name("basis", statement.fibre_basis)
    : name("evidence", statement.evidence);
  return make(
    "tr",
    { className: GUESSED.includes(statement.evidence) ? "guessed" : "" },
    make("th", { scope: "row" }, name("operator", statement.operator)),
    make("td", {}, capital(name("status", statement.status))),
    shareCell(statement),
    make("td", {}, formatShare(statement.probability)),
    make("td", {}, [capital(basis), formatDate(statement.as_of)].filter(Boolean).join(", ")),
    make("td", {}, formatDistance(statement.distance_m)),
  );
}

function reachTable(hamlet) {
  const known = TECHNOLOGIES.filter(
    (t) => ANY_STATUS[t] || hamlet.united[t] || hamlet.statements.some((s) => s.technology === t),
  );
  const groups = known.map((technology) =>
    make(
      "tbody",
      {},
      technologyRow(hamlet, technology),
      ...hamlet.statements.filter((s) => s.technology === technology).map(operatorRow),
    ),
  );
  const headings = [
    "operator",
    "panel_status",
    "panel_share",
    "panel_probability",
    "panel_evidence",
    "panel_distance",
  ];
  const head = make("tr", {}, ...headings.map((key) => make("th", { scope: "col" }, tell(key))));
  const caption = make("caption", {}, tell("panel_table"));
  return make(
    "div",
    { className: "rows", tabIndex: 0, role: "region", ariaLabel: tell("panel_table") },
    make("table", {}, caption, make("thead", {}, head), ...groups),
  );
}

function panelButton(label, text, action) {
  const button = make("button", { type: "button", title: tell(label) }, text);
  button.setAttribute("aria-label", tell(label));
  button.addEventListener("click", action);
  return button;
}

/** Return the hamlet before or after the selected one in the order of the table. */
function neighbour(step) {
  const here = shown.indexOf(asked.selected);
  return here < 0 ? shown[0] : shown[(here + step + shown.length) % shown.length];
}

function step(by) {
  const next = neighbour(by);
  if (next) openPanel(next, { from: "panel" });
}

function writePanel() {
  const hamlet = asked.selected;
  byId("panel").hidden = !hamlet;
  if (!hamlet) return;
  const parts = [
    make(
      "div",
      { className: "panel-head" },
      make("h2", { id: "panel-title" }, nameHamlet(hamlet)),
      panelButton("panel_previous", "‹", () => step(-1)),
      panelButton("panel_next", "›", () => step(1)),
      panelButton("panel_close", "✕", closePanel),
    ),
    make("p", {}, nameCommune(communeOf(hamlet), { long: true })),
    hamlet.disagrees ? make("p", { className: "warning" }, tell("panel_disagrees")) : null,
    facts(hamlet),
    sheetButton(hamlet),
    hamlet.statements.length ? reachTable(hamlet) : make("p", {}, tell("panel_silent")),
  ];
  byId("panel").replaceChildren(...parts.filter(Boolean));
}

/** Open the panel of a hamlet; from the table or the search the map moves there too. */
function openPanel(hamlet, { from }) {
  if (from !== "panel" && from !== "page")
    cameFrom = from === "search" ? byId("search") : rowOf(hamlet)?.querySelector("button");
  asked.selected = hamlet;
  writePanel();
  paintHamlets();
  markRow();
  if (from !== "map") showHamlet(hamlet);
  else bringOut(hamlet);
  byId("panel").scrollTop = 0;
  if (from === "page") return;
  report("hamlet");
  byId("panel").focus({ preventScroll: true });
  bringIntoView(byId("panel"));
}

/** Move the map so far that the panel does not lie over a hamlet. */
function bringOut(hamlet) {
  const layer = outlines.get(hamlet.i);
  const free = map.getSize().x - covered();
  const centre = layer.getBounds ? layer.getBounds().getCenter() : layer.getLatLng();
  const over = map.latLngToContainerPoint(centre).x - free;
  if (covered() && over > -24) map.panBy([over + free / 2, 0], { animate: !calm });
}

/** Scroll the page to the start of an element, unless all of it is in view. */
function bringIntoView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  if (top >= 0 && bottom <= window.innerHeight) return;
  element.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function forgetSelected() {
  asked.selected = null;
  writePanel();
  paintHamlets();
  markRow();
}

function closePanel() {
  const mine = rowOf(asked.selected)?.querySelector("button");
  forgetSelected();
  report("hamlet");
  (cameFrom?.isConnected ? cameFrom : mine)?.focus({ preventScroll: true });
}
