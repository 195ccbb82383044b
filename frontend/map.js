// Show the map that folium described: run its script once, then apply changes of filter, date, theme, selection and basemap.
import { loadLeaflet, rendererFor, themeNow } from "./canvas.js";
import { element, escaped, later, mounted } from "./dom.js";
import { Export } from "./export.js";
import { Points } from "./points.js";
import { rungsOf } from "./rings.js";
import { match } from "./rule.js";
import { Scene } from "./scene.js";
import { boardUrl, load, loadAll, onBoard } from "./store.js";
import { leaveScrollToPage } from "./touch.js";

const TOUCH_TOLERANCE_PX = 10;
const MOUSE_TOLERANCE_PX = 4;
const THEME_MS = 400;
const TIP_PX = 14;
const TEXT_MAX = 200;
const LOCALES = { zh: "zh-CN", en: "en" };

/** Called by the loader with every run of the script; only the first call of an element builds the map. */
export const { show, leave } = mounted("oneMap", (/** @type {View.MapComponent} */ component) => new MapView(component));

/**
 * Why the first of a feature's tasks with the feature's own light is lit so.
 * @param {Wire.Board} board
 * @param {number} i
 * @param {Wire.Lang} lang
 */
function mainWhy(board, i, lang) {
  const task = board.tasks[i].find((one) => board.task.light[one] === board.lights[i]);
  return task === undefined ? "" : `${board.task.ids[task]} ${board.why[lang][task]}`;
}

/**
 * A rectangle as Leaflet wants it.
 * @param {Wire.Extent} extent
 * @returns {L.LatLngBoundsLiteral}
 */
export const corners = ([west, south, east, north]) => [[south, west], [north, east]];

export class MapView {
  /** @type {L.Map} */
  map = later();
  /** @type {Record<string, L.GeoJSON>} */
  layers = later();
  /** @type {Scene} */
  scene = later();
  /** @type {Points} */
  points = later();
  /** @type {L.Control.Attribution} */
  attribution = later();
  /** @type {L.Control.Zoom} */
  zoom = later();
  /** @type {HTMLElement} */
  home = later();
  /** What may be seen at once. @type {L.LatLngBounds} */
  extent = later();
  /** @type {Export | undefined} */
  export;
  /** @type {number | undefined} */
  hit;
  /** @type {Partial<Wire.Words>} */
  words = {};
  /** What was applied last. @type {{features?: string, selected?: string | null}} */
  seen = {};
  /** Extent of the address, rule and rectangle that were brought into view last. @type {string | undefined} */
  opened;
  /** @type {string | false | undefined} */
  fitted;
  /** @type {string | undefined} */
  looked;
  /** What stands in the attribution, as HTML. @type {string | undefined} */
  attributed;
  /** The theme of which the page was told last. @type {Wire.Theme | undefined} */
  toldTheme;
  mounts = 1;
  updates = 0;

  /** @param {View.MapComponent} component */
  constructor(component) {
    this.canvasHost = element("div", { id: "map_onemap" });
    this.notice = element("div", { className: "onemap-notice", role: "status" });
    this.tip = element("div", { className: "onemap-tip" });
    this.frame = element("div", { className: "onemap-frame" }, this.canvasHost, this.notice, this.tip);
    component.parentElement.append(this.frame);
    window.oneMap = this;
    this.forget = onBoard(() => this.repaint());
    this.component = component;
    /** @type {Promise<Wire.Words>} */
    const words = load(component.data.words);
    words.then((found) => {
      this.words = found;
      if (!this.map) this.say(found.loading);
    }, () => {});
    this.queue = this.build(component);
  }

  leave() {
    clearInterval(this.theming);
    this.forget();
    this.map?.remove();
    this.frame.remove();
  }

  /**
   * @param {string | undefined} text empty or undefined for nothing
   * @param {{text: string, act: () => void}} [button]
   */
  say(text, button) {
    this.notice.replaceChildren(text ?? "");
    this.notice.hidden = !text;
    if (button) this.notice.append(element("button", { onclick: button.act }, button.text));
  }

  /** @param {View.MapComponent} component */
  async build({ data }) {
    const [script] = await Promise.all([
      fetch(data.script).then((response) => (response.ok ? response.text() : Promise.reject(new Error(`${response.status} ${data.script}`)))),
      loadLeaflet(data.leaflet),
      loadAll(data),
    ]);
    const described = new Function(script)();
    this.map = described.map;
    this.layers = described.layers;
    this.scene = new Scene(this.map);
    this.map.options.renderer = rendererFor(this, L.Browser.mobile ? TOUCH_TOLERANCE_PX : MOUSE_TOLERANCE_PX);
    this.addControls();
    this.points = new Points(this.map, (id) => this.component.setTriggerValue("point", { id }));
    if (data.twoFingers) leaveScrollToPage(this.map, this.frame, data.twoFingers);
    this.map.on("click", ({ latlng }) => this.clicked(latlng));
    this.map.on("mouseout", () => this.hideTip());
    this.canvasHost.addEventListener("keydown", (event) => this.placeByKey(event));
    this.theming = setInterval(() => this.followTheme(), THEME_MS);
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(this.canvasHost);
  }

  addControls() {
    this.map.attributionControl?.remove();
    this.attribution = L.control.attribution({ prefix: false, position: "bottomright" }).addTo(this.map);
    this.zoom = L.control.zoom({ position: "topright" }).addTo(this.map);
    L.control.scale({ imperial: false, maxWidth: 150, position: "bottomleft" }).addTo(this.map);
    this.home = element("a", { href: "#", role: "button" }, "⌂");
    this.home.onclick = (event) => {
      L.DomEvent.stop(event);
      this.map.fitBounds(this.extent, { animate: true });
    };
    this.zoom.getContainer()?.append(this.home);
    if (this.component.data.exports) this.export = new Export(this.map, () => this.seenNow(), (view) => this.component.setTriggerValue("view", view));
  }

  /** What is seen, for an export: the day is in the address of the board. */
  seenNow() {
    const { rule, lang, selected } = this.component.data;
    return { rule, lang, selected, day: /board\.(\d{4}-\d{2}-\d{2})/.exec(boardUrl(this.component.data))?.[1] ?? "" };
  }

  /**
   * Apply one run of the script. Runs queue up, so that a late document never overtakes a newer one.
   * @param {View.MapComponent} component
   */
  update(component) {
    this.component = component;
    this.updates += 1;
    this.queue = this.queue
      .then(() => (this.component === component ? this.apply(component) : undefined))
      .catch((error) => this.fail(error));
    return this.queue;
  }

  /** Draw another board with the page's own filters. */
  repaint() {
    this.queue = this.queue.then(() => this.apply(this.component)).catch((error) => this.fail(error));
    return this.queue;
  }

  /** @param {unknown} error */
  fail(error) {
    console.error(error);
    const retry = () => {
      this.say(this.words.loading ?? "…");
      if (!this.map) this.queue = this.build(this.component);
      this.update(this.component);
    };
    this.say(this.words.failed ?? String(error), { text: this.words.retry ?? "↻", act: retry });
  }

  /** @param {View.MapComponent} component */
  async apply(component) {
    const { data } = component;
    const { style, features, board, words } = await loadAll(data);
    this.words = words;
    if (this.seen.features !== data.features) this.fill(features, style);
    const lights = Array.from(board.lights, (letter) => style.letters[letter]);
    const shown = match(data.rule, features, board, style.letters);
    const { lang, selected, marks, linked } = data;
    const rungs = rungsOf(board, style);
    this.scene.state = { style, features, board, lights, shown, lang, selected, marks, rungs, linked, theme: themeNow() };
    this.paint(this.scene.state.theme);
    this.points.show(data.points ?? [], data.line ?? []);
    this.frame.classList.toggle("placing", Boolean(data.placing));
    document.documentElement.lang = LOCALES[lang];
    this.setWords(features.campaign, words, lang);
    this.setBasemap(data.basemap);
    if (selected && selected !== this.seen.selected) this.bringIntoView(selected);
    this.seen = { features: data.features, selected };
    this.fit(data, shown);
    if (!shown.includes(1)) this.say(words.empty, { text: words.clear, act: () => component.setTriggerValue("cleared", {}) });
    else this.say(this.tilesFailed ? words.tiles : "");
    this.frame.dataset.board = boardUrl(data);
    this.frame.dataset.shown = String(shown.reduce((sum, flag) => sum + flag, 0));
    this.frame.dataset.applied = String(this.updates);
  }

  /**
   * @param {Wire.Features} features
   * @param {Wire.Style} style
   */
  fill(features, style) {
    this.scene.fill(features, style, this.layers);
    this.extent = this.scene.boundsOf((i) => this.scene.isZone(i));
  }

  /**
   * Go to the extent that the address names, to what is shown, or to a rectangle; each once.
   * @param {Wire.MapData} data
   * @param {Uint8Array} shown
   */
  fit(data, shown) {
    if (data.bounds && data.bounds !== this.opened) {
      this.opened = data.bounds;
      const [west, south, east, north] = data.bounds.split(",").map(Number);
      this.map.fitBounds(corners([west, south, east, north]), { animate: false });
    }
    const fit = data.fit && JSON.stringify(data.rule);
    if (fit && fit !== this.fitted) {
      const bounds = this.scene.boundsOf((i) => shown[i]);
      if (bounds.isValid()) this.map.fitBounds(bounds.pad(0.2), { animate: false, maxZoom: 16 });
    }
    this.fitted = fit;
    this.lookAt(data.look ?? null);
  }

  /** Follow a change of theme in the menu at once, and have the rest of the page drawn for it. */
  followTheme() {
    const theme = themeNow();
    if (!this.scene.state) return;
    if (theme !== this.scene.state.theme) this.paint(theme);
    if (theme === this.component.data.theme) this.toldTheme = theme;
    if (theme === this.toldTheme) return;
    this.toldTheme = theme;
    this.component.setTriggerValue("themed", { theme });
  }

  /** @param {Wire.Theme} theme */
  paint(theme) {
    this.scene.state.theme = theme;
    this.canvasHost.style.background = this.scene.state.style.themes[theme].inks.land;
    this.frame.dataset.theme = theme;
    this.map.options.renderer?._requestRedraw();
  }

  /**
   * @param {Wire.Campaign} campaign
   * @param {Wire.Words} words
   * @param {Wire.Lang} lang
   */
  setWords(campaign, words, lang) {
    const attribution = escaped(campaign.attribution[lang] + (campaign.sample ? ` · ${words.sample}` : ""));
    if (this.attributed !== attribution) {
      if (this.attributed) this.attribution.removeAttribution(this.attributed);
      this.attribution.addAttribution(attribution);
      this.attributed = attribution;
    }
    const [zoomIn, zoomOut] = this.zoom.getContainer()?.querySelectorAll("a") ?? [];
    for (const [button, text] of /** @type {const} */ ([[zoomIn, words.zoomIn], [zoomOut, words.zoomOut], [this.home, words.home]])) {
      button.title = text;
      button.setAttribute("aria-label", text);
    }
    this.canvasHost.setAttribute("aria-label", words.map);
    if (this.component.data.exports) this.export?.name(words, this.component.data.exports);
  }

  /** @param {Wire.Basemap | null} basemap */
  setBasemap(basemap) {
    if (this.basemapId === (basemap?.id ?? null)) return;
    this.tiles?.remove();
    this.tilesFailed = false;
    this.basemapId = basemap?.id ?? null;
    this.tiles = null;
    if (!basemap) return;
    const { maxZoom: maxNativeZoom, subdomains } = basemap;
    const attribution = escaped(basemap.attribution);
    this.tiles = L.tileLayer(basemap.url, { maxZoom: 18, maxNativeZoom, subdomains, attribution }).addTo(this.map);
    this.tiles.once("tileerror", () => {
      this.tilesFailed = true;
      this.say(this.words.tiles);
    });
  }

  /**
   * Bring a rectangle into view, once for each; Leaflet ignores it while it zooms.
   * @param {Wire.Extent | null} look
   */
  lookAt(look) {
    const text = JSON.stringify(look);
    if (look && text !== this.looked) {
      const go = () => this.map.fitBounds(corners(look), { animate: false, maxZoom: 17, padding: [24, 24] });
      requestAnimationFrame(() => (this.map._animatingZoom ? this.map.once("zoomend", () => setTimeout(go)) : go()));
    }
    this.looked = text;
  }

  /** @param {string} id */
  bringIntoView(id) {
    const i = this.scene.index.get(id);
    if (i === undefined) return;
    const [lon, lat] = this.scene.state.features.anchor[i];
    const size = this.map.getSize();
    const point = this.map.latLngToContainerPoint([lat, lon]);
    const margin = Math.min(48, size.x / 6, size.y / 6);
    const inside = point.x > margin && point.y > margin && point.x < size.x - margin && point.y < size.y - margin;
    if (!inside) this.map.panTo([lat, lon]);
  }

  /**
   * A place where one is asked for, else the feature that was hit.
   * @param {L.LatLng} latlng
   */
  clicked({ lng, lat }) {
    if (this.component.data.placing) this.component.setTriggerValue("placed", { lon: lng, lat });
    else this.pick(this.hit === undefined ? null : this.scene.state.features.ids[this.hit]);
  }

  /**
   * Name the middle of the map by keyboard; the arrow keys move it there.
   * @param {KeyboardEvent} event
   */
  placeByKey(event) {
    if (event.key !== "Enter" || event.target !== this.canvasHost || !this.component.data.placing) return;
    event.preventDefault();
    this.clicked(this.map.getCenter());
  }

  /** @param {string | null} id */
  pick(id) {
    if (id === null && !this.component.data.selected) return;
    this.hideTip();
    this.component.setTriggerValue("picked", { id });
  }

  /**
   * @param {number} i
   * @param {View.Pixel} at
   */
  showTip(i, { x, y }) {
    const { features, lights, lang, board } = this.scene.state ?? {};
    if (L.Browser.mobile || !board) return;
    const why = mainWhy(board, i, lang);
    const head = `${features[lang][i].slice(0, TEXT_MAX)} · ${this.words.lights?.[lights[i]]}`;
    this.tip.textContent = why ? `${head}\n${why.slice(0, TEXT_MAX)}` : head;
    this.tip.style.transform = `translate(${x + TIP_PX}px, ${y + TIP_PX}px)`;
    this.tip.classList.add("shown");
  }

  hideTip() {
    this.tip.classList.remove("shown");
  }
}
