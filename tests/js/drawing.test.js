import assert from "node:assert/strict";
import test from "node:test";
import { axesOf } from "../../frontend/curve.js";
import { factorAt } from "../../frontend/scene.js";

test("widths grow evenly between the zoom levels and stay beyond them", () => {
  const table = { 11: 0.5, 14: 1, 16: 2 };
  assert.deepEqual([9, 11, 12.5, 14, 15, 16, 20].map((zoom) => factorAt(table, zoom)), [0.5, 0.5, 0.75, 1, 1.5, 2, 2]);
});

test("levels are numbers: ten lies below eleven", () => {
  assert.equal(factorAt({ 9: 1, 10: 2, 11: 3 }, 10.5), 2.5);
});

const curve = /** @type {Wire.Curve} */ ({ start: "2020-01-30", tasks: 40, planned: new Array(101).fill(0) });

test("a curve spans its frame from the first day to the last, from none to all tasks", () => {
  const { x, y } = axesOf(curve);
  assert.deepEqual([x(0), x(50), x(100)], [64, 620, 1176]);
  assert.deepEqual([y(0), y(20), y(40)], [672, 360, 48]);
});

test("days are counted from the first, over the end of a leap February", () => {
  const { place } = axesOf(curve);
  assert.deepEqual(["2020-01-29", "2020-01-30", "2020-03-01"].map(place), [-1, 0, 31]);
});

test("a campaign without tasks has a curve too", () => {
  assert.equal(axesOf({ ...curve, tasks: 0 }).y(0), 672);
});
