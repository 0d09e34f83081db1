// Everything is written once at the start, and again when the language changes.

/** Redraw what depends on what is asked. */
function refresh() {
  writeThemes();
  writeOperators();
  writeEditions();
  writeLayers();
  writeFilters();
  paintHamlets();
  paintCommunes();
  paintDisputes();
  paintMarks();
  raiseLayers();
  writeLegend();
  writeList();
  writePanel();
  markRow();
}

/** Write the whole page in a language. */
function speak(chosen) {
  language = chosen;
  writeLabels();
  writeFrame();
  writeMapControls();
  refresh();
}

const watching = new ResizeObserver(() => map.invalidateSize());

function start() {
  joinFindings();
  joinPlan();
  placeHamlets();
  placeTrenches();
  if (data.bounds) map.fitBounds(data.bounds, { padding: [12, 12], animate: false });
  listen();
  listenSearch();
  listenFrame();
  byId("filter-class").addEventListener("change", (event) => {
    asked.gapClass = event.target.value;
    refresh();
  });
  byId("filter-gap").addEventListener("change", (event) => {
    asked.officialGap = event.target.value;
    refresh();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && asked.selected && byId("found").hidden) closePanel();
  });
  map.on("zoomend", () => {
    paintHamlets();
    paintNames();
  });
  watching.observe(map.getContainer());
  speak(language);
}

start();
