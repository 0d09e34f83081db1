// What is known about each hamlet, what is asked of the map, and which hamlets answer.

const hamlets = unpack(data.hamlets);
const statements = unpack(data.reach);
const united = unpack(data.signal);
const measured = unpack(data.measured);
const communes = Object.fromEntries(
  Object.entries(data.communes).map(([edition, table]) => [edition, unpack(table)]),
);

const disputed = hamlets.filter((hamlet) => hamlet.disagrees);

const RANK = { FULL: 3, PARTIAL: 2, NONE: 1, UNKNOWN: 0 };
const LEFT_OUT = { K1: 0, K2: 1, KU: 2, K3: 3, K4: 4, K5: 5 };
const TRUST = Object.fromEntries(data.palette.themes.evidence.map(([value], i) => [value, -i]));
const ANY_STATUS = { "4G": "mobile_4g", "3G": "mobile_3g", FIBRE: "fibre" };
const DECIDING = { K1: "FIBRE", K2: "4G", K3: "4G", K4: "3G", K5: "4G" };
const GUESSED = ["modelled", "assumed"];

const asked = {
  theme: "class",
  operator: "",
  edition: data.head.edition,
  hidden: new Set(),
  gapClass: "",
  officialGap: "",
  commune: "",
  sort: { key: "class", down: true },
  selected: null,
  layers: {
    communes: true, disputes: false, sites: false, nodes: false, routes: false, measurements: false, trenches: true,
    antennas: true,
  },
};

/** Hand each hamlet its statements, and its key for searching and sorting. */
function joinFindings() {
  for (const hamlet of hamlets) {
    hamlet.statements = [];
    hamlet.united = {};
    hamlet.measured = [];
  }
  for (const row of statements) hamlets[row.hamlet].statements.push(row);
  for (const row of measured) hamlets[row.hamlet].measured.push(row);
  for (const row of united) hamlets[row.hamlet].united[row.technology] = row;
}

/** Return the technologies that count officially, as text; empty where no headline names them. */
function countedTechnologies() {
  const row = data.head.figures.find(({ technologies }) => technologies);
  return row ? row.technologies.replaceAll("|", ", ") : "";
}

/** Return the commune of a hamlet in the edition asked for, or nothing. */
function communeOf(hamlet) {
  const into = data.lineage[asked.edition];
  const code = into ? into[hamlet.commune_code] : hamlet.commune_code;
  return communeIndex[asked.edition]?.get(code);
}

const communeIndex = Object.fromEntries(
  Object.entries(communes).map(([edition, rows]) => [
    edition,
    new Map(rows.map((row) => [row.commune_code, row])),
  ]),
);

/** Return a commune's name; in full with its kind in either language, and its district if it has one. */
function nameCommune(commune, { long = false } = {}) {
  if (!commune) return "–";
  const kind = name("unit", commune.kind);
  if (language === "vi")
    return capital([`${kind} ${commune.name}`, long && commune.district].filter(Boolean).join(", "));
  return long ? [`${commune.name} (${kind})`, commune.district].filter(Boolean).join(", ") : commune.name;
}

/** Return a hamlet's proper name: its kind is part of it, in either language. */
function nameHamlet({ kind, name: own }) {
  const told = !kind || fold(own).startsWith(`${fold(kind)} `);
  return capital(told ? own : `${kind} ${own}`);
}

/** Return what one operator's evidence says about a technology, or nothing. */
function statementOf(hamlet, technology, operator) {
  return hamlet.statements.find((s) => s.technology === technology && s.operator === operator);
}

/**
 * Return the statement on which a technology's status by any operator rests. One operator is enough for
 * a yes, so the most trusted of the best counts; a no needs them all, so the least trusted counts.
 */
function bestStatement(hamlet, technology) {
  if (hamlet[ANY_STATUS[technology]] === "UNKNOWN") return undefined;
  const known = hamlet.statements.filter((s) => s.technology === technology && s.status !== "UNKNOWN");
  const top = Math.max(...known.map((s) => RANK[s.status]));
  const side = top === RANK.NONE ? -1 : 1;
  return known
    .filter((s) => RANK[s.status] === top)
    .sort((a, b) => side * (TRUST[b.evidence] - TRUST[a.evidence]))[0];
}

/** Return the technology that the theme speaks of; for a class, the one that decides it. */
function technologyOf(hamlet) {
  return ANY_STATUS[asked.theme] ? asked.theme : DECIDING[hamlet.class];
}

function evidenceOf(hamlet) {
  if (asked.theme === "gap") return hamlet.official_evidence || "absent";
  const technology = technologyOf(hamlet);
  if (!technology) return "absent";
  const operator = asked.theme === "class" ? "" : asked.operator;
  const row = operator ? statementOf(hamlet, technology, operator) : bestStatement(hamlet, technology);
  return row ? row.evidence : "absent";
}

/** Return the value by which the theme colours a hamlet. */
function categoryOf(hamlet) {
  if (asked.theme === "class") return hamlet.class;
  if (asked.theme === "gap") return hamlet.official_gap;
  if (asked.theme === "evidence") return evidenceOf(hamlet);
  if (asked.theme === "plan") return waveOf(hamlet);
  if (!asked.operator) return hamlet[ANY_STATUS[asked.theme]];
  return statementOf(hamlet, asked.theme, asked.operator)?.status || "UNKNOWN";
}

/** Return the name of the theme's list of colours. */
function paletteName() {
  return ANY_STATUS[asked.theme] ? "status" : asked.theme;
}

/** Return the colours of the theme in order: value, colour, ink. */
function paletteOf() {
  return data.palette.themes[paletteName()];
}

function isUnknown(category) {
  return ["KU", "UNKNOWN", "unknown", "absent", "unverified"].includes(category);
}

/** Keep to one commune, or to none; whoever holds the map learns it in the codes of the sources' edition. */
function chooseCommune(code) {
  asked.commune = code;
  if (asked.edition === data.head.edition) report("commune");
}

/** Return whether a hamlet passes every filter but the legend's. */
function passesFilters(hamlet) {
  return (
    (!asked.gapClass || hamlet.class === asked.gapClass) &&
    (!asked.officialGap || hamlet.official_gap === asked.officialGap) &&
    (!asked.commune || communeOf(hamlet)?.commune_code === asked.commune) &&
    (asked.theme !== "plan" || !asked.operator || hamlet.planned?.operator === asked.operator)
  );
}

function isShown(hamlet) {
  return passesFilters(hamlet) && !asked.hidden.has(categoryOf(hamlet));
}

const SORT_KEYS = {
  name: (a, b) => collator.compare(a.name, b.name),
  commune: (a, b) => collator.compare(communeOf(a)?.name || "", communeOf(b)?.name || ""),
  class: (a, b) => LEFT_OUT[a.class] - LEFT_OUT[b.class],
  mobile_4g: (a, b) => RANK[a.mobile_4g] - RANK[b.mobile_4g],
  mobile_3g: (a, b) => RANK[a.mobile_3g] - RANK[b.mobile_3g],
  fibre: (a, b) => RANK[a.fibre] - RANK[b.fibre],
};

/** Return the hamlets that answer, in the order of the table. */
function listShown() {
  const { key, down } = asked.sort;
  const order = SORT_KEYS[key];
  const side = down ? -1 : 1;
  return hamlets.filter(isShown).sort((a, b) => side * order(a, b) || SORT_KEYS.name(a, b) || a.i - b.i);
}

/** Return the operators that said anything about the theme's technology, in the palette's order. */
function operatorsOf(theme) {
  const rows = theme === "plan" ? [...trenches, ...antennas] : statements;
  const mine = rows.filter((s) => !ANY_STATUS[theme] || s.technology === theme);
  const names = new Set(mine.map((s) => s.operator));
  return Object.keys(data.palette.operators).filter((operator) => names.has(operator));
}
