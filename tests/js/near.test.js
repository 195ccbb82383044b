import assert from "node:assert/strict";
import test from "node:test";
import { nearest, octant, planeAt, positionProblem } from "../../frontend/near.js";

/** @type {Wire.Place} */
const HERE = [121.3, 31.2];
const plane = planeAt(HERE);
const NORTH_DEG = 1 / 111195.08; // a metre of latitude on a sphere of 6371.0088 km

/** A place so many metres east and north of here. @param {number} east @param {number} north @returns {Wire.Place} */
const at = (east, north) => [HERE[0] + (east * NORTH_DEG) / Math.cos((HERE[1] * Math.PI) / 180), HERE[1] + north * NORTH_DEG];

/** @param {Wire.Geometry} geometry */
const metres = (geometry) => Math.round(nearest(geometry, plane).distance);

test("metres are those of a sphere", () => {
  const [x, y] = plane(at(300, 400));
  assert.deepEqual([Math.round(x), Math.round(y)], [300, 400]);
});

test("a point is as far as it is", () => {
  assert.equal(metres({ type: "Point", coordinates: at(30, -40) }), 50);
  assert.equal(metres({ type: "MultiPoint", coordinates: [at(30, -40), at(0, 5)] }), 5);
});

test("a line is as far as its nearest point, which may lie between its places", () => {
  assert.equal(metres({ type: "LineString", coordinates: [at(-100, 20), at(100, 20)] }), 20);
  assert.equal(metres({ type: "LineString", coordinates: [at(30, 40), at(300, 40)] }), 50);
  assert.equal(metres({ type: "MultiLineString", coordinates: [[at(90, 0), at(90, 9)], [at(-7, -9), at(-7, 9)]] }), 7);
});

/** @param {number} size @returns {Wire.Place[]} a square about here */
const square = (size) => [at(-size, -size), at(size, -size), at(size, size), at(-size, size), at(-size, -size)];

test("inside an area nothing is far", () => {
  assert.equal(metres({ type: "Polygon", coordinates: [square(50)] }), 0);
  assert.equal(metres({ type: "MultiPolygon", coordinates: [[[at(80, 0), at(90, 0), at(90, 9), at(80, 0)]], [square(50)]] }), 0);
});

test("in a hole of an area its edge is the nearest", () => {
  assert.equal(metres({ type: "Polygon", coordinates: [square(50), square(10)] }), 10);
});

test("outside an area its edge is the nearest, and says the direction", () => {
  const found = nearest({ type: "Polygon", coordinates: [[at(20, -5), at(40, -5), at(40, 5), at(20, 5), at(20, -5)]] }, plane);
  assert.deepEqual([Math.round(found.distance), octant(found.at)], [20, 2]);
});

test("directions go clockwise from the north, each to the middle between two", () => {
  const points = /** @type {[number, number][]} */ ([[0, 1], [1, 1], [1, 0], [1, -1], [0, -1], [-1, -1], [-1, 0], [-1, 1]]);
  assert.deepEqual(points.map(octant), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual([octant([0.41, 1]), octant([0.42, 1]), octant([-0.41, 1])], [0, 1, 0]);
});

const LIMITS = { extent: /** @type {Wire.Extent} */ ([121.2, 31.1, 121.4, 31.3]), far: 50000, vague: 3000 };

test("a position near the campaign is taken", () => {
  assert.equal(positionProblem({ lon: 121.3, lat: 31.2, accuracy_m: 3000 }, LIMITS), undefined);
  assert.equal(positionProblem({ lon: 121.1, lat: 31.2, accuracy_m: 30 }, LIMITS), undefined);
});

/** @type {[string, number, number, number, string, number][]} */
const PROBLEMS = [
  ["no number", NaN, 31.2, 30, "not_a_number", 0],
  ["the place off Africa that devices give for none", 0.001, 0, 30, "zero", 0],
  ["another city", 116.4, 39.9, 30, "far", 1050],
  ["a position that may be anywhere", 121.3, 31.2, 12400, "vague", 12],
];

for (const [name, lon, lat, accuracy_m, kind, km] of PROBLEMS) {
  test(`a position is questioned: ${name}`, () => assert.deepEqual(positionProblem({ lon, lat, accuracy_m }, LIMITS), { kind, km }));
}
