// The progress curve as SVG: planned and finished tasks by day, the forecast as a band, deadline and opening as lines.

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [1200, 720, 64, 24, 48, 48];
const DAY_MS = 86400000;
const EDGE_SHARE = 0.93;

/** @typedef {{x: (at: number) => number, y: (count: number) => number, place: (iso: string) => number}} Axes */

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function part(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  if (text !== undefined) node.textContent = text;
  return node;
}

/**
 * How days and counts lie on the drawing.
 * @param {Wire.Curve} curve
 * @returns {Axes}
 */
export function axesOf(curve) {
  return {
    x: (at) => LEFT + (at / (curve.planned.length - 1)) * (WIDTH - LEFT - RIGHT),
    y: (count) => HEIGHT - BOTTOM - (count / Math.max(curve.tasks, 1)) * (HEIGHT - TOP - BOTTOM),
    place: (iso) => Math.round((Date.parse(iso) - Date.parse(curve.start)) / DAY_MS),
  };
}

/**
 * An SVG element of a curve.
 * @param {Wire.Curve} curve
 * @param {Wire.WallWords} words
 * @param {string} day
 */
export function drawCurve(curve, words, day) {
  const axes = axesOf(curve);
  const svg = part("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "wall-curve", role: "img", "aria-label": curve.sentence });
  svg.append(...grid(curve, axes), ...band(curve, axes), line(curve.planned, axes, "planned"), line(curve.finished, axes, "finished"));
  for (const [iso, name] of /** @type {const} */ ([[curve.deadline, "deadline"], [curve.opening, "opening"], [day, "today"]])) {
    const at = axes.x(axes.place(iso));
    svg.append(part("line", { x1: at, x2: at, y1: TOP - 12, y2: HEIGHT - BOTTOM, class: `mark ${name}` }));
    const late = name === "deadline" || at > WIDTH * EDGE_SHARE;
    const style = { x: at + (late ? -6 : 6), y: TOP - 18, "text-anchor": late ? "end" : "start", class: `mark ${name}` };
    if (name !== "today") svg.append(part("text", style, `${iso.slice(5)} ${words[name]}`));
  }
  svg.append(...legend(words));
  return svg;
}

/**
 * @param {Wire.Curve} curve
 * @param {Axes} axes
 */
function grid(curve, { x, y, place }) {
  const drawn = [];
  const step = Math.max(1, Math.ceil(curve.tasks / 5 / 5) * 5);
  for (let count = 0; count <= curve.tasks; count += step) {
    drawn.push(part("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(count), y2: y(count), class: "grid" }));
    drawn.push(part("text", { x: LEFT - 8, y: y(count) + 7, "text-anchor": "end" }, String(count)));
  }
  for (const month of months(curve.start)) {
    const at = place(month);
    if (at >= curve.planned.length) break;
    drawn.push(part("text", { x: x(at), y: HEIGHT - 14, "text-anchor": "middle" }, month.slice(0, 7)));
  }
  return drawn;
}

/**
 * First days of every second month after a day, without end.
 * @param {string} day
 */
function* months(day) {
  const start = new Date(`${day}T00:00:00Z`);
  for (let ahead = 1; ; ahead += 2) yield new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10);
}

/**
 * @param {(number | null)[]} counts
 * @param {Axes} axes
 * @param {string} name
 */
function line(counts, { x, y }, name) {
  const points = counts.flatMap((count, at) => (count === null ? [] : [`${x(at).toFixed(1)},${y(count).toFixed(1)}`]));
  return part("polyline", { points: points.join(" "), class: name });
}

/**
 * @param {Wire.Curve} curve
 * @param {Axes} axes
 */
function band({ low, high }, { x, y }) {
  const pairs = low.flatMap((from, at) => {
    const to = high[at];
    return from === null || to === null ? [] : [{ at, from, to }];
  });
  const edge = (/** @type {number} */ at, /** @type {number} */ count) => `${x(at).toFixed(1)},${y(count).toFixed(1)}`;
  const points = [...pairs.map(({ at, from }) => edge(at, from)), ...pairs.reverse().map(({ at, to }) => edge(at, to))];
  return points.length ? [part("polygon", { points: points.join(" "), class: "band" })] : [];
}

/** @param {Wire.WallWords} words */
function legend(words) {
  return /** @type {const} */ (["planned", "finished", "forecast"]).flatMap((name, at) => {
    const left = LEFT + 24 + at * 190;
    return [
      part("line", { x1: left, x2: left + 40, y1: TOP + 24, y2: TOP + 24, class: name === "forecast" ? "bandkey" : name }),
      part("text", { x: left + 50, y: TOP + 31 }, words[name]),
    ];
  });
}
