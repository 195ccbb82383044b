// The progress curve as SVG: planned and finished tasks by day, the forecast as a band, deadline and opening as lines.

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [1200, 720, 64, 24, 48, 48];
const DAY_MS = 86400000;

function part(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

/** An SVG element of a curve: {start, planned, finished, low, high, tasks, deadline, opening}. */
export function drawCurve(curve, words, day) {
  const days = curve.planned.length;
  const x = (at) => LEFT + (at / (days - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (count) => HEIGHT - BOTTOM - (count / Math.max(curve.tasks, 1)) * (HEIGHT - TOP - BOTTOM);
  const place = (iso) => Math.round((Date.parse(iso) - Date.parse(curve.start)) / DAY_MS);
  const svg = part("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "wall-curve", role: "img", "aria-label": curve.sentence });
  axes(svg, curve, x, y, place);
  band(svg, curve, x, y);
  line(svg, curve.planned, x, y, "planned");
  line(svg, curve.finished, x, y, "finished");
  for (const [iso, name] of [[curve.deadline, "deadline"], [curve.opening, "opening"], [day, "today"]]) {
    const at = x(place(iso));
    svg.append(part("line", { x1: at, x2: at, y1: TOP - 12, y2: HEIGHT - BOTTOM, class: `mark ${name}` }));
    const late = name === "deadline" || at > WIDTH * 0.93;
    const style = { x: at + (late ? -6 : 6), y: TOP - 18, "text-anchor": late ? "end" : "start", class: `mark ${name}` };
    if (name !== "today") svg.append(part("text", style, `${iso.slice(5)} ${words[name]}`));
  }
  legend(svg, words);
  return svg;
}

function axes(svg, curve, x, y, place) {
  const step = Math.max(1, Math.ceil(curve.tasks / 5 / 5) * 5);
  for (let count = 0; count <= curve.tasks; count += step) {
    svg.append(part("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(count), y2: y(count), class: "grid" }));
    svg.append(part("text", { x: LEFT - 8, y: y(count) + 7, "text-anchor": "end" }, String(count)));
  }
  const start = new Date(`${curve.start}T00:00:00Z`);
  for (let month = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)); ; month.setUTCMonth(month.getUTCMonth() + 2)) {
    const at = place(month.toISOString().slice(0, 10));
    if (at >= curve.planned.length) return;
    svg.append(part("text", { x: x(at), y: HEIGHT - 14, "text-anchor": "middle" }, month.toISOString().slice(0, 7)));
  }
}

function line(svg, counts, x, y, name) {
  const points = counts.map((count, at) => (count === null ? null : `${x(at).toFixed(1)},${y(count).toFixed(1)}`)).filter(Boolean);
  svg.append(part("polyline", { points: points.join(" "), class: name }));
}

function band(svg, { low, high }, x, y) {
  const places = [...low.keys()].filter((at) => low[at] !== null && high[at] !== null);
  if (!places.length) return;
  const edge = (counts, order) => order.map((at) => `${x(at).toFixed(1)},${y(counts[at]).toFixed(1)}`);
  svg.append(part("polygon", { points: [...edge(low, places), ...edge(high, places.reverse())].join(" "), class: "band" }));
}

function legend(svg, words) {
  ["planned", "finished", "forecast"].forEach((name, at) => {
    const left = LEFT + 24 + at * 190;
    svg.append(part("line", { x1: left, x2: left + 40, y1: TOP + 24, y2: TOP + 24, class: name === "forecast" ? "bandkey" : name }));
    svg.append(part("text", { x: left + 50, y: TOP + 31 }, words[name]));
  });
}
