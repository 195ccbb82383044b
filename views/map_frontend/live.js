// Notice within seconds that something was written, and that the server or the session is gone; ask as little as possible.

const EVERY_MS = 3000;
const AFTER_FAILURES = 2;
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
  }

  stop() {
    clearInterval(this.timer);
    for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, this.onAction, true);
    document.removeEventListener("visibilitychange", this.onVisible);
    this.banner.remove();
  }

  update(component) {
    this.component = component;
    this.told = component.data.version;
  }

  async ask() {
    const { data } = this.component;
    const active = Date.now() - this.lastAction < ACTIVE_MS ? "?active=1" : "";
    try {
      const response = await fetch(data.url + active, { cache: "no-store", credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      this.heard(await response.json());
    } catch {
      this.failures += 1;
      this.since ??= new Date();
      if (this.failures >= AFTER_FAILURES) this.say(data.words.offline.replace("{time}", this.since.toLocaleTimeString()));
    }
  }

  heard({ version, signedOut, staleSince }) {
    this.failures = 0;
    this.since = undefined;
    if (signedOut) {
      document.location.reload();
      return;
    }
    const { words } = this.component.data;
    this.say(staleSince ? words.stale.replace("{time}", new Date(staleSince).toLocaleTimeString()) : "");
    if (version === this.told) return;
    this.told = version;
    this.component.setTriggerValue("changed", { version });
  }

  say(text) {
    this.banner.textContent = text;
    this.banner.hidden = !text;
  }
}
