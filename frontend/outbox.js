// Send the reports that wait in this browser: by themselves, as soon as there is a network, each until it is acknowledged.
//
// A draft is in one of these states: "writing" (not finished), "waiting" (to be sent), "refused" (somebody must look at it)
// and "conflict" (somebody reported meanwhile). It leaves the browser only when the server says that it is stored.
import { later, newKey } from "./dom.js";
import * as browserStorage from "./drafts.js";

const FIRST_MS = 2000;
const LONGEST_MS = 5 * 60 * 1000;
const PATIENCE_MS = 90 * 1000;
const BYTES_MAX = 10 * 1024 * 1024 - 64 * 1024;
const TOKEN_HEADER = "X-Onemap-Token";
const STOPPED = [401, 403];

/** @typedef {{all: () => Promise<View.Draft[]>, put: (draft: View.Draft) => Promise<unknown>, remove: (key: string) => Promise<unknown>}} DraftStorage */
/** @typedef {{status: number, said: Wire.ReportAnswer}} Answer */

export class Outbox {
  /** @type {Wire.OutboxConfig} */
  config = later();
  /** @type {Set<(outbox: Outbox) => void>} */
  listeners = new Set();
  /** @type {View.Draft[]} */
  drafts = [];
  /** Drafts that the browser could not keep, by key. @type {Map<string, View.Draft>} */
  loose = new Map();
  /** Key of the draft that is on its way. @type {string | null} */
  sending = null;
  trouble = "";
  /** How many were stored since the page was opened. */
  stored = 0;
  wait = FIRST_MS;
  busy = false;
  /** @type {Promise<void> | undefined} */
  begun;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /** @param {DraftStorage} storage where drafts are kept */
  constructor(storage = browserStorage) {
    this.storage = storage;
  }

  /**
   * Take who is signed in and where to send; the first time also what waits.
   * @param {Wire.OutboxConfig} config
   */
  start(config) {
    const changed = this.config?.token !== config.token;
    this.config = config;
    if (!this.begun) {
      this.begun = this.reload();
      addEventListener("online", () => this.hurry());
      document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    }
    if (changed) this.begun.then(() => this.hurry());
    this.tell();
  }

  /**
   * Be told of every change; returns how to be told no more.
   * @param {(outbox: Outbox) => void} listener
   */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell() {
    for (const listener of this.listeners) listener(this);
  }

  async reload() {
    const safe = await this.storage.all().catch(() => []);
    this.drafts = [...safe.filter(({ key }) => !this.loose.has(key)), ...this.loose.values()];
    this.tell();
  }

  /** @param {View.Draft} draft */
  async save(draft) {
    try {
      await this.storage.put(draft);
      this.loose.delete(draft.key);
    } catch {
      // A browser that has no room or keeps nothing: the draft lives as long as the page, and the page says so.
      this.loose.set(draft.key, draft);
      this.trouble = this.config.words.unkept;
    }
    await this.reload();
  }

  /** @param {View.Draft} draft */
  async send(draft) {
    await this.save({ ...draft, state: "waiting", message: "", newest: null });
    this.hurry();
  }

  /** @param {string} key */
  async discard(key) {
    this.loose.delete(key);
    await this.storage.remove(key).catch(() => {});
    await this.reload();
  }

  /**
   * Take the newest as seen: what is sent then is another report.
   * @param {View.Draft} draft
   */
  async rebase(draft) {
    const fields = { ...draft.fields, based_on: String(draft.current) };
    await this.save({ ...draft, key: newKey(), fields, state: "waiting", message: "", newest: null });
    await this.discard(draft.key);
    this.hurry();
  }

  hurry() {
    this.wait = FIRST_MS;
    this.flush();
  }

  mine() {
    return this.drafts.filter(({ state, author }) => state === "waiting" && author === this.config.author);
  }

  /** Send what waits, one after the other; only one page of this browser does so at a time. */
  async flush() {
    clearTimeout(this.timer);
    if (this.busy || !this.config.token) return;
    this.busy = true;
    try {
      if (navigator.locks) await navigator.locks.request("onemap-outbox", { ifAvailable: true }, (lock) => lock && this.work());
      else await this.work();
    } finally {
      this.busy = false;
    }
    if (!this.mine().length) return;
    this.timer = setTimeout(() => this.flush(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_MS);
  }

  async work() {
    await this.reload();
    for (const draft of this.mine()) {
      this.sending = draft.key;
      this.tell();
      const goesOn = await this.deliver(draft);
      this.sending = null;
      this.tell();
      if (!goesOn) return;
    }
  }

  /**
   * Send one; false where the others would fare no better now.
   * @param {View.Draft} draft
   */
  async deliver(draft) {
    const { words } = this.config;
    const weight = draft.photos.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    if (weight > BYTES_MAX) return this.keepBack(draft, "refused", { message: words.heavy });
    const answer = await this.post(draft);
    const said = answer?.said ?? { kind: "", message: "" };
    if ("stored" in said) {
      if (answer?.status !== 200 || said.stored !== true || said.key !== draft.key) {
        this.trouble = words.offline;
        return false;
      }
      this.trouble = "";
      this.wait = FIRST_MS;
      this.stored += 1;
      await this.discard(draft.key);
      return true;
    }
    if (said.kind === "conflict" || said.kind === "refused") {
      this.trouble = "";
      return this.keepBack(draft, said.kind, said);
    }
    this.trouble = answer && STOPPED.includes(answer.status) && said.message ? said.message : words.offline;
    return said.kind === "other_account";
  }

  /**
   * @param {View.Draft} draft
   * @param {Wire.DraftState} state
   * @param {{message: string, newest?: Wire.Newest, current?: number}} said
   */
  async keepBack(draft, state, { message, newest, current }) {
    await this.save({ ...draft, state, message, newest: newest ?? null, current: current ?? 0 });
    return true;
  }

  /**
   * The answer; nothing where none came, or none of ours, as at the gate of a hotel's network.
   * @param {View.Draft} draft
   * @returns {Promise<Answer | null>}
   */
  async post(draft) {
    const { url, token, lang } = this.config;
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...draft.fields, key: draft.key, author: draft.author })) body.append(name, value);
    for (const { name, type, bytes } of draft.photos) body.append("photo", new Blob([bytes], { type }), name);
    try {
      const response = await fetch(`${url}?lang=${lang}`, {
        method: "POST", body, headers: { [TOKEN_HEADER]: token }, credentials: "same-origin", redirect: "error",
        signal: AbortSignal.timeout?.(PATIENCE_MS),
      });
      const said = await response.json();
      return said instanceof Object ? { status: response.status, said } : null;
    } catch {
      return null;
    }
  }
}

/** The one outbox of this page. */
export const outbox = new Outbox();
