// Draw a ring around what is supervised: at its symbol, or near an end of a line; its own line tells the rung.
import { placesAlong } from "./labels.js";
import { DOT_SHARE } from "./nodes.js";

const NAME_PX = 56;
const HALO_PX = 2.5;

/**
 * Highest rung of each feature's tasks, undefined where none is supervised; empty where nothing is.
 * @param {Pick<Wire.Board, "task" | "tasks">} board
 * @param {Pick<Wire.Style, "rings">} style
 */
export function rungsOf(board, style) {
  const order = Object.keys(style.rings.rungs);
  const rungs = board.task.supervision;
  if (!rungs.some(Boolean)) return [];
  return board.tasks.map((tasks) => order[Math.max(-1, ...tasks.map((at) => order.indexOf(rungs[at])))]);
}

/**
 * Rings over symbols and lines; where change is drawn instead of state there are none.
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 * @param {View.Space} space
 */
export function drawRings(scene, ctx, space) {
  const { rungs = [], shown, marks, style } = scene.state;
  scene.rings = [];
  if (marks) return;
  const symbols = new Map([...scene.symbols, ...scene.dots].map((entry) => [entry.i, entry]));
  ctx.save();
  rungs.forEach((rung, i) => {
    if (!rung || !shown[i]) return;
    const symbol = symbols.get(i);
    const radius = symbol ? (symbol.small ? symbol.radius * DOT_SHARE : symbol.radius) + style.rings.gap : style.rings.radius;
    /** @param {View.Pixel} place @returns {View.Box} */
    const around = ({ x, y }) => [x - radius, y - radius, x + radius, y + radius];
    const places = symbol ? [symbol.point] : placesOf(scene, i);
    const at = places.find((place) => space.free(around(place))) ?? places[0];
    if (!at) return;
    ring(ctx, scene.palette.inks, style.rings.rungs[rung], at, radius);
    space.take(around(at));
    scene.rings.push({ i, rung });
  });
  ctx.restore();
}

/**
 * Where the ring of a feature without a symbol may stand: along the visible part of its line, in the middle of a zone.
 * @param {View.Scene} scene
 * @param {number} i
 * @returns {View.Pixel[]}
 */
function placesOf(scene, i) {
  if (scene.isZone(i)) return [scene.anchorOf(i)];
  const places = placesAlong(scene.partsOf(i));
  const middle = places[0];
  /** @param {View.Pixel} place */
  const turn = ({ x, y }) => {
    const far = Math.hypot(x - middle.x, y - middle.y);
    return far < NAME_PX ? 1e6 - far : far;
  };
  return places.sort((one, other) => turn(one) - turn(other)); // beside the middle, which is the name's
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Record<string, string>} inks
 * @param {Wire.Ring} ring
 * @param {View.Pixel} at
 * @param {number} radius
 */
function ring(ctx, inks, { width, dash, circles }, { x, y }, radius) {
  for (const [ink, lineWidth, dashes] of /** @type {const} */ ([[inks.halo, width + HALO_PX, []], [inks.ink, width, dash]])) {
    for (let circle = 0; circle < circles; circle += 1) {
      const path = new Path2D();
      path.arc(x, y, radius + circle * 2 * width, 0, 2 * Math.PI);
      ctx.setLineDash([...dashes]);
      ctx.lineWidth = lineWidth;
      ctx.strokeStyle = ink;
      ctx.stroke(path);
    }
  }
}
