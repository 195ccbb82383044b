// Notice within seconds that something was written, and that the server or the session is gone; ask as little as possible.
// What waits in this browser's outbox is sent from any page.
import { element, fill, mounted } from "./dom.js";
import { outbox } from "./outbox.js";
import { outboxView } from "./outbox_view.js";

const EVERY_MS = 3000;
const AFTER_FAILURES = 2;
const REDRAW_MS = 1000;
const REVEAL_PX = 48;
const ACTIVE_MS = 5 * 60 * 1000;

export const { show, leave } = mounted("oneMapLive", (/** @type {View.LiveComponent} */ component) => new Live(component));

class Live {
  failures = 0;
  /** Instant until which the page waits to be drawn anew. */
  lost = 0;
  lastAction = Date.now();
  /** Since when the server or its database does not answer. @type {Date | undefined} */
  since;

  /** @param {View.LiveComponent} component */
  constructor(component) {
    this.component = component;
    this.told = component.data.version;
    this.banner = element("div", { className: "onemap-banner", role: "alert", hidden: true });
    component.parentElement.append(this.banner);
    this.onAction = () => (this.lastAction = Date.now());
    this.onVisible = () => {
      if (!document.hidden) this.ask();
    };
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, this.onAction, true);
    document.addEventListener("visibilitychange", this.onVisible);
    this.timer = setInterval(this.onVisible, EVERY_MS);
    this.app = /** @type {HTMLElement} */ (document.querySelector(".stApp"));
    this.connection = new MutationObserver(() => this.connected());
    this.connection.observe(this.app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  }

  /** Once Streamlit's connection stands again, have the page drawn anew: a new session knows nothing of it and would lose clicks. */
  connected() {
    if (this.app.dataset.testConnectionState !== "CONNECTED") this.lost = Infinity;
    else if (this.lost === Infinity) {
      this.lost = Date.now() + REDRAW_MS;
      this.component.setTriggerValue("changed", { version: this.told });
    }
  }

  /** Whether what is clicked now would be lost: the page has not been drawn anew yet. */
  get deaf() {
    return Date.now() < this.lost || (this.lost > 0 && this.app.dataset.testScriptState !== "notRunning");
  }

  leave() {
    clearInterval(this.timer);
    this.connection.disconnect();
    for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, this.onAction, true);
    document.removeEventListener("visibilitychange", this.onVisible);
    this.banner.remove();
  }

  /** @param {View.LiveComponent} component */
  update(component) {
    this.component = component;
    this.told = component.data.version;
    this.reveal();
    outbox.start(component.data.outbox);
    outboxView();
  }

  /** Mark the page that is open among the links to all pages, and have it in sight: on a phone they run out of the screen. */
  reveal() {
    const name = document.location.pathname.split("/").pop();
    const links = document.querySelector(".st-key-page-links");
    for (const link of links?.querySelectorAll("a") ?? []) {
      if (link.getAttribute("href")?.split("?")[0] !== name) link.removeAttribute("aria-current");
      else if (link.getAttribute("aria-current") !== "page") {
        link.setAttribute("aria-current", "page");
        if (links) links.scrollLeft += link.getBoundingClientRect().right - links.getBoundingClientRect().right + REVEAL_PX;
      }
    }
  }

  async ask() {
    const { data } = this.component;
    const query = new URLSearchParams();
    if (data.session) query.set("session", data.session);
    if (Date.now() - this.lastAction < ACTIVE_MS) query.set("active", "1");
    try {
      const response = await fetch(`${data.url}?${query}`, { cache: "no-store", credentials: "same-origin" });
      /** @type {Wire.Version} */
      const told = await response.json();
      if (told.unavailable) this.stale((this.since ??= new Date()));
      else if (response.ok) this.heard(told);
      else throw new Error(String(response.status));
    } catch {
      this.failures += 1;
      this.since ??= new Date();
      if (this.failures >= AFTER_FAILURES) this.say(fill(data.words.offline, { time: this.spell(this.since) }));
    }
  }

  /** @param {Wire.Version} answer */
  heard({ version = this.told, signedOut, staleSince }) {
    this.failures = 0;
    if (signedOut) {
      document.location.reload();
      return;
    }
    if (this.deaf) return;
    this.lost = 0;
    this.since = undefined;
    if (staleSince) this.stale(new Date(staleSince));
    else this.say("");
    if (version === this.told) return;
    this.told = version;
    this.component.setTriggerValue("changed", { version });
  }

  /** @param {Date} since */
  stale(since) {
    this.say(fill(this.component.data.words.stale, { time: this.spell(since) }));
  }

  /** The time of an instant where the campaign is, wherever the reader is. @param {Date} instant */
  spell(instant) {
    return new Intl.DateTimeFormat("sv-SE", { timeStyle: "medium", timeZone: this.component.data.tz }).format(instant);
  }

  /** @param {string} text */
  say(text) {
    this.banner.textContent = text;
    this.banner.hidden = !text;
  }
}
