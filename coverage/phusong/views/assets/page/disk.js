// The map as a file on disk: its data stand in the page, folium has made its layers, and nobody listens.

const root = document;
const data = JSON.parse(root.getElementById("data").textContent);
const map = map_province;
const shapeLayers = Object.fromEntries(
  ["hamlets", "routes", "trenches", ...Object.values(data.commune_layers)].map((layer) => [
    layer,
    window[`geo_json_${layer}`],
  ]),
);

/** Tell whoever holds the map what was chosen: of a file on disk, nobody. */
function report() {}

/** A file on disk has no sheet of a hamlet to open. */
function sheetButton() {
  return null;
}

/** The panel stands beside the map and covers nothing. */
function covered() {
  return 0;
}

/** Write what stands around the map: title, headline figures, sources. */
function writeFrame() {
  root.documentElement.lang = language;
  root.title = `${tell("title")} · ${tell(data.head.area === "city" ? "city" : "province", { name: data.head.province })}`;
  writeHead();
  writeSources();
}

function listenFrame() {
  byId("language").addEventListener("click", () => speak(language === "vi" ? "en" : "vi"));
}
