import assert from "node:assert/strict";
import test, { afterEach, beforeEach } from "node:test";
import { boardUrl, load, loadAll, onBoard, showBoard } from "../../frontend/store.js";

/** @type {string[]} */
let asked = [];
let status = 200;
const { fetch } = globalThis;

beforeEach(() => {
  asked = [];
  status = 200;
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return new Response(JSON.stringify({ url }), { status });
  };
});

afterEach(async () => {
  await showBoard(null);
  globalThis.fetch = fetch;
});

test("a document is fetched once", async () => {
  assert.deepEqual(await Promise.all([load("/once"), load("/once")]), [{ url: "/once" }, { url: "/once" }]);
  await load("/once");
  assert.deepEqual(asked, ["/once"]);
});

test("a document that did not come is asked for again, and its failure names it", async () => {
  status = 503;
  await assert.rejects(load("/gone"), { message: "503 /gone" });
  status = 200;
  assert.deepEqual(await load("/gone"), { url: "/gone" });
});

test("what was not asked for longest is let go, what is asked for again is kept", async () => {
  for (let day = 0; day < 48; day += 1) await load(`/day/${day}`);
  await load("/day/0");
  await load("/day/48");
  asked = [];
  await load("/day/0");
  assert.deepEqual(asked, []);
  await load("/day/1");
  assert.deepEqual(asked, ["/day/1"]);
});

test("another board is laid over the page's own until it is lifted", async () => {
  const data = { style: "/style", features: "/features", board: "/board.1", words: "/words" };
  assert.equal(boardUrl(data), "/board.1");
  await showBoard("/board.2");
  assert.equal(boardUrl(data), "/board.2");
  assert.deepEqual((await loadAll(data)).board, { url: "/board.2" });
  await showBoard(null);
  assert.equal(boardUrl(data), "/board.1");
});

test("whoever listens is told of another board, and is waited for", async () => {
  /** @type {string[]} */
  const heard = [];
  const stop = onBoard(async () => {
    await null;
    heard.push("painted");
  });
  await showBoard("/board.3");
  assert.deepEqual(heard, ["painted"]);
  await showBoard("/board.3");
  assert.deepEqual(heard, ["painted"]);
  stop();
  await showBoard("/board.4");
  assert.deepEqual(heard, ["painted"]);
});
