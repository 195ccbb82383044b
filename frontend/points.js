// Places that are no features: incidents, a position with its accuracy, the stops of a round. Text is set as text nodes.
import { element } from "./dom.js";

const TEXT_MAX = 80;

/** Shows points as marks above everything; a mark that has an id can be clicked and reached by keyboard. */
export class Points {
  /**
   * @param {L.Map} map
   * @param {(id: string) => void} onPick
   */
  constructor(map, onPick) {
    this.onPick = onPick;
    this.group = L.layerGroup().addTo(map);
    this.circles = L.svg();
    this.shown = "[]";
  }

  /**
   * Draw the points, and a line that joins the stops of a round; anew only when something changed.
   * @param {Wire.Point[]} points
   * @param {Wire.Place[]} line
   */
  show(points, line) {
    const text = JSON.stringify(line.length ? [points, line] : points);
    if (text === this.shown) return;
    this.shown = text;
    this.group.clearLayers();
    for (const className of line.length ? ["onemap-way casing", "onemap-way"] : []) {
      const way = line.map(([lon, lat]) => L.latLng(lat, lon));
      L.polyline(way, { renderer: this.circles, interactive: false, className }).addTo(this.group);
    }
    for (const point of points) this.add(point);
  }

  /** @param {Wire.Point} point */
  add({ lon, lat, glyph, text, className, id, radius_m }) {
    const at = L.latLng(lat, lon);
    if (radius_m) L.circle(at, { radius: radius_m, renderer: this.circles, interactive: false, className: "onemap-accuracy" }).addTo(this.group);
    const name = text ? element("span", {}, text.slice(0, TEXT_MAX)) : null;
    const html = element("div", { className: `onemap-point ${className}` }, element("b", {}, glyph), name);
    const icon = L.divIcon({ html, className: "onemap-point-frame", iconSize: [0, 0] });
    const marker = L.marker(at, { icon, keyboard: Boolean(id), interactive: Boolean(id), alt: text, zIndexOffset: 1000 });
    if (id) marker.on("click", () => this.onPick(id));
    if (id) marker.on("keypress", ({ originalEvent }) => ["Enter", " "].includes(originalEvent.key) && this.onPick(id));
    marker.addTo(this.group);
  }
}
