"""Draw the map into a box of the page, as state or as change, with its frame, scale bar, arrow and attribution.

What was drawn is returned for the legend.
"""

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
from layers.paper.canvas import MillimetreCanvas, TextStyle, area_paths, line_paths, polygon, polyline, rectangle
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
from layers.paper.font import literal, width_em
from layers.paper.frame import MapFrame, Rect, ShownFeature, Space, shown_features
from layers.paper.labels import draw_labels
from layers.paper.page import MM_PER_PT, Box, MapContent
from layers.style import MARK_HALO_PX, MARKS, QUIET_LIGHT, light_colour, mark_colour
from locales import Language, Text

STEPS_S: Final = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000)
"""Distances between two degrees of the frame, in seconds of arc."""
_TICK_MM: Final = 1.6
_TICKS_APART_MM: Final = 38.0
_BAR_SHARE: Final = 0.2
_PAPER_ALPHA: Final = 0.82


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold what a map shows: lights with the number of features that have them, kinds, background, and more."""

    lights: dict[Light, int]
    kinds: tuple[Kind, ...]
    context: tuple[ContextKind, ...]
    plausible: bool
    selected: bool
    crowded: bool


def draw_map(axes: Axes, content: MapContent, frame: MapFrame, *, em_pt: float) -> Drawn:
    """Draw everything in the frame: background, zones, lines, symbols, furniture, names."""
    canvas, context, crowded = draw_ground(axes, content, frame)
    space = draw_furniture(canvas, content, frame, em_pt=em_pt)
    shown = shown_features(content, frame)
    symbols = draw_symbols(canvas, shown, space, scale=frame.scale, lang=content.lang)
    named = draw_labels(canvas, shown, symbols, space, em_pt=em_pt)
    _mark_nameless(canvas, shown, named, space, em_pt=em_pt)
    if not shown:
        _say_nothing(canvas, content, em_pt=em_pt)
    return _drawn(shown, context, crowded=bool(crowded))


def draw_ground(
    axes: Axes, content: MapContent, frame: MapFrame, *, thin: float = 1.0
) -> tuple[MillimetreCanvas, list[ContextKind], set[Light]]:
    """Draw land, background, zones and lines on axes of their own, whose unit becomes the millimetre.

    Parameters
    ----------
    thin
        Factor on the widths of lines.

    Returns
    -------
    tuple
        The canvas, the kinds of background that are seen, and the lights that only hairlines keep apart.
    """
    left, bottom, right, top = frame.reach
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_axis_off()
    canvas = MillimetreCanvas(axes)
    canvas.fill(rectangle(left, top, right, bottom), INKS["land"])
    context = draw_context(canvas, content, frame)
    return canvas, context, draw_lines(canvas, classes_in(content, frame), content, frame, thin=thin)


def draw_furniture(canvas: MillimetreCanvas, content: MapContent, frame: MapFrame, *, em_pt: float) -> Space:
    """Draw scale bar, north arrow and attribution; return the room that is left for names."""
    space = Space(frame.reach)
    _draw_scale_bar(canvas, frame, space, em_pt=em_pt)
    _draw_north(canvas, frame, space, em_pt=em_pt)
    _draw_attribution(canvas, frame, space, content.attribution, em_pt=em_pt)
    return space


def draw_inset(axes: Axes, content: MapContent, frame: MapFrame, seen: MapFrame) -> None:
    """Draw the whole area small, without names, and where the map lies in it."""
    canvas, _, _ = draw_ground(axes, content, frame, thin=0.5)
    corners = [seen.degrees(x, y) for x in (seen.reach[0], seen.reach[2]) for y in (seen.reach[1], seen.reach[3])]
    points = frame.points(np.array(corners))
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    edge = rectangle(left, top, right, bottom)
    canvas.fill(edge, INKS["accent"], alpha=0.10)
    canvas.line(edge, INKS["accent"], 1.4, joinstyle="miter", gid="extent")


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
    outside = Text("Nothing that matches lies in this extent.")
    notice = (outside if content.shown.any() else Text("Nothing matches the filters.")).get(content.lang)
    ink = TextStyle(em_pt * 1.5, INKS["muted"], halo=INKS["halo"])
    canvas.text((0, 0), notice, ink, ha="center", va="center", gid="nothing")


def _drawn(shown: Sequence[ShownFeature], context: list[ContextKind], *, crowded: bool) -> Drawn:
    lit = [one.light for one in shown if one.layer != Layer.ZONES]
    kinds = {one.kind for one in shown}
    return Drawn(
        lights={light: lit.count(light) for light in LIGHT_ORDER if light in lit},
        kinds=tuple(kind for kind in KINDS_DRAWN if kind in kinds),
        context=tuple(context),
        plausible=any(one.plausible and one.layer != Layer.ZONES for one in shown),
        selected=any(one.selected for one in shown),
        crowded=crowded,
    )


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
    still = quiet(content)
    canvas, _, _ = draw_ground(axes, still, frame)
    space = draw_furniture(canvas, content, frame, em_pt=em_pt)
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
    canvas.text(
        (left + 2.6 * em, y),
        Text("Not moved", context="sheet").get(lang),
        TextStyle(em_pt, INKS["muted"]),
        va="center_baseline",
    )


def draw_frame(page: MillimetreCanvas, frame: MapFrame, left: float, top: float, *, em_pt: float) -> None:
    """Draw the edge of the map on the page's axes, with ticks and degrees of WGS-84 outside it."""
    right, bottom = left + frame.width_mm, top + frame.height_mm
    page.box(left, top, right, bottom, edgecolor=INKS["ink"], linewidth=0.7)
    ink = TextStyle(em_pt * 0.66, INKS["muted"])
    for x, text in _ticks(frame, vertical=False):
        at = left + frame.width_mm / 2 + x
        for edge, outwards in ((top, -1), (bottom, 1)):
            page.line(polyline(((at, edge), (at, edge + outwards * _TICK_MM))), INKS["ink"], 0.5)
        page.text((at, bottom + _TICK_MM + 0.5), text, ink, ha="center", va="top", gid="degree")
    for y, text in _ticks(frame, vertical=True):
        at = top + frame.height_mm / 2 - y
        for edge, outwards in ((left, -1), (right, 1)):
            page.line(polyline(((edge, at), (edge + outwards * _TICK_MM, at))), INKS["ink"], 0.5)
        turned = TextStyle(ink.size_pt, ink.colour, turn=90)
        page.text((left - _TICK_MM - 0.6, at), text, turned, ha="center", va="baseline", gid="degree")


def _ticks(frame: MapFrame, *, vertical: bool) -> list[tuple[float, str]]:
    """Places in millimetres from the middle, and degrees, along the lower or the left edge."""
    left, bottom, right, top = frame.reach
    samples = np.linspace(bottom if vertical else left, top if vertical else right, 65)
    degrees = [frame.degrees(left, one)[1] if vertical else frame.degrees(one, bottom)[0] for one in samples]
    seconds = np.array(degrees) * 3600
    length = samples[-1] - samples[0]
    span = seconds[-1] - seconds[0]
    step = next((one for one in STEPS_S if one * length / span >= _TICKS_APART_MM), STEPS_S[-1])
    wanted = np.arange(np.ceil(seconds[0] / step), np.floor(seconds[-1] / step) + 1) * step
    places = np.interp(wanted, seconds, samples)
    letters = ("N", "S") if vertical else ("E", "W")
    kept = [(place, one) for place, one in zip(places, wanted, strict=True) if abs(place) < length / 2 - 8]
    return [(float(place), _degrees_text(round(float(one)), letters, step)) for place, one in kept]


def _degrees_text(seconds: int, letters: tuple[str, str], step: int) -> str:
    letter = letters[0] if seconds >= 0 else letters[1]
    degrees, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    text = f"{degrees}°{minutes:02d}′"
    return (text + f"{left:02d}″" if step % 60 else text) + letter


def bar_length_m(frame: MapFrame) -> int:
    """Length of the scale bar on the ground: 1, 2 or 5 with zeros, about a fifth of the map's width."""
    room = frame.width_mm * _BAR_SHARE * frame.scale / 1000
    power = 10 ** int(np.floor(np.log10(room)))
    return int(next(step * power for step in (5, 2, 1) if step * power <= room))


def _draw_scale_bar(canvas: MillimetreCanvas, frame: MapFrame, space: Space, *, em_pt: float) -> None:
    """Draw it in the lower left corner, in four fields."""
    metres = bar_length_m(frame)
    length = metres * 1000 / frame.scale
    em = em_pt * MM_PER_PT
    texts = ["0", _metres(metres / 2), _metres(metres)]
    left, bottom = frame.reach[0] + 2.2 * em, frame.reach[1] + 1.1 * em
    pad = width_em(texts[-1]) * em * 0.45 + 0.5 * em
    box = (left - 1.2 * em, bottom - 0.6 * em, left + length + pad + 0.4 * em, bottom + 2.3 * em)
    _ground(canvas, box, space)
    height = em * 0.38
    canvas.fill(rectangle(left, bottom, left + length, bottom + height), INKS["halo"])
    for part in (0, 2):
        path = rectangle(left + part * length / 4, bottom, left + (part + 1) * length / 4, bottom + height)
        canvas.fill(path, INKS["ink"])
    canvas.line(rectangle(left, bottom, left + length, bottom + height), INKS["ink"], 0.5, joinstyle="miter", gid="bar")
    ink = TextStyle(em_pt * 0.82, INKS["ink"])
    for share, text in zip((0, 0.5, 1), texts, strict=True):
        canvas.text((left + share * length, bottom + height + 0.35 * em), text, ink, ha="center", gid="bar-text")


def _metres(metres: float) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"  # noqa: PLR2004  a kilometre


def _draw_north(canvas: MillimetreCanvas, frame: MapFrame, space: Space, *, em_pt: float) -> None:
    """Draw the arrow to true north in the upper right corner."""
    em = em_pt * MM_PER_PT
    x, top = frame.reach[2] - 2.4 * em, frame.reach[3] - 2.2 * em
    _ground(canvas, (x - 1.3 * em, top - 3.5 * em, x + 1.3 * em, top + 1.5 * em), space)
    tail, mid = top - 3.0 * em, top - 2.3 * em
    canvas.fill(polygon(((x, top), (x - 0.85 * em, tail), (x, mid))), INKS["ink"])
    canvas.fill(polygon(((x, top), (x + 0.85 * em, tail), (x, mid))), INKS["halo"])
    edge = polygon(((x, top), (x - 0.85 * em, tail), (x, mid), (x + 0.85 * em, tail)))
    canvas.line(edge, INKS["ink"], 0.6, gid="north")
    canvas.text((x, top + 0.3 * em), "N", TextStyle(em_pt, INKS["ink"], bold=True), ha="center", gid="north-text")


def _draw_attribution(canvas: MillimetreCanvas, frame: MapFrame, space: Space, text: str, *, em_pt: float) -> None:
    """Write in the lower right corner whose data it is."""
    em = em_pt * 0.74 * MM_PER_PT
    shown = literal(text)
    width = width_em(shown) * em
    right, bottom = frame.reach[2], frame.reach[1]
    _ground(canvas, (right - width - 2 * em, bottom, right, bottom + 1.7 * em), space)
    ink = TextStyle(em_pt * 0.74, INKS["muted"])
    canvas.text((right - em, bottom + 0.55 * em), shown, ink, ha="right", gid="attribution")


def _ground(canvas: MillimetreCanvas, box: Rect, space: Space) -> None:
    left, bottom, right, top = box
    canvas.fill(rectangle(left, top, right, bottom), INKS["land"], alpha=_PAPER_ALPHA)
    space.take(box)
