// Between Streamlit and the map: fetches the layers that the gate lets this session see, draws them once,
// and from then on hands over wishes and what was chosen. Nothing else travels.

const standing = new WeakMap(); // element → what stands in it
const groups = new Map(); // name → maps that move together
const LAYERS = ["hamlets", "routes", "trenches"];

async function fetchJson(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** Return words and tables, and the shapes of every layer, for what is asked. */
async function fetchMap({ layers, scenario }) {
  const address = (name) => `${layers}${name}?scenario=${encodeURIComponent(scenario)}`;
  const told = fetchJson(address("findings"));
  const early = LAYERS.map(async (name) => [name, await fetchJson(address(name))]);
  const data = await told;
  const late = Object.values(data.commune_layers).map(async (name) => [name, await fetchJson(address(name))]);
  return { data, shapes: Object.fromEntries(await Promise.all([...early, ...late])) };
}

function say(box, text, failed) {
  const said = document.createElement("p");
  said.className = failed ? "said failed" : "said";
  said.setAttribute("role", failed ? "alert" : "status");
  said.textContent = text;
  box.replaceChildren(said);
}

function makeBox(parent, asked) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  parent.getRootNode().adoptedStyleSheets = [sheet];
  const box = document.createElement("div");
  box.className = asked.group ? "app beside" : "app";
  parent.replaceChildren(box);
  return box;
}

/** Let the other maps of a group follow a move. */
function moveGroup(state, centre, zoom) {
  const others = [...(groups.get(state.group) || [])].filter((other) => other !== state && other.map);
  if (state.led) return;
  for (const other of others) {
    other.led = true;
    other.map.move(centre, zoom);
    other.led = false;
  }
}

function joinGroup(state, group) {
  state.group = group;
  if (!group) return;
  if (!groups.has(group)) groups.set(group, new Set());
  groups.get(group).add(state);
}

/** Draw the map afresh, unless something else was asked for meanwhile. */
async function draw(state, box, parent, wish) {
  say(box, wish.words.loading, false);
  try {
    const fetched = await fetchMap(wish);
    if (state.address !== addressOf(wish)) return;
    const main = new DOMParser().parseFromString(MAIN, "text/html").querySelector(".main");
    box.replaceChildren(document.adoptNode(main));
    fetched.data.language = state.wish.language;
    state.map = drawMap({
      root: parent.getRootNode(),
      ...fetched,
      wanted: { theme: wish.theme },
      report: (chosen) => state.tell("chosen", chosen),
      moved: (centre, zoom) => moveGroup(state, centre, zoom),
    });
    state.map.follow(state.wish, { commune: "", hamlet: "" });
  } catch (fault) {
    console.error("map:", fault);
    say(box, wish.words.failed, true);
  }
}

function addressOf({ layers, scenario, stamp }) {
  return [layers, scenario, stamp].join(" ");
}

/** Show the map that the page asks for; called again whenever the page asks for something else. */
export function show({ data: wish, parentElement, setTriggerValue }) {
  let state = standing.get(parentElement);
  if (!state) {
    state = { map: null, address: "", led: false };
    standing.set(parentElement, state);
    joinGroup(state, wish.group);
  }
  state.tell = setTriggerValue;
  const known = state.wish;
  state.wish = wish;
  if (state.address !== addressOf(wish)) {
    state.address = addressOf(wish);
    state.map?.remove();
    state.map = null;
    draw(state, makeBox(parentElement, wish), parentElement, wish);
  } else if (state.map && JSON.stringify(known) !== JSON.stringify(wish)) {
    state.map.follow(wish, known);
  }
}

/** Take away what stands in an element that the page gave up. */
export function close({ parentElement }) {
  const state = standing.get(parentElement);
  if (!state) return;
  groups.get(state.group)?.delete(state);
  state.map?.remove();
  standing.delete(parentElement);
}
