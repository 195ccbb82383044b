// The map of a page that is one file: the scene of the map page, without server, filters and slider.
import { rendererFor } from "./canvas.js";
import { element } from "./dom.js";
import { Scene } from "./scene.js";

/** @typedef {{name: (i: number) => string, press: (i: number, at: L.LatLng) => void, point?: (i: number | null, at: View.Pixel) => void}} Acts what features are called, and what a press on one or the pointer over it does */

export class SingleMap {
  /** @type {number | undefined} */
  hit;

  /**
   * @param {L.Map} map
   * @param {Record<string, L.GeoJSON>} groups
   * @param {View.State} state
   * @param {Acts} acts
   * @param {{tolerance: number, handle: number}} sizes how far a pointer may miss, and how wide the handle of a symbol is, in pixels
   */
  constructor(map, groups, state, acts, { tolerance, handle }) {
    this.map = map;
    this.acts = acts;
    this.scene = new Scene(map);
    this.scene.state = state;
    map.options.renderer = rendererFor(this, tolerance);
    this.scene.fill(state.features, state.style, groups);
    this.scene.items.forEach(({ marker }, i) => marker && this.#addHandle(i, handle));
    map.on("click", ({ latlng }) => {
      if (this.hit !== undefined) acts.press(this.hit, latlng);
    });
  }

  redraw() {
    this.map.options.renderer?._requestRedraw();
  }

  /** @param {number} i @param {View.Pixel} at */
  showTip(i, at) {
    this.acts.point?.(i, at);
  }

  hideTip() {
    this.acts.point?.(null, { x: 0, y: 0 });
  }

  /** Lay something over a symbol that thumbs hit, keyboards reach and screen readers read. @param {number} i @param {number} size */
  #addHandle(i, size) {
    const [lon, lat] = this.scene.state.features.anchor[i];
    const name = this.acts.name(i);
    const icon = L.divIcon({ html: element("span"), className: "onemap-symbol", iconSize: [size, size] });
    const marker = L.marker([lat, lon], { icon, keyboard: true, title: name, alt: name }).addTo(this.map);
    marker.on("click", ({ latlng }) => this.acts.press(i, latlng));
  }
}
