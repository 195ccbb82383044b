// What the map and the list share: documents fetched once by their immutable URLs, and which board is shown.

const KEPT = 48;
const LOAD_MS = 120000; // a connection that died without a word would keep its page waiting for ever
/** @type {Map<string, Promise<unknown>>} */
const documents = new Map();
/** @type {Set<() => unknown>} */
const listeners = new Set();
/** @type {string | null} */
let moved = null;

/**
 * Address of the board that is shown: the slider's while it moves, else that of the page's last run.
 * @param {Pick<Wire.Documents, "board">} data
 */
export function boardUrl(data) {
  return moved ?? data.board;
}

/**
 * Show another board than the page's, or its own again (null); resolves when everything has been painted.
 * @param {string | null} url
 * @returns {Promise<unknown>}
 */
export function showBoard(url) {
  if (moved === url) return Promise.resolve();
  moved = url;
  return Promise.all([...listeners].map((listener) => listener()));
}

/**
 * Be called when another board is to be shown; returns how to be called no more.
 * @param {() => unknown} listener
 */
export function onBoard(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Fetch a JSON document once; a failed fetch may be tried again. What was not asked for longest is let go.
 * @template Document
 * @param {string} url
 * @returns {Promise<Document>}
 */
export function load(url) {
  const promise = documents.get(url) ?? fetchJson(url);
  documents.delete(url);
  documents.set(url, promise);
  if (documents.size > KEPT) documents.delete([...documents.keys()][0]);
  return /** @type {Promise<Document>} */ (promise);
}

/** @param {string} url */
function fetchJson(url) {
  const promise = fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(LOAD_MS) }).then((response) => {
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return response.json();
  });
  promise.catch(() => documents.delete(url));
  return promise;
}

/**
 * Style, features, board and words of one component's data, together.
 * @param {Wire.Documents} data
 * @returns {Promise<View.Documents>}
 */
export async function loadAll(data) {
  const [style, features, board, words] = await Promise.all([
    /** @type {Promise<Wire.Style>} */ (load(data.style)),
    /** @type {Promise<Wire.Features>} */ (load(data.features)),
    /** @type {Promise<Wire.Board>} */ (load(boardUrl(data))),
    /** @type {Promise<Wire.Words>} */ (load(data.words)),
  ]);
  return { style, features, board, words };
}
