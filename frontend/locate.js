// Ask the browser where it is, once for each press; hand back a place with its accuracy, or why there is none.

const ERRORS = { 1: "denied", 2: "unavailable", 3: "timeout" };

/** The place as {lon, lat, accuracy_m}, else {error}. */
export function locate({ timeout_ms, maximumAge = 0 }) {
  if (!window.isSecureContext) return Promise.resolve({ error: "insecure" });
  if (!navigator.geolocation) return Promise.resolve({ error: "unavailable" });
  return new Promise((resolve) => {
    const found = ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy });
    const failed = ({ code }) => resolve({ error: ERRORS[code] ?? "unavailable" });
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: timeout_ms, maximumAge });
  });
}

/** Whether the browser would answer without asking the person. */
export async function mayLocate() {
  const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return window.isSecureContext && permission?.state === "granted";
}

export function show(component) {
  const host = component.parentElement;
  host.oneMapLocate ??= new LocateButton(host);
  host.oneMapLocate.update(component);
}

export function leave(host) {
  host.oneMapLocate?.button.remove();
  delete host.oneMapLocate;
}

class LocateButton {
  constructor(host) {
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "onemap-locate", onclick: () => this.ask() });
    host.append(this.button);
  }

  update(component) {
    const first = !this.component;
    this.component = component;
    const { data } = component;
    if (!this.asking) this.button.textContent = `◎ ${data.words.locate}`;
    if (first && !data.known) mayLocate().then((may) => may && this.ask());
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    this.button.disabled = true;
    this.button.textContent = `◌ ${this.component.data.words.locating}`;
    const found = await locate(this.component.data);
    this.asking = false;
    this.button.disabled = false;
    this.button.textContent = `◎ ${this.component.data.words.locate}`;
    this.component.setTriggerValue("located", found);
  }
}
