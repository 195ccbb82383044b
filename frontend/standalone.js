// Draw a view in a page of its own, without a server: the map as folium described it, drawn by the scene of the map page.
import { element } from "./dom.js";
import { SingleMap } from "./single.js";

const TOLERANCE_PX = 4;
const HANDLE_PX = 32;

/** @type {Wire.Standalone} */
const { style, features, about, tasks, lights, extent, lang, attribution } = JSON.parse(document.getElementById("onemap-data")?.textContent ?? "");
const { map, layers } = describedMap();
const tip = L.tooltip({ direction: "top", className: "onemap-name" });

/** What a feature is and how its tasks stand. @param {number} i */
function told(i) {
  return element("div", {}, element("strong", {}, features[lang][i]), element("div", {}, about[i]), ...tasks[i].map((task) => element("div", {}, task)));
}

const shown = new Uint8Array(features.ids.length).fill(1);
const view = new SingleMap(
  map,
  layers,
  { style, features, lights, shown, lang, selected: null, theme: "light" },
  {
    name: (i) => features[lang][i],
    press: (i, at) => {
      if (!view.scene.isZone(i)) L.popup().setLatLng(at).setContent(told(i)).openOn(map);
    },
    point: (i, at) => {
      tip.remove();
      if (i !== null && !view.scene.isZone(i)) tip.setContent(element("span", {}, features[lang][i])).setLatLng(map.containerPointToLatLng([at.x, at.y])).addTo(map);
    },
  },
  { tolerance: TOLERANCE_PX, handle: HANDLE_PX },
);

const [west, south, east, north] = extent;
map.fitBounds([[south, west], [north, east]]);
map.attributionControl.setPrefix(false).addAttribution(attribution);
L.control.scale({ imperial: false }).addTo(map);
L.control.zoom({ position: "topright" }).addTo(map);
window.oneMapPage = { map, view, features: features.ids.length };
