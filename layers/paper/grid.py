"""Draw what makes a drawing a map: frame with degrees, scale bar, north arrow, attribution."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes

from layers.paper.canvas import MillimetreCanvas, TextStyle, polygon, polyline, rectangle
from layers.paper.features import INKS
from layers.paper.font import literal, width_em
from layers.paper.frame import MapFrame
from layers.paper.page import MM_PER_PT
from layers.paper.places import Rect, Space

STEPS_S: Final = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000)
"""Distances between two degrees of the frame, in seconds of arc."""
_TICK_MM: Final = 1.6
_TICKS_APART_MM: Final = 38.0
_BAR_SHARE: Final = 0.2
_PAPER_ALPHA: Final = 0.82


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


def draw_scale_bar(canvas: MillimetreCanvas, frame: MapFrame, space: Space, *, em_pt: float) -> None:
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


def draw_north(canvas: MillimetreCanvas, frame: MapFrame, space: Space, *, em_pt: float) -> None:
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


def draw_attribution(canvas: MillimetreCanvas, frame: MapFrame, space: Space, text: str, *, em_pt: float) -> None:
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


def map_axes(axes: Axes, frame: MapFrame) -> Axes:
    """Set an axes up as the map: its unit is the millimetre, its ground is land."""
    left, bottom, right, top = frame.reach
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_axis_off()
    return axes
