// The legend, always open: every value that occurs, with its count; an entry hides or shows its hamlets.

const THEMES = ["class", "gap", "4G", "3G", "FIBRE", "evidence", ...(data.plan ? ["plan"] : [])];

/** Return the title of the theme, with its operator where one was asked for. */
function themeTitle() {
  if (["class", "gap"].includes(asked.theme)) return tell(`theme_${asked.theme}`);
  const own = ["evidence", "plan"].includes(asked.theme);
  const theme = own ? tell(`theme_${asked.theme}`) : capital(name("technology", asked.theme));
  return asked.operator ? `${theme} · ${name("operator", asked.operator)}` : theme;
}

function sample(options) {
  const canvas = make("canvas", { width: 22, height: 15, className: "sample" });
  canvas.setAttribute("aria-hidden", "true");
  L.drawSample(canvas, options);
  return canvas;
}

/** Return the entry of one value, as a button that hides or shows it. */
function legendEntry([value, colour], count) {
  const button = make(
    "button",
    { type: "button", className: "entry" },
    sample({ fill: colour, texture: isUnknown(value) ? "hatch" : null }),
    make("span", {}, capital(name(paletteName(), value))),
    make("b", {}, formatNumber(count)),
  );
  button.dataset.value = value;
  button.setAttribute("aria-pressed", String(!asked.hidden.has(value)));
  button.addEventListener("click", () => {
    if (!asked.hidden.delete(value)) asked.hidden.add(value);
    refresh();
    byId("legend").querySelector(`[data-value="${value}"]`).focus();
  });
  return make("li", {}, button);
}

/** Return the entries of the values that occur, counted among the hamlets that pass the filters. */
function legendEntries() {
  const present = new Set(hamlets.map(categoryOf));
  const counts = {};
  for (const hamlet of hamlets.filter(passesFilters)) {
    const category = categoryOf(hamlet);
    counts[category] = (counts[category] || 0) + 1;
  }
  return paletteOf()
    .filter(([value]) => present.has(value))
    .map((entry) => legendEntry(entry, counts[entry[0]] || 0));
}

function legendLine(options, text) {
  return make("li", {}, sample(options), make("span", {}, text));
}

/** Return the lines about places: hamlets drawn as points, hamlets drawn nowhere, dotted evidence. */
function legendNotes() {
  const lines = [];
  const points = hamlets.filter((h) => outlines.has(h.i) && !outlines.get(h.i).getBounds).length;
  const nowhere = hamlets.filter((h) => !outlines.has(h.i)).length;
  const guessed = hamlets.some((h) => !isUnknown(categoryOf(h)) && GUESSED.includes(evidenceOf(h)));
  if (guessed && !["evidence", "plan"].includes(asked.theme)) {
    lines.push(legendLine({ fill: paletteOf()[0][1], texture: "dots" }, tell("legend_dots")));
  }
  if (points) {
    lines.push(
      legendLine({ shape: "circle", fill: "#ffffff" }, tell("legend_point", { n: formatNumber(points) })),
    );
  }
  const estimated = hamlets.filter((h) => h.ground_basis === "voronoi").length;
  if (estimated)
    lines.push(make("li", {}, make("span", {}, tell("legend_estimated", { n: formatNumber(estimated) }))));
  if (asked.layers.disputes) {
    const text = tell("legend_disputes", { n: formatNumber(disputed.length) });
    lines.push(legendLine({ shape: "line", line: DISPUTE.color, dash: IDLE }, text));
  }
  if (nowhere)
    lines.push(make("li", {}, make("span", {}, tell("legend_nowhere", { n: formatNumber(nowhere) }))));
  return lines;
}

/** Return the operators' marks of a layer that is shown. */
function legendMarks(key, rows) {
  if (!asked.layers[key] || !rows.length) return [];
  const owners = rows.map((row) => row.operators || row.operator);
  const single = Object.entries(data.palette.operators).filter(([operator]) => owners.includes(operator));
  const entries = single.map(([operator, [colour, shape]]) =>
    legendLine(markSample(key, colour, shape), capital(name("operator", operator))),
  );
  if (owners.some((owner) => !owner)) {
    const [colour, shape] = markOf(null);
    entries.push(legendLine(markSample(key, colour, shape), capital(tell("legend_untold"))));
  }
  if (owners.some((owner) => owner?.includes("|"))) {
    const [fill, shape] = data.palette.shared;
    entries.push(legendLine({ fill, shape }, capital(tell("legend_shared"))));
  }
  if (rows.some(isIdle)) entries.push(legendLine({ shape: "line", dash: IDLE }, tell("legend_idle")));
  return [make("h3", {}, tell(`legend_${key}`)), make("ul", {}, ...entries)];
}

/** Return the technologies of the measurements that are shown. */
function legendMeasurements() {
  if (!asked.layers.measurements || !measurements.length) return [];
  const told = new Set(measurements.map((row) => row.technology));
  const entries = [...Object.keys(data.palette.measured), null]
    .filter((technology) => told.has(technology))
    .map((technology) => {
      const text = technology ? name("technology", technology) : tell("not_known");
      return legendLine({ shape: "circle", fill: measuredColour(technology) }, capital(text));
    });
  return [make("h3", {}, tell("legend_measurements")), make("ul", {}, ...entries)];
}

function markSample(key, colour, shape) {
  if (key === "routes") return { shape: "line", line: colour };
  return key === "sites" ? { fill: colour, shape } : { fill: "#ffffff", line: colour, shape };
}

function writeLegend() {
  const parts = [
    make("h2", {}, tell("legend"), ": ", make("span", {}, themeTitle())),
    make("ul", { className: "classes" }, ...legendEntries()),
    make("ul", { className: "notes" }, ...legendNotes()),
    ...legendMarks("sites", sites),
    ...legendMarks("nodes", nodes),
    ...legendMarks("routes", routes),
    ...legendMeasurements(),
    ...legendTrenches(),
    ...legendMarks("antennas", antennas),
    make("p", {}, tell(asked.theme === "evidence" ? "theme_evidence_note" : "legend_hint")),
  ];
  byId("legend").replaceChildren(...parts);
}
