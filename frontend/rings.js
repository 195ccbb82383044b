// Draw a ring around what is supervised: at its symbol, or near an end of a line; its own line tells the rung.
import { placesAlong } from "./labels.js";

const NAME_PX = 56;

/** Highest rung of each feature's tasks, undefined where none is supervised. */
export function rungsOf(board, style) {
  const order = Object.keys(style.rings.rungs);
  const rungs = board.task.supervision ?? [];
  if (!rungs.some(Boolean)) return [];
  return board.tasks.map((tasks) => order[Math.max(-1, ...tasks.map((at) => order.indexOf(rungs[at])))]);
}

/** Rings over symbols and lines; where change is drawn instead of state there are none. */
export function drawRings(scene, ctx, space) {
  const { rungs = [], shown, marks, style } = scene.state;
  scene.rings = [];
  if (marks) return;
  const symbols = new Map([...scene.symbols, ...scene.dots].map((entry) => [entry.i, entry]));
  ctx.save();
  for (let i = 0; i < rungs.length; i += 1) {
    if (!rungs[i] || !shown[i]) continue;
    const symbol = symbols.get(i);
    const radius = symbol ? (symbol.small ? symbol.radius * 0.42 : symbol.radius) + style.rings.gap : style.rings.radius;
    const around = ({ x, y }) => [x - radius, y - radius, x + radius, y + radius];
    const places = symbol ? [symbol.point] : placesOf(scene, i);
    const at = places.find((place) => space.free(around(place))) ?? places[0];
    if (!at) continue;
    ring(ctx, scene.palette.inks, style.rings.rungs[rungs[i]], at.x, at.y, radius);
    space.take(around(at));
    scene.rings.push({ i, rung: rungs[i] });
  }
  ctx.restore();
}

/** Where the ring of a feature without a symbol may stand: along the visible part of its line, in the middle of a zone. */
function placesOf(scene, i) {
  const { features } = scene.state;
  const [lon, lat] = features.anchor[i];
  if (features.layer[i] === "zones") return [scene.map.latLngToLayerPoint([lat, lon])];
  const places = placesAlong(scene.items[i].layers.flatMap((layer) => layer._parts ?? []));
  const middle = places[0];
  const far = ({ x, y }) => Math.hypot(x - middle.x, y - middle.y);
  const turn = (place) => (far(place) < NAME_PX ? 1e6 - far(place) : far(place));
  return places.sort((one, other) => turn(one) - turn(other)); // beside the middle, which is the name's
}

function ring(ctx, inks, { width, dash, circles }, x, y, radius) {
  for (let circle = 0; circle < circles; circle += 1) {
    const path = new Path2D();
    path.arc(x, y, radius + circle * 2 * width, 0, 2 * Math.PI);
    ctx.setLineDash([]);
    ctx.lineWidth = width + 2.5;
    ctx.strokeStyle = inks.halo;
    ctx.stroke(path);
  }
  for (let circle = 0; circle < circles; circle += 1) {
    const path = new Path2D();
    path.arc(x, y, radius + circle * 2 * width, 0, 2 * Math.PI);
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.strokeStyle = inks.ink;
    ctx.stroke(path);
  }
}
