// Show what the outbox holds: a button while something waits, and a sheet with each report, its state and what can be done.
import { themeNow } from "./canvas.js";
import { button, element, fill } from "./dom.js";
import { outbox } from "./outbox.js";

const TOAST_MS = 5000;

/** Where another page finds the key of the draft that is to be edited there. */
export const EDITED = "onemap-edited";

export class OutboxView {
  /** What edits a draft on this page. @type {((draft: View.Draft) => void) | null} */
  editor = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  constructor() {
    this.pill = button("onemap-outbox-pill", "", () => this.open());
    this.toast = element("div", { className: "onemap-toast", role: "status", hidden: true });
    this.sheet = element("dialog", { className: "onemap-sheet onemap-outbox" });
    this.seen = 0;
    document.body.append(this.pill, this.toast, this.sheet);
    outbox.listen(() => this.draw());
    this.draw();
  }

  open() {
    if (!this.sheet.open) this.sheet.showModal();
    this.draw();
  }

  draw() {
    const { config, drafts, stored } = outbox;
    if (!config) return;
    const { words } = config;
    this.pill.hidden = !drafts.length;
    for (const part of [this.pill, this.toast, this.sheet]) part.style.colorScheme = themeNow();
    const troubled = drafts.some(({ state }) => state === "refused" || state === "conflict");
    this.pill.classList.toggle("troubled", troubled);
    this.pill.textContent = `${troubled ? "!" : "↑"} ${fill(words.pill, { n: drafts.length })}`;
    if (stored > this.seen) this.say(words.stored);
    this.seen = stored;
    if (!this.sheet.open) return;
    if (!drafts.length) this.sheet.close();
    else this.fill(drafts, words);
  }

  /** @param {View.Draft[]} drafts @param {Wire.OutboxWords} words */
  fill(drafts, words) {
    this.sheet.replaceChildren(
      element("header", {}, element("h2", {}, words.title), button("onemap-close", "×", () => this.sheet.close(), { "aria-label": words.close })),
      ...(outbox.trouble ? [element("p", { className: "trouble", role: "alert" }, outbox.trouble)] : []),
      ...drafts.map((draft) => this.card(draft, words)),
    );
  }

  /** @param {string} text */
  say(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.toast.hidden = true), TOAST_MS);
  }

  /** @param {View.Draft} draft @param {Wire.OutboxWords} words */
  card(draft, words) {
    const sending = outbox.sending === draft.key;
    const foreign = draft.author !== outbox.config.author;
    const state = sending ? words.sending : words.states[draft.state];
    const photos = draft.photos.length ? ` · ${fill(words.photos, { n: draft.photos.length })}` : "";
    const when = new Date(draft.written_at).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
    return element(
      "article", { className: draft.state, "data-key": draft.key },
      element("h3", { dir: "auto" }, `${draft.choice.task} ${draft.choice.name || draft.choice.title}`),
      element("p", { className: "soft" }, `${words.statuses[draft.fields.status]} · ${when}${photos}`),
      !foreign && draft.fields.text ? element("p", { className: "text", dir: "auto" }, draft.fields.text) : null,
      element("p", { className: "state" }, state),
      foreign ? element("p", { className: "soft" }, fill(words.foreign, { name: draft.author })) : null,
      draft.message ? element("p", { className: "trouble", dir: "auto" }, draft.message) : null,
      draft.newest ? this.versions(draft.newest, draft.fields, words) : null,
      sending ? null : this.actions(draft, words, foreign),
    );
  }

  /**
   * Both versions, what is on the board now and what was written here.
   * @param {Wire.Newest} newest
   * @param {View.Draft["fields"]} fields
   * @param {Wire.OutboxWords} words
   */
  versions(newest, fields, words) {
    const row = (/** @type {string} */ name, /** @type {string} */ state, /** @type {string} */ text) =>
      element("div", {}, element("b", {}, name), element("span", {}, state), element("span", { dir: "auto" }, text));
    const mine = `${words.statuses[fields.status]} ${fields.percent}%`;
    return element(
      "div", { className: "versions" },
      row(words.newest, newest.state ?? "", newest.note || newest.difficulty || ""),
      row(words.yours, mine, fields.text ?? ""),
    );
  }

  /** @param {View.Draft} draft @param {Wire.OutboxWords} words @param {boolean} foreign */
  actions(draft, words, foreign) {
    const made = [];
    if (foreign || !outbox.config.token) made.push(element("a", { className: "onemap-action", href: outbox.config.signIn, target: "_self" }, words.signIn));
    if (draft.state === "conflict") made.push(button("onemap-action main", words.rebase, () => outbox.rebase(draft)));
    if (draft.state === "waiting" && !foreign) made.push(button("onemap-action", words.now, () => outbox.hurry()));
    if (draft.state !== "waiting" && !foreign) made.push(button("onemap-action", words.edit, () => this.edit(draft)));
    made.push(this.discard(draft, words));
    return element("div", { className: "actions" }, ...made);
  }

  /**
   * Discarding asks once more: what is gone here is gone.
   * @param {View.Draft} draft
   * @param {Wire.OutboxWords} words
   */
  discard(draft, words) {
    const made = button("onemap-action quiet", words.discard, () => {
      if (made.dataset.sure) outbox.discard(draft.key);
      made.dataset.sure = "1";
      made.textContent = words.sure;
    });
    return made;
  }

  /**
   * Edit where the form is; on other pages go where it is.
   * @param {View.Draft} draft
   */
  edit(draft) {
    this.sheet.close();
    if (this.editor) this.editor(draft);
    else {
      sessionStorage.setItem(EDITED, draft.key);
      document.location.assign(outbox.config.page);
    }
  }
}

/** The one view of this page, made when it is asked for. */
export function outboxView() {
  window.oneMapOutbox ??= new OutboxView();
  return window.oneMapOutbox;
}
