// Show what the outbox holds: a button while something waits, and a sheet with each report, its state and what can be done.
import { themeNow } from "./canvas.js";
import { button, element } from "./dom.js";
import { outbox } from "./outbox.js";

const TOAST_MS = 5000;

/** Where another page finds the key of the draft that is to be edited there. */
export const EDITED = "onemap-edited";

class OutboxView {
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
    this.pill.textContent = `${troubled ? "!" : "↑"} ${words.pill.replace("{n}", drafts.length)}`;
    if (stored > this.seen) this.say(words.stored);
    this.seen = stored;
    if (!this.sheet.open) return;
    if (!drafts.length) return this.sheet.close();
    this.sheet.replaceChildren(
      element("header", {}, element("h2", {}, words.title), button("onemap-close", "×", () => this.sheet.close(), { "aria-label": words.close })),
      ...(outbox.trouble ? [element("p", { className: "trouble", role: "alert" }, outbox.trouble)] : []),
      ...drafts.map((draft) => this.card(draft, words)),
    );
  }

  say(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.toast.hidden = true), TOAST_MS);
  }

  card(draft, words) {
    const sending = outbox.sending === draft.key;
    const foreign = draft.author !== outbox.config.author;
    const state = sending ? words.sending : words.states[draft.state];
    const photos = draft.photos.length ? ` · ${words.photos.replace("{n}", draft.photos.length)}` : "";
    const when = new Date(draft.written_at).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
    return element(
      "article", { className: draft.state, "data-key": draft.key },
      element("h3", { dir: "auto" }, `${draft.choice.task} ${draft.choice.name || draft.choice.title}`),
      element("p", { className: "soft" }, `${words.statuses[draft.fields.status]} · ${when}${photos}`),
      foreign ? null : this.text(draft),
      element("p", { className: "state" }, state),
      foreign ? element("p", { className: "soft" }, words.foreign.replace("{name}", draft.author)) : null,
      draft.message ? element("p", { className: "trouble", dir: "auto" }, draft.message) : null,
      draft.newest ? this.versions(draft, words) : null,
      sending ? null : this.actions(draft, words, foreign),
    );
  }

  text({ fields }) {
    return fields.text ? element("p", { className: "text", dir: "auto" }, fields.text) : null;
  }

  /** Both versions, what is on the board now and what was written here. */
  versions({ newest, fields }, words) {
    const row = (name, state, text) => element("div", {}, element("b", {}, name), element("span", {}, state), element("span", { dir: "auto" }, text));
    const mine = `${words.statuses[fields.status]} ${fields.percent}%`;
    return element(
      "div", { className: "versions" },
      row(words.newest, newest.state ?? "", newest.note || newest.difficulty || ""),
      row(words.yours, mine, fields.text ?? ""),
    );
  }

  actions(draft, words, foreign) {
    const made = [];
    if (foreign || !outbox.config.token) made.push(element("a", { className: "onemap-action", href: outbox.config.signIn, target: "_self" }, words.signIn));
    if (draft.state === "conflict") made.push(button("onemap-action main", words.rebase, () => outbox.rebase(draft)));
    if (draft.state === "waiting" && !foreign) made.push(button("onemap-action", words.now, () => outbox.hurry()));
    if (draft.state !== "waiting" && !foreign) made.push(button("onemap-action", words.edit, () => this.edit(draft)));
    made.push(this.discard(draft, words));
    return element("div", { className: "actions" }, ...made);
  }

  /** Discarding asks once more: what is gone here is gone. */
  discard(draft, words) {
    const made = button("onemap-action quiet", words.discard, () => {
      if (made.dataset.sure) outbox.discard(draft.key);
      made.dataset.sure = "1";
      made.textContent = words.sure;
    });
    return made;
  }

  /** Edit where the form is; on other pages go where it is. */
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
