// Draw everything on one canvas in few strokes: all lines of one class (kind, light, certainty) are one path.
import { occupied } from "./labels.js";
import { drawLinked } from "./linked.js";
import { drawBadges, drawMarkedLines, drawnLight } from "./marks.js";
import { drawNames, drawSymbols } from "./nodes.js";
import { drawRings } from "./rings.js";

export function tracePart(path, part, closed) {
  path.moveTo(part[0].x, part[0].y);
  for (let i = 1; i < part.length; i += 1) path.lineTo(part[i].x, part[i].y);
  if (closed) path.closePath();
}

function trace(path, layer) {
  const closed = layer instanceof L.Polygon;
  for (const part of layer._parts) if (part.length > 1) tracePart(path, part, closed);
}

/** Linear between the given zoom levels. */
function factorAt(table, zoom) {
  const levels = Object.keys(table).map(Number).sort((a, b) => a - b);
  if (zoom <= levels[0]) return table[levels[0]];
  for (let i = 1; i < levels.length; i += 1) {
    if (zoom <= levels[i]) {
      const share = (zoom - levels[i - 1]) / (levels[i] - levels[i - 1]);
      return table[levels[i - 1]] * (1 - share) + table[levels[i]] * share;
    }
  }
  return table[levels[levels.length - 1]];
}

export class Scene {
  constructor(map) {
    this.map = map;
    this.items = []; // one per feature: {layers: [L.Path], marker}
    this.context = []; // {kind, layer}
    this.state = null; // {style, features, lights, shown, selected, lang, theme, marks, linked}
    this.labels = [];
    this.symbols = [];
    this.dots = [];
    this.draws = 0;
    this.crowded = new Set(); // lights of which so many lines are in view that only hairlines stay apart
  }

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
    this.drawContext(ctx);
    this.drawZoneFills(ctx);
    const classes = this.gather();
    this.drawPhase(ctx, classes, 0);
    drawLinked(this, ctx, trace);
    this.drawSelected(ctx);
    this.drawPhase(ctx, classes, 1);
    drawMarkedLines(this, ctx, trace);
    const space = occupied(this.map);
    this.symbols = drawSymbols(this, ctx, space);
    drawBadges(this, ctx, space);
    drawRings(this, ctx, space);
    this.labels = drawNames(this, ctx, space, renderer);
    ctx.restore();
  }

  ink(name, light) {
    return name === "light" ? this.palette.lights[light] : this.palette.inks[name];
  }

  stroke(ctx, path, stroke, light) {
    ctx.strokeStyle = this.ink(stroke.ink, light);
    ctx.lineWidth = Math.max(stroke.width * this.scale, 0.6);
    ctx.setLineDash(stroke.dash.map((part) => part * Math.max(this.scale, 0.7)));
    if (this.crowded.has(light)) {
      if (stroke.ink !== "light") return;
      ctx.lineWidth = 1;
      ctx.setLineDash([]);
    }
    ctx.stroke(path);
  }

  drawContext(ctx) {
    const paths = new Map();
    for (const { kind, layer } of this.context) {
      if (!paths.has(kind)) paths.set(kind, { line: new Path2D(), area: new Path2D() });
      trace(layer instanceof L.Polygon ? paths.get(kind).area : paths.get(kind).line, layer);
    }
    const kinds = Object.keys(this.state.style.context).filter((kind) => paths.has(kind));
    for (const kind of kinds) {
      ctx.fillStyle = this.palette.inks[kind] ?? this.palette.inks.water;
      ctx.fill(paths.get(kind).area, "evenodd");
    }
    for (const phase of [0, 1]) {
      for (const kind of kinds) {
        for (const stroke of this.state.style.context[kind]) {
          if (stroke.phase === phase) this.stroke(ctx, paths.get(kind).line, stroke);
        }
      }
    }
  }

  drawZoneFills(ctx) {
    const { features, shown } = this.state;
    ctx.save();
    ctx.globalAlpha = this.palette.zoneOpacity;
    features.zoneIds.forEach((id, position) => {
      const i = this.index.get(id);
      if (!shown[i]) return;
      const path = new Path2D();
      for (const layer of this.items[i].layers) trace(path, layer);
      ctx.fillStyle = this.zoneColour(position);
      ctx.fill(path, "evenodd");
    });
    ctx.restore();
  }

  zoneColour(position) {
    return this.palette.zones[position % this.palette.zones.length];
  }

  /** Paths by class, quiet lights first so that the loud ones end on top. */
  gather() {
    const { features, shown, style } = this.state;
    const classes = new Map();
    const parts = {};
    for (let i = 0; i < this.items.length; i += 1) {
      if (!shown[i]) continue;
      const zone = features.layer[i] === "zones" ? features.ids[i] : "";
      const light = drawnLight(this, i);
      const name = `${features.kind[i]}/${light}${features.plausible[i] && !zone ? "/plausible" : ""}`;
      const key = zone || name;
      if (!classes.has(key)) classes.set(key, { name, zone, light, path: new Path2D(), area: new Path2D() });
      const entry = classes.get(key);
      for (const layer of this.items[i].layers) {
        if (!layer._parts) continue;
        parts[light] = (parts[light] ?? 0) + layer._parts.length;
        trace(entry.path, layer);
        if (layer instanceof L.Polygon && !zone) trace(entry.area, layer);
      }
    }
    this.crowded = new Set(Object.keys(parts).filter((light) => parts[light] > style.crowdedParts));
    const loud = style.lights;
    const order = Object.keys(style.classes);
    return [...classes.values()].sort(
      (one, other) => loud.indexOf(other.light) - loud.indexOf(one.light) || order.indexOf(one.name) - order.indexOf(other.name),
    );
  }

  drawPhase(ctx, classes, phase) {
    const { style, features } = this.state;
    for (const entry of classes) {
      if (phase === 0 && !entry.zone) {
        ctx.globalAlpha = style.areaOpacity;
        ctx.fillStyle = this.palette.lights[entry.light];
        ctx.fill(entry.area, "evenodd");
        ctx.globalAlpha = 1;
      }
      for (const stroke of style.classes[entry.name] ?? []) {
        if (stroke.phase !== phase) continue;
        if (entry.zone) {
          this.stroke(ctx, entry.path, { ...stroke, ink: "accent" });
          ctx.strokeStyle = this.zoneColour(features.zoneIds.indexOf(entry.zone));
          ctx.stroke(entry.path);
        } else this.stroke(ctx, entry.path, stroke, entry.light);
      }
    }
  }

  drawSelected(ctx) {
    const { selected, style, shown } = this.state;
    const i = this.index.get(selected);
    if (i === undefined || !shown[i]) return;
    const path = new Path2D();
    for (const layer of this.items[i].layers) if (layer._parts) trace(path, layer);
    ctx.save();
    ctx.setLineDash([]);
    ctx.strokeStyle = this.palette.inks.accent;
    ctx.globalAlpha = 0.85;
    ctx.lineCap = "round";
    const zone = this.state.features.layer[i] === "zones";
    ctx.lineWidth = zone ? 3 : style.selectedWidth * Math.max(this.scale, 0.8);
    ctx.stroke(path);
    ctx.restore();
  }
}
