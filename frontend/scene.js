// Draw everything on one canvas in few strokes: all lines of one class (kind, light, certainty) are one path.
import { later } from "./dom.js";
import { occupied } from "./labels.js";
import { drawLinked } from "./linked.js";
import { drawBadges, drawMarkedLines, drawnLight } from "./marks.js";
import { drawNames, drawSymbols } from "./nodes.js";
import { drawRings } from "./rings.js";

const LEAST_WIDTH_PX = 0.6;
const ZONE_SELECTED_PX = 3;

/**
 * @typedef {{name: string, zone: number, light: Wire.Light, path: Path2D, area: Path2D}} LineClass
 * lines of one name in style.classes; a zone is a class of its own, with its place among the zones, else -1
 */

/**
 * @param {Path2D} path
 * @param {View.Pixel[]} part
 * @param {boolean} closed
 */
function tracePart(path, part, closed) {
  path.moveTo(part[0].x, part[0].y);
  for (let i = 1; i < part.length; i += 1) path.lineTo(part[i].x, part[i].y);
  if (closed) path.closePath();
}

/**
 * @param {Path2D} path
 * @param {L.Polyline<any>} layer
 */
function trace(path, layer) {
  const closed = layer instanceof L.Polygon;
  for (const part of layer._parts ?? []) if (part.length > 1) tracePart(path, part, closed);
}

/**
 * Linear between the given zoom levels.
 * @param {Record<number, number>} table
 * @param {number} zoom
 */
export function factorAt(table, zoom) {
  const levels = Object.keys(table).map(Number).sort((a, b) => a - b);
  const next = levels.findIndex((level) => level >= zoom);
  if (next <= 0) return table[levels[next < 0 ? levels.length - 1 : 0]];
  const [below, above] = [levels[next - 1], levels[next]];
  const share = (zoom - below) / (above - below);
  return table[below] * (1 - share) + table[above] * share;
}

export class Scene {
  /** @type {View.State} */
  state = later();
  /** @type {Wire.Palette} */
  palette = later();
  /** Places of the features, by id. @type {Map<string, number>} */
  index = new Map();
  /** @type {View.Item[]} */
  items = [];
  /** @type {{kind: string, layer: L.Polyline}[]} */
  context = [];
  /** @type {View.PlacedLabel[]} */
  labels = [];
  /** @type {View.SymbolEntry[]} */
  symbols = [];
  /** Symbols for which there is no room. @type {View.SymbolEntry[]} */
  dots = [];
  /** @type {{i: number, rung: string}[]} */
  rings = [];
  /** Lights of which so many lines are in view that only hairlines stay apart. @type {Set<string>} */
  crowded = new Set();
  scale = 1;
  draws = 0;
  /** @type {L.GeoJSON} */
  #contextLayer = later();
  /** Place of each feature among the zones, -1 for what is none. @type {number[]} */
  #zones = [];

  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
  }

  /**
   * Put the features into layers of the map; again only when the datum or the data change.
   * @param {Wire.Drawn} features
   * @param {Wire.Style} style
   * @param {Record<string, L.GeoJSON>} groups by the layer of the features
   */
  fill(features, style, groups) {
    for (const group of Object.values(groups)) group.clearLayers();
    this.#contextLayer?.remove();
    this.#contextLayer = L.geoJSON(null, { interactive: false }).addTo(this.map);
    this.index = new Map(features.ids.map((id, i) => [id, i]));
    this.#zones = features.ids.map((id) => features.zoneIds.indexOf(id));
    this.items = features.ids.map(() => ({ layers: [], marker: null })); // Leaflet draws as soon as the first layer is added
    this.context = features.context.geometry.map((geometry, at) => {
      const layer = layerOf(geometry, { interactive: false });
      this.#contextLayer.addLayer(layer);
      return { kind: features.context.kind[at], layer: /** @type {L.Polyline} */ (layer) };
    });
    features.geometry.forEach((geometry, i) => {
      const group = groups[features.layer[i]];
      const atAnchor = style.symbols[features.kind[i]] && geometry.type !== "Point";
      const item = this.items[i];
      for (const one of [geometry, ...(atAnchor ? [/** @type {const} */ ({ type: "Point", coordinates: features.anchor[i] })] : [])]) {
        const layer = layerOf(one, group.options);
        if (layer instanceof L.CircleMarker) item.marker = layer;
        else item.layers.push(/** @type {L.Polyline} */ (layer));
        group.addLayer(layer);
      }
    });
  }

  /** Rectangle around those features that are chosen. @param {(i: number) => unknown} chosen */
  boundsOf(chosen) {
    const bounds = L.latLngBounds([]);
    this.items.forEach(({ layers, marker }, i) => {
      if (!chosen(i)) return;
      for (const layer of layers) bounds.extend(layer.getBounds());
      if (marker) bounds.extend(marker.getLatLng());
    });
    return bounds;
  }

  /** Draw all of it. @param {L.Renderer} renderer */
  draw(renderer) {
    if (!this.state) return;
    this.draws += 1;
    const ctx = renderer._ctx;
    const { style, theme } = this.state;
    this.palette = style.themes[theme];
    this.scale = factorAt(style.widthByZoom, this.map.getZoom());
    ctx.save();
    ctx.lineCap = "butt";
    ctx.lineJoin = "round";
    this.#drawContext(ctx);
    this.#drawZoneFills(ctx);
    const classes = this.#gather();
    this.#drawPhase(ctx, classes, 0);
    drawLinked(this, ctx);
    this.#drawSelected(ctx);
    this.#drawPhase(ctx, classes, 1);
    drawMarkedLines(this, ctx);
    const space = occupied(this.map);
    drawSymbols(this, ctx, space);
    drawBadges(this, ctx, space);
    drawRings(this, ctx, space);
    this.labels = drawNames(this, ctx, space, renderer);
    ctx.restore();
  }

  /** @param {number} i */
  isZone(i) {
    return this.#zones[i] >= 0;
  }

  /** @param {number} i */
  zoneColourOf(i) {
    return this.#zoneColour(this.#zones[i]);
  }

  /** Where the symbol or the label of a feature stands, in pixels of the layer. @param {number} i */
  anchorOf(i) {
    const [lon, lat] = this.state.features.anchor[i];
    return this.map.latLngToLayerPoint([lat, lon]);
  }

  /** Lines and outlines of a feature. @param {number} i */
  pathOf(i) {
    const path = new Path2D();
    for (const layer of this.items[i].layers) trace(path, layer);
    return path;
  }

  /** What of its lines is in view, in pixels of the layer. @param {number} i */
  partsOf(i) {
    return this.items[i].layers.flatMap((layer) => layer._parts ?? []);
  }

  /** @param {number} place among the zones */
  #zoneColour(place) {
    return this.palette.zones[place % this.palette.zones.length];
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Path2D} path
   * @param {Wire.Stroke} stroke
   * @param {string} colour
   */
  #stroke(ctx, path, stroke, colour) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = Math.max(stroke.width * this.scale, LEAST_WIDTH_PX);
    ctx.setLineDash(stroke.dash.map((part) => part * Math.max(this.scale, 0.7)));
    ctx.stroke(path);
  }

  /** @param {CanvasRenderingContext2D} ctx */
  #drawContext(ctx) {
    /** @type {Map<string, {line: Path2D, area: Path2D}>} */
    const paths = new Map();
    for (const { kind, layer } of this.context) {
      const path = paths.get(kind) ?? { line: new Path2D(), area: new Path2D() };
      paths.set(kind, path);
      trace(layer instanceof L.Polygon ? path.area : path.line, layer);
    }
    const drawn = Object.entries(this.state.style.context).flatMap(([kind, strokes]) => {
      const path = paths.get(kind);
      return path ? [{ kind, strokes, ...path }] : [];
    });
    for (const { kind, area } of drawn) {
      ctx.fillStyle = this.palette.inks[kind] ?? this.palette.inks.water;
      ctx.fill(area, "evenodd");
    }
    for (const phase of [0, 1]) {
      for (const { strokes, line } of drawn) {
        for (const stroke of strokes) if (stroke.phase === phase) this.#stroke(ctx, line, stroke, this.palette.inks[stroke.ink]);
      }
    }
  }

  /** @param {CanvasRenderingContext2D} ctx */
  #drawZoneFills(ctx) {
    ctx.save();
    ctx.globalAlpha = this.palette.zoneOpacity;
    this.#zones.forEach((place, i) => {
      if (place < 0 || !this.state.shown[i]) return;
      ctx.fillStyle = this.#zoneColour(place);
      ctx.fill(this.pathOf(i), "evenodd");
    });
    ctx.restore();
  }

  /** Paths by class, quiet lights first so that the loud ones end on top. */
  #gather() {
    const { features, shown, style } = this.state;
    /** @type {Map<string, LineClass>} */
    const classes = new Map();
    /** @type {Record<string, number>} */
    const parts = {};
    for (let i = 0; i < this.items.length; i += 1) {
      if (!shown[i]) continue;
      const zone = this.#zones[i];
      const light = drawnLight(this, i);
      const name = `${features.kind[i]}/${light}${features.plausible[i] && zone < 0 ? "/plausible" : ""}`;
      const key = zone < 0 ? name : features.ids[i];
      const entry = classes.get(key) ?? { name, zone, light, path: new Path2D(), area: new Path2D() };
      classes.set(key, entry);
      for (const layer of this.items[i].layers) {
        parts[light] = (parts[light] ?? 0) + (layer._parts?.length ?? 0);
        trace(entry.path, layer);
        if (layer instanceof L.Polygon && zone < 0) trace(entry.area, layer);
      }
    }
    this.crowded = new Set(Object.keys(parts).filter((light) => parts[light] > style.crowdedParts));
    const loud = style.lights;
    const order = Object.keys(style.classes);
    return [...classes.values()].sort(
      (one, other) => loud.indexOf(other.light) - loud.indexOf(one.light) || order.indexOf(one.name) - order.indexOf(other.name),
    );
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {LineClass[]} classes
   * @param {number} phase
   */
  #drawPhase(ctx, classes, phase) {
    const { style } = this.state;
    for (const entry of classes) {
      if (phase === 0 && entry.zone < 0) {
        ctx.globalAlpha = style.areaOpacity;
        ctx.fillStyle = this.palette.lights[entry.light];
        ctx.fill(entry.area, "evenodd");
        ctx.globalAlpha = 1;
      }
      for (const stroke of style.classes[entry.name] ?? []) if (stroke.phase === phase) this.#drawClass(ctx, entry, stroke);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {LineClass} entry
   * @param {Wire.Stroke} stroke
   */
  #drawClass(ctx, { zone, light, path }, stroke) {
    const colour = zone >= 0 ? this.#zoneColour(zone) : stroke.ink === "light" ? this.palette.lights[light] : this.palette.inks[stroke.ink];
    if (zone >= 0 || !this.crowded.has(light)) this.#stroke(ctx, path, stroke, colour);
    else if (stroke.ink === "light") {
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1;
      ctx.setLineDash([]);
      ctx.stroke(path);
    }
  }

  /** @param {CanvasRenderingContext2D} ctx */
  #drawSelected(ctx) {
    const { selected, style, shown } = this.state;
    const i = this.index.get(selected ?? "");
    if (i === undefined || !shown[i]) return;
    ctx.save();
    ctx.setLineDash([]);
    ctx.strokeStyle = this.palette.inks.accent;
    ctx.globalAlpha = 0.85;
    ctx.lineCap = "round";
    ctx.lineWidth = this.isZone(i) ? ZONE_SELECTED_PX : style.selectedWidth * Math.max(this.scale, 0.8);
    ctx.stroke(this.pathOf(i));
    ctx.restore();
  }
}

/**
 * @param {Wire.Geometry} geometry
 * @param {L.GeoJSONOptions} options
 */
function layerOf(geometry, options) {
  return L.GeoJSON.geometryToLayer({ type: "Feature", properties: {}, geometry }, options);
}
