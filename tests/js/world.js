// A small world for tests of the front-end: four features, three tasks, and the style that they need.

/** @type {Record<string, Wire.Light>} */
export const letters = { r: "red", y: "yellow", g: "green", n: "none", d: "done" };

export const style = /** @type {Wire.Style} */ (/** @type {unknown} */ ({
  lights: ["red", "yellow", "green", "done", "none"],
  letters,
  marks: { worse: { glyph: "◆", width: 6, filled: true, badge: true }, better: { glyph: "✓", width: 4, filled: true, badge: true } },
  quietLight: "none",
  rings: { rungs: { remind: { width: 1, dash: [], circles: 1 }, urge: { width: 2, dash: [], circles: 1 } }, gap: 4, radius: 7 },
}));

export const features = /** @type {Wire.Features} */ (/** @type {unknown} */ ({
  ids: ["Z1", "C01", "C02", "N01"],
  kind: ["zone", "highway", "river", "parking"],
  zoneIds: ["Z1"],
  zones: [[0], [0], [], [0]],
  search: ["z1\ncore\n核心", "c01\nroad\n大路", "c02\nriver\n河", "n01\nparking\n停车场"],
}));

/** A board on which C01 has two tasks of its own, N01 shares one of them, C02 one that is done. */
export const board = /** @type {Wire.Board} */ (/** @type {unknown} */ ({
  lights: "nrdg",
  tasks: [[], [0, 1], [2], [1]],
  task: {
    ids: ["T01", "T02", "T03"],
    category: ["road", "green", "road"],
    units: [["qingpu", "minhang"], ["minhang"], ["changning"]],
    search: ["t01 pave", "t02 plant trees", "t03 dredge"],
    status: ["blocked", "in_progress", "accepted"],
    light: "rgd",
    daysLeft: [3, -1, null],
    supervision: ["remind", "urge", ""],
  },
  attention: [
    { task: 0, features: ["C01"], key: "T01 blocked" },
    { task: 1, features: ["C01", "N01"], key: "T02 silent" },
    { task: 2, features: [], key: "T03 silent" },
  ],
}));
