// Leaflet, and its canvas taught to draw and to be hit by the scene; the theme that the page shows.
import { pickAt } from "./pick.js";

/** Load Leaflet once per page. */
export function loadLeaflet(base) {
  window.oneMapLeaflet ??= new Promise((resolve, reject) => {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${base}/leaflet.css` });
    const script = Object.assign(document.createElement("script"), { src: `${base}/leaflet.js` });
    script.onload = () => {
      // A large screen is enlarged by the style sheet; the canvas then needs the pixels of a dense one.
      if (Number(getComputedStyle(document.querySelector(".stApp")).zoom) > 1) L.Browser.retina = true;
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

/** Leaflet's canvas, but drawn by the scene, and hit where the scene shows something. */
export function rendererFor(view, tolerance) {
  const Batch = L.Canvas.extend({
    _draw() {
      view.scene.draw(this);
    },
    _extendRedrawBounds() {},
    _requestRedraw() {
      if (this._map) this._redrawRequest = this._redrawRequest || L.Util.requestAnimFrame(this._redraw, this);
    },
    _onClick(event) {
      view.hit = pickAt(view.scene, this._map.mouseEventToLayerPoint(event), tolerance);
      this._fireEvent(false, event);
    },
    _handleMouseHover(event, point) {
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
  return new Batch({ tolerance, padding: 0.15 });
}

/** Theme that the page shows now: Streamlit says it as the colour scheme of its app. */
export function themeNow() {
  return getComputedStyle(document.querySelector(".stApp") ?? document.body).colorScheme === "dark" ? "dark" : "light";
}
