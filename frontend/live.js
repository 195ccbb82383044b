// Notice within seconds that something was written, and that the server or the session is gone; ask as little as possible.
// What waits in this browser's outbox is sent from any page.
import { outbox } from "./outbox.js";
import { outboxView } from "./outbox_view.js";

const EVERY_MS = 3000;
const AFTER_FAILURES = 2;
const REDRAW_MS = 1000;
const REVEAL_PX = 48;
const ACTIVE_MS = 5 * 60 * 1000;

export function show(component) {
  const host = component.parentElement;
  host.oneMapLive ??= new Live(host);
  host.oneMapLive.update(component);
}

export function leave(host) {
  host.oneMapLive?.stop();
  delete host.oneMapLive;
}

class Live {
  constructor(host) {
    this.failures = 0;
    this.lost = 0; // instant until which the page waits to be drawn anew
    this.lastAction = Date.now();
    this.banner = document.createElement("div");
    this.banner.className = "onemap-banner";
    this.banner.setAttribute("role", "alert");
    this.banner.hidden = true;
    host.append(this.banner);
    this.onAction = () => (this.lastAction = Date.now());
    this.onVisible = () => document.hidden || this.ask();
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, this.onAction, true);
    document.addEventListener("visibilitychange", this.onVisible);
    this.timer = setInterval(() => document.hidden || this.ask(), EVERY_MS);
    this.app = document.querySelector(".stApp");
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
    return Date.now() < this.lost || (this.lost && this.app.dataset.testScriptState !== "notRunning");
  }

  stop() {
    clearInterval(this.timer);
    this.connection.disconnect();
    for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, this.onAction, true);
    document.removeEventListener("visibilitychange", this.onVisible);
    this.banner.remove();
  }

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
      if (link.getAttribute("href").split("?")[0] !== name) link.removeAttribute("aria-current");
      else if (link.getAttribute("aria-current") !== "page") {
        link.setAttribute("aria-current", "page");
        links.scrollLeft += link.getBoundingClientRect().right - links.getBoundingClientRect().right + REVEAL_PX;
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
      const told = await response.json();
      if (told.unavailable) this.stale((this.since ??= new Date()));
      else if (response.ok) this.heard(told);
      else throw new Error(String(response.status));
    } catch {
      this.failures += 1;
      this.since ??= new Date();
      if (this.failures >= AFTER_FAILURES) this.say(data.words.offline.replace("{time}", this.spell(this.since)));
    }
  }

  heard({ version, signedOut, staleSince }) {
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

  stale(since) {
    this.say(this.component.data.words.stale.replace("{time}", this.spell(since)));
  }

  /** The time of an instant where the campaign is, wherever the reader is. */
  spell(instant) {
    return new Intl.DateTimeFormat("sv-SE", { timeStyle: "medium", timeZone: this.component.data.tz }).format(instant);
  }

  say(text) {
    this.banner.textContent = text;
    this.banner.hidden = !text;
  }
}
