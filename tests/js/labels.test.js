import assert from "node:assert/strict";
import test from "node:test";
import { Space, drawLabels, placesAlong } from "../../frontend/labels.js";

/** A canvas on which a character is as wide as half its size, and which remembers what was written. */
function canvas() {
  /** @type {string[]} */
  const written = [];
  const ctx = {
    font: "",
    measureText: (/** @type {string} */ text) => ({ width: (text.length * Number(/ (\d+)px/.exec(ctx.font)?.[1])) / 2 }),
    setLineDash: () => {},
    strokeText: () => {},
    fillText: (/** @type {string} */ text) => written.push(text),
  };
  return { ctx: /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (ctx)), written };
}

/** @param {Partial<View.Label>} more @returns {View.Label} */
const label = (more) => ({
  i: 0, text: "name", glyph: "", glyphColour: "", colour: "", size: 10, weight: 400, rank: 5, places: () => [{ x: 50, y: 50, align: "center" }], ...more,
});

/** @type {View.Box} */
const BOUNDS = [0, 0, 100, 100];

/** @param {View.Label[]} labels */
function place(labels, space = new Space()) {
  const { ctx, written } = canvas();
  return { placed: drawLabels(ctx, labels, space, BOUNDS, "white", "sans"), written };
}

test("a box is free where it touches none that is taken", () => {
  const space = new Space();
  space.take([10, 10, 20, 20]);
  assert.equal(space.free([20, 10, 30, 20]), true);
  assert.equal(space.free([19, 19, 30, 30]), false);
  assert.equal(space.free([12, 12, 14, 14]), false);
});

test("the lower rank stays where two names would cover each other", () => {
  const { placed, written } = place([label({ i: 1, rank: 5, text: "less" }), label({ i: 2, rank: 1, text: "more" })]);
  assert.deepEqual(placed.map(({ i }) => i), [2]);
  assert.deepEqual(written, ["more"]);
});

test("a name takes the first of its places that is free", () => {
  const second = () => [{ x: 50, y: 50, align: /** @type {const} */ ("center") }, { x: 50, y: 80, align: /** @type {const} */ ("center") }];
  const { placed } = place([label({ i: 1, rank: 1 }), label({ i: 2, rank: 2, places: second })]);
  assert.deepEqual(placed.map(({ i }) => i), [1, 2]);
  assert.deepEqual(placed[1].box, [37, 74, 63, 86]);
});

test("a name that would leave the view is not drawn", () => {
  assert.deepEqual(place([label({ places: () => [{ x: 95, y: 50, align: "left" }] })]).placed, []);
});

test("a name stands left of, right of or about its place", () => {
  for (const [align, left] of /** @type {const} */ ([["left", 47], ["right", 27], ["center", 37]])) {
    const { placed } = place([label({ places: () => [{ x: 50, y: 50, align }] })]);
    assert.equal(placed[0].box[0], left);
  }
});

test("a sign is written before the name and widens its box", () => {
  const { placed, written } = place([label({ glyph: "◆" })]);
  assert.deepEqual(written, ["◆ ", "name"]);
  assert.equal(placed[0].box[2] - placed[0].box[0], 36);
});

test("places along a line begin in its middle, on its longest part", () => {
  const short = [{ x: 0, y: 0 }, { x: 10, y: 0 }];
  const long = [{ x: 0, y: 50 }, { x: 60, y: 50 }, { x: 60, y: 90 }];
  const places = placesAlong([short, long]);
  assert.deepEqual(places[0], { x: 50, y: 50, align: "center" });
  assert.equal(places.length, 7);
  assert.deepEqual(places[6], { x: 60, y: 75, align: "center" });
});

test("there is no place along nothing, nor along a point", () => {
  assert.deepEqual(placesAlong([]), []);
  assert.deepEqual(placesAlong([[{ x: 1, y: 1 }], [{ x: 2, y: 2 }, { x: 2, y: 2 }]]), []);
});
