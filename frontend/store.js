// What the map and the list share: documents fetched once by their immutable URLs, and the rule that says what is shown.

const KEPT = 48;
const LOAD_MS = 120000; // a connection that died without a word would keep its page waiting for ever
const documents = new Map();
const moved = { board: null, listeners: new Set() };

/** Address of the board that is shown: the slider's while it moves, else that of the page's last run. */
export function boardUrl(data) {
  return moved.board ?? data.board;
}

/** Show another board than the page's, or its own again (null); resolves when everything has been painted. */
export function showBoard(url) {
  if (moved.board === url) return Promise.resolve([]);
  moved.board = url;
  return Promise.all([...moved.listeners].map((listener) => listener()));
}

/** Be called when another board is to be shown; returns how to be called no more. */
export function onBoard(listener) {
  moved.listeners.add(listener);
  return () => moved.listeners.delete(listener);
}

/** Fetch a JSON document once; a failed fetch may be tried again. What was not asked for longest is let go. */
export function load(url) {
  const known = documents.get(url);
  if (known) {
    documents.delete(url);
    documents.set(url, known);
  } else {
    const promise = fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(LOAD_MS) }).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return response.json();
    });
    promise.catch(() => documents.delete(url));
    documents.set(url, promise);
    if (documents.size > KEPT) documents.delete(documents.keys().next().value);
  }
  return documents.get(url);
}

/** Style, features and board of one component's data, together. */
export async function loadAll(data) {
  const [style, features, board, words] = await Promise.all(
    [data.style, data.features, boardUrl(data), data.words].map(load),
  );
  return { style, features, board, words };
}

/** Which tasks satisfy the parts of a rule that are about tasks; null where it has none. */
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

/** One flag per feature: the same rule as geo/tasks/filters.py, where every part that is absent leaves everything in. */
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
  const said = (i) => words.every((word, at) => search[i].includes(word) || tasks[i].some((task) => titled[at][task]));
  const shown = new Uint8Array(ids.length);
  for (let i = 0; i < ids.length; i += 1) {
    shown[i] =
      (!wanted || wanted.has(ids[i])) &&
      (!kinds || kinds.has(kind[i])) &&
      (!lights || lights.has(lightOf[board.lights[i]])) &&
      (!zoneIndex || zones[i].some((zone) => zoneIndex.includes(zone))) &&
      said(i) &&
      (!taskOk || tasks[i].some((task) => taskOk[task]))
        ? 1
        : 0;
  }
  return shown;
}
