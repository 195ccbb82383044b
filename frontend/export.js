// Take the view that is seen to a file: one click for a picture or a PDF, a menu for everything else.
import { button, element, fill, later } from "./dom.js";

const QUICK = /** @type {const} */ ([["png", "1920x1080"], ["pdf", "A3"]]);
const FORMATS = /** @type {const} */ ([
  ["png", "3840x2160"],
  ["pdf", "A4"],
  ["svg", "A3"],
  ["pptx", "1920x1080"],
  ["docx", "A4"],
  ["html", "A3"],
  ["geojson", "A3"],
  ["gpkg", "A3"],
  ["xlsx", "A3"],
  ["csv", "A3"],
]);
const DRAWN = ["png", "pdf", "svg"];
const TICK_MS = 500;
const KEPT_MS = 60000;

/** @typedef {{rule: Wire.Rule, lang: Wire.Lang, day: string, selected: string | null}} Seen */

/** A control of the map. */
export class Export {
  /** @type {Wire.Words} */
  words = later();
  /** @type {HTMLInputElement} */
  title = later();
  /** @type {string | undefined} */
  signature;
  making = false;

  /**
   * @param {L.Map} map
   * @param {() => Seen} view
   * @param {(view: View.SavedView) => void} send
   */
  constructor(map, view, send) {
    this.map = map;
    this.view = view;
    this.send = send;
    this.buttons = QUICK.map(([format, size]) => button(`onemap-export-${format}`, "", () => this.make(format, size)));
    this.more = button("onemap-export-more", "⋯", () => this.open(Boolean(this.menu.hidden)), { "aria-expanded": "false" });
    this.items = FORMATS.map(([format, size]) =>
      button("onemap-export-item", "", () => this.make(format, size), { "data-format": format }),
    );
    this.saved = element("div", { className: "onemap-views" });
    this.menu = element("div", { className: "onemap-export-menu", hidden: true }, ...this.items, this.saved);
    this.state = element("p", { className: "onemap-export-state", hidden: true, role: "status" });
    this.box = element("div", { className: "onemap-export leaflet-bar" }, ...this.buttons, this.more, this.menu, this.state);
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
    const control = new L.Control({ position: "topright" });
    control.onAdd = () => this.box;
    control.addTo(map);
  }

  /**
   * Set the words of the language, and the views that are kept.
   * @param {Wire.Words} words
   * @param {Wire.Exports} exports
   */
  name(words, { views, maySave }) {
    this.words = words;
    const signature = JSON.stringify([views, maySave, words.saveView]);
    if (signature !== this.signature) this.listViews(views, maySave);
    this.signature = signature;
    QUICK.forEach(([format], at) => {
      this.buttons[at].textContent = format.toUpperCase();
      name(this.buttons[at], fill(words.exportAs, { format: words.formats[format] }));
    });
    name(this.more, words.exportMore);
    FORMATS.forEach(([format, size], at) => {
      this.items[at].textContent = DRAWN.includes(format) ? `${words.formats[format]} · ${size}` : words.formats[format];
    });
  }

  /** @param {Wire.Exports["views"]} views @param {boolean} maySave */
  listViews(views, maySave) {
    const { words } = this;
    const rows = views.map(({ name: title, href }) => {
      const remove = maySave ? button("onemap-export-remove", "✕", () => this.send({ remove: title })) : null;
      if (remove) name(remove, fill(words.removeView, { name: title }));
      return element("p", {}, element("a", { href, target: "_self" }, title), remove);
    });
    const head = views.length || maySave ? [element("h4", {}, words.savedViews)] : [];
    this.saved.replaceChildren(...head, ...rows);
    if (!maySave) return;
    this.title = element("input", { maxLength: 40, placeholder: words.viewName, required: true, "aria-label": words.viewName });
    const keep = element("button", { type: "submit" }, words.saveView);
    this.saved.append(element("form", { onsubmit: (/** @type {SubmitEvent} */ event) => this.save(event) }, this.title, keep));
  }

  /** @param {SubmitEvent} event */
  save(event) {
    event.preventDefault();
    const { rule, selected } = this.view();
    this.send({ name: this.title.value, rule, selected, bounds: this.edges() });
    this.title.value = "";
    this.open(false);
  }

  /** @param {boolean} wanted */
  open(wanted) {
    this.menu.hidden = !wanted;
    this.more.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.items[0].focus();
  }

  /** West, south, east, north of what is seen. */
  edges() {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((edge) => edge.toFixed(6)).join(",");
  }

  /** @param {string} format @param {string} size */
  address(format, size) {
    const { rule, lang, day, selected } = this.view();
    const query = { format, size, lang, date: day, rule: JSON.stringify(rule), bounds: this.edges(), feature: selected ?? "" };
    return `/onemap/snapshot?${new URLSearchParams(query)}`;
  }

  /**
   * Fetch the file, say how long it takes, and hand it to the browser; or say why not.
   * @param {string} format
   * @param {string} size
   */
  async make(format, size) {
    this.open(false);
    if (this.making) return;
    this.making = true;
    const begun = performance.now();
    const say = () => this.say(fill(this.words.exporting, { format: format.toUpperCase(), s: Math.round((performance.now() - begun) / 1000) }));
    say();
    const timer = setInterval(say, TICK_MS);
    try {
      const response = await fetch(this.address(format, size), { credentials: "same-origin" });
      if (!response.ok) throw new Error(await response.text());
      const named = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? `onemap.${format}`;
      const address = URL.createObjectURL(await response.blob());
      element("a", { href: address, download: named }).click();
      setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
      this.say("");
    } catch (error) {
      this.say(fill(this.words.exportFailed, { reason: error instanceof Error ? error.message : String(error) }));
    }
    clearInterval(timer);
    this.making = false;
  }

  /** @param {string} text */
  say(text) {
    this.state.textContent = text;
    this.state.hidden = !text;
  }
}

/** @param {HTMLElement} node @param {string} text */
function name(node, text) {
  node.title = text;
  node.setAttribute("aria-label", text);
}
