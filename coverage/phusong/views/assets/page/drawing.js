// The map itself: areas by colour, points for hamlets without an outline, communes, masts, fibre.

const outlines = new Map(); // hamlet number → its layer
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const drawn = {
  sites: null,
  nodes: null,
  measurements: null,
  antennas: null,
  casing: L.featureGroup(),
  names: L.layerGroup(),
  disputes: L.featureGroup(),
  halo: L.layerGroup().addTo(map),
};
const HALO = { fill: false, color: "#e4007c", weight: 4, opacity: 1, interactive: false };
const DISPUTE = { fill: false, color: "#c77700", weight: 2.5, opacity: 1, dashArray: "6 4", interactive: false };
const IDLE = [4, 4];
let controls = [];

/** Tie each hamlet to its layer, and give those without an outline a point. */
function placeHamlets() {
  shapeLayers.hamlets.eachLayer((layer) => outlines.set(layer.feature.properties.i, layer));
  for (const hamlet of hamlets) {
    if (outlines.has(hamlet.i) || hamlet.centre_lon === null) continue;
    const point = L.circleMarker([hamlet.centre_lat, hamlet.centre_lon], { radius: 6 }).addTo(map);
    outlines.set(hamlet.i, point);
  }
  for (const [i, layer] of outlines) {
    layer.on("click", () => openPanel(hamlets[i], { from: "map" }));
    layer.bindTooltip(() => describe(hamlets[i]), { sticky: true });
  }
}

/** Return what the pointer reads over a hamlet. */
function describe(hamlet) {
  const category = categoryOf(hamlet);
  return make(
    "span",
    { className: "tip" },
    make("b", {}, nameHamlet(hamlet)),
    make("span", {}, nameCommune(communeOf(hamlet))),
    make("span", {}, `${themeTitle()}: ${name(paletteName(), category)}`),
  );
}

/** Return how a hamlet is inked; one that is filtered out keeps its outline only. */
function styleOf(hamlet, colours) {
  const category = categoryOf(hamlet);
  const here = isShown(hamlet);
  return {
    color: "#4b5563",
    weight: 0.6,
    opacity: here ? 0.75 : 0.3,
    fillColor: colours.get(category),
    fillOpacity: here ? 1 : 0,
    texture: here ? textureFor(hamlet, category) : null,
  };
}

/** Draw a line around the selected hamlet, above everything else. */
function paintHalo() {
  drawn.halo.clearLayers();
  const layer = outlines.get(asked.selected?.i);
  if (!layer) return;
  const halo = layer.getBounds
    ? L.polygon(layer.getLatLngs(), { ...HALO, smoothFactor: 0 })
    : L.circleMarker(layer.getLatLng(), { ...HALO, radius: 10 });
  halo.addTo(drawn.halo);
}

/** Draw a broken line around each hamlet about which the sources disagree. */
function paintDisputes() {
  drawn.disputes.clearLayers();
  toggle(drawn.disputes, asked.layers.disputes);
  if (!asked.layers.disputes) return;
  for (const hamlet of disputed) {
    const layer = outlines.get(hamlet.i);
    if (!layer || !isShown(hamlet)) continue;
    const line = layer.getBounds
      ? L.polygon(layer.getLatLngs(), { ...DISPUTE, smoothFactor: 0 })
      : L.circleMarker(layer.getLatLng(), { ...DISPUTE, radius: 9 });
    line.addTo(drawn.disputes);
  }
}

/** Return the texture: hatching where nobody knows, dots where a model says so. */
function textureFor(hamlet, category) {
  if (isUnknown(category)) return "hatch";
  const near = map.getZoom() >= data.drawing.texture_zoom;
  return near && !["evidence", "plan"].includes(asked.theme) && GUESSED.includes(evidenceOf(hamlet)) ? "dots" : null;
}

function paintHamlets() {
  const colours = new Map(paletteOf().map(([value, colour]) => [value, colour]));
  for (const [i, layer] of outlines) layer.setStyle(styleOf(hamlets[i], colours));
  paintHalo();
  raiseLayers();
}

/** Keep the order from the ground up: hamlets, communes, routes, nodes, masts, the selection. */
function raiseLayers() {
  const { disputes, casing, measurements: probes, nodes: cabinets, sites: masts, antennas: hung } = drawn;
  const lines = [communeLayers[asked.edition], disputes, shapeLayers.routes, casing, shapeLayers.trenches];
  const order = [...lines, probes, cabinets, masts, hung];
  for (const layer of order) if (layer && map.hasLayer(layer)) layer.bringToFront();
  drawn.halo.eachLayer((halo) => halo.bringToFront());
}

const communeLayers = Object.fromEntries(
  Object.entries(data.commune_layers).map(([edition, layer]) => [edition, shapeLayers[layer]]),
);

/** Return the colour and shape of an operator. */
function markOf(operator) {
  return data.palette.operators[operator] || data.palette.operators.OTHER;
}

/** Return whether a piece of network is on record but not in service. */
function isIdle({ status }) {
  return status !== undefined && status !== "live";
}

/** Return a mark at each row's place, in its operator's shape; hollow for fibre nodes. */
function drawMarks(rows, { hollow, radius, text, fill }) {
  const marks = rows.map((row) => {
    const several = row.operators && row.operators.includes("|");
    const operator = row.operators || row.operator;
    const [colour, shape] = several ? data.palette.shared : markOf(operator);
    const ink = hollow
      ? { color: colour, weight: 2, fillColor: fill ? fill(row) : "#ffffff" }
      : { color: "#ffffff", weight: 1, fillColor: colour };
    const dashArray = isIdle(row) ? IDLE : null;
    const mark = new L.Mark([row.lat, row.lon], {
      radius,
      shape,
      fillOpacity: 1,
      opacity: 1,
      dashArray,
      ...ink,
    });
    return mark.bindTooltip(() => text(row));
  });
  return L.featureGroup(marks);
}

function describeSite(site) {
  const names = site.operators.split("|").map((o) => name("operator", o));
  return make(
    "span",
    { className: "tip" },
    make("b", {}, names.map(capital).join(", ")),
    make("span", {}, (site.technologies || "").replaceAll("|", ", ")),
    site.height_m === null
      ? ""
      : make("span", {}, tell("site_height", { n: formatNumber(site.height_m) })),
  );
}

function describeNode(node) {
  return make(
    "span",
    { className: "tip" },
    make("b", {}, [name("operator", node.operator), node.kind].filter(Boolean).join(" · ")),
    make("span", {}, [name("network", node.status), formatDate(node.as_of)].filter(Boolean).join(" · ")),
    node.ports_free === null
      ? null
      : make("span", {}, tell("node_ports", { n: formatNumber(node.ports_free) })),
  );
}

const MARKS = {
  sites: { hollow: false, radius: 6, text: describeSite },
  nodes: { hollow: true, radius: 5, text: describeNode },
  antennas: { hollow: true, radius: 8, text: describeAntenna, fill: (row) => waveColour(row.wave) },
};

function measuredColour(technology) {
  return data.palette.measured[technology] || "#8a8a8a";
}

/** Draw each measurement as a small circle in the colour of its technology. */
function paintMeasurements(mine) {
  drawn.measurements?.remove();
  if (!asked.layers.measurements) return;
  const marks = measurements.filter(mine).map((row) => {
    const fillColor = measuredColour(row.technology);
    const ink = { radius: 4, color: "#ffffff", weight: 0.8, fillColor, fillOpacity: 0.95 };
    return L.circleMarker([row.lat, row.lon], ink).bindTooltip(() => describeMeasurement(row));
  });
  drawn.measurements = L.featureGroup(marks).addTo(map);
}

function describeMeasurement(row) {
  const who = [row.technology && name("technology", row.technology), row.operator && name("operator", row.operator)];
  const found = [
    row.signal_dbm === null ? null : `${formatNumber(row.signal_dbm)} dBm`,
    row.down_mbps === null ? null : `↓ ${formatNumber(row.down_mbps)} Mbit/s`,
    row.served === null ? null : tell(row.served ? "measured_served" : "measured_unserved"),
  ];
  const how = [row.source && name("measurement", row.source), row.measured_at && formatDate(row.measured_at)];
  const write = (parts) => parts.filter(Boolean).join(" · ");
  return make(
    "span",
    { className: "tip" },
    make("b", {}, capital(write(who) || tell("not_known"))),
    make("span", {}, write(found)),
    make("span", {}, write(how)),
  );
}

/** Show the masts, nodes, routes and plan of the operator asked for, or of all. */
function paintMarks() {
  const mine = (row) =>
    ["class", "gap"].includes(asked.theme) ||
    !asked.operator ||
    (row.operators || row.operator || "").split("|").includes(asked.operator);
  for (const [key, rows] of Object.entries({ sites, nodes, antennas })) {
    drawn[key]?.remove();
    drawn[key] = asked.layers[key] ? drawMarks(rows.filter(mine), MARKS[key]).addTo(map) : null;
  }
  paintMeasurements(mine);
  paintRoutes(mine);
  paintTrenches(mine);
}

function paintRoutes(mine) {
  shapeLayers.routes.eachLayer((layer) => {
    const route = routes[layer.feature.properties.i];
    const [colour] = markOf(route.operator);
    const dashArray = isIdle(route) ? IDLE : null;
    layer.setStyle({
      color: colour,
      weight: 2.5,
      opacity: mine(route) ? 0.9 : 0,
      dashArray,
      interactive: false,
    });
  });
  toggle(shapeLayers.routes, asked.layers.routes);
}

function toggle(layer, on) {
  if (on) layer.addTo(map);
  else layer.remove();
}

/** Draw the communes of the edition asked for. */
function paintCommunes() {
  for (const [edition, layer] of Object.entries(communeLayers)) {
    layer.setStyle({ fill: false, color: "#14202b", weight: 1.6, opacity: 0.85, interactive: false });
    toggle(layer, asked.layers.communes && edition === asked.edition);
  }
  paintNames();
}

/** Name the communes that are wide enough on the screen for their name. */
function paintNames() {
  drawn.names.clearLayers().remove();
  if (!asked.layers.communes || !communeLayers[asked.edition]) return;
  communeLayers[asked.edition].eachLayer((layer) => {
    const box = layer.getBounds();
    const text = communes[asked.edition][layer.feature.properties.i].name;
    const wide = map.latLngToLayerPoint(box.getNorthEast()).x - map.latLngToLayerPoint(box.getSouthWest()).x;
    if (wide < 8.5 * text.length) return;
    const icon = L.divIcon({ className: "commune", html: make("span", {}, text), iconSize: null });
    L.marker(layer.getCenter(), { icon, interactive: false, keyboard: false }).addTo(drawn.names);
  });
  drawn.names.addTo(map);
}

function showAll() {
  map.fitBounds(data.bounds, { padding: [12, 12], animate: !calm });
}

/** Move to a hamlet; one whose place nobody knows leaves the view as it is. */
function showHamlet(hamlet) {
  const layer = outlines.get(hamlet.i);
  if (!layer) return;
  const box = layer.getBounds ? layer.getBounds() : L.latLngBounds([layer.getLatLng()]);
  const paddingBottomRight = [covered(), 0];
  map.fitBounds(box, { maxZoom: data.drawing.hamlet_zoom, paddingBottomRight, animate: !calm });
}

function showCommune(commune) {
  communeLayers[asked.edition]?.eachLayer((layer) => {
    if (layer.feature.properties.i !== commune.i) return;
    map.fitBounds(layer.getBounds(), { padding: [12, 12], animate: !calm });
  });
}

/** Put Leaflet's own controls in the language in force. */
function writeMapControls() {
  for (const control of controls) control.remove();
  controls = [
    L.control.zoom({ zoomInTitle: tell("zoom_in"), zoomOutTitle: tell("zoom_out") }),
    L.control.scale({ position: "bottomright", imperial: false }),
  ];
  for (const control of controls) control.addTo(map);
  const whole = make("a", { className: "whole", href: "#", title: tell("whole"), role: "button" }, "⌂");
  whole.setAttribute("aria-label", tell("whole"));
  whole.addEventListener("click", (event) => {
    event.preventDefault();
    showAll();
  });
  controls[0].getContainer().append(whole);
  map.getContainer().setAttribute("aria-label", tell("map"));
}
