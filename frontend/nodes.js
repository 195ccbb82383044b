// Draw the symbols of nodes, and the names of all that is shown, on top of the lines.
import { drawLabels, placesAlong } from "./labels.js";
import { drawnLight, markColour, markOf } from "./marks.js";

const GLYPHS = { red: "◆", yellow: "▲" };
const FONT = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif';
const NAME_MAX = 60;
const FRAME_PX = 4;

/** Draw the symbols, urgent ones on top; where two would cover each other, the less urgent becomes a dot. */
export function drawSymbols(scene, ctx, space) {
  const { features, shown, style, selected } = scene.state;
  const symbols = [];
  for (let i = 0; i < scene.items.length; i += 1) {
    const symbol = shown[i] && scene.items[i].marker && style.symbols[features.kind[i]];
    if (!symbol) continue;
    const light = style.lights.indexOf(drawnLight(scene, i));
    const urgency = features.ids[i] === selected ? -1 : (markOf(scene, i)?.rank ?? light) * 10 + symbol.rank;
    symbols.push({ i, symbol, urgency, point: scene.items[i].marker._point });
  }
  symbols.sort((one, other) => one.urgency - other.urgency);
  for (const entry of symbols) {
    const light = drawnLight(scene, entry.i);
    const loud = light === "red" || light === "yellow" ? style.loudness[light] ** 0.6 : 1;
    entry.radius = style.symbolRadius * Math.min(Math.max(scene.scale, 0.75), 1.15) * loud;
    const { x, y } = entry.point;
    const reach = entry.radius * 1.2;
    const box = [x - reach, y - reach, x + reach, y + reach];
    entry.small = !space.free(box);
    if (!entry.small) space.take(box);
  }
  for (let at = symbols.length - 1; at >= 0; at -= 1) drawSymbol(scene, ctx, symbols[at]);
  scene.dots = symbols.filter((entry) => entry.small);
  return symbols.filter((entry) => !entry.small);
}

function outline({ symbol, point, radius, small }) {
  const path = new Path2D();
  const size = small ? radius * 0.42 : radius;
  if (small || !symbol.outline.length) path.arc(point.x, point.y, size, 0, 2 * Math.PI);
  else {
    symbol.outline.forEach(([x, y], at) => path[at ? "lineTo" : "moveTo"](point.x + x * size, point.y + y * size));
    path.closePath();
  }
  return path;
}

function drawSymbol(scene, ctx, entry) {
  const { features, lang, selected } = scene.state;
  const { i, symbol, point, radius, small } = entry;
  const { inks, lights: colours } = scene.palette;
  const mark = markOf(scene, i);
  const colour = mark?.filled ? markColour(scene, mark) : colours[drawnLight(scene, i)];
  const open = Boolean(features.plausible[i]) && !small;
  const path = outline(entry);
  const edge = (ink, width, dash) => {
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

/** Draw names: what is selected, zones, what is late, then by rank; more of them from closer. */
export function drawNames(scene, ctx, space, renderer) {
  const { style, features, shown, selected } = scene.state;
  const zoom = scene.map.getZoom();
  const bySymbol = new Map(scene.symbols.map((entry) => [entry.i, entry]));
  const labels = [];
  for (let i = 0; i < scene.items.length; i += 1) {
    if (!shown[i]) continue;
    const rule = style.labels[features.kind[i]];
    const chosen = features.ids[i] === selected;
    const earlier = markOf(scene, i)?.badge ? 2 : ({ red: 2, yellow: 0.5 }[drawnLight(scene, i)] ?? 0);
    if (!chosen && zoom < rule.zoom - earlier) continue;
    labels.push(label(scene, i, rule, chosen, () => places(scene, i, bySymbol.get(i))));
  }
  return drawLabels(ctx, labels, space, visibleBounds(scene.map, renderer), scene.palette.inks.halo, FONT);
}

function visibleBounds(map, renderer) {
  const { min, max } = renderer._bounds;
  const view = map.getPixelBounds();
  const origin = map.getPixelOrigin();
  return [
    Math.max(min.x, view.min.x - origin.x) + FRAME_PX,
    Math.max(min.y, view.min.y - origin.y) + FRAME_PX,
    Math.min(max.x, view.max.x - origin.x) - FRAME_PX,
    Math.min(max.y, view.max.y - origin.y) - FRAME_PX,
  ];
}

function places(scene, i, symbol) {
  const { features } = scene.state;
  if (features.layer[i] === "corridors") return placesAlong(scene.items[i].layers.flatMap((layer) => layer._parts));
  const [lon, lat] = features.anchor[i];
  const { x, y } = scene.map.latLngToLayerPoint([lat, lon]);
  if (features.layer[i] === "zones") return [0, 26, -26, 52, -52, 90, -90].map((dy) => ({ x, y: y + dy, align: "center" }));
  if (!symbol) return [];
  const reach = symbol.radius * 1.5 + 3;
  return [
    { x: x + reach, y, align: "left" },
    { x: x - reach, y, align: "right" },
    { x, y: y + reach + 5, align: "center" },
    { x, y: y - reach - 5, align: "center" },
  ];
}

function label(scene, i, rule, chosen, at) {
  const { features, lang } = scene.state;
  const { inks, lights: colours } = scene.palette;
  const layer = features.layer[i];
  const zone = layer === "zones";
  const light = drawnLight(scene, i);
  const mark = markOf(scene, i);
  const late = light === "red" || mark?.name === "worse";
  const urgent = late ? 1 : light === "yellow" || mark?.badge ? 2 + rule.rank / 100 : rule.rank;
  return {
    i,
    text: features[lang][i].slice(0, NAME_MAX),
    glyph: mark?.badge ? mark.glyph : zone ? "" : GLYPHS[light],
    glyphColour: mark ? markColour(scene, mark) : colours[light],
    colour: zone ? scene.zoneColour(features.zoneIds.indexOf(features.ids[i])) : late ? colours.red : inks.ink,
    size: zone ? 16 : layer === "nodes" || late ? 12.5 : 12,
    weight: zone || late || chosen ? 700 : layer === "nodes" ? 600 : 400,
    rank: chosen ? -1 : zone ? 0 : urgent,
    places: at,
  };
}
