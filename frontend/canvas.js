// Leaflet, and its canvas taught to draw and to be hit by the scene; the theme that the page shows.
import { pickAt } from "./pick.js";

/**
 * Load Leaflet once per page.
 * @param {string} base
 */
export function loadLeaflet(base) {
  window.oneMapLeaflet ??= new Promise((resolve, reject) => {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${base}/leaflet.css` });
    const script = Object.assign(document.createElement("script"), { src: `${base}/leaflet.js` });
    script.onload = () => {
      // A large screen is enlarged by the style sheet; the canvas then needs the pixels of a dense one.
      if (Number(getComputedStyle(app()).zoom) > 1) Object.assign(L.Browser, { retina: true });
      resolve();
    };
    script.onerror = () => {
      delete window.oneMapLeaflet;
      reject(new Error(script.src));
    };
    document.head.append(sheet, script);
  });
  return window.oneMapLeaflet;
}

/**
 * @typedef {object} CanvasView what a map does with what the pointer finds
 * @property {View.Scene} scene
 * @property {number | undefined} hit place of the feature under the last click
 * @property {(i: number, at: L.Point) => void} showTip
 * @property {() => void} hideTip
 */

/**
 * What Leaflet calls on its canvas, and what the canvas has of its own.
 * @typedef {L.Canvas & {
 *   _map: L.Map | null, _container: HTMLElement, _redrawRequest?: number, _redraw: () => void,
 *   _fireEvent: (layers: false, event: MouseEvent) => void,
 * }} Batch
 */

/**
 * Leaflet's canvas, but drawn by the scene, and hit where the scene shows something.
 * @param {CanvasView} view
 * @param {number} tolerance
 * @returns {L.Canvas}
 */
export function rendererFor(view, tolerance) {
  const Canvas = L.Canvas.extend({
    /** @this {Batch} */
    _draw() {
      view.scene.draw(this);
    },
    _extendRedrawBounds() {},
    /** @this {Batch} */
    _requestRedraw() {
      if (this._map) this._redrawRequest = this._redrawRequest || L.Util.requestAnimFrame(this._redraw, this);
    },
    /** @this {Batch} @param {MouseEvent} event */
    _onClick(event) {
      if (!this._map) return;
      view.hit = pickAt(view.scene, this._map.mouseEventToLayerPoint(event), tolerance);
      this._fireEvent(false, event);
    },
    /** @this {Batch} @param {MouseEvent} event @param {L.Point} point */
    _handleMouseHover(event, point) {
      if (!this._map) return;
      const hit = pickAt(view.scene, point, tolerance);
      this._container.classList.toggle("leaflet-interactive", hit !== undefined);
      if (hit === undefined) view.hideTip();
      else view.showTip(hit, this._map.layerPointToContainerPoint(point));
      this._fireEvent(false, event);
    },
    _handleMouseOut() {
      view.hideTip();
    },
  });
  return new /** @type {any} */ (Canvas)({ tolerance, padding: 0.15 });
}

/** What Streamlit draws its pages in. */
function app() {
  return document.querySelector(".stApp") ?? document.body;
}

/**
 * Theme that the page shows now: Streamlit says it as the colour scheme of its app.
 * @returns {Wire.Theme}
 */
export function themeNow() {
  return getComputedStyle(app()).colorScheme === "dark" ? "dark" : "light";
}
