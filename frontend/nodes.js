// Draw the symbols of nodes, and the names of all that is shown, on top of the lines.
import { drawLabels, placesAlong } from "./labels.js";
import { drawnLight, markColour, markOf } from "./marks.js";

/** Radius of a dot, as a share of the symbol for which there is no room. */
export const DOT_SHARE = 0.42;

/** By how many zoom levels what is late is named earlier. @type {Partial<Record<Wire.Light, number>>} */
const EARLIER = { red: 2, yellow: 0.5 };
const BADGE_EARLIER = 2;
const FONT = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif';
const NAME_MAX = 60;
const FRAME_PX = 4;
const ZONE_PLACES_PX = [0, 26, -26, 52, -52, 90, -90];

/**
 * Draw the symbols, urgent ones on top; where two would cover each other, the less urgent becomes a dot.
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 * @param {View.Space} space
 */
export function drawSymbols(scene, ctx, space) {
  const symbols = found(scene).sort((one, other) => one.urgency - other.urgency);
  for (const entry of symbols) {
    const { x, y } = entry.point;
    const reach = entry.radius * 1.2;
    /** @type {View.Box} */
    const box = [x - reach, y - reach, x + reach, y + reach];
    entry.small = !space.free(box);
    if (!entry.small) space.take(box);
  }
  for (const entry of [...symbols].reverse()) drawSymbol(scene, ctx, entry);
  scene.dots = symbols.filter((entry) => entry.small);
  scene.symbols = symbols.filter((entry) => !entry.small);
}

/**
 * @param {View.Scene} scene
 * @returns {View.SymbolEntry[]}
 */
function found(scene) {
  const { features, shown, style, selected } = scene.state;
  return scene.items.flatMap(({ marker }, i) => {
    const symbol = shown[i] && marker && style.symbols[features.kind[i]];
    if (!symbol) return [];
    const light = drawnLight(scene, i);
    const rank = markOf(scene, i)?.rank ?? style.lights.indexOf(light);
    const urgency = features.ids[i] === selected ? -1 : rank * 10 + symbol.rank;
    const loud = light in style.glyphs ? style.loudness[light] ** 0.6 : 1;
    const radius = style.symbolRadius * Math.min(Math.max(scene.scale, 0.75), 1.15) * loud;
    return [{ i, symbol, urgency, radius, small: false, point: marker._point }];
  });
}

/** @param {View.SymbolEntry} entry */
function outline({ symbol, point, radius, small }) {
  const path = new Path2D();
  const size = small ? radius * DOT_SHARE : radius;
  if (small || !symbol.outline.length) path.arc(point.x, point.y, size, 0, 2 * Math.PI);
  else {
    symbol.outline.forEach(([x, y], at) => path[at ? "lineTo" : "moveTo"](point.x + x * size, point.y + y * size));
    path.closePath();
  }
  return path;
}

/**
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 * @param {View.SymbolEntry} entry
 */
function drawSymbol(scene, ctx, entry) {
  const { features, lang, selected } = scene.state;
  const { i, symbol, point, radius, small } = entry;
  const { inks, lights: colours } = scene.palette;
  const mark = markOf(scene, i);
  const colour = mark?.filled ? markColour(scene, mark) : colours[drawnLight(scene, i)];
  const open = Boolean(features.plausible[i]) && !small;
  const path = outline(entry);
  const edge = (/** @type {string} */ ink, /** @type {number} */ width, /** @type {number[]} */ dash) => {
    ctx.strokeStyle = ink;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.stroke(path);
  };
  if (features.ids[i] === selected) edge(inks.accent, 9, []);
  else if (mark) edge(markColour(scene, mark), small ? 5 : 7, []);
  edge(inks.halo, open ? 4.5 : 3, []);
  ctx.fillStyle = open ? inks.halo : colour;
  ctx.fill(path);
  if (open) edge(colour, 1.8, [3, 2]);
  if (small) return;
  ctx.setLineDash([]);
  ctx.fillStyle = open ? colour : inks.halo;
  ctx.font = `700 ${Math.round(radius * 1.15)}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(features.sign[i] || symbol.sign[lang], point.x, point.y + 0.5);
}

/**
 * Draw names: what is selected, zones, what is late, then by rank; more of them from closer.
 * @param {View.Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 * @param {View.Space} space
 * @param {L.Renderer} renderer
 */
export function drawNames(scene, ctx, space, renderer) {
  const { style, features, shown, selected } = scene.state;
  const zoom = scene.map.getZoom();
  const bySymbol = new Map(scene.symbols.map((entry) => [entry.i, entry]));
  const labels = [];
  for (let i = 0; i < scene.items.length; i += 1) {
    if (!shown[i]) continue;
    const rule = style.labels[features.kind[i]];
    const chosen = features.ids[i] === selected;
    const earlier = markOf(scene, i)?.badge ? BADGE_EARLIER : (EARLIER[drawnLight(scene, i)] ?? 0);
    if (!chosen && zoom < rule.zoom - earlier) continue;
    labels.push(label(scene, i, rule.rank, chosen, () => places(scene, i, bySymbol.get(i))));
  }
  return drawLabels(ctx, labels, space, visibleBounds(scene.map, renderer), scene.palette.inks.halo, FONT);
}

/**
 * @param {L.Map} map
 * @param {L.Renderer} renderer
 * @returns {View.Box}
 */
function visibleBounds(map, renderer) {
  const min = renderer._bounds.getTopLeft();
  const max = renderer._bounds.getBottomRight();
  const view = map.getPixelBounds();
  const [topLeft, bottomRight] = [view.getTopLeft(), view.getBottomRight()];
  const origin = map.getPixelOrigin();
  return [
    Math.max(min.x, topLeft.x - origin.x) + FRAME_PX,
    Math.max(min.y, topLeft.y - origin.y) + FRAME_PX,
    Math.min(max.x, bottomRight.x - origin.x) - FRAME_PX,
    Math.min(max.y, bottomRight.y - origin.y) - FRAME_PX,
  ];
}

/**
 * Where the name of a feature may stand: around its symbol, about the middle of a zone, along a line.
 * @param {View.Scene} scene
 * @param {number} i
 * @param {View.SymbolEntry | undefined} symbol
 * @returns {View.LabelPlace[]}
 */
function places(scene, i, symbol) {
  const { features, style } = scene.state;
  const { x, y } = scene.anchorOf(i);
  if (scene.isZone(i)) return ZONE_PLACES_PX.map((dy) => ({ x, y: y + dy, align: "center" }));
  if (!style.symbols[features.kind[i]]) return placesAlong(scene.partsOf(i));
  if (!symbol) return [];
  const reach = symbol.radius * 1.5 + 3;
  return [
    { x: x + reach, y, align: "left" },
    { x: x - reach, y, align: "right" },
    { x, y: y + reach + 5, align: "center" },
    { x, y: y - reach - 5, align: "center" },
  ];
}

/**
 * @param {View.Scene} scene
 * @param {number} i
 * @param {number} rank of its kind
 * @param {boolean} chosen
 * @param {() => View.LabelPlace[]} at
 * @returns {View.Label}
 */
function label(scene, i, rank, chosen, at) {
  const { features, lang, style } = scene.state;
  const { inks, lights: colours } = scene.palette;
  const zone = scene.isZone(i);
  const hasSymbol = features.kind[i] in style.symbols;
  const light = drawnLight(scene, i);
  const mark = markOf(scene, i);
  const late = light === "red" || mark?.name === "worse";
  const urgent = late ? 1 : light === "yellow" || mark?.badge ? 2 + rank / 100 : rank;
  return {
    i,
    text: features[lang][i].slice(0, NAME_MAX),
    glyph: mark?.badge ? mark.glyph : zone ? "" : (style.glyphs[light] ?? ""),
    glyphColour: mark ? markColour(scene, mark) : colours[light],
    colour: zone ? scene.zoneColourOf(i) : late ? colours.red : inks.ink,
    size: zone ? 16 : hasSymbol || late ? 12.5 : 12,
    weight: zone || late || chosen ? 700 : hasSymbol ? 600 : 400,
    rank: chosen ? -1 : zone ? 0 : urgent,
    places: at,
  };
}
