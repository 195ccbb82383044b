"""Draw the map's lines, areas and symbols as the screen does: two phases, quiet lights first, red last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.path import Path
from numpy.typing import NDArray

from geo.model.kinds import ContextKind, Kind, Layer, Stroke, Symbol
from geo.model.status import LIGHT_ORDER, Light
from layers.paper.canvas import MillimetreCanvas, TextStyle, area_paths, line_paths, polygon
from layers.paper.font import literal, missing
from layers.paper.frame import MapFrame, ShownFeature, Space
from layers.paper.page import MM_PER_PT, MapContent
from layers.style import (
    AREA_FILL_OPACITY,
    CROWDED_PARTS,
    PALETTES,
    SELECTED_WIDTH_PX,
    SYMBOL_RADIUS_PX,
    WIDTH_BY_ZOOM,
    ZONE_COLOURS,
    ZONE_FILL_OPACITY,
    light_colour,
    line_classes,
)
from locales import Language

INKS: Final = PALETTES["light"]
PT_PER_PX: Final = 0.75
PAPER_FINENESS: Final = 0.82
"""Print shows finer lines than a screen of the same scale, and is read from nearer."""
_SCALE_AT_ZOOM_14: Final = 30_900
"""Denominator that zoom 14 has at Hongqiao's latitude on a screen of 96 dpi."""
_HAIRLINE_PT: Final = 0.3
_CLASSES: Final = line_classes()
_ORDER: Final = {name: place for place, name in enumerate(_CLASSES)}


@dataclass(frozen=True, slots=True, eq=False)
class DrawnClass:
    """Hold all parts of one class ``kind/light``, or of one zone, that are seen in a frame."""

    name: str
    light: Light
    zone: int
    geometries: NDArray[np.object_]


def width_factor(scale: int) -> float:
    """Factor on the widths of the style table, in pixels at zoom 14, at the scale of a map on paper."""
    zoom = 14 + math.log2(_SCALE_AT_ZOOM_14 / scale)
    return float(np.interp(zoom, list(WIDTH_BY_ZOOM), list(WIDTH_BY_ZOOM.values()))) * PAPER_FINENESS


def classes_in(content: MapContent, frame: MapFrame) -> list[DrawnClass]:
    """Classes that are seen in a frame, quiet lights first, so that the loud ones end on top."""
    features = content.features[content.shown]
    clipped = frame.clipped(frame.plane(features.geometry.array))
    seen = shapely.intersects(clipped, shapely.box(*frame.reach))
    zones = list(content.features.index[content.features["layer"] == Layer.ZONES])
    groups: dict[tuple[str, int], list[Any]] = {}
    lights: dict[tuple[str, int], Light] = {}
    columns = (features[name].to_numpy(dtype=object) for name in ("layer", "kind", "light", "plausible"))
    for i, (layer, kind, light, open_) in enumerate(zip(*columns, strict=True)):
        if not seen[i]:
            continue
        zone = zones.index(features.index[i]) if layer == Layer.ZONES else -1
        name = f"{kind}/{light}" + ("/plausible" if open_ and zone < 0 else "")
        groups.setdefault((name, zone), []).append(clipped[i])
        lights[name, zone] = Light(light)
    found = [
        DrawnClass(name, lights[name, zone], zone, np.array(parts, dtype=object))
        for (name, zone), parts in groups.items()
    ]
    loud = {light: place for place, light in enumerate(LIGHT_ORDER)}
    return sorted(found, key=lambda one: (-loud[one.light], _ORDER.get(one.name, 0), one.zone))


def draw_context(canvas: MillimetreCanvas, content: MapContent, frame: MapFrame) -> list[ContextKind]:
    """Draw the background; return the kinds that are seen."""
    kinds, geometries = _background(content)
    clipped = frame.clipped(frame.plane(geometries))
    seen = shapely.intersects(clipped, shapely.box(*frame.reach))
    parts = {kind: clipped[seen & (kinds == kind)] for kind in ContextKind}
    drawn = [kind for kind in ContextKind if len(parts[kind])]
    factor = width_factor(frame.scale)
    for kind in drawn:
        for path in area_paths(parts[kind]):
            canvas.fill(path, INKS.get(kind, INKS["water"]), gid=f"context:{kind}")
    for phase in (0, 1):
        for kind in drawn:
            lines = parts[kind][shapely.get_dimensions(parts[kind]) == 1]
            for stroke in kind.strokes:
                if stroke.phase == phase:
                    _stroke(canvas, lines, stroke, INKS[stroke.ink], factor, f"context:{kind}")
    return drawn


def _background(content: MapContent) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Kinds and geometries of the background; corridors that a filter hides lie in it, for orientation."""
    hidden = content.features[~content.shown & (content.features["layer"] == Layer.CORRIDORS).to_numpy()]
    kinds = [*content.context["kind"], *(Kind(kind).drawing.hidden_as for kind in hidden["kind"])]
    geometries = [*content.context.geometry.array, *hidden.geometry.array]
    return np.array(kinds, dtype=object), np.array(geometries, dtype=object)


def draw_lines(
    canvas: MillimetreCanvas, classes: list[DrawnClass], content: MapContent, frame: MapFrame, *, thin: float = 1.0
) -> set[Light]:
    """Draw zones, corridors and the lines and areas of nodes; return the lights that only hairlines keep apart.

    `thin` makes everything finer, for an inset.
    """
    factor = width_factor(frame.scale) * thin
    parts: dict[Light, int] = {}
    for one in classes:
        parts[one.light] = parts.get(one.light, 0) + len(shapely.get_parts(one.geometries))
    crowded = {light for light, count in parts.items() if count > CROWDED_PARTS}
    for one in classes:
        if one.zone >= 0:
            for path in area_paths(one.geometries):
                canvas.fill(path, zone_colour(one.zone), alpha=ZONE_FILL_OPACITY["light"], gid=f"zone:{one.zone}")
    _phase(canvas, classes, 0, factor, crowded)
    _draw_selected(canvas, content, frame, factor)
    _phase(canvas, classes, 1, factor, crowded)
    return crowded


def _phase(canvas: MillimetreCanvas, classes: list[DrawnClass], phase: int, factor: float, crowded: set[Light]) -> None:
    for one in classes:
        colour = light_colour(one.light, "light")
        if phase == 0 and one.zone < 0:
            for path in area_paths(one.geometries):
                canvas.fill(path, colour, alpha=AREA_FILL_OPACITY, gid=f"area:{one.name}")
        for stroke in _CLASSES.get(one.name, ()):
            if one.light in crowded and stroke.ink not in {"light", "zone"}:
                continue
            ink = zone_colour(one.zone) if one.zone >= 0 else colour if stroke.ink == "light" else INKS[stroke.ink]
            if stroke.phase == phase:
                narrow = 0.3 if one.light in crowded else 1.0
                _stroke(canvas, one.geometries, stroke, ink, factor * narrow, f"class:{one.name}")


def _draw_selected(canvas: MillimetreCanvas, content: MapContent, frame: MapFrame, factor: float) -> None:
    features = content.features[content.shown]
    if content.selected not in features.index:
        return
    geometry = frame.clipped(frame.plane([features.geometry[content.selected]]))
    zone = features.at[content.selected, "layer"] == Layer.ZONES
    width = 3.0 if zone else SELECTED_WIDTH_PX * factor
    for path in line_paths(geometry):
        canvas.line(path, INKS["accent"], width * PT_PER_PX, alpha=0.85, capstyle="round", gid="selected")


def _stroke(canvas: MillimetreCanvas, lines: Any, stroke: Stroke, colour: str, factor: float, gid: str) -> None:  # noqa: ANN401
    width = max(stroke.width_px * factor * PT_PER_PX, _HAIRLINE_PT)
    dash = [part * max(factor, 0.6) * PT_PER_PX for part in stroke.dash_px]
    for path in line_paths(lines):
        canvas.line(path, colour, width, dash_pt=dash, gid=gid)


def zone_colour(position: int) -> str:
    """Colour of the zone at a position among the zones."""
    return ZONE_COLOURS["light"][position % len(ZONE_COLOURS["light"])]


PAPER_SIGNS: Final = {"✈": "T"}
"""Signs that the paper's font has no glyph for, and what stands for them; the legend explains it."""
_DOT: Final = 0.42


@dataclass(frozen=True, slots=True)
class PlacedSymbol:
    """Hold a symbol that stands on the map, or the dot it became; `radius` is in millimetres."""

    id: str
    radius: float
    small: bool


def sign_of(symbol: Symbol, own: str, lang: Language) -> str:
    """What stands inside a symbol on paper."""
    sign = own or symbol.sign.get(lang)
    return PAPER_SIGNS.get(sign, symbol.sign.zh) if missing(sign) else literal(sign)


def outline_of(symbol: Symbol, x: float, y: float, radius: float, *, up: int = 1) -> Path:
    """Outline around a point; `up` is -1 where y grows downwards."""
    if not symbol.outline.points:
        return circle(x, y, radius)
    return polygon((x + px * radius, y - up * py * radius) for px, py in symbol.outline.points)


def circle(x: float, y: float, radius: float) -> Path:
    """Closed path of a circle."""
    unit = Path.unit_circle()
    return Path(np.asarray(unit.vertices, dtype=float) * radius + np.array((x, y)), unit.codes)


def draw_symbols(
    canvas: MillimetreCanvas, shown: Sequence[ShownFeature], space: Space, *, scale: int, lang: Language
) -> list[PlacedSymbol]:
    """Draw them and take their room; return them."""
    loud = {light: place for place, light in enumerate(LIGHT_ORDER)}
    nodes = [(one, symbol) for one in shown if (symbol := one.kind.drawing.symbol)]
    nodes.sort(key=lambda node: (not node[0].selected, loud[node[0].light], node[1].rank))
    placed: list[tuple[ShownFeature, Symbol, float, bool]] = []
    for one, symbol in nodes:
        radius = _radius(scale, one.light)
        reach = radius * (1.5 if symbol.outline.points else 1.1)
        x, y = one.anchor
        box = (x - reach, y - radius * 1.1, x + reach, y + radius * 1.1)
        free = space.free(box)
        if free:
            space.take(box)
        placed.append((one, symbol, radius, free))
    for one, symbol, radius, free in reversed(placed):
        _draw(canvas, one, symbol, radius, small=not free, lang=lang)
    return [PlacedSymbol(one.id, radius * (1 if free else _DOT), not free) for one, _, radius, free in placed]


def _radius(scale: int, light: Light) -> float:
    factor = min(max(width_factor(scale), 0.62), 0.95)
    louder = light.style.loudness**0.6 if light.loud else 1.0
    return SYMBOL_RADIUS_PX * PT_PER_PX * MM_PER_PT * factor * louder


def _draw(
    canvas: MillimetreCanvas, one: ShownFeature, symbol: Symbol, radius: float, *, small: bool, lang: Language
) -> None:
    x, y = one.anchor
    colour, gid = light_colour(one.light, "light"), f"node:{one.id}"
    path = circle(x, y, radius * _DOT) if small else outline_of(symbol, x, y, radius)
    if one.selected:
        canvas.line(path, INKS["accent"], 6.5)
    canvas.line(path, INKS["halo"], 2.4)
    canvas.fill(path, INKS["halo"] if one.plausible and not small else colour, gid=gid)
    if small:
        return
    if one.plausible:
        canvas.line(path, colour, 1.9 if one.light is Light.RED else 1.3, dash_pt=(2.2, 1.3))
    on = INKS["on_yellow"] if one.light is Light.YELLOW else INKS["halo"]
    ink = TextStyle(radius / MM_PER_PT * 1.05, colour if one.plausible else on, bold=True)
    canvas.text((x, y), sign_of(symbol, one.sign, lang), ink, ha="center", va="center_baseline", gid=f"sign:{one.id}")
