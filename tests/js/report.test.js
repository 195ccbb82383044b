import assert from "node:assert/strict";
import test from "node:test";
import { distanceText } from "../../frontend/distance.js";
import { fill, newKey } from "../../frontend/dom.js";
import { finished, missing, moveOf, usual } from "../../frontend/moves.js";

const words = { metres: "{n} m", kilometres: "{n} km", needsKind: "kind?", needsText: "text?" };
/** @type {Wire.Choice} */
const choice = {
  task: "T01", title: "Pave", feature: "C01", name: "Road", glyph: "●", status: "in_progress", percent: 40, based_on: 3, distance_m: 120,
  moves: [
    { status: "in_progress", demands: [], percents: [1, 99] },
    { status: "blocked", demands: ["difficulty_kind", "difficulty"], percents: [1, 99] },
    { status: "done", demands: ["note"], percents: [100, 100] },
  ],
};

/** @param {Partial<View.Draft["fields"]>} fields */
const written = (fields) => ({ choice, written_at: "2020-09-15T08:00:00Z", fields: { status: "in_progress", percent: "40", text: "", difficulty_kind: "", ...fields } });

test("a report begins with the status as it is, begun where it was not, else with the first that is allowed", () => {
  assert.equal(usual(choice), "in_progress");
  assert.equal(usual({ ...choice, status: "not_started" }), "in_progress");
  assert.equal(usual({ ...choice, status: "accepted" }), "in_progress");
  assert.equal(usual({ ...choice, status: "accepted", moves: choice.moves.slice(2) }), "done");
});

test("the move is that to the chosen status", () => {
  assert.deepEqual(moveOf(written({ status: "done" }))?.percents, [100, 100]);
  assert.equal(moveOf(written({ status: "accepted" })), undefined);
});

test("what the server would ask for is asked for here", () => {
  assert.equal(missing(written({}), words), "");
  assert.equal(missing(written({ status: "blocked", text: "mud" }), words), "kind?");
  assert.equal(missing(written({ status: "blocked", difficulty_kind: "land", text: "  " }), words), "text?");
  assert.equal(missing(written({ status: "done" }), words), "text?");
  assert.equal(missing(written({ status: "blocked", difficulty_kind: "land", text: "mud" }), words), "");
});

test("what stands in the way is a difficulty, and a note only where one is asked for", () => {
  const sent = finished(written({ status: "blocked", difficulty_kind: "land", text: "mud" }), null, "zh");
  assert.deepEqual([sent.note, sent.difficulty, sent.difficulty_kind], ["", "mud", "land"]);
  const progress = finished(written({ text: "paved", difficulty_kind: "land" }), null, "zh");
  assert.deepEqual([progress.note, progress.difficulty, progress.difficulty_kind], ["paved", "", ""]);
});

test("a report names the feature only where the place is known", () => {
  const place = { lon: 121.3, lat: 31.2, accuracy_m: null, datum: "gcj02", device: true };
  const sent = finished(written({}), place, "en");
  assert.deepEqual([sent.feature, sent.lon, sent.lat, sent.accuracy_m, sent.datum], ["C01", "121.3", "31.2", "", "gcj02"]);
  const nowhere = finished(written({}), null, "en");
  assert.deepEqual([nowhere.feature, nowhere.lon, nowhere.datum, nowhere.based_on, nowhere.percent], ["", "", "wgs84", "3", "40"]);
});

test("distances are said to the metre, to ten metres, to a tenth of a kilometre", () => {
  assert.deepEqual([3.4, 9.6, 14, 994, 996, 1449].map((metres) => distanceText(metres, words)), ["3 m", "10 m", "10 m", "990 m", "1.0 km", "1.4 km"]);
});

test("a template keeps what nobody fills", () => {
  assert.equal(fill("{n} of {all}, {other}", { n: 0, all: "$&" }), "0 of $&, {other}");
});

test("keys are random and have 32 digits", () => {
  assert.match(newKey(), /^[0-9a-f]{32}$/);
  assert.notEqual(newKey(), newKey());
});
