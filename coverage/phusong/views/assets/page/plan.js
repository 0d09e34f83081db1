// What a plan builds, and when: hamlets by wave, trenches in the colour of their wave, antennas by operator.

const plan = data.plan;
const trenches = plan ? unpack(plan.trenches) : [];
const antennas = plan ? unpack(plan.antennas) : [];
const MILLION = 1e6;
const CASING = { color: "#ffffff", weight: 6, opacity: 0.9, interactive: false };

/** Hand each hamlet what is planned for it. */
function joinPlan() {
  for (const hamlet of hamlets) hamlet.planned = null;
  if (plan) for (const row of unpack(plan.rollout)) hamlets[row.hamlet].planned = row;
}

/** Return the value by which the waves are coloured. */
function waveKey(wave) {
  if (wave === null) return "never";
  return wave > 3 ? "later" : String(wave);
}

function waveOf(hamlet) {
  if (hamlet.planned) return waveKey(hamlet.planned.wave);
  if (hamlet.class === "KU") return "unverified";
  if (hamlet.class === "K1") return "now";
  return plan?.part ? "others" : "never";
}

function waveColour(wave) {
  return data.palette.themes.plan.find(([value]) => value === waveKey(wave))[1];
}

function nameWave(wave) {
  return wave === null ? name("plan", "never") : tell("plan_wave", { n: wave });
}

function formatMoney({ capex_low_vnd: low, capex_vnd: likely, capex_high_vnd: high }) {
  if (likely === null) return null;
  const write = (vnd) => formatNumber(vnd / MILLION);
  if (low === undefined || low === null) return tell("money", { likely: write(likely) });
  return tell("money_range", { likely: write(likely), low: write(low), high: write(high) });
}

/** Return the facts of a hamlet's plan for its panel. */
function planFacts(hamlet) {
  const row = hamlet.planned;
  if (!row) return [];
  if (row.wave === null) return fact("panel_plan", name("plan", "never"));
  const what = [name("option", row.option), name("operator", row.operator)].filter(Boolean).join("; ");
  const text = `${nameWave(row.wave)}: ${what}`;
  if (!row.basis || row.basis === "planned") {
    return [...fact("panel_plan", text), ...fact("panel_plan_cost", formatMoney(row))];
  }
  const likely = row.basis_probability === null ? null : formatShare(row.basis_probability);
  const basis = [name("plan_basis", row.basis), row.basis_on && formatDate(row.basis_on), likely];
  return [...fact("panel_plan", text), ...fact("panel_plan_basis", basis.filter(Boolean).join("; "))];
}

/** Return when something is built, and by whom where that is told. */
function headPlanned({ wave, operator }) {
  return [capital(nameWave(wave)), name("operator", operator)].filter(Boolean).join(" · ");
}

function describeTrench(trench) {
  return make(
    "span",
    { className: "tip" },
    make("b", {}, headPlanned(trench)),
    make("span", {}, `${formatNumber(trench.length_m)} m, ${name("medium", trench.medium)}`),
    make("span", {}, formatMoney(trench)),
  );
}

function describeAntenna(antenna) {
  return make(
    "span",
    { className: "tip" },
    make("b", {}, headPlanned(antenna)),
    make("span", {}, capital(name("option", antenna.kind))),
    make("span", {}, tell("site_height", { n: formatNumber(antenna.height_m) })),
    make("span", {}, formatMoney(antenna)),
  );
}

/** Lay white under each trench, and say over it what it is. */
function placeTrenches() {
  shapeLayers.trenches.eachLayer((layer) => {
    const trench = trenches[layer.feature.properties.i];
    L.polyline(layer.getLatLngs(), CASING).addTo(drawn.casing);
    layer.bindTooltip(() => describeTrench(trench), { sticky: true });
  });
}

function paintTrenches(mine) {
  toggle(drawn.casing, asked.layers.trenches);
  shapeLayers.trenches.eachLayer((layer) => {
    const trench = trenches[layer.feature.properties.i];
    layer.setStyle({ color: waveColour(trench.wave), weight: 3.5, opacity: mine(trench) ? 1 : 0 });
  });
  toggle(shapeLayers.trenches, asked.layers.trenches);
}

/** Return the headline of the plan, or nothing. */
function planFigure() {
  if (!plan) return [];
  const values = {
    scenario: name("plan_scenario", plan.scenario),
    planned: formatNumber(plan.hamlets_reached - plan.hamlets_promised),
    promised: formatNumber(plan.hamlets_promised),
    of: formatNumber(plan.hamlets),
    waves: formatNumber(plan.waves),
    cost: formatNumber(plan.spent_vnd / MILLION / 1000, 2),
  };
  const lines = [make("span", {}, tell("plan_figure", values))];
  const when = { date: formatDate(plan.as_of) };
  if (plan.outdated) lines.push(make("span", { className: "warning" }, tell("plan_outdated", when)));
  return [make("li", { className: "plan" }, ...lines)];
}

/** Return the waves of the trenches shown, each with its colour. */
function legendTrenches() {
  if (!asked.layers.trenches || !trenches.length) return [];
  const waves = [...new Set(trenches.map((t) => t.wave))].sort((a, b) => a - b);
  const lines = waves.map((wave) =>
    legendLine({ shape: "line", line: waveColour(wave) }, capital(nameWave(wave))),
  );
  return [make("h3", {}, tell("legend_trenches")), make("ul", {}, ...lines)];
}
