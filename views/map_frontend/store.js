// What the map and the list share: documents fetched once by their immutable URLs, and the rule that says what is shown.

const documents = new Map();

/** Fetch a JSON document once; a failed fetch may be tried again. */
export function load(url) {
  if (!documents.has(url)) {
    const promise = fetch(url, { credentials: "same-origin" }).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return response.json();
    });
    promise.catch(() => documents.delete(url));
    documents.set(url, promise);
  }
  return documents.get(url);
}

/** Style, features and board of one component's data, together. */
export async function loadAll(data) {
  const [style, features, board, words] = await Promise.all(
    [data.style, data.features, data.board, data.words].map(load),
  );
  return { style, features, board, words };
}

function taskMatcher(rule, features, board) {
  const { categories, units, statuses } = rule;
  if (!categories && !units && !statuses) return null;
  return features.task.ids.map(
    (_, task) =>
      (!categories || categories.includes(features.task.category[task])) &&
      (!statuses || statuses.includes(board.status[task])) &&
      (!units || features.task.units[task].some((unit) => units.includes(unit))),
  );
}

/** One flag per feature: the same rule as geo/filters.py, where every part that is absent leaves everything in. */
export function match(rule, features, board, lightOf) {
  const { ids, kind, zones, tasks, search } = features;
  const zoneIndex = rule.zones?.map((zone) => features.zoneIds.indexOf(zone));
  const kinds = rule.kinds && new Set(rule.kinds);
  const lights = rule.lights && new Set(rule.lights);
  const taskOk = taskMatcher(rule, features, board);
  const shown = new Uint8Array(ids.length);
  for (let i = 0; i < ids.length; i += 1) {
    shown[i] =
      (!kinds || kinds.has(kind[i])) &&
      (!lights || lights.has(lightOf[board.lights[i]])) &&
      (!zoneIndex || zones[i].some((zone) => zoneIndex.includes(zone))) &&
      (!rule.text || search[i].includes(rule.text)) &&
      (!taskOk || tasks[i].some((task) => taskOk[task]))
        ? 1
        : 0;
  }
  return shown;
}
