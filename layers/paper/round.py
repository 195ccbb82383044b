"""Draw the one-page sheet of a round: the map with the stops in their order, and below it a list to tick.

The map is drawn as all maps on paper are, at a round scale. Scale and scale bar hold where the page is printed at its
size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from geo.model.status import Light
from geo.space.rank import distance_text
from layers.paper.canvas import MillimetreCanvas, TextStyle, polyline
from layers.paper.features import INKS, circle
from layers.paper.figure import axes_at, page_axes
from layers.paper.font import cut, embed_font, literal
from layers.paper.frame import MapFrame, fit
from layers.paper.legend import draw_light
from layers.paper.map import draw_furniture, draw_ground
from layers.paper.page import MM_PER_INCH, MM_PER_PT, Box, MapContent, Paper
from layers.style import HEIGHT_PX, light_colour
from locales import Language

Numbers = NDArray[np.float64]

STOPS_MOST: Final = 40
_WAY_PT: Final = 1.3
_PAPER: Final = Paper("", (2100, 2970), 254, 7.5)
_MAP: Final = Box(12.0, 37.0, 186.0, 128.0)
_LIST: Final = Box(12.0, 170.0, 186.0, 108.0)
_EDGE_MM: Final = 14.0
"""So much of the map stays free around the stops."""
_FINE: Final = 0.5
"""Lines of the map are drawn finer than elsewhere, so that the way stands out."""
_APART_MM: Final = 4.7
"""Numbers that are nearer to one another cover each other."""
_TURNS: Final = 12
_ROUNDING: Final = 1e-6
_ONE_COLUMN: Final = 15
_GAP_MM: Final = 6.0
_TALL_MM: Final = 7.0
"""A row that is lower has no room for what is to be seen."""


@dataclass(frozen=True, slots=True)
class RoundStop:
    """Hold one stop in WGS-84 degrees, with texts in the language of the sheet and the metres from the one before."""

    lon: float
    lat: float
    name: str
    note: str
    light: Light
    leg_m: float


@dataclass(frozen=True, slots=True, eq=False)
class RoundPage:
    """Hold what the sheet shows, in one language.

    `content` is the map without stops, whose extent holds them; `notice` is written over it where it is not empty;
    `start` is longitude and latitude, `back` says whether the way leads there again.
    """

    content: MapContent
    title: str
    facts: tuple[str, ...]
    notice: str
    footer: tuple[str, ...]
    start: tuple[float, float]
    start_name: str
    stops: tuple[RoundStop, ...]
    back: bool


def apart(points: Numbers) -> Numbers:
    """Return where the numbers of stops stand: at the stops, or beside them where they would cover an earlier one.

    Parameters
    ----------
    points
        The stops on the page, in millimetres.
    """
    placed = np.empty_like(points)
    turns = np.arange(_TURNS) * 2 * np.pi / _TURNS
    around = np.column_stack([np.sin(turns), np.cos(turns)])
    rings = np.vstack([[(0.0, 0.0)], *(around * _APART_MM * ring for ring in (1, 2, 3))])
    for row, point in enumerate(points):
        tried = point + rings
        gaps = np.hypot(*(tried[:, None, axis] - placed[None, :row, axis] for axis in (0, 1)))
        free = np.flatnonzero((gaps >= _APART_MM - _ROUNDING).all(axis=1))
        placed[row] = tried[free[0] if len(free) else 0]
    return placed


def draw_round(page: RoundPage) -> Figure:
    """Return the sheet as a figure of A4 size.

    Raises
    ------
    ValueError
        There are more stops than a page can hold.
    ExtentError
        The map cannot be drawn.
    """
    if len(page.stops) > STOPS_MOST:
        raise ValueError(f"{len(page.stops)} stops do not fit one page; choose at most {STOPS_MOST}")
    figure = Figure(figsize=(_PAPER.width_mm / MM_PER_INCH, _PAPER.height_mm / MM_PER_INCH))
    canvas = MillimetreCanvas(page_axes(figure, _PAPER))
    _draw_map(axes_at(figure, _PAPER, _MAP), page)
    canvas.box(_MAP.left, _MAP.top, _MAP.right, _MAP.bottom, edgecolor=INKS["muted"], linewidth=0.6)
    _write(canvas, (_MAP.left, 17.0), page.title, 17, room_mm=_MAP.width)
    for line, text in enumerate(page.facts):
        _write(canvas, (_MAP.left, 23.8 + 4.8 * line), text, 9, "muted", room_mm=_MAP.width)
    for line, text in enumerate(page.footer):
        _write(canvas, (_MAP.left, 286.0 + 3.6 * line), text, 6.5, "muted", room_mm=_MAP.width)
    _draw_list(canvas, page.stops, page.content.lang)
    embed_font(figure)
    return figure


def _draw_map(axes: Axes, page: RoundPage) -> None:
    content, em_pt = page.content, _PAPER.em_pt
    size = {"width_mm": _MAP.width - 2 * _EDGE_MM, "height_mm": _MAP.height - 2 * _EDGE_MM}
    inner = fit(content.extent, content.metric_crs, content.near, **size)
    frame = replace(inner, width_mm=_MAP.width, height_mm=_MAP.height)
    canvas, _, _ = draw_ground(axes, content, frame, thin=_FINE)
    _draw_way(canvas, page, frame)
    draw_furniture(canvas, content, frame, em_pt=em_pt)
    left, bottom, _, top = frame.reach
    scale = TextStyle(9, INKS["ink"], halo=INKS["halo"])
    canvas.text((left + 2.2 * _PAPER.em, bottom + 2.8 * _PAPER.em), f"1 : {frame.scale:,}", scale, gid="scale")
    red = TextStyle(11, light_colour(Light.RED, "light"), halo=INKS["halo"])
    canvas.text((left + 4, top - 8), literal(page.notice), red)


def _draw_way(canvas: MillimetreCanvas, page: RoundPage, frame: MapFrame) -> None:
    """Draw the way from stop to stop as straight lines, then the stops with their numbers."""
    places = [page.start, *((stop.lon, stop.lat) for stop in page.stops), *([page.start] if page.back else [])]
    points = frame.points(np.array(places))
    canvas.line(polyline(points.tolist()), INKS["accent"], _WAY_PT, gid="way")
    x, y = points[0]
    name = TextStyle(8, INKS["ink"], halo=INKS["halo"])
    canvas.text((x, y), "★", TextStyle(11, INKS["accent"], halo=INKS["halo"]), ha="center", va="center_baseline")
    canvas.text((x + 2.6, y - 1.2), page.start_name, name)
    true = points[1 : len(page.stops) + 1]
    for number, (point, seen, stop) in enumerate(zip(true, apart(true), page.stops, strict=True), start=1):
        x, y = seen.tolist()
        canvas.line(polyline([point.tolist(), (x, y)]), INKS["ink"], 0.6)
        canvas.fill(circle(x, y, 2.5), INKS["halo"])
        canvas.fill(circle(x, y, 2.2), light_colour(stop.light, "light"))
        ink = INKS["on_yellow"] if stop.light in {Light.YELLOW, Light.NONE} else INKS["halo"]
        canvas.text((x, y), f"{number}", TextStyle(8, ink), ha="center", va="center_baseline", gid="number")


def _draw_list(canvas: MillimetreCanvas, stops: tuple[RoundStop, ...], lang: Language) -> None:
    """Write the stops below the map: a box to tick, number, light, name, what to see, and the metres to it."""
    columns = 1 if len(stops) <= _ONE_COLUMN else 2
    rows = max(-(-len(stops) // columns), 8)
    width, height = (_LIST.width - _GAP_MM * (columns - 1)) / columns, _LIST.height / rows
    for place, stop in enumerate(stops):
        column, row = divmod(place, rows)
        box = Box(_LIST.left + column * (width + _GAP_MM), _LIST.top + row * height, width, height)
        _draw_row(canvas, box, place + 1, stop, lang)


def _draw_row(canvas: MillimetreCanvas, box: Box, number: int, stop: RoundStop, lang: Language) -> None:
    left, middle, room = box.left, box.top + box.height / 2, box.width - 33.0
    canvas.box(left, middle - 1.9, left + 3.8, middle + 1.9, edgecolor=INKS["ink"], linewidth=0.8)
    _write(canvas, (left + 10.0, middle + 1.2), f"{number}", 10, align="right")
    draw_light(canvas, stop.light, (left + 13.6, middle), 3.4 / HEIGHT_PX)
    tall = box.height >= _TALL_MM and bool(stop.note)
    _write(canvas, (left + 17.0, middle + (-0.6 if tall else 1.2)), stop.name, 10, room_mm=room)
    if tall:
        _write(canvas, (left + 17.0, middle + 3.0), stop.note, 7.5, "muted", room_mm=room)
    _write(canvas, (box.right, middle + 1.2), distance_text(stop.leg_m).get(lang), 9, align="right")
    canvas.line(polyline(((left, box.bottom), (box.right, box.bottom))), INKS["street_edge"], 0.5)


def _write(
    canvas: MillimetreCanvas,
    at: tuple[float, float],
    text: str,
    size_pt: float,
    ink: str = "ink",
    *,
    align: Literal["left", "right"] = "left",
    room_mm: float = np.inf,
) -> None:
    """Write one line at its baseline, cut where it is wider than the room."""
    canvas.text(at, cut(literal(text), room_mm / MM_PER_PT / size_pt), TextStyle(size_pt, INKS[ink]), ha=align)
