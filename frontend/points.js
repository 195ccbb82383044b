// Places that are no features: incidents, a position with its accuracy, the stops of a round. Text is set as text nodes.

/** Shows points as marks above everything; a mark that has an id can be clicked and reached by keyboard. */
export class Points {
  constructor(map, onPick) {
    this.map = map;
    this.onPick = onPick;
    this.group = L.layerGroup().addTo(map);
    this.circles = L.svg();
    this.shown = "[]";
  }

  /**
   * Each point: {lon, lat, glyph, text, className, id?, radius_m?}; a line of [lon, lat] joins the stops of a round.
   * Drawn anew only when something changed.
   */
  show(points, line = []) {
    const text = JSON.stringify(line.length ? [points, line] : points);
    if (text === this.shown) return;
    this.shown = text;
    this.group.clearLayers();
    const way = line.map(([lon, lat]) => [lat, lon]);
    for (const className of way.length ? ["onemap-way casing", "onemap-way"] : []) {
      L.polyline(way, { renderer: this.circles, interactive: false, className }).addTo(this.group);
    }
    for (const point of points) this.add(point);
  }

  add({ lon, lat, glyph, text, className, id, radius_m }) {
    const at = [lat, lon];
    if (radius_m) L.circle(at, { radius: radius_m, renderer: this.circles, interactive: false, className: "onemap-accuracy" }).addTo(this.group);
    const mark = Object.assign(document.createElement("div"), { className: `onemap-point ${className ?? ""}` });
    const sign = Object.assign(document.createElement("b"), { textContent: glyph });
    mark.append(sign);
    if (text) mark.append(Object.assign(document.createElement("span"), { textContent: text.slice(0, 80) }));
    const icon = L.divIcon({ html: mark, className: "onemap-point-frame", iconSize: [0, 0] });
    const marker = L.marker(at, { icon, keyboard: Boolean(id), interactive: Boolean(id), alt: text ?? glyph, zIndexOffset: 1000 });
    if (id) marker.on("click", () => this.onPick(id));
    if (id) marker.on("keypress", ({ originalEvent }) => ["Enter", " "].includes(originalEvent.key) && this.onPick(id));
    marker.addTo(this.group);
  }
}
