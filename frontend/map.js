// Show the map that folium described: run its script once, then apply changes of filter, date, theme, selection and basemap.
import { Export } from "./export.js";
import { boardUrl, load, loadAll, match, onBoard } from "./store.js";
import { loadLeaflet, rendererFor, themeNow } from "./canvas.js";
import { Points } from "./points.js";
import { rungsOf } from "./rings.js";
import { Scene } from "./scene.js";
import { leaveScrollToPage } from "./touch.js";

const TOUCH_TOLERANCE_PX = 10;
const MOUSE_TOLERANCE_PX = 4;
const THEME_MS = 400;
const LOCALES = { zh: "zh-CN", en: "en" };

/** Called by the loader with every run of the script; only the first call of an element builds the map. */
export function show(component) {
  const host = component.parentElement;
  host.oneMap ??= new MapView(host, component);
  host.oneMap.update(component);
}

/** Called when the element leaves the page. */
export function leave(host) {
  clearInterval(host.oneMap?.theming);
  host.oneMap?.forget();
  host.oneMap?.map?.remove();
  host.oneMap?.frame.remove();
  delete host.oneMap;
}

/** Why the first of a feature's tasks with the feature's own light is lit so. */
function mainWhy(board, i, lang) {
  const task = board.tasks[i].find((one) => board.task.light[one] === board.lights[i]);
  return task === undefined ? "" : `${board.task.ids[task]} ${board.why[lang][task]}`;
}

class MapView {
  constructor(host, component) {
    this.mounts = 1;
    this.updates = 0;
    this.seen = {};
    this.frame = document.createElement("div");
    this.frame.className = "onemap-frame";
    this.canvasHost = document.createElement("div");
    this.canvasHost.id = "map_onemap";
    this.notice = document.createElement("div");
    this.notice.className = "onemap-notice";
    this.notice.setAttribute("role", "status");
    this.tip = document.createElement("div");
    this.tip.className = "onemap-tip";
    this.frame.append(this.canvasHost, this.notice, this.tip);
    host.append(this.frame);
    window.oneMap = this;
    this.forget = onBoard(() => this.repaint());
    this.component = component;
    this.words = {};
    load(component.data.words).then((words) => {
      this.words = words;
      if (!this.map) this.say(words.loading);
    }, () => {});
    this.queue = this.build(component);
  }

  say(text, button) {
    this.notice.replaceChildren(text);
    this.notice.hidden = !text;
    if (!button) return;
    const made = Object.assign(document.createElement("button"), { textContent: button.text, onclick: button.act });
    this.notice.append(made);
  }

  async build({ data }) {
    const [text] = await Promise.all([
      fetch(data.script).then((response) => (response.ok ? response.text() : Promise.reject(new Error(`${response.status} ${data.script}`)))),
      loadLeaflet(data.leaflet),
      loadAll(data),
    ]);
    const described = new Function(text)();
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
    this.home = Object.assign(document.createElement("a"), { href: "#", textContent: "⌂", role: "button" });
    this.home.onclick = (event) => {
      L.DomEvent.stop(event);
      this.map.fitBounds(this.extent, { animate: true });
    };
    this.zoom.getContainer().append(this.home);
    if (this.component.data.exports) this.export = new Export(this.map, () => this.seenNow(), (view) => this.component.setTriggerValue("view", view));
  }

  /** What is seen, for an export: the day is in the address of the board. */
  seenNow() {
    const { rule, lang, selected } = this.component.data;
    return { rule, lang, selected, day: /board\.(\d{4}-\d{2}-\d{2})/.exec(boardUrl(this.component.data))[1] };
  }

  /** Apply one run of the script. Runs queue up, so that a late document never overtakes a newer one. */
  update(component) {
    this.component = component;
    this.updates += 1;
    this.queue = this.queue.then(() => this.component === component && this.apply(component)).catch((error) => this.fail(error));
    return this.queue;
  }

  /** Draw another board with the page's own filters. */
  repaint() {
    this.queue = this.queue.then(() => this.apply(this.component)).catch((error) => this.fail(error));
    return this.queue;
  }

  fail(error) {
    console.error(error);
    const retry = () => {
      this.say(this.words.loading ?? "…");
      if (!this.map) this.queue = this.build(this.component);
      this.update(this.component);
    };
    this.say(this.words.failed ?? String(error), { text: this.words.retry ?? "↻", act: retry });
  }

  async apply(component) {
    const { data } = component;
    const { style, features, board, words } = await loadAll(data);
    this.words = words;
    if (this.seen.features !== data.features) this.fill(features);
    const lights = Array.from(board.lights, (letter) => style.letters[letter]);
    const shown = match(data.rule, features, board, style.letters);
    const { lang, selected } = data;
    this.scene.state = { style, features, board, lights, shown, lang, selected, marks: data.marks, rungs: rungsOf(board, style), linked: data.linked };
    this.paint(themeNow());
    this.points.show(data.points ?? [], data.line ?? []);
    this.frame.classList.toggle("placing", Boolean(data.placing));
    document.documentElement.lang = LOCALES[lang];
    this.setWords(features.campaign, lang);
    this.setBasemap(data.basemap);
    if (selected && selected !== this.seen.selected) this.bringIntoView(selected);
    this.seen = { features: data.features, selected };
    if (data.bounds && data.bounds !== this.opened) {
      this.opened = data.bounds;
      const [west, south, east, north] = data.bounds.split(",").map(Number);
      this.map.fitBounds([[south, west], [north, east]], { animate: false });
    }
    const fit = data.fit && JSON.stringify(data.rule);
    if (fit && fit !== this.fitted) this.fitShown(shown);
    this.fitted = fit;
    this.lookAt(data.look);
    if (!shown.includes(1)) this.say(words.empty, { text: words.clear, act: () => component.setTriggerValue("cleared", {}) });
    else this.say(this.tilesFailed ? words.tiles : "");
    this.frame.dataset.board = boardUrl(data);
    this.frame.dataset.shown = String(shown.reduce((sum, flag) => sum + flag, 0));
    this.frame.dataset.applied = String(this.updates);
  }

  /** Put the features into folium's layers; again only when the datum or the data change. */
  fill(features) {
    for (const layer of Object.values(this.layers)) layer.clearLayers();
    this.contextLayer?.remove();
    const items = features.ids.map(() => ({ layers: [], marker: null }));
    this.scene.items = items;
    this.scene.index = new Map(features.ids.map((id, i) => [id, i]));
    this.contextLayer = L.geoJSON(null, { interactive: false }).addTo(this.map);
    this.scene.context = features.context.geometry.map((geometry, at) => {
      const layer = L.GeoJSON.geometryToLayer({ type: "Feature", geometry }, { interactive: false });
      this.contextLayer.addLayer(layer);
      return { kind: features.context.kind[at], layer };
    });
    const take = (i) => (layer) => {
      if (layer instanceof L.CircleMarker) items[i].marker = layer;
      else items[i].layers.push(layer);
    };
    for (let i = 0; i < items.length; i += 1) {
      const group = this.layers[features.layer[i]];
      const add = (geometry) => {
        const layer = L.GeoJSON.geometryToLayer({ type: "Feature", properties: {}, geometry }, group.options);
        take(i)(layer);
        group.addLayer(layer);
      };
      const geometry = features.geometry[i];
      add(geometry);
      if (features.layer[i] === "nodes" && geometry.type !== "Point") add({ type: "Point", coordinates: features.anchor[i] });
    }
    this.extent = this.layers.zones.getBounds();
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

  paint(theme) {
    this.scene.state.theme = theme;
    this.canvasHost.style.background = this.scene.state.style.themes[theme].inks.land;
    this.frame.dataset.theme = theme;
    this.map.options.renderer._requestRedraw();
  }

  setWords(campaign, lang) {
    const words = this.words;
    const attribution = campaign.attribution[lang] + (campaign.sample ? ` · ${words.sample}` : "");
    if (this.attributed !== attribution) {
      if (this.attributed) this.attribution.removeAttribution(this.attributedHtml);
      const span = Object.assign(document.createElement("span"), { textContent: attribution });
      this.attributedHtml = span.innerHTML;
      this.attribution.addAttribution(this.attributedHtml);
      this.attributed = attribution;
    }
    const [zoomIn, zoomOut] = this.zoom.getContainer().querySelectorAll("a");
    for (const [button, text] of [[zoomIn, words.zoomIn], [zoomOut, words.zoomOut], [this.home, words.home]]) {
      button.title = text;
      button.setAttribute("aria-label", text);
    }
    this.canvasHost.setAttribute("aria-label", words.map);
    this.export?.name(words, this.component.data.exports);
  }

  setBasemap(basemap) {
    if (this.basemapId === (basemap?.id ?? null)) return;
    this.tiles?.remove();
    this.tilesFailed = false;
    this.basemapId = basemap?.id ?? null;
    this.tiles = null;
    if (!basemap) return;
    const span = Object.assign(document.createElement("span"), { textContent: basemap.attribution });
    const options = { maxZoom: 18, maxNativeZoom: basemap.maxZoom, subdomains: basemap.subdomains, attribution: span.innerHTML };
    this.tiles = L.tileLayer(basemap.url, options).addTo(this.map);
    this.tiles.once("tileerror", () => {
      this.tilesFailed = true;
      this.say(this.words.tiles);
    });
  }

  fitShown(shown) {
    const bounds = L.latLngBounds([]);
    this.scene.items.forEach(({ layers, marker }, i) => {
      if (!shown[i]) return;
      for (const layer of layers) bounds.extend(layer.getBounds());
      if (marker) bounds.extend(marker.getLatLng());
    });
    if (bounds.isValid()) this.map.fitBounds(bounds.pad(0.2), { animate: false, maxZoom: 16 });
  }

  /** Bring a rectangle [west, south, east, north] into view, once for each; Leaflet ignores it while it zooms. */
  lookAt(look) {
    const text = JSON.stringify(look ?? null);
    const go = () => this.map.fitBounds([[look[1], look[0]], [look[3], look[2]]], { animate: false, maxZoom: 17, padding: [24, 24] });
    if (look && text !== this.looked) {
      requestAnimationFrame(() => (this.map._animatingZoom ? this.map.once("zoomend", () => setTimeout(go)) : go()));
    }
    this.looked = text;
  }

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

  /** A place where one is asked for, else the feature that was hit. */
  clicked({ lng, lat }) {
    if (this.component.data.placing) this.component.setTriggerValue("placed", { lon: lng, lat });
    else this.pick(this.hit === undefined ? null : this.scene.state.features.ids[this.hit]);
  }

  /** Name the middle of the map by keyboard; the arrow keys move it there. */
  placeByKey(event) {
    if (event.key !== "Enter" || event.target !== this.canvasHost || !this.component.data.placing) return;
    event.preventDefault();
    this.clicked(this.map.getCenter());
  }

  pick(id) {
    if (id === null && !this.component.data.selected) return;
    this.hideTip();
    this.component.setTriggerValue("picked", { id });
  }

  showTip(i, { x, y }) {
    if (L.Browser.mobile || !this.scene.state) return;
    const { features, lights, lang, board } = this.scene.state;
    const why = mainWhy(board, i, lang);
    const head = `${features[lang][i].slice(0, 200)} · ${this.words.lights[lights[i]]}`;
    this.tip.textContent = why ? `${head}\n${why.slice(0, 200)}` : head;
    this.tip.style.transform = `translate(${x + 14}px, ${y + 14}px)`;
    this.tip.classList.add("shown");
  }

  hideTip() {
    this.tip.classList.remove("shown");
  }
}
