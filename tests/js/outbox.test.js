import assert from "node:assert/strict";
import test, { afterEach, beforeEach } from "node:test";
import { Outbox } from "../../frontend/outbox.js";

const words = /** @type {Wire.OutboxWords} */ (/** @type {unknown} */ ({ offline: "offline", unkept: "unkept", heavy: "heavy" }));
const config = { url: "/onemap/report", token: "t", author: "Li", lang: /** @type {const} */ ("zh"), page: "nearby", signIn: "sign-in", words };

/** A storage in memory, which a browser that keeps nothing refuses. */
class MemoryStorage {
  /** @type {Map<string, View.Draft>} */
  kept = new Map();
  refuses = false;
  all = async () => [...this.kept.values()];
  put = async (/** @type {View.Draft} */ draft) => {
    if (this.refuses) throw new Error("no room");
    this.kept.set(draft.key, draft);
  };
  remove = async (/** @type {string} */ key) => this.kept.delete(key);
}

/** @param {Partial<View.Draft>} more @returns {View.Draft} */
const draft = (more = {}) => /** @type {View.Draft} */ ({
  key: "k1", author: "Li", written_at: "2020-09-15T08:00:00Z", photos: [], state: "waiting", message: "", newest: null,
  fields: { status: "done", text: "paved" }, ...more,
});

/** @type {{url: string, body: FormData, headers: Record<string, string>}[]} */
let sent = [];
/** @type {() => Response | Promise<Response>} */
let answer;
const real = { fetch: globalThis.fetch, navigator: Object.getOwnPropertyDescriptor(globalThis, "navigator") };

const json = (/** @type {unknown} */ body, status = 200) => Response.json(body, { status });

beforeEach(() => {
  sent = [];
  answer = () => json({ stored: true, key: "k1", seq: 1, repeated: false });
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  globalThis.fetch = async (url, options) => {
    sent.push({ url: String(url), body: /** @type {FormData} */ (options?.body), headers: /** @type {Record<string, string>} */ (options?.headers) });
    return answer();
  };
});

afterEach(() => {
  globalThis.fetch = real.fetch;
  if (real.navigator) Object.defineProperty(globalThis, "navigator", real.navigator);
});

/** An outbox of somebody who is signed in, with what waits; nothing has been sent. @param {View.Draft[]} drafts */
async function holding(...drafts) {
  const storage = new MemoryStorage();
  for (const one of drafts) await storage.put(one);
  const outbox = new Outbox(storage);
  outbox.config = config;
  return { outbox, storage };
}

/** Send what waits, and plan no further try. @param {Outbox} outbox */
async function flush(outbox) {
  await outbox.flush();
  clearTimeout(outbox.timer);
}

test("what is stored leaves the browser", async () => {
  const { outbox, storage } = await holding(draft());
  await flush(outbox);
  assert.equal(storage.kept.size, 0);
  assert.deepEqual([outbox.stored, outbox.trouble, outbox.drafts], [1, "", []]);
});

test("a report travels with its key, its author and the session's token", async () => {
  const photo = { name: "site.jpg", type: "image/jpeg", bytes: new Uint8Array([1, 2, 3]).buffer };
  const { outbox } = await holding(draft({ photos: [photo] }));
  await flush(outbox);
  const [{ url, body, headers }] = sent;
  assert.equal(url, "/onemap/report?lang=zh");
  assert.deepEqual(headers, { "X-Onemap-Token": "t" });
  assert.deepEqual(["key", "author", "status", "text"].map((name) => body.get(name)), ["k1", "Li", "done", "paved"]);
  const file = /** @type {File} */ (body.get("photo"));
  assert.deepEqual([file.name, file.type, file.size], ["site.jpg", "image/jpeg", 3]);
});

test("nothing leaves the browser for an answer that names another report", async () => {
  const { outbox, storage } = await holding(draft({ key: "k2" }));
  await flush(outbox);
  assert.deepEqual([[...storage.kept.keys()], outbox.stored, outbox.trouble], [["k2"], 0, "offline"]);
});

/** @type {[string, () => Response | Promise<Response>][]} */
const NO_ANSWER = [
  ["a server that fails after all", () => json({ stored: true, key: "k1", seq: 1, repeated: false }, 500)],
  ["no network", () => Promise.reject(new TypeError("failed"))],
  ["the gate of a hotel's network", () => new Response("<html>", { status: 200 })],
  ["a gate that speaks JSON", () => json("welcome")],
  ["a server that is away", () => json({ kind: "unavailable", message: "later" }, 503)],
];

for (const [name, given] of NO_ANSWER) {
  test(`a report waits on: ${name}`, async () => {
    answer = given;
    const { outbox, storage } = await holding(draft());
    await flush(outbox);
    assert.equal(storage.kept.get("k1")?.state, "waiting");
    assert.equal(outbox.trouble, "offline");
  });
}

test("whoever was signed out is told so, and the report waits", async () => {
  answer = () => json({ kind: "signed_out", message: "Sign in." }, 401);
  const { outbox, storage } = await holding(draft());
  await flush(outbox);
  assert.deepEqual([storage.kept.get("k1")?.state, outbox.trouble], ["waiting", "Sign in."]);
});

test("a report that is refused comes back with the reason", async () => {
  answer = () => json({ kind: "refused", message: "Say why." }, 422);
  const { outbox, storage } = await holding(draft());
  await flush(outbox);
  const kept = storage.kept.get("k1");
  assert.deepEqual([kept?.state, kept?.message, outbox.trouble], ["refused", "Say why.", ""]);
});

test("a report in conflict comes back with the newest, and is rebased under a key of its own", async () => {
  answer = () => json({ kind: "conflict", message: "Somebody reported.", current: 7, newest: { state: "done 100%" } }, 409);
  const { outbox, storage } = await holding(draft());
  await flush(outbox);
  const kept = storage.kept.get("k1");
  assert.deepEqual([kept?.state, kept?.current, kept?.newest], ["conflict", 7, { state: "done 100%" }]);
  outbox.hurry = () => {};
  await outbox.rebase(/** @type {View.Draft} */ (kept));
  const [again] = storage.kept.values();
  assert.equal(storage.kept.size, 1);
  assert.match(again.key, /^[0-9a-f]{32}$/);
  assert.deepEqual([again.state, again.fields.based_on, again.newest], ["waiting", "7", null]);
});

test("reports of others and those that are not finished are not sent", async () => {
  const { outbox, storage } = await holding(draft({ author: "Wang" }), draft({ key: "k3", state: "writing" }));
  await flush(outbox);
  assert.deepEqual([sent, storage.kept.size], [[], 2]);
});

test("one that another account wrote holds up none of the others", async () => {
  answer = () => (sent.length === 1 ? json({ kind: "other_account", message: "Not yours." }, 403) : json({ stored: true, key: "k2", seq: 1, repeated: false }));
  const { outbox, storage } = await holding(draft(), draft({ key: "k2" }));
  await flush(outbox);
  assert.deepEqual([...storage.kept.keys()], ["k1"]);
});

test("without an answer the others are not tried", async () => {
  answer = () => Promise.reject(new TypeError("failed"));
  const { outbox } = await holding(draft(), draft({ key: "k2" }));
  await flush(outbox);
  assert.equal(sent.length, 1);
});

test("without a session nothing is sent", async () => {
  const { outbox } = await holding(draft());
  outbox.config = { ...config, token: "" };
  await flush(outbox);
  assert.deepEqual(sent, []);
});

test("tries come less and less often, at most every five minutes, and anew when somebody hurries", async () => {
  answer = () => Promise.reject(new TypeError("failed"));
  const { outbox } = await holding(draft());
  const waits = [];
  for (let tries = 0; tries < 9; tries += 1) {
    await flush(outbox);
    waits.push(outbox.wait);
  }
  assert.deepEqual(waits, [4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000]);
  outbox.flush = async () => {};
  outbox.hurry();
  assert.equal(outbox.wait, 2000);
});

test("photos that are too heavy together are kept back before anything is sent", async () => {
  const photo = { name: "a", type: "image/jpeg", bytes: new ArrayBuffer(6 * 1024 * 1024) };
  const { outbox, storage } = await holding(draft({ photos: [photo, photo] }));
  await flush(outbox);
  assert.deepEqual([sent, storage.kept.get("k1")?.message], [[], "heavy"]);
});

test("a browser that keeps nothing holds the draft as long as the page, and says so", async () => {
  const { outbox, storage } = await holding();
  storage.refuses = true;
  await outbox.save(draft());
  assert.deepEqual([outbox.drafts.map(({ key }) => key), outbox.trouble], [["k1"], "unkept"]);
  await flush(outbox);
  assert.deepEqual([outbox.drafts, outbox.stored], [[], 1]);
});

test("whoever listens hears of every change until they stop", async () => {
  const { outbox } = await holding();
  let heard = 0;
  const stop = outbox.listen(() => (heard += 1));
  await outbox.save(draft({ state: "writing" }));
  const before = heard;
  assert.ok(before > 0);
  stop();
  await outbox.discard("k1");
  assert.equal(heard, before);
});
