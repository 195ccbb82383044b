"""Draw the map into a box of the page, as state or as change, and say which classes were drawn, for the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from matplotlib.axes import Axes

from geo.model.kinds import KINDS_DRAWN, ContextKind, Kind, Layer
from geo.model.status import LIGHT_GLYPHS, LIGHT_ORDER, Light
from geo.tasks.changes import DIRECTION_LABELS, DIRECTION_ORDER, Direction
from layers.paper.canvas import MillimetreCanvas, TextStyle, area_paths, line_paths, polyline, rectangle
from layers.paper.features import (
    INKS,
    PT_PER_PX,
    PlacedSymbol,
    circle,
    classes_in,
    draw_context,
    draw_lines,
    draw_symbols,
    width_factor,
)
from layers.paper.frame import MapFrame
from layers.paper.grid import draw_attribution, draw_north, draw_scale_bar, map_axes
from layers.paper.labels import draw_labels
from layers.paper.page import MM_PER_PT, NOTHING_HERE, NOTHING_MATCHES, Box, MapContent
from layers.paper.places import ShownFeature, Space, shown_features
from layers.style import MARK_HALO_PX, MARKS, QUIET_LIGHT, light_colour, mark_colour
from locales import Language, Text


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
    notice = (NOTHING_HERE if content.shown.any() else NOTHING_MATCHES).get(content.lang)
    ink = TextStyle(em_pt * 1.5, INKS["muted"], halo=INKS["halo"])
    canvas.text((0, 0), notice, ink, ha="center", va="center", gid="nothing")


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


NOT_MOVED: Final = Text("Not moved", context="sheet")
_BADGE_EM: Final = 0.72
_AS_LIGHT: Final = {Direction.WORSE: Light.RED, Direction.BETTER: Light.GREEN, Direction.MOVED: Light.NONE}
"""The light whose names are as loud."""


def quiet(content: MapContent) -> MapContent:
    """The same features without their lights."""
    return replace(content, features=content.features.assign(light=str(QUIET_LIGHT)))


def draw_change_map(
    axes: Axes, content: MapContent, marks: Mapping[str, Direction], frame: MapFrame, *, em_pt: float
) -> None:
    """Draw everything in the frame."""
    canvas, still = MillimetreCanvas(map_axes(axes, frame)), quiet(content)
    left, bottom, right, top = frame.reach
    canvas.fill(rectangle(left, top, right, bottom), INKS["land"])
    draw_context(canvas, still, frame)
    draw_lines(canvas, classes_in(still, frame), still, frame)
    space = Space(frame.reach)
    draw_scale_bar(canvas, frame, space, em_pt=em_pt)
    draw_north(canvas, frame, space, em_pt=em_pt)
    draw_attribution(canvas, frame, space, content.attribution, em_pt=em_pt)
    shown = shown_features(still, frame)
    moved = [(one, marks[one.id]) for one in shown if one.id in marks and one.layer != Layer.ZONES]
    moved.sort(key=lambda pair: -DIRECTION_ORDER.index(pair[1]))
    for one, way in moved:
        _line(canvas, one, way, frame)
    symbols = [_badge(canvas, one, way, space, em_pt) for one, way in moved]
    named = [replace(one, light=_AS_LIGHT[way]) for one, way in moved]
    zones = [one for one in shown if one.layer == Layer.ZONES]
    draw_labels(canvas, [*zones, *named], [one for one in symbols if one is not None], space, em_pt=em_pt)


def _line(canvas: MillimetreCanvas, one: ShownFeature, way: Direction, frame: MapFrame) -> None:
    factor, colour = width_factor(frame.scale) * PT_PER_PX, mark_colour(way, "light")
    width = MARKS[way].width_px * factor
    shape = np.array([one.geometry], dtype=object)
    if shapely.get_dimensions(one.geometry) == 0:
        return
    for path in area_paths(shape):
        canvas.fill(path, colour, alpha=0.2)
    for path in line_paths(shape):
        canvas.line(path, INKS["halo"], width + MARK_HALO_PX * factor)
        canvas.line(path, colour, width, gid=f"moved:{one.id}")


def _badge(
    canvas: MillimetreCanvas, one: ShownFeature, way: Direction, space: Space, em_pt: float
) -> PlacedSymbol | None:
    """Draw sign and circle at the middle of what moved; a line that merely moved has none."""
    mark, node = MARKS[way], one.layer == Layer.NODES
    if not mark.badge and not node:
        return None
    radius = _BADGE_EM * em_pt * MM_PER_PT * (1.0 if mark.badge else 0.7)
    (x, y), colour = one.anchor, mark_colour(way, "light")
    box = (x - radius, y - radius, x + radius, y + radius)
    if not space.free(box) and not node:
        return None
    space.take(box)
    _sign(canvas, (x, y), radius, way, colour)
    return PlacedSymbol(one.id, radius, small=False) if node else None


def _sign(canvas: MillimetreCanvas, at: tuple[float, float], radius: float, way: Direction, colour: str) -> None:
    canvas.fill(circle(*at, radius * 1.16), INKS["halo"])
    canvas.fill(circle(*at, radius), colour if MARKS[way].filled else INKS["halo"])
    canvas.line(circle(*at, radius * 0.94), colour, 1.2, gid="badge")
    if MARKS[way].badge:
        canvas.text(
            at, MARKS[way].glyph, TextStyle(radius / MM_PER_PT * 1.1, INKS["halo"], bold=True), ha="center", va="center"
        )


def draw_change_legend(
    canvas: MillimetreCanvas,
    box: Box,
    marks: Sequence[Direction],
    lang: Language,
    *,
    em_pt: float,
    counts: Mapping[Direction, int],
) -> None:
    """Draw what the signs mean, with how many features have each, in one line."""
    em, left, y = em_pt * MM_PER_PT, box.left, box.top + box.height / 2
    for way in marks:
        _sign(canvas, (left + _BADGE_EM * em, y), _BADGE_EM * em, way, mark_colour(way, "light"))
        words = f"{DIRECTION_LABELS[way].get(lang)}  {counts[way]}"
        canvas.text((left + 2.2 * em, y), words, TextStyle(em_pt, INKS["ink"]), va="center_baseline", gid="legend")
        left += (2.2 + len(words) * (1.0 if lang == "zh" else 0.62) + 1.5) * em
    canvas.line(polyline(((left, y), (left + 2 * em, y))), INKS["street_edge"], 2.4)
    canvas.text((left + 2.6 * em, y), NOT_MOVED.get(lang), TextStyle(em_pt, INKS["muted"]), va="center_baseline")
