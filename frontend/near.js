// Distances and directions around a position, in the plane: within 0.1 % over the extent of a campaign.

const EARTH_M = 6371008.8;
const METRE = (Math.PI / 180) * EARTH_M;
const NOWHERE_DEG = 0.01;

/** @typedef {[x: number, y: number]} Metres east and north of the position */
/** @typedef {(place: Wire.Place) => Metres} Plane */
/** @typedef {{distance: number, at: Metres}} Found how far, and where the nearest point is */

/**
 * Places as metres from a position.
 * @param {Wire.Place} position
 * @returns {Plane}
 */
export function planeAt([lon, lat]) {
  return ([x, y]) => [(x - lon) * METRE * Math.cos((((lat + y) / 2) * Math.PI) / 180), (y - lat) * METRE];
}

/**
 * The point of a stretch that is nearest to the position.
 * @param {Metres} from
 * @param {Metres} to
 * @returns {Metres}
 */
function nearestOn([ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx || dy ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy))) : 0;
  return [ax + along * dx, ay + along * dy];
}

/**
 * Whether the position is inside a ring: a ray from it crosses the ring an odd number of times.
 * @param {Metres[]} ring
 */
function isInside(ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > 0 !== by > 0 && (-ay * (bx - ax)) / (by - ay) + ax > 0) odd = !odd;
  }
  return odd;
}

/**
 * Areas and lines of a geometry, each as its rings; a point is a line of one place.
 * @param {Wire.Geometry} geometry
 * @returns {{area: boolean, rings: Wire.Place[][]}[]}
 */
function parts(geometry) {
  switch (geometry.type) {
    case "Point": return [{ area: false, rings: [[geometry.coordinates]] }];
    case "MultiPoint": return geometry.coordinates.map((place) => ({ area: false, rings: [[place]] }));
    case "LineString": return [{ area: false, rings: [geometry.coordinates] }];
    case "MultiLineString": return [{ area: false, rings: geometry.coordinates }];
    case "Polygon": return [{ area: true, rings: geometry.coordinates }];
    default: return geometry.coordinates.map((rings) => ({ area: true, rings }));
  }
}

/**
 * How far a geometry is from the position of the plane; nothing for one that holds it.
 * @param {Wire.Geometry} geometry
 * @param {Plane} plane
 * @returns {Found}
 */
export function nearest(geometry, plane) {
  /** @type {Found} */
  let best = { distance: Infinity, at: [0, 0] };
  for (const { area, rings } of parts(geometry)) {
    const [outer, ...holes] = rings.map((ring) => ring.map(plane));
    if (area && isInside(outer) && !holes.some(isInside)) return { distance: 0, at: [0, 0] };
    for (const ring of [outer, ...holes]) {
      for (let i = 0; i < Math.max(ring.length - 1, 1); i += 1) {
        const at = nearestOn(ring[i], ring[i + 1] ?? ring[i]);
        const distance = Math.hypot(...at);
        if (distance < best.distance) best = { distance, at };
      }
    }
  }
  return best;
}

/**
 * Which of the eight directions a point lies in, clockwise from the north.
 * @param {Metres} at
 */
export function octant([x, y]) {
  const turn = (Math.atan2(x, y) * 180) / Math.PI;
  return Math.floor((((turn + 360) % 360) + 22.5) / 45) % 8;
}

/**
 * Why a position cannot be meant, with kilometres where that says how much; undefined where nothing is wrong.
 * @param {{lon: number, lat: number, accuracy_m: number}} position
 * @param {{extent: Wire.Extent, far: number, vague: number}} limits in degrees and metres
 * @returns {{kind: "not_a_number" | "zero" | "far" | "vague", km: number} | undefined}
 */
export function positionProblem({ lon, lat, accuracy_m }, { extent: [west, south, east, north], far, vague }) {
  const km = (/** @type {number} */ metres) => Math.round(metres / 1000);
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return { kind: "not_a_number", km: 0 };
  if (Math.abs(lon) < NOWHERE_DEG && Math.abs(lat) < NOWHERE_DEG) return { kind: "zero", km: 0 };
  const away = Math.hypot(...planeAt([lon, lat])([Math.min(Math.max(lon, west), east), Math.min(Math.max(lat, south), north)]));
  if (away > far) return { kind: "far", km: km(away) };
  return accuracy_m > vague ? { kind: "vague", km: km(accuracy_m) } : undefined;
}
