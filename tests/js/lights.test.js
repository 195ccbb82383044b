import assert from "node:assert/strict";
import test from "node:test";
import { named, percent } from "../../frontend/figures.js";
import { drawnLight, markOf } from "../../frontend/marks.js";
import { rungsOf } from "../../frontend/rings.js";
import { board, features, style } from "./world.js";

/** @param {Partial<View.State>} more */
const scene = (more) => ({ state: /** @type {View.State} */ ({ style, features, lights: ["none", "red", "done", "green"], ...more }) });

test("a feature is drawn as its light, and quiet where change is drawn", () => {
  assert.equal(drawnLight(scene({}), 1), "red");
  assert.equal(drawnLight(scene({ marks: { C02: "better" } }), 1), "none");
});

test("a mark has its rank by the order of the style", () => {
  const changed = scene({ marks: { C01: "worse", C02: "better" } });
  assert.deepEqual(markOf(changed, 1), { name: "worse", rank: 0, glyph: "◆", width: 6, filled: true, badge: true });
  assert.equal(markOf(changed, 2)?.rank, 1);
  assert.equal(markOf(changed, 3), undefined);
  assert.equal(markOf(scene({}), 1), undefined);
});

test("the highest rung of its tasks rings a feature", () => {
  assert.deepEqual(rungsOf(board, style), [undefined, "urge", undefined, "urge"]);
});

test("where nothing is supervised nothing is ringed", () => {
  assert.deepEqual(rungsOf({ ...board, task: { ...board.task, supervision: ["", "", ""] } }, style), []);
});

test("a share is written as Python writes it: halves to the even number", () => {
  assert.deepEqual([0, 0.004, 0.125, 0.375, 0.625, 0.996, 1].map(percent), [0, 0, 12, 38, 62, 100, 100]);
});

test("figures have the names of the page's nodes", () => {
  const lights = { red: 2, yellow: 0, green: 1, done: 3, none: 0 };
  const { numbers, shares } = named({ tasks: 6, lights, statuses: { blocked: 1 }, zones: [0.5, null], deadline: -3, opening: 30 }, ["Z1", "Z2"]);
  assert.deepEqual([numbers.tasks, numbers["light-red"], numbers["status-blocked"], numbers.deadline, numbers.opening], [6, 2, 1, 3, 30]);
  assert.deepEqual(shares, { done: 0.5, "zone-Z1": 0.5, "zone-Z2": 0 });
});

test("a board without tasks has no share that is done", () => {
  const none = { red: 0, yellow: 0, green: 0, done: 0, none: 0 };
  assert.equal(named({ tasks: 0, lights: none, statuses: {}, zones: [], deadline: 0, opening: 0 }, []).shares.done, 0);
});
