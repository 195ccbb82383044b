"""Draw the map into a box of the page, and say which classes were drawn, so that the legend lists exactly those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from geo.model.kinds import KINDS_DRAWN, ContextKind, Kind, Layer
from geo.model.status import LIGHT_GLYPHS, LIGHT_ORDER, Light
from layers.paper.canvas import MillimetreCanvas, TextStyle, rectangle
from layers.paper.features import INKS, classes_in, draw_context, draw_lines, draw_symbols
from layers.paper.frame import MapFrame
from layers.paper.grid import draw_attribution, draw_north, draw_scale_bar, map_axes
from layers.paper.labels import draw_labels
from layers.paper.page import NOTHING_HERE, NOTHING_MATCHES, MapContent
from layers.paper.places import ShownFeature, Space, shown_features
from layers.style import light_colour


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold what a map shows: lights with the number of features that have them, kinds, background, and more.

    `zones` are the positions and names of the zones that are seen.
    """

    lights: dict[Light, int]
    kinds: tuple[Kind, ...]
    context: tuple[ContextKind, ...]
    zones: tuple[tuple[int, str], ...]
    plausible: bool
    selected: bool
    crowded: bool


def draw_map(axes: Axes, content: MapContent, frame: MapFrame, *, em_pt: float) -> Drawn:
    """Draw everything in the frame: background, zones, lines, symbols, furniture, names."""
    canvas = MillimetreCanvas(map_axes(axes, frame))
    canvas.fill(rectangle(*_edges(frame)), INKS["land"])
    context = draw_context(canvas, content, frame)
    crowded = draw_lines(canvas, classes_in(content, frame), content, frame)
    space = Space(frame.reach)
    draw_scale_bar(canvas, frame, space, em_pt=em_pt)
    draw_north(canvas, frame, space, em_pt=em_pt)
    draw_attribution(canvas, frame, space, content.attribution, em_pt=em_pt)
    shown = shown_features(content, frame)
    symbols = draw_symbols(canvas, shown, space, scale=frame.scale, lang=content.lang)
    named = draw_labels(canvas, shown, symbols, space, em_pt=em_pt)
    _mark_nameless(canvas, shown, named, space, em_pt=em_pt)
    if not shown:
        _say_nothing(canvas, content, em_pt=em_pt)
    return _drawn(shown, context, crowded=bool(crowded))


def draw_inset(axes: Axes, content: MapContent, frame: MapFrame, seen: MapFrame) -> None:
    """Draw the whole area small, without names, and where the map lies in it."""
    canvas = MillimetreCanvas(map_axes(axes, frame))
    canvas.fill(rectangle(*_edges(frame)), INKS["land"])
    draw_context(canvas, content, frame)
    draw_lines(canvas, classes_in(content, frame), content, frame, thin=0.5)
    corners = [seen.degrees(x, y) for x in (seen.reach[0], seen.reach[2]) for y in (seen.reach[1], seen.reach[3])]
    points = frame.points(np.array(corners))
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    edge = rectangle(left, top, right, bottom)
    canvas.fill(edge, INKS["accent"], alpha=0.10)
    canvas.line(edge, INKS["accent"], 1.4, joinstyle="miter", gid="extent")


def _edges(frame: MapFrame) -> tuple[float, float, float, float]:
    left, bottom, right, top = frame.reach
    return left, top, right, bottom


def _mark_nameless(
    canvas: MillimetreCanvas, shown: Sequence[ShownFeature], named: set[str], space: Space, *, em_pt: float
) -> None:
    """Put the shape of its light on what is late or due soon and got no name: colour is never alone."""
    for one in shown:
        if one.id in named or not one.light.loud or one.layer == Layer.ZONES:
            continue
        x, y = one.anchor
        half = em_pt * 0.2
        box = (x - half, y - half, x + half, y + half)
        if space.free(box):
            space.take(box)
            ink = TextStyle(em_pt, light_colour(one.light, "light"), halo=INKS["halo"])
            canvas.text((x, y), LIGHT_GLYPHS[one.light], ink, ha="center", va="center", gid=f"glyph:{one.id}")


def _say_nothing(canvas: MillimetreCanvas, content: MapContent, *, em_pt: float) -> None:
    told = (NOTHING_HERE if content.shown.any() else NOTHING_MATCHES).get(content.lang)
    ink = TextStyle(em_pt * 1.5, INKS["muted"], halo=INKS["halo"])
    canvas.text((0, 0), told, ink, ha="center", va="center", gid="nothing")


def _drawn(shown: Sequence[ShownFeature], context: list[ContextKind], *, crowded: bool) -> Drawn:
    lit = [one.light for one in shown if one.layer != Layer.ZONES]
    kinds = {one.kind for one in shown}
    return Drawn(
        lights={light: lit.count(light) for light in LIGHT_ORDER if light in lit},
        kinds=tuple(kind for kind in KINDS_DRAWN if kind in kinds),
        context=tuple(context),
        zones=tuple((one.zone, one.name) for one in shown if one.layer == Layer.ZONES),
        plausible=any(one.plausible and one.layer != Layer.ZONES for one in shown),
        selected=any(one.selected for one in shown),
        crowded=crowded,
    )
