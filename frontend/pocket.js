// The pocket map: one file without server and network. All texts come from JSON and enter the page as text nodes only.
import { distanceText } from "./distance.js";
import { button, element, fill } from "./dom.js";
import { locate } from "./position.js";
import { nearest, octant, planeAt, positionProblem } from "./near.js";
import { match, urgency } from "./rule.js";
import { SingleMap } from "./single.js";

const FEW = 20;
const HANDLE_PX = 44;
const TOLERANCE_PX = 9;
const REACH_PX = 11;
const LOCATING = { timeout_ms: 15000, maximumAge: 30000 };

/** @typedef {{i: number, distance: number, word: string}} Way how far a feature is and in which direction */

/** @type {Wire.Pocket} */
const { features, board, style, words, links, view: extent, lang } = JSON.parse(byId("data").textContent ?? "");
const lights = Array.from(board.lights, (letter) => style.letters[letter]);
const { ordered } = urgency(style, board, null);
const dark = matchMedia("(prefers-color-scheme: dark)");
const search = /** @type {HTMLInputElement} */ (byId("search"));
/** Where the person stands, and how far that may be off, in metres. @type {{here: Wire.Place | null, accuracy: number | null, picking: boolean}} */
const state = { here: null, accuracy: null, picking: false };
/** @type {L.LayerGroup | undefined} */
let dot;

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

const theme = () => (dark.matches ? "dark" : "light");
const name = (/** @type {number} */ i) => features[lang][i] || features.zh[i] || features.en[i];
const title = (/** @type {number} */ task) => board.task[lang][task] || board.task.zh[task] || board.task.en[task];

/** The sign of a light. @param {Wire.Light} light */
const sign = (light) => element("span", { className: "mark", "data-light": light }, words.glyphs[light]);

for (const [id, text] of Object.entries(words.labels)) byId(id).textContent = text;
search.placeholder = words.search;
search.setAttribute("aria-label", words.search);

const map = L.map("map", { zoomControl: true, attributionControl: false, zoomSnap: 0.5 });
map.fitBounds([[extent[1], extent[0]], [extent[3], extent[2]]]);
const pointToLayer = (/** @type {unknown} */ _, /** @type {L.LatLng} */ at) => L.circleMarker(at, { radius: REACH_PX });
const marks = L.svg();

/** @param {number} i @param {L.LatLng} at */
function press(i, at) {
  if (state.picking) standAt(at);
  else if (!view.scene.isZone(i)) choose(i);
}

const view = new SingleMap(
  map,
  Object.fromEntries([...new Set(features.layer)].map((layer) => [layer, L.geoJSON(null, { pointToLayer }).addTo(map)])),
  { style, features, lights, lang, shown: new Uint8Array(features.ids.length).fill(1), selected: null, theme: theme() },
  { name, press },
  { tolerance: TOLERANCE_PX, handle: HANDLE_PX },
);

dark.addEventListener("change", () => {
  view.scene.state.theme = theme();
  view.redraw();
});
map.on("click", ({ latlng }) => {
  if (state.picking && view.hit === undefined) standAt(latlng);
});

/** @param {number} i @returns {Way} */
function wayTo(i) {
  const { distance, at } = nearest(features.geometry[i], planeAt(state.here ?? features.anchor[i]));
  return { i, distance, word: words.compass[octant(at)] };
}

/** @param {Way} way */
function said({ distance, word }) {
  if (distance === 0) return words.there;
  if (state.accuracy !== null && distance <= state.accuracy) return fill(words.within, { n: distanceText(state.accuracy, words) });
  return fill(words.way, { far: distanceText(distance, words), where: word, minutes: Math.ceil(distance / words.speed / 60) });
}

/** List what the words asked for are in; nearest first once the position is known, else most urgent first. */
function list() {
  const text = search.value.normalize("NFKC").toLowerCase().split(/\s+/).join(" ");
  const shown = match({ text }, features, board, style.letters);
  const found = ordered(shown).filter((i) => !view.scene.isZone(i));
  const ways = state.here ? found.map(wayTo).sort((a, b) => a.distance - b.distance || a.i - b.i) : null;
  const rows = ways ? ways.slice(0, FEW).map((way) => row(way.i, said(way))) : found.slice(0, FEW).map((i) => row(i, words.lights[lights[i]]));
  byId("rows").replaceChildren(...rows);
  byId("count").textContent = found.length ? fill(words.count, { n: rows.length, all: found.length }) : words.empty;
}

/** @param {number} i @param {string} soft */
function row(i, soft) {
  const text = element("span", { className: "text" }, element("b", {}, name(i)), element("span", { className: "soft" }, soft));
  return element("button", { className: "row", type: "button", "data-id": features.ids[i], onclick: () => choose(i) }, sign(lights[i]), text);
}

/** @param {number} task */
function due(task) {
  const days = board.task.daysLeft[task];
  if (days === null || style.letters[board.task.light[task]] === "done") return "";
  return days < 0 ? fill(words.overdue, { days: -days }) : days === 0 ? words.today : fill(words.left, { days });
}

/** Show what a feature is, its tasks, and how to go there. @param {number} i */
function choose(i) {
  const panel = byId("panel");
  const close = button("close", "×", () => mark(null), { "aria-label": words.close });
  const link = (/** @type {string} */ href, /** @type {number} */ app) =>
    element("a", { href, target: "_blank", rel: "noopener noreferrer" }, words.apps[app]);
  panel.replaceChildren(
    close,
    element("h2", {}, name(i)),
    element("p", { className: "soft" }, `${features.ids[i]} · ${words.kinds[features.kind[i]]}`),
    ...(state.here ? [element("p", {}, said(wayTo(i)))] : []),
    ...board.tasks[i].map(taskOf),
    element("p", { className: "soft" }, words.open),
    element("p", { className: "apps" }, ...links[i].map(link)),
  );
  mark(features.ids[i]);
  map.panTo([features.anchor[i][1], features.anchor[i][0]]);
  panel.scrollIntoView({ block: "nearest" });
}

/** Have a feature stand out on the map, or none. @param {string | null} id */
function mark(id) {
  if (id === null) byId("panel").replaceChildren();
  view.scene.state.selected = id;
  view.redraw();
}

/** @param {number} task */
function taskOf(task) {
  const { status, percent, difficulty, ids, light } = board.task;
  const facts = [words.statuses[status[task]], `${percent[task]} %`, due(task)].filter(Boolean).join(" · ");
  const trouble = difficulty[task] ? element("span", { className: "soft" }, fill(words.difficulty, { text: difficulty[task] })) : null;
  return element(
    "p", { className: "task" },
    sign(style.letters[light[task]]),
    element("span", {}, `${ids[task]} ${title(task)}`),
    element("span", { className: "soft" }, facts),
    trouble,
  );
}

/** @param {string} text */
function tell(text) {
  byId("notice").textContent = text;
}

/** Take a position: the device's, or a tap on the map. @param {number} lon @param {number} lat @param {number | null} accuracy in metres */
function stand(lon, lat, accuracy) {
  Object.assign(state, { here: [lon, lat], accuracy });
  dot?.remove();
  const ring = { renderer: marks, color: style.themes[theme()].inks.accent, weight: 1.5, fillOpacity: 0.15, interactive: false };
  const circles = [L.circleMarker([lat, lon], { ...ring, radius: 6, fillOpacity: 1 })];
  if (accuracy) circles.unshift(L.circle([lat, lon], { ...ring, radius: accuracy }));
  dot = L.layerGroup(circles).addTo(map);
  map.panTo([lat, lon]);
  list();
}

/** @param {L.LatLng} at */
function standAt({ lng, lat }) {
  setPicking(false);
  stand(lng, lat, null);
}

/** Whether the next tap on the map is the position. @param {boolean} on */
function setPicking(on) {
  state.picking = on;
  byId("tap").setAttribute("aria-pressed", String(on));
  tell(on ? words.tapNow : "");
}

byId("tap").addEventListener("click", () => setPicking(!state.picking));
byId("locate").addEventListener("click", async () => {
  tell(words.locating);
  const found = await locate(LOCATING);
  if (found.error !== undefined) return tell(words.position[found.error]);
  const problem = positionProblem(found, words);
  tell(problem ? fill(words.position[problem.kind], { km: problem.km }) : "");
  if (!problem || problem.kind === "vague") stand(found.lon, found.lat, found.accuracy_m);
  return undefined;
});
search.addEventListener("input", list);
list();
document.documentElement.dataset.ready = "yes";
