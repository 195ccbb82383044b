// The rule that says what is shown, and which task speaks for a feature: the same as geo/tasks/filters.py, in the browser.

/**
 * Which tasks satisfy the parts of a rule that are about tasks; null where it has none.
 * @param {Wire.Rule} rule
 * @param {Pick<Wire.Board, "task">} board
 */
export function taskMatcher(rule, { task }) {
  const { categories, units, statuses } = rule;
  if (!categories && !units && !statuses) return null;
  return task.ids.map(
    (_, at) =>
      (!categories || categories.includes(task.category[at])) &&
      (!statuses || statuses.includes(task.status[at])) &&
      (!units || (rule.leadOnly ? task.units[at].slice(0, 1) : task.units[at]).some((unit) => units.includes(unit))),
  );
}

/**
 * One flag per feature; every part of the rule that is absent leaves everything in.
 * @param {Wire.Rule} rule
 * @param {Pick<Wire.Features, "ids" | "kind" | "zones" | "zoneIds" | "search">} features
 * @param {Pick<Wire.Board, "lights" | "tasks" | "task">} board
 * @param {Record<string, Wire.Light>} lightOf by letter
 */
export function match(rule, features, board, lightOf) {
  const { ids, kind, zones, search } = features;
  const { tasks } = board;
  const zoneIndex = rule.zones?.map((zone) => features.zoneIds.indexOf(zone));
  const wanted = rule.ids && new Set(rule.ids);
  const kinds = rule.kinds && new Set(rule.kinds);
  const lights = rule.lights && new Set(rule.lights);
  const taskOk = taskMatcher(rule, board);
  const words = rule.text?.split(" ").filter(Boolean) ?? [];
  const titled = words.map((word) => board.task.search.map((text) => text.includes(word)));
  const isSaid = (/** @type {number} */ i) =>
    words.every((word, at) => search[i].includes(word) || tasks[i].some((task) => titled[at][task]));
  return Uint8Array.from(ids, (id, i) =>
    Number(
      (!wanted || wanted.has(id)) &&
        (!kinds || kinds.has(kind[i])) &&
        (!lights || lights.has(lightOf[board.lights[i]])) &&
        (!zoneIndex || zones[i].some((zone) => zoneIndex.includes(zone))) &&
        isSaid(i) &&
        (!taskOk || tasks[i].some((task) => taskOk[task])),
    ),
  );
}

/** What comes after every task that is due: a task without a day, then a feature without a task. */
const [UNDATED, NO_TASK, PER_LIGHT] = [5e3, 9e4, 1e5];

/**
 * Put features in order, most urgent first, and name the task that speaks for each.
 * @param {Wire.Style} style
 * @param {Pick<Wire.Board, "lights" | "tasks" | "task">} board
 * @param {boolean[] | null} fits the tasks that the filter asks for; null for all
 */
export function urgency(style, board, fits) {
  const rank = (/** @type {string} */ letter) => style.lights.indexOf(style.letters[letter]) * PER_LIGHT;
  const due = (/** @type {number} */ task) => board.task.daysLeft[task] ?? UNDATED;

  /** The task that gives the feature its light, of those that are asked for: the worst, then the soonest due. @param {number} i */
  function mainTask(i) {
    let best;
    let least = Infinity;
    for (const task of board.tasks[i]) {
      if (fits && !fits[task]) continue;
      const key = rank(board.task.light[task]) + due(task);
      if (key < least) [best, least] = [task, key];
    }
    return best;
  }

  /** The places of those features that are shown, most urgent first. @param {ArrayLike<number>} shown */
  function ordered(shown) {
    const keys = Array.from(shown, (_, i) => {
      const task = mainTask(i);
      return rank(board.lights[i]) + (task === undefined ? NO_TASK : due(task));
    });
    return [...keys.keys()].filter((i) => shown[i]).sort((a, b) => keys[a] - keys[b] || a - b);
  }

  return { mainTask, ordered };
}

/**
 * The entries of the attention list that the filters leave in, most urgent first.
 * @param {Pick<Wire.Board, "attention">} board
 * @param {Pick<Wire.Features, "ids">} features
 * @param {Uint8Array} shown
 * @param {boolean[] | null} fits
 */
export function needsOf(board, features, shown, fits) {
  const visible = new Set(features.ids.filter((_, i) => shown[i]));
  const spatial = shown.includes(0);
  return board.attention.filter(
    (need) => (!fits || fits[need.task]) && (!spatial || need.features.some((id) => visible.has(id))),
  );
}
