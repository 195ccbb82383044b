// Place names so that none covers another: the most important first, each at the first free place of its candidates.

const GAP_PX = 3;
const MAX_LABELS = 250;
const MAX_TRIED = 1500;
const widths = new Map();

function measure(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

/** Boxes that are taken, as [left, top, right, bottom]. */
export class Space {
  constructor() {
    this.boxes = [];
  }

  free([left, top, right, bottom]) {
    return !this.boxes.some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1]);
  }

  take(box) {
    this.boxes.push(box);
  }
}

function boxOf({ x, y, align }, width, height) {
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return [left - GAP_PX, y - height / 2 - 1, left + width + GAP_PX, y + height / 2 + 1];
}

/** Draw what fits. Each label: {i, text, glyph, glyphColour, colour, size, weight, rank, places: () => [{x, y, align}]}. */
export function drawLabels(ctx, labels, space, bounds, halo, family) {
  labels.sort((one, other) => one.rank - other.rank);
  const placed = [];
  let tried = 0;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  for (const label of labels) {
    tried += 1;
    if (placed.length >= MAX_LABELS || tried > MAX_TRIED) break;
    const font = `${label.weight} ${label.size}px ${family}`;
    const glyph = label.glyph ? `${label.glyph} ` : "";
    const glyphWidth = glyph ? measure(ctx, font, glyph) : 0;
    const width = measure(ctx, font, label.text) + glyphWidth;
    for (const place of label.places()) {
      const box = boxOf(place, width, label.size);
      const inside = box[0] >= bounds[0] && box[1] >= bounds[1] && box[2] <= bounds[2] && box[3] <= bounds[3];
      if (!inside || !space.free(box)) continue;
      space.take(box);
      placed.push({ i: label.i, text: label.text, box });
      ctx.font = font;
      ctx.textAlign = "left";
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = halo;
      const start = box[0] + GAP_PX;
      ctx.strokeText(glyph + label.text, start, place.y);
      if (glyph) {
        ctx.fillStyle = label.glyphColour;
        ctx.fillText(glyph, start, place.y);
      }
      ctx.fillStyle = label.colour;
      ctx.fillText(label.text, start + glyphWidth, place.y);
      break;
    }
  }
  return placed;
}

/** Candidate places along the longest visible part of a line, given its parts in pixels. */
export function placesAlong(parts) {
  let longest = null;
  let most = 0;
  for (const part of parts) {
    let length = 0;
    for (let i = 1; i < part.length; i += 1) length += part[i].distanceTo(part[i - 1]);
    if (length > most) [longest, most] = [part, length];
  }
  return longest ? [0.5, 0.3, 0.7, 0.4, 0.6, 0.15, 0.85].map((share) => pointAt(longest, most * share)) : [];
}

function pointAt(part, distance) {
  let left = distance;
  for (let i = 1; i < part.length; i += 1) {
    const step = part[i].distanceTo(part[i - 1]);
    if (step >= left) {
      const share = step ? left / step : 0;
      return {
        x: part[i - 1].x + (part[i].x - part[i - 1].x) * share,
        y: part[i - 1].y + (part[i].y - part[i - 1].y) * share,
        align: "center",
      };
    }
    left -= step;
  }
  const last = part[part.length - 1];
  return { x: last.x, y: last.y, align: "center" };
}

/** Boxes under the map's controls are taken before any name is placed. */
export function occupied(map) {
  const space = new Space();
  const frame = map.getContainer().getBoundingClientRect();
  for (const control of map.getContainer().querySelectorAll(".leaflet-control")) {
    const box = control.getBoundingClientRect();
    const corner = map.containerPointToLayerPoint([box.left - frame.left, box.top - frame.top]);
    if (box.width) space.take([corner.x - 4, corner.y - 4, corner.x + box.width + 4, corner.y + box.height + 4]);
  }
  return space;
}
