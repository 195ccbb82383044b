// The pocket map: one file without server and network. All texts come from JSON and enter the page as text nodes only.
"use strict";
(() => {
  const { features, board, style, words, links, view, lang } = JSON.parse(document.getElementById("data").textContent);
  const theme = style.themes[matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"];
  const lightAt = [...board.lights].map((letter) => style.letters[letter]);
  const name = (i) => features[lang][i] || features.zh[i] || features.en[i];
  const title = (task) => board.task[lang][task] || board.task.zh[task] || board.task.en[task];
  const byId = (id) => document.getElementById(id);
  const search = byId("search");
  const state = { here: null, accuracy: null, chosen: null, picking: false };
  const FEW = 20;
  const EARTH_M = 6371008.8;

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  for (const [id, text] of Object.entries(words.labels)) byId(id).textContent = text;
  search.placeholder = words.search;
  search.setAttribute("aria-label", words.search);

  // Map: the strokes of the style table, phase 0 below phase 1, what is late last.
  const map = L.map("map", { zoomControl: true, attributionControl: false, preferCanvas: true, zoomSnap: 0.5 });
  map.fitBounds([[view[1], view[0]], [view[3], view[2]]]);
  const canvas = L.canvas({ padding: 0.3, tolerance: 12 });
  const strokes = [];

  function flipped(coordinates) {
    return typeof coordinates[0] === "number" ? [coordinates[1], coordinates[0]] : coordinates.map(flipped);
  }

  function widthFactor() {
    const zooms = Object.keys(style.widthByZoom).map(Number);
    const zoom = Math.min(Math.max(Math.round(map.getZoom()), zooms[0]), zooms[zooms.length - 1]);
    return style.widthByZoom[zoom];
  }

  function stroke(points, { ink, width, dash }, light) {
    const color = ink === "light" ? theme.lights[light] : theme.inks[ink];
    const dashArray = dash && dash.length ? dash.join(" ") : null;
    const line = L.polyline(points, { renderer: canvas, color, weight: width, dashArray, lineCap: "butt" });
    strokes.push([line, width]);
    return line.addTo(map);
  }

  function area(points, color, opacity, edge) {
    const made = { renderer: canvas, color: edge ? color : "transparent", weight: edge, fillColor: color, fillOpacity: opacity };
    return L.polygon(points, made).addTo(map);
  }

  const isArea = (geometry) => geometry.type.endsWith("Polygon");
  features.context.geometry.forEach((geometry, i) => {
    const kind = features.context.kind[i];
    if (isArea(geometry)) area(flipped(geometry.coordinates), theme.inks[kind] ?? theme.inks.building, 1, 0);
    else for (const one of style.context[kind] ?? []) stroke(flipped(geometry.coordinates), one);
  });
  const order = features.ids.map((_, i) => i).sort((a, b) => rankOf(b) - rankOf(a) || a - b);
  for (const i of order) if (features.layer[i] === "zones") drawZone(i);
  for (const phase of [0, 1]) for (const i of order) drawLine(i, phase);
  for (const i of order) if (!isArea(features.geometry[i]) && features.geometry[i].type.endsWith("Point")) drawNode(i);

  function rankOf(i) {
    return style.lights.indexOf(lightAt[i]);
  }

  function drawZone(i) {
    const color = theme.zones[features.zoneIds.indexOf(features.ids[i]) % theme.zones.length];
    area(flipped(features.geometry[i].coordinates), color, theme.zoneOpacity, 1.5);
  }

  function drawLine(i, phase) {
    const geometry = features.geometry[i];
    if (geometry.type.endsWith("Point") || features.layer[i] === "zones") return;
    const points = flipped(geometry.coordinates);
    if (isArea(geometry) && phase === 0) area(points, theme.lights[lightAt[i]], style.areaOpacity, 1.4).on("click", (event) => press(i, event));
    if (isArea(geometry)) return;
    const key = `${features.kind[i]}/${lightAt[i]}${features.plausible[i] ? "/plausible" : ""}`;
    const passes = (style.classes[key] ?? []).filter((one) => one.phase === phase);
    for (const one of passes) stroke(points, one, lightAt[i]).on("click", (event) => press(i, event));
  }

  function drawNode(i) {
    const mark = element("span", "mark", words.glyphs[lightAt[i]]);
    mark.dataset.light = lightAt[i];
    const icon = L.divIcon({ html: mark, className: "node", iconSize: [44, 44] });
    L.marker(flipped(features.geometry[i].coordinates), { icon, title: name(i), alt: name(i) }).on("click", (event) => press(i, event)).addTo(map);
  }

  function widen() {
    const factor = widthFactor();
    for (const [line, width] of strokes) line.setStyle({ weight: width * factor });
  }
  map.on("zoomend", widen);
  widen();

  // Distances in the plane around the position: within 0.1 % over the extent of a campaign.
  function planeAt([lon, lat]) {
    const metre = (Math.PI / 180) * EARTH_M;
    return ([x, y]) => [(x - lon) * metre * Math.cos((((lat + y) / 2) * Math.PI) / 180), (y - lat) * metre];
  }

  function nearestOn([ax, ay], [bx, by]) {
    const [dx, dy] = [bx - ax, by - ay];
    const along = dx || dy ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy))) : 0;
    return [ax + along * dx, ay + along * dy];
  }

  function inside(ring) {
    let odd = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
      if (ay > 0 !== by > 0 && (-ay * (bx - ax)) / (by - ay) + ax > 0) odd = !odd;
    }
    return odd;
  }

  function nearest(geometry, plane) {
    const { type, coordinates } = geometry;
    if (type.startsWith("Multi")) {
      const single = type.slice(5);
      return coordinates.map((one) => nearest({ type: single, coordinates: one }, plane)).sort((a, b) => a[0] - b[0])[0];
    }
    const rings = (type === "Point" ? [[coordinates]] : type === "LineString" ? [coordinates] : coordinates).map((ring) => ring.map(plane));
    if (type === "Polygon" && inside(rings[0]) && !rings.slice(1).some(inside)) return [0, [0, 0]];
    let best = [Infinity, [0, 0]];
    for (const ring of rings) {
      for (let i = 0; i < Math.max(ring.length - 1, 1); i += 1) {
        const point = nearestOn(ring[i], ring[i + 1] ?? ring[i]);
        const distance = Math.hypot(...point);
        if (distance < best[0]) best = [distance, point];
      }
    }
    return best;
  }

  function wayTo(i) {
    const [distance, [x, y]] = nearest(features.geometry[i], planeAt(state.here));
    const turn = (Math.atan2(x, y) * 180) / Math.PI;
    const word = words.compass[Math.floor((((turn + 360) % 360) + 22.5) / 45) % 8];
    return { i, distance, word };
  }

  function metres(distance) {
    const rounded = distance < 10 ? Math.round(distance) : Math.round(distance / 10) * 10;
    return rounded < 1000 ? fill(words.metres, { n: rounded }) : fill(words.kilometres, { n: (distance / 1000).toFixed(1) });
  }

  function said({ distance, word }) {
    if (distance === 0) return words.there;
    if (state.accuracy !== null && distance <= state.accuracy) return fill(words.within, { n: metres(state.accuracy) });
    return fill(words.way, { far: metres(distance), where: word, minutes: Math.ceil(distance / words.speed / 60) });
  }

  // List: what the words asked for are in; nearest first once the position is known, else most urgent first.
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  function found() {
    const asked = plain(search.value).split(/\s+/).filter(Boolean);
    const has = (i, word) => features.search[i].includes(word) || board.tasks[i].some((task) => board.task.search[task].includes(word));
    return features.ids.map((_, i) => i).filter((i) => features.layer[i] !== "zones" && asked.every((word) => has(i, word)));
  }

  function list() {
    const shown = found();
    const rows = state.here
      ? shown.map(wayTo).sort((a, b) => a.distance - b.distance || a.i - b.i)
      : shown.sort((a, b) => rankOf(a) - rankOf(b) || a - b).map((i) => ({ i }));
    byId("rows").replaceChildren(...rows.slice(0, FEW).map(row));
    byId("count").textContent = rows.length ? fill(words.count, { n: Math.min(FEW, rows.length), all: rows.length }) : words.empty;
  }

  function row(way) {
    const made = element("button", "row");
    made.type = "button";
    made.dataset.id = features.ids[way.i];
    const mark = element("span", "mark", words.glyphs[lightAt[way.i]]);
    mark.dataset.light = lightAt[way.i];
    const text = element("span", "text");
    text.append(element("b", "", name(way.i)), element("span", "soft", way.word ? said(way) : words.lights[lightAt[way.i]]));
    made.append(mark, text);
    made.addEventListener("click", () => choose(way.i));
    return made;
  }

  function due(task) {
    const days = board.task.daysLeft[task];
    if (days === null || board.task.light[task] === "d") return "";
    return days < 0 ? fill(words.overdue, { days: -days }) : days === 0 ? words.today : fill(words.left, { days });
  }

  function press(i, { latlng }) {
    if (state.picking) standAt(latlng);
    else choose(i);
  }

  function choose(i) {
    state.chosen = i;
    const panel = byId("panel");
    const close = element("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => panel.replaceChildren());
    panel.replaceChildren(close, element("h2", "", name(i)), element("p", "soft", `${features.ids[i]} · ${words.kinds[features.kind[i]]}`));
    if (state.here) panel.append(element("p", "", said(wayTo(i))));
    for (const task of board.tasks[i]) panel.append(taskOf(task));
    const apps = element("p", "apps");
    links[i].forEach((url, app) => {
      const link = element("a", "", words.apps[app]);
      Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer" });
      apps.append(link);
    });
    panel.append(element("p", "soft", words.open), apps);
    map.panTo([features.anchor[i][1], features.anchor[i][0]]);
    panel.scrollIntoView({ block: "nearest" });
  }

  function taskOf(task) {
    const light = style.letters[board.task.light[task]];
    const made = element("p", "task");
    const mark = element("span", "mark", words.glyphs[light]);
    mark.dataset.light = light;
    const facts = [words.statuses[board.task.status[task]], `${board.task.percent[task]} %`, due(task)].filter(Boolean).join(" · ");
    made.append(mark, element("span", "", `${board.task.ids[task]} ${title(task)}`), element("span", "soft", facts));
    if (board.task.difficulty[task]) made.append(element("span", "soft", fill(words.difficulty, { text: board.task.difficulty[task] })));
    return made;
  }

  // Position: the device's, or a tap on the map, which stays open whatever the device says.
  let dot = null;
  function stand(lon, lat, accuracy) {
    Object.assign(state, { here: [lon, lat], accuracy });
    dot?.remove();
    const ring = { renderer: canvas, color: theme.inks.accent, weight: 1.5, fillOpacity: 0.15, interactive: false };
    const parts = [L.circleMarker([lat, lon], { ...ring, radius: 6, fillOpacity: 1 })];
    if (accuracy) parts.unshift(L.circle([lat, lon], { ...ring, radius: accuracy }));
    dot = L.layerGroup(parts).addTo(map);
    map.panTo([lat, lon]);
    list();
  }

  function tell(text) {
    byId("notice").textContent = text;
  }

  function trouble(lon, lat, accuracy) {
    const [west, south, east, north] = words.extent;
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return words.position.not_a_number;
    if (Math.abs(lon) < 0.01 && Math.abs(lat) < 0.01) return words.position.zero;
    const [x, y] = planeAt([lon, lat])([Math.min(Math.max(lon, west), east), Math.min(Math.max(lat, south), north)]);
    const away = Math.hypot(x, y);
    if (away > words.far) return fill(words.position.far, { km: Math.round(away / 1000) });
    return accuracy > words.vague ? fill(words.position.vague, { km: Math.round(accuracy / 1000) }) : "";
  }

  byId("locate").addEventListener("click", () => {
    if (!navigator.geolocation) return tell(words.position.insecure);
    tell(words.locating);
    const fail = (error) => tell([words.position.unavailable, words.position.denied, words.position.unavailable, words.position.timeout][error.code]);
    const done = ({ coords: { longitude, latitude, accuracy } }) => {
      const wrong = trouble(longitude, latitude, accuracy);
      tell(wrong);
      if (!wrong || accuracy > words.vague) stand(longitude, latitude, accuracy);
    };
    navigator.geolocation.getCurrentPosition(done, fail, { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 });
  });
  byId("tap").addEventListener("click", () => {
    state.picking = !state.picking;
    byId("tap").setAttribute("aria-pressed", String(state.picking));
    tell(state.picking ? words.tapNow : "");
  });
  map.on("click", ({ latlng }) => state.picking && standAt(latlng));

  function standAt({ lng, lat }) {
    state.picking = false;
    byId("tap").setAttribute("aria-pressed", "false");
    tell("");
    stand(lng, lat, null);
  }
  search.addEventListener("input", list);
  list();
  document.documentElement.dataset.ready = "yes";
})();
