// Place names so that none covers another: the most important first, each at the first free place of its candidates.

const GAP_PX = 3;
const MAX_LABELS = 250;
const MAX_TRIED = 1500;
const SHARES = [0.5, 0.3, 0.7, 0.4, 0.6, 0.15, 0.85];
/** @type {Map<string, number>} */
const widths = new Map();

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} font
 * @param {string} text
 */
function measure(ctx, font, text) {
  const key = font + text;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 20000) widths.clear();
  ctx.font = font;
  const { width } = ctx.measureText(text);
  widths.set(key, width);
  return width;
}

/** Boxes that are taken. */
export class Space {
  constructor() {
    /** @type {View.Box[]} */
    this.boxes = [];
  }

  /** @param {View.Box} box */
  free([left, top, right, bottom]) {
    return !this.boxes.some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1]);
  }

  /** @param {View.Box} box */
  take(box) {
    this.boxes.push(box);
  }
}

/**
 * @param {View.LabelPlace} place
 * @param {number} width
 * @param {number} height
 * @returns {View.Box}
 */
function boxOf({ x, y, align }, width, height) {
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return [left - GAP_PX, y - height / 2 - 1, left + width + GAP_PX, y + height / 2 + 1];
}

/**
 * @param {View.Box} box
 * @param {View.Box} bounds
 */
const isInside = (box, bounds) => box[0] >= bounds[0] && box[1] >= bounds[1] && box[2] <= bounds[2] && box[3] <= bounds[3];

/**
 * Draw what fits, and say what was drawn where.
 * @param {CanvasRenderingContext2D} ctx
 * @param {View.Label[]} labels
 * @param {Space} space
 * @param {View.Box} bounds
 * @param {string} halo
 * @param {string} family
 */
export function drawLabels(ctx, labels, space, bounds, halo, family) {
  labels.sort((one, other) => one.rank - other.rank);
  /** @type {View.PlacedLabel[]} */
  const placed = [];
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  for (const label of labels.slice(0, MAX_TRIED)) {
    if (placed.length >= MAX_LABELS) break;
    const font = `${label.weight} ${label.size}px ${family}`;
    const glyph = label.glyph ? `${label.glyph} ` : "";
    const glyphWidth = glyph ? measure(ctx, font, glyph) : 0;
    const width = measure(ctx, font, label.text) + glyphWidth;
    for (const place of label.places()) {
      const box = boxOf(place, width, label.size);
      if (!isInside(box, bounds) || !space.free(box)) continue;
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

/**
 * @param {View.Pixel} one
 * @param {View.Pixel} other
 */
const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/**
 * Candidate places along the longest visible part of a line, given its parts in pixels.
 * @param {View.Pixel[][]} parts
 * @returns {View.LabelPlace[]}
 */
export function placesAlong(parts) {
  /** @type {View.Pixel[]} */
  let longest = [];
  let most = 0;
  for (const part of parts) {
    let length = 0;
    for (let i = 1; i < part.length; i += 1) length += apart(part[i], part[i - 1]);
    if (length > most) [longest, most] = [part, length];
  }
  return longest.length ? SHARES.map((share) => pointAt(longest, most * share)) : [];
}

/**
 * @param {View.Pixel[]} part
 * @param {number} distance
 * @returns {View.LabelPlace}
 */
function pointAt(part, distance) {
  let left = distance;
  for (let i = 1; i < part.length; i += 1) {
    const [from, to] = [part[i - 1], part[i]];
    const step = apart(from, to);
    if (step >= left) {
      const share = step ? left / step : 0;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, align: "center" };
    }
    left -= step;
  }
  const last = part[part.length - 1];
  return { x: last.x, y: last.y, align: "center" };
}

/**
 * Boxes under the map's controls are taken before any name is placed.
 * @param {L.Map} map
 */
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
