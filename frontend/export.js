// Take the view that is seen to a file: one click for a picture or a PDF, a menu for everything else.

const QUICK = ["png", "pdf"];
const FORMATS = [
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
];
const SIZES = { png: "1920x1080", pdf: "A3" };

/** A control of the map; `view` gives {rule, lang, day, selected}. */
export class Export {
  constructor(map, view, send) {
    this.map = map;
    this.view = view;
    this.send = send;
    this.box = Object.assign(document.createElement("div"), { className: "onemap-export leaflet-bar" });
    L.DomEvent.disableClickPropagation(this.box).disableScrollPropagation(this.box);
    this.buttons = QUICK.map((format) => this.button(format, () => this.make(format, SIZES[format])));
    this.more = this.button("more", () => this.open(this.menu.hidden));
    this.more.setAttribute("aria-expanded", "false");
    this.menu = Object.assign(document.createElement("div"), { className: "onemap-export-menu", hidden: true });
    this.items = FORMATS.map(([format, size]) => this.item(format, size));
    this.saved = Object.assign(document.createElement("div"), { className: "onemap-views" });
    this.menu.append(...this.items, this.saved);
    this.state = Object.assign(document.createElement("p"), { className: "onemap-export-state", hidden: true });
    this.state.setAttribute("role", "status");
    this.box.append(...this.buttons, this.more, this.menu, this.state);
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
    const control = L.control({ position: "topright" });
    control.onAdd = () => this.box;
    control.addTo(map);
  }

  button(name, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: `onemap-export-${name}`, onclick: act });
    return made;
  }

  item(format, size) {
    const made = this.button(format, () => this.make(format, size));
    made.className = "onemap-export-item";
    made.dataset.format = format;
    return made;
  }

  /** Set the words of the language, and the views that are kept. */
  name(words, { views, maySave }) {
    this.words = words;
    const signature = JSON.stringify([views, maySave, words.saveView]);
    if (signature !== this.signature) this.listViews(views, maySave);
    this.signature = signature;
    QUICK.forEach((format, at) => {
      this.buttons[at].textContent = format.toUpperCase();
      this.buttons[at].title = words.exportAs.replace("{format}", words.formats[format]);
      this.buttons[at].setAttribute("aria-label", this.buttons[at].title);
    });
    this.more.textContent = "⋯";
    this.more.title = words.exportMore;
    this.more.setAttribute("aria-label", words.exportMore);
    this.items.forEach((item, at) => {
      const [format, size] = FORMATS[at];
      item.textContent = ["png", "pdf", "svg"].includes(format) ? `${words.formats[format]} · ${size}` : words.formats[format];
    });
  }

  listViews(views, maySave) {
    const { words } = this;
    const rows = views.map(({ name, href }) => {
      const row = document.createElement("p");
      row.append(Object.assign(document.createElement("a"), { href, textContent: name, target: "_self" }));
      if (maySave) {
        const remove = this.button("remove", () => this.send({ remove: name }));
        remove.textContent = "✕";
        remove.title = words.removeView.replace("{name}", name);
        remove.setAttribute("aria-label", remove.title);
        row.append(remove);
      }
      return row;
    });
    const head = Object.assign(document.createElement("h4"), { textContent: words.savedViews });
    this.saved.replaceChildren(...(views.length || maySave ? [head] : []), ...rows);
    if (!maySave) return;
    const form = Object.assign(document.createElement("form"), { onsubmit: (event) => this.save(event) });
    this.title = Object.assign(document.createElement("input"), { maxLength: 40, placeholder: words.viewName, required: true });
    this.title.setAttribute("aria-label", words.viewName);
    const keep = Object.assign(document.createElement("button"), { type: "submit", textContent: words.saveView });
    form.append(this.title, keep);
    this.saved.append(form);
  }

  save(event) {
    event.preventDefault();
    const { rule, selected } = this.view();
    this.send({ name: this.title.value, rule, selected, bounds: this.edges().join(",") });
    this.title.value = "";
    this.open(false);
  }

  open(wanted) {
    this.menu.hidden = !wanted;
    this.more.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.menu.firstChild.focus();
  }

  /** West, south, east, north of what is seen. */
  edges() {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((edge) => edge.toFixed(6));
  }

  address(format, size) {
    const { rule, lang, day, selected } = this.view();
    const query = { format, size, lang, date: day, rule: JSON.stringify(rule), bounds: this.edges().join(","), feature: selected ?? "" };
    return `/onemap/snapshot?${new URLSearchParams(query)}`;
  }

  /** Fetch the file, say how long it takes, and hand it to the browser; or say why not. */
  async make(format, size) {
    this.open(false);
    if (this.making) return;
    this.making = true;
    const begun = performance.now();
    const say = () => this.say(this.words.exporting.replace("{format}", format.toUpperCase()).replace("{s}", Math.round((performance.now() - begun) / 1000)));
    say();
    const timer = setInterval(say, 500);
    try {
      const response = await fetch(this.address(format, size), { credentials: "same-origin" });
      if (!response.ok) throw new Error(await response.text());
      const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))?.[1] ?? `onemap.${format}`;
      const address = URL.createObjectURL(await response.blob());
      Object.assign(document.createElement("a"), { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      this.say("");
    } catch (error) {
      this.say(this.words.exportFailed.replace("{reason}", error.message));
    }
    clearInterval(timer);
    this.making = false;
  }

  say(text) {
    this.state.textContent = text;
    this.state.hidden = !text;
  }
}
