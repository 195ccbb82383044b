// The round as a checklist: ticks stay in the browser, so that they outlive the network.
import { button, element, fill, keep, kept } from "./dom.js";

const TICKS = "onemap-round-ticks";

/**
 * Elements of the round: its sum, its stops in order with what to tick, the way back to the list.
 * @param {NonNullable<Wire.NearData["round"]>} round
 * @param {Pick<Wire.NearData, "words" | "day">} data
 * @param {{back: () => void, clear: () => void}} acts
 */
export function roundView(round, { words, day }, { back, clear }) {
  const known = kept(TICKS, { day: "", ids: /** @type {string[]} */ ([]) });
  const done = new Set(known.day === day ? known.ids : []);
  const count = element("b", {});
  const tell = () => (count.textContent = fill(words.ticked, { n: round.stops.filter(({ feature }) => done.has(feature)).length, all: round.stops.length }));
  const tick = (/** @type {string} */ id, /** @type {boolean} */ on) => {
    if (on) done.add(id);
    else done.delete(id);
    keep(TICKS, { day, ids: [...done] });
    tell();
  };
  tell();
  return [
    element("header", { className: "onemap-round-head" }, button("onemap-action", `‹ ${words.list}`, back), button("onemap-action quiet", words.clearRound, clear)),
    element("p", { className: "onemap-round-sum" }, element("span", {}, round.sum), count),
    ...round.stops.map((stop) => row(stop, done.has(stop.feature), tick)),
  ];
}

/**
 * Links that open a place in the map apps.
 * @param {Wire.App[]} apps
 */
export function appLinks(apps) {
  const link = (/** @type {Wire.App} */ [name, url]) =>
    element("a", { className: "onemap-action", href: url, target: "_blank", rel: "noopener noreferrer" }, name);
  return element("div", { className: "apps" }, ...apps.map(link));
}

/**
 * @param {Wire.Stop} stop
 * @param {boolean} ticked
 * @param {(id: string, on: boolean) => void} tick
 */
function row(stop, ticked, tick) {
  const box = element("input", { type: "checkbox", checked: ticked, "aria-label": stop.name });
  const made = element(
    "article", { className: `onemap-near stop ${ticked ? "ticked" : ""}`, "data-id": stop.feature },
    element("label", { className: "tick" }, box),
    element(
      "div", { className: "head" },
      element("i", { className: "number" }, String(stop.number)),
      element(
        "span", { className: "text" },
        element("b", { dir: "auto" }, `${stop.glyph} ${stop.name}`),
        element("span", { className: "way" }, stop.leg),
        stop.title ? element("span", { dir: "auto" }, stop.title) : null,
      ),
    ),
    appLinks(stop.apps),
  );
  box.onchange = () => {
    made.classList.toggle("ticked", box.checked);
    tick(stop.feature, box.checked);
  };
  return made;
}
