// Say what lies under a point as a person sees it: symbols first, then names, dots, lines, areas, zones.

const DOT_PX = 6;
const TIE_PX = 2;

/**
 * @param {View.Scene} scene
 * @param {L.Point} point
 * @param {number} reach
 */
function symbolAt(scene, point, reach) {
  let best;
  let least = Infinity;
  for (const { i, radius, point: centre } of scene.symbols) {
    const away = centre.distanceTo(point) - radius;
    if (away <= reach && away < least) [best, least] = [i, away];
  }
  return best;
}

/**
 * @param {View.Scene} scene
 * @param {View.Pixel} point
 */
function labelAt(scene, { x, y }) {
  return scene.labels.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3])?.i;
}

/**
 * @param {View.Scene} scene
 * @param {L.Point} point
 * @param {number} reach
 */
function dotAt(scene, point, reach) {
  return scene.dots.find((entry) => entry.point.distanceTo(point) <= DOT_PX + reach)?.i;
}

/**
 * @param {View.Scene} scene
 * @param {L.Point} point
 * @param {number} reach
 */
function lineAt(scene, point, reach) {
  const { lights, shown, style } = scene.state;
  /** @type {number | undefined} */
  let best;
  let least = Infinity;
  scene.items.forEach(({ layers }, i) => {
    if (!shown[i]) return;
    for (const layer of layers) {
      if (layer instanceof L.Polygon || !layer._pxBounds?.contains(point)) continue;
      const away = layer.closestLayerPoint(point)?.distance ?? Infinity;
      const quiet = TIE_PX * style.lights.indexOf(lights[i]) * 0.5;
      if (away <= reach && away + quiet < least) [best, least] = [i, away + quiet];
    }
  });
  return best;
}

/**
 * @param {View.Scene} scene
 * @param {L.Point} point
 * @param {boolean} zones
 */
function areaAt(scene, point, zones) {
  const found = scene.items.findIndex(
    ({ layers }, i) =>
      scene.state.shown[i] &&
      scene.isZone(i) === zones &&
      layers.some((layer) => layer instanceof L.Polygon && layer._containsPoint(point)),
  );
  return found < 0 ? undefined : found;
}

/**
 * Place of the feature at a point of the layer, or undefined.
 * @param {View.Scene} scene
 * @param {L.Point} point
 * @param {number} tolerance how far a finger or pointer may miss, in pixels
 */
export function pickAt(scene, point, tolerance) {
  if (!scene.state) return undefined;
  return (
    symbolAt(scene, point, tolerance / 2) ??
    labelAt(scene, point) ??
    dotAt(scene, point, tolerance / 2) ??
    lineAt(scene, point, tolerance + 3) ??
    areaAt(scene, point, false) ??
    areaAt(scene, point, true)
  );
}
