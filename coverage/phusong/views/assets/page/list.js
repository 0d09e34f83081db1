// The table beside the map: the same hamlets, sortable, filterable, and walked with the arrow keys.

const COLUMNS = [
  ["name", "column_name"],
  ["commune", "column_commune"],
  ["class", "column_class"],
  ["mobile_4g", "column_4g"],
  ["mobile_3g", "column_3g"],
  ["fibre", "column_fibre"],
];
const classInk = new Map(data.palette.themes.class.map(([value, colour, ink]) => [value, [colour, ink]]));
let shown = [];
let written = "";

/** Return a class as a badge in its own colour. */
function badge(value) {
  const [colour, ink] = classInk.get(value);
  const element = make("span", { className: "badge", title: name("class", value) }, value);
  element.style.backgroundColor = colour;
  element.style.color = ink;
  return element;
}

function heading([key, label]) {
  const { sort } = asked;
  const arrow = sort.key === key ? (sort.down ? " ▼" : " ▲") : "";
  const button = make(
    "button",
    { type: "button", title: tell("sort", { name: tell(label) }) },
    tell(label) + arrow,
  );
  button.dataset.key = key;
  button.addEventListener("click", () => {
    asked.sort = { key, down: sort.key === key && !sort.down };
    refresh();
    byId("headings").querySelector(`[data-key="${key}"]`).focus();
  });
  const cell = make("th", { scope: "col" }, button);
  if (sort.key === key) cell.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
  return cell;
}

function statusCell(status, any) {
  const share = any?.indoor_share;
  const title = share === null || share === undefined ? "" : tell("indoors", { share: formatShare(share) });
  return make("td", { className: `status ${status}`, title }, tell(`short_${status}`));
}

function row(hamlet, isFirst) {
  const open = make("button", { type: "button", tabIndex: isFirst ? 0 : -1 }, nameHamlet(hamlet));
  const element = make(
    "tr",
    {},
    make("th", { scope: "row" }, open),
    make("td", {}, nameCommune(communeOf(hamlet))),
    make("td", {}, badge(hamlet.class)),
    statusCell(hamlet.mobile_4g, hamlet.united["4G"]),
    statusCell(hamlet.mobile_3g, hamlet.united["3G"]),
    statusCell(hamlet.fibre),
  );
  element.dataset.hamlet = hamlet.i;
  return element;
}

/** Write the table, unless it already stands as it should. */
function writeList() {
  shown = listShown();
  const wanted = JSON.stringify([language, asked.edition, asked.sort, shown.map((hamlet) => hamlet.i)]);
  if (wanted === written) return;
  written = wanted;
  byId("headings").replaceChildren(make("tr", {}, ...COLUMNS.map(heading)));
  const first = Math.max(0, shown.indexOf(asked.selected));
  byId("rows").replaceChildren(...shown.map((hamlet, i) => row(hamlet, i === first)));
  byId("empty").hidden = shown.length > 0;
  byId("shown").textContent = tell("shown", {
    n: formatNumber(shown.length),
    of: formatNumber(hamlets.length),
  });
}

function rowOf(hamlet) {
  return hamlet ? byId("rows").querySelector(`[data-hamlet="${hamlet.i}"]`) : null;
}

/** Mark the row of the selected hamlet, and let the arrow keys start from it. */
function markRow() {
  for (const old of byId("rows").querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  const mine = rowOf(asked.selected);
  if (!mine) return;
  mine.setAttribute("aria-current", "true");
  makeStop(mine);
  const box = byId("rows").closest(".rows");
  if (box.scrollHeight > box.clientHeight) {
    box.scrollTop = mine.offsetTop - (box.clientHeight - mine.offsetHeight) / 2;
  }
}

/** Make a row the one at which the tab key stops. */
function makeStop(element) {
  for (const old of byId("rows").querySelectorAll('button[tabindex="0"]')) old.tabIndex = -1;
  element.querySelector("button").tabIndex = 0;
}

const STEPS = {
  ArrowDown: (here, last) => Math.min(here + 1, last),
  ArrowUp: (here) => Math.max(here - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function listen() {
  const rows = byId("rows");
  rows.addEventListener("click", (event) => {
    const element = event.target.closest("tr");
    if (element) openPanel(hamlets[Number(element.dataset.hamlet)], { from: "list" });
  });
  rows.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const element = event.target.closest("tr");
    if (!step || !element) return;
    event.preventDefault();
    const next = rows.children[step(element.sectionRowIndex, rows.children.length - 1)];
    makeStop(next);
    next.querySelector("button").focus();
  });
}
