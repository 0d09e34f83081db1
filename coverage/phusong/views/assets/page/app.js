// The map inside the front end: its place is handed over, and what is chosen there is told to the page.

const { root, data, shapes, wanted } = place;
const OPTIONS = { preferCanvas: true, zoomControl: false, attributionControl: false, zoomSnap: 0.25 };
const map = L.map(root.querySelector(".folium-map"), OPTIONS).setView([0, 0], 0);
const shapeLayers = Object.fromEntries(
  Object.entries(shapes).map(([layer, drawn]) => [layer, L.geoJSON(drawn, { smoothFactor: 0 }).addTo(map)]),
);

/** Nothing of ours stands around the map: the page writes its own title, figures and sources. */
function writeFrame() {}

/** Take over what the page asks for at the start, and let every move be followed by the map beside. */
function listenFrame() {
  if (THEMES.includes(wanted.theme)) asked.theme = wanted.theme;
  map.on("move", () => place.moved(map.getCenter(), map.getZoom()));
}

/** Tell the page what is chosen now; `kind` says what somebody has just done. */
function report(kind) {
  const { selected, commune } = asked;
  place.report({ kind, hamlet: selected?.hamlet_id ?? "", commune: selected?.commune_code ?? commune });
}

/** Return the button that opens the sheet of a hamlet in a page of its own. */
function sheetButton(hamlet) {
  const button = make("button", { type: "button", className: "sheet" }, tell("panel_sheet"));
  button.addEventListener("click", () => report("sheet"));
  return button;
}

/** Return how much of the map's right side the panel lies over [px]. */
function covered() {
  const chart = map.getContainer().getBoundingClientRect();
  const panel = byId("panel").getBoundingClientRect();
  return panel.width && panel.top < chart.bottom ? Math.max(0, chart.right - panel.left) : 0;
}

/** Keep to the commune that the page names in the codes of the sources' edition. */
function keepCommune(code) {
  asked.edition = data.head.edition;
  asked.commune = code;
  const commune = communeIndex[asked.edition]?.get(code);
  if (commune) showCommune(commune);
  else showAll();
}

/** Do what the page asks for: language, commune, hamlet. */
function follow(wish, known) {
  const hamlet = hamlets.find((h) => h.hamlet_id === wish.hamlet) || null;
  const moved = known.hamlet || wish.commune !== known.commune;
  if (!hamlet && moved && wish.commune !== asked.commune) keepCommune(wish.commune);
  if (wish.language !== language) speak(wish.language);
  else refresh();
  if (hamlet && hamlet !== asked.selected) openPanel(hamlet, { from: "page" });
  else if (!hamlet && asked.selected) forgetSelected();
}
