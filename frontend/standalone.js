// Draw a view in a page of its own, without a server: the map as folium described it, in the strokes of the style table.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("onemap-data").textContent);
  const { map, layers } = describedMap();
  const { style } = data;
  const theme = style.themes.light;
  const lines = []; // {layer, stroke}: what grows with the zoom

  map.createPane("below").style.zIndex = 410;
  map.createPane("above").style.zIndex = 420;
  const renderers = { 0: L.canvas({ pane: "below", padding: 0.3 }), 1: L.canvas({ pane: "above", padding: 0.3 }) };

  function factor() {
    const zoom = map.getZoom();
    const levels = Object.keys(style.widthByZoom).map(Number).sort((a, b) => a - b);
    const next = levels.findIndex((level) => level >= zoom);
    if (next <= 0) return style.widthByZoom[levels[next < 0 ? levels.length - 1 : 0]];
    const share = (zoom - levels[next - 1]) / (levels[next] - levels[next - 1]);
    return style.widthByZoom[levels[next - 1]] * (1 - share) + style.widthByZoom[levels[next]] * share;
  }

  function look(stroke) {
    const scale = factor();
    return {
      weight: Math.max(stroke.width * scale, 0.6),
      dashArray: stroke.dash.length ? stroke.dash.map((part) => part * Math.max(scale, 0.7)).join(" ") : null,
    };
  }

  function partsOf(geometry) {
    const flip = (points) => points.map(([lon, lat]) => [lat, lon]);
    if (geometry.type === "LineString") return [flip(geometry.coordinates)];
    if (geometry.type === "MultiLineString" || geometry.type === "Polygon") return geometry.coordinates.map(flip);
    if (geometry.type === "MultiPolygon") return geometry.coordinates.flatMap((rings) => rings.map(flip));
    return [];
  }

  function drawStrokes(parts, strokes, colourOf) {
    for (const stroke of strokes) {
      const options = { renderer: renderers[stroke.phase], pane: stroke.phase ? "above" : "below", interactive: false };
      const layer = L.polyline(parts, { ...options, ...look(stroke), color: colourOf(stroke.ink), opacity: 1, lineCap: "butt" });
      layer.addTo(map);
      lines.push({ layer, stroke });
    }
  }

  function drawAreas(parts, colour, opacity) {
    const options = { renderer: renderers[0], pane: "below", interactive: false, stroke: false };
    L.polygon(parts, { ...options, fillColor: colour, fillOpacity: opacity }).addTo(map);
  }

  function isArea(geometry) {
    return geometry.type.endsWith("Polygon");
  }

  function drawContext() {
    for (const kind of Object.keys(style.context)) {
      const found = data.context.filter((one) => one.kind === kind);
      const colour = theme.inks[kind] ?? theme.inks.water;
      for (const one of found.filter((each) => isArea(each.geometry))) drawAreas(partsOf(one.geometry), colour, 1);
      const parts = found.filter((one) => !isArea(one.geometry)).flatMap((one) => partsOf(one.geometry));
      if (parts.length) drawStrokes(parts, style.context[kind], (ink) => theme.inks[ink]);
    }
  }

  function drawZones() {
    for (const one of data.features.filter((each) => each.layer === "zones")) {
      const colour = theme.zones[one.zone % theme.zones.length];
      drawAreas(partsOf(one.geometry), colour, theme.zoneOpacity);
      drawStrokes(partsOf(one.geometry), style.classes[`${one.kind}/${one.light}`] ?? [], () => colour);
    }
  }

  function drawClasses() {
    const classes = new Map();
    for (const one of data.features.filter((each) => each.layer !== "zones")) {
      const name = `${one.kind}/${one.light}${one.plausible ? "/plausible" : ""}`;
      if (!classes.has(name)) classes.set(name, { light: one.light, parts: [] });
      classes.get(name).parts.push(...partsOf(one.geometry));
      if (isArea(one.geometry)) drawAreas(partsOf(one.geometry), theme.lights[one.light], style.areaOpacity);
    }
    const rank = (entry) => style.lights.indexOf(entry[1].light);
    for (const [name, { light, parts }] of [...classes].sort((a, b) => rank(b) - rank(a))) {
      drawStrokes(parts, style.classes[name] ?? [], (ink) => (ink === "light" ? theme.lights[light] : theme.inks[ink]));
    }
  }

  function svg(tag, attributes, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  }

  function symbol(one) {
    const shape = style.symbols[one.kind];
    const box = svg("svg", { viewBox: "-16 -16 32 32", width: 32, height: 32 });
    const colour = theme.lights[one.light];
    const paint = one.plausible
      ? { fill: theme.inks.halo, stroke: colour, "stroke-width": 2, "stroke-dasharray": "3 2" }
      : { fill: colour, stroke: theme.inks.halo, "stroke-width": 1.5 };
    const points = shape.outline.map(([x, y]) => `${x * 10},${y * 10}`).join(" ");
    box.append(shape.outline.length ? svg("polygon", { points, ...paint }) : svg("circle", { r: 10, ...paint }));
    const ink = one.plausible ? colour : theme.inks.halo;
    const text = { y: 3.8, "text-anchor": "middle", "font-size": 10.5, "font-weight": 700, fill: ink };
    box.append(svg("text", text, one.sign || shape.sign[data.lang]));
    return L.divIcon({ html: box, className: "onemap-symbol", iconSize: [32, 32] });
  }

  function told(one) {
    const box = document.createElement("div");
    for (const [name, line] of [["strong", one.name], ["div", one.about], ...one.tasks.map((task) => ["div", task])]) {
      box.append(Object.assign(document.createElement(name), { textContent: line }));
    }
    return box;
  }

  function named(layer, one, permanent) {
    const text = Object.assign(document.createElement("span"), { textContent: one.name });
    const colour = one.layer === "zones" ? theme.zones[one.zone % theme.zones.length] : theme.lights[one.light];
    if (permanent) text.style.color = colour;
    const className = one.layer === "zones" ? "onemap-name zone" : "onemap-name";
    layer.bindTooltip(text, { permanent, className, direction: "center", sticky: !permanent });
  }

  function addReach() {
    for (const one of data.features) {
      if (one.layer !== "zones" && !one.anchor) {
        const options = { style: { opacity: 0, fillOpacity: 0, weight: 14 }, pane: "above" };
        const layer = L.geoJSON({ type: "Feature", properties: {}, geometry: one.geometry }, options).addTo(layers[one.layer]);
        layer.bindPopup(told(one));
        named(layer, one, false);
      } else if (one.layer === "zones") {
        const middle = [one.anchor[1], one.anchor[0]];
        named(L.marker(middle, { icon: L.divIcon({ className: "", iconSize: [0, 0] }), interactive: false }).addTo(map), one, true);
      } else {
        const [lon, lat] = one.anchor;
        const marker = L.marker([lat, lon], { icon: symbol(one), keyboard: true, title: one.name }).addTo(layers[one.layer]);
        marker.bindPopup(told(one));
      }
    }
  }

  const [west, south, east, north] = data.extent;
  map.fitBounds([[south, west], [north, east]]);
  map.attributionControl.setPrefix(false).addAttribution(data.attribution);
  L.control.scale({ imperial: false }).addTo(map);
  L.control.zoom({ position: "topright" }).addTo(map);
  drawContext();
  drawZones();
  drawClasses();
  addReach();
  map.on("zoomend", () => lines.forEach(({ layer, stroke }) => layer.setStyle(look(stroke))));
  window.oneMapPage = { map, features: data.features.length };
})();
