import assert from "node:assert/strict";
import test from "node:test";
import { match, needsOf, taskMatcher, urgency } from "../../frontend/rule.js";
import { board, features, letters, style } from "./world.js";

/** Ids that a rule leaves in. @param {Wire.Rule} rule */
const left = (rule) => features.ids.filter((_, i) => match(rule, features, board, letters)[i]);

test("a rule without parts leaves everything in", () => {
  assert.deepEqual(left({}), features.ids);
});

/** @type {[string, Wire.Rule, string[]][]} */
const RULES = [
  ["ids", { ids: ["C02", "X99"] }, ["C02"]],
  ["kinds", { kinds: ["river", "parking"] }, ["C02", "N01"]],
  ["lights", { lights: ["red", "done"] }, ["C01", "C02"]],
  ["zones", { zones: ["Z1"] }, ["Z1", "C01", "N01"]],
  ["a zone that is none", { zones: ["Z9"] }, []],
  ["categories", { categories: ["green"] }, ["C01", "N01"]],
  ["statuses", { statuses: ["accepted"] }, ["C02"]],
  ["units, leading or supporting", { units: ["minhang"] }, ["C01", "N01"]],
  ["units that lead", { units: ["qingpu"], leadOnly: true }, ["C01"]],
  ["a word of a feature", { text: "river" }, ["C02"]],
  ["a word of a task", { text: "trees" }, ["C01", "N01"]],
  ["words of the feature and of its task together", { text: "road pave" }, ["C01"]],
  ["words that stand in no one feature", { text: "river pave" }, []],
  ["white space only", { text: "  " }, features.ids],
  ["all parts together", { zones: ["Z1"], categories: ["green"], lights: ["green"] }, ["N01"]],
];

for (const [name, rule, expected] of RULES) {
  test(`a rule restricts by ${name}`, () => assert.deepEqual(left(rule), expected));
}

test("parts about tasks must hold of one and the same task", () => {
  assert.deepEqual(left({ categories: ["road"], statuses: ["in_progress"] }), []);
});

test("leading is asked of the first unit only", () => {
  assert.deepEqual(taskMatcher({ units: ["minhang"], leadOnly: true }, board), [false, true, false]);
  assert.deepEqual(taskMatcher({ units: ["minhang"] }, board), [true, true, false]);
});

test("a rule without parts about tasks asks nothing of them", () => {
  assert.equal(taskMatcher({ kinds: ["river"], text: "x", leadOnly: true }, board), null);
});

test("features stand by light, then by day, and what has no task stands last", () => {
  const { ordered } = urgency(style, board, null);
  assert.deepEqual(ordered([1, 1, 1, 1]).map((i) => features.ids[i]), ["C01", "N01", "C02", "Z1"]);
  assert.deepEqual(ordered([1, 0, 1, 0]).map((i) => features.ids[i]), ["C02", "Z1"]);
});

test("features of the same light stand by the day of the task that gives it", () => {
  const same = { ...board, lights: "gggg", task: { ...board.task, light: "ggg", daysLeft: [9, 2, null] } };
  assert.deepEqual(urgency(style, same, null).ordered([1, 1, 1, 1]), [1, 3, 2, 0]); // no day comes late, no task last
});

test("the worst task speaks for a feature, of those that are asked for", () => {
  assert.equal(urgency(style, board, null).mainTask(1), 0);
  assert.equal(urgency(style, board, [false, true, true]).mainTask(1), 1);
  assert.equal(urgency(style, board, [false, false, true]).mainTask(1), undefined);
  assert.equal(urgency(style, board, null).mainTask(0), undefined);
});

test("of two tasks that are equally urgent the first speaks", () => {
  const same = { ...board, task: { ...board.task, light: "rrr", daysLeft: [4, 4, 4] } };
  assert.equal(urgency(style, same, null).mainTask(1), 0);
});

test("of two tasks with one light the sooner due speaks, and one without a day last", () => {
  const same = { ...board, task: { ...board.task, light: "rrr", daysLeft: [null, 40, 1] }, tasks: [[0, 1], [0, 1, 2], [], []] };
  assert.equal(urgency(style, same, null).mainTask(0), 1);
  assert.equal(urgency(style, same, null).mainTask(1), 2);
});

/** Keys of the entries that filters leave in. @param {number[]} shown @param {boolean[] | null} fits */
const needs = (shown, fits) => needsOf(board, features, Uint8Array.from(shown), fits).map(({ key }) => key);

test("where nothing is filtered, what concerns no feature needs somebody too", () => {
  assert.deepEqual(needs([1, 1, 1, 1], null), ["T01 blocked", "T02 silent", "T03 silent"]);
});

test("where features are filtered, only what concerns one of the others needs somebody", () => {
  assert.deepEqual(needs([1, 0, 1, 1], null), ["T02 silent"]);
});

test("a filter of tasks holds for the attention list", () => {
  assert.deepEqual(needs([1, 1, 1, 1], [true, false, true]), ["T01 blocked", "T03 silent"]);
});
