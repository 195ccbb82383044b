// Draw change instead of state: what moved stands out over a quiet map, by colour, width and sign.

const BADGE_PX = 8;
const FONT = "sans-serif";
const ZONE_WIDTH_PX = 3;

/**
 * The mark of a feature, or undefined where it did not move or state is drawn.
 * @param {{state: View.State}} scene
 * @param {number} i
 * @returns {View.Mark | undefined}
 */
export function markOf({ state }, i) {
  const name = state.marks?.[state.features.ids[i]];
  return name && { name, rank: Object.keys(state.style.marks).indexOf(name), ...state.style.marks[name] };
}

/**
 * The light as which a feature is drawn: where change is drawn, all are quiet.
 * @param {{state: View.State}} scene
 * @param {number} i
 */
export function drawnLight({ state }, i) {
  return state.marks ? state.style.quietLight : state.lights[i];
}

/**
 * The colour of a mark in the theme that is shown.
 * @param {View.Scene} scene
 * @param {View.Mark} mark
 */
export function markColour(scene, mark) {
  return scene.palette.marks[mark.name];
}

/** @param {View.Scene} scene */
function loudestLast(scene) {
  const found = [];
  for (let i = 0; i < scene.items.length; i += 1) {
    const mark = scene.state.shown[i] && markOf(scene, i);
    if (mark) found.push({ i, mark });
  }
  return found.sort((one, other) => other.mark.rank - one.mark.rank);
}

/**
 * Lines and outlines of what moved, over all lines of the map.
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 */
export function drawMarkedLines(scene, ctx) {
  if (!scene.state.marks) return;
  ctx.save();
  ctx.lineCap = "round";
  ctx.setLineDash([]);
  for (const { i, mark } of loudestLast(scene)) {
    const path = scene.pathOf(i);
    const zone = scene.isZone(i);
    const width = zone ? Math.min(mark.width, ZONE_WIDTH_PX) : mark.width * Math.max(scene.scale, 0.7);
    ctx.lineWidth = width + scene.state.style.markHalo;
    ctx.strokeStyle = scene.palette.inks.halo;
    if (mark.badge && !zone) ctx.stroke(path);
    ctx.lineWidth = width;
    ctx.strokeStyle = markColour(scene, mark);
    if (zone) ctx.setLineDash([8, 5]);
    ctx.stroke(path);
    ctx.setLineDash([]);
  }
  ctx.restore();
}

/**
 * Signs of what got worse or better: in the middle of lines, at the shoulder of symbols.
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 * @param {View.Space} space
 */
export function drawBadges(scene, ctx, space) {
  if (!scene.state.marks) return;
  const symbols = new Map([...scene.symbols, ...scene.dots].map((entry) => [entry.i, entry]));
  for (const { i, mark } of loudestLast(scene)) {
    if (!mark.badge || scene.isZone(i)) continue;
    let { x, y } = scene.anchorOf(i);
    const symbol = symbols.get(i);
    if (symbol) [x, y] = [x + symbol.radius * 0.9, y - symbol.radius * 0.9];
    badge(scene, ctx, mark, x, y);
    space.take([x - BADGE_PX, y - BADGE_PX, x + BADGE_PX, y + BADGE_PX]);
  }
}

/**
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 * @param {View.Mark} mark
 * @param {number} x
 * @param {number} y
 */
function badge(scene, ctx, mark, x, y) {
  ctx.beginPath();
  ctx.arc(x, y, BADGE_PX, 0, 2 * Math.PI);
  ctx.fillStyle = scene.palette.inks.halo;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = markColour(scene, mark);
  ctx.stroke();
  ctx.fillStyle = markColour(scene, mark);
  ctx.font = `700 ${BADGE_PX * 1.5}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(mark.glyph, x, y + 0.5);
}
