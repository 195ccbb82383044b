"""Draw the one-page sheet of a round: the map with the stops in their order, and below it a list to tick.

The page is one axes whose unit is the millimetre, so that a length on the ground is a length on paper: the map has a
round scale, 1 : 5,000 or the like, and the scale bar is that many metres at this scale. It holds where the page is
printed at its size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from numpy.typing import NDArray

from geo.model.status import Light
from layers.paper.font import cut, embed_font, font, literal
from layers.style import PALETTES, light_colour

Numbers = NDArray[np.float64]

PAGE_MM: Final = (210.0, 297.0)
MAP_MM: Final = (12.0, 132.0, 186.0, 128.0)
"""Left, bottom, width and height of the map."""
SCALES: Final = tuple(step * 10**power for power in range(3, 7) for step in (1, 1.5, 2, 2.5, 3, 4, 5, 7.5))

_EDGE_MM: Final = 14.0
"""So much of the map stays free around the stops."""
_APART_MM: Final = 4.7
"""Numbers that are nearer to one another cover each other."""
_TURNS: Final = 12
_ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class SheetStop:
    """Hold one stop: where it is (x, y in metres), what it is called, what is to be seen there, and the way to it."""

    x: float
    y: float
    name: str
    note: str
    light: Light
    leg: str


@dataclass(frozen=True, slots=True, eq=False)
class RoundPage:
    """Hold what the sheet shows; texts are in one language, geometries in the metric CRS.

    `context` are pairs of a kind of background and its geometries, `features` of a light and its geometries, each drawn
    in that order; `notice` is written over the map where it is not empty; `metre` is the unit of the scale bar.
    """

    title: str
    facts: tuple[str, ...]
    notice: str
    footer: tuple[str, ...]
    start: tuple[float, float]
    start_name: str
    stops: tuple[SheetStop, ...]
    back: bool
    context: tuple[tuple[str, NDArray[np.object_]], ...]
    features: tuple[tuple[Light, NDArray[np.object_]], ...]
    metre: str


@dataclass(frozen=True, slots=True)
class View:
    """Put metres on the page: the scale is one to `scale`, the middle of the map is at x, y."""

    scale: float
    x: float
    y: float

    def mm(self, points: Numbers) -> Numbers:
        """Return points of the page for points in metres."""
        left, bottom, width, height = MAP_MM
        per_mm = self.scale / 1000.0
        return (points - (self.x, self.y)) / per_mm + (left + width / 2, bottom + height / 2)


def view_of(page: RoundPage) -> View:
    """Return the largest round scale at which start and stops fit the map with a margin."""
    points = np.array([page.start, *((stop.x, stop.y) for stop in page.stops)])
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array(MAP_MM[2:]) - 2 * _EDGE_MM
    needed = float(((high - low) / room).max() * 1000.0)
    scale = next((one for one in SCALES if one >= needed), needed)
    x, y = (low + high) / 2
    return View(float(scale), float(x), float(y))


def window(view: View) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the map in metres."""
    half_x, half_y = (side / 2 * view.scale / 1000.0 for side in MAP_MM[2:])
    return view.x - half_x, view.y - half_y, view.x + half_x, view.y + half_y


def apart(points: Numbers) -> Numbers:
    """Return where the numbers of stops stand: at the stops, or beside them where they would cover an earlier one.

    Parameters
    ----------
    points
        The stops on the page, in millimetres.
    """
    placed = np.empty_like(points)
    turns = np.arange(_TURNS) * 2 * np.pi / _TURNS
    circle = np.column_stack([np.sin(turns), np.cos(turns)])
    rings = np.vstack([[(0.0, 0.0)], *(circle * _APART_MM * ring for ring in (1, 2, 3))])
    for row, point in enumerate(points):
        tried = point + rings
        gaps = np.hypot(*(tried[:, None, axis] - placed[None, :row, axis] for axis in (0, 1)))
        free = np.flatnonzero((gaps >= _APART_MM - _ROUNDING).all(axis=1))
        placed[row] = tried[free[0] if len(free) else 0]
    return placed


MARGIN_MM: Final = 12.0
BAR_STEPS_M: Final = tuple(step * 10**power for power in range(1, 5) for step in (1, 2, 5))
BAR_MOST_MM: Final = 50.0
WAY_PT: Final = 1.3
BAR_PT: Final = 2.2
ONE_COLUMN: Final = 15
STOPS_MOST: Final = 40

_INK: Final = PALETTES["light"]
_AREAS: Final = frozenset({"water", "airport", "building"})
_LINES: Final = {"water": "water", "river": "water", "metro": "metro", "runway": "runway"}
_LIGHTS: Final = frozenset(Light)
_MARKERS: Final = {Light.RED: "D", Light.YELLOW: "^", Light.GREEN: "o", Light.NONE: "o", Light.DONE: "s"}
_PT_PER_MM: Final = 72.0 / 25.4


def draw_round(page: RoundPage) -> Figure:
    """Return the sheet as a figure of A4 size.

    Raises
    ------
    ValueError
        There are more stops than a page can hold.
    """
    if len(page.stops) > STOPS_MOST:
        raise ValueError(f"{len(page.stops)} stops do not fit one page; choose at most {STOPS_MOST}")
    figure = Figure(figsize=(PAGE_MM[0] / 25.4, PAGE_MM[1] / 25.4))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, PAGE_MM[0]), ylim=(0, PAGE_MM[1]))
    axes.set_axis_off()
    view = view_of(page)
    _map(axes, page, view)
    _bar(axes, view, page.metre)
    _head(axes, page)
    _list(axes, page)
    embed_font(figure)
    return figure


def _map(axes: Axes, page: RoundPage, view: View) -> None:
    left, bottom, width, height = MAP_MM
    frame = Rectangle((left, bottom), width, height, facecolor=_INK["land"], edgecolor="none", zorder=0)
    axes.add_patch(frame)
    seen = shapely.box(*window(view))
    for order, (kind, shapes) in enumerate([*page.context, *page.features]):
        for shape in shapely.intersection(shapes[shapely.intersects(shapes, seen)], seen):
            for artist in _drawn(kind, shape, view):
                artist.set(zorder=1 + order / 100)
                axes.add_artist(artist)
    _way(axes, page, view)
    axes.add_patch(Rectangle((left, bottom), width, height, fill=False, edgecolor=_INK["muted"], linewidth=0.6))
    _text(axes, left + width - 4, bottom + height - 8, "↑ N", 11, align="right")
    if page.notice:
        _text(axes, left + 4, bottom + height - 8, page.notice, 11, colour=light_colour(Light.RED, "light"))


def _drawn(kind: str, shape: Any, view: View) -> Iterable[PathPatch]:  # noqa: ANN401  shapely ships no types
    """Yield what a drawing looks like: areas filled or, of a light, edged; lines as thin strokes."""
    light = light_colour(Light(kind), "light") if kind in _LIGHTS else ""
    line = light or _INK[_LINES.get(kind, "street_edge")]
    fill = "none" if light else _INK[kind if kind in _AREAS else "building"]
    for part in shapely.get_parts(shapely.get_parts(shape)):
        if part.geom_type == "Polygon":
            path = _path([part.exterior, *part.interiors], view)
            yield PathPatch(path, facecolor=fill, edgecolor=light or "none", linewidth=0.8)
        elif part.geom_type == "LineString":
            yield PathPatch(_path([part], view), fill=False, edgecolor=line, linewidth=1.5 if light else 1.0)


def _path(lines: list[Any], view: View) -> Path:
    """Return lines or rings as one path on the page."""
    codes = [np.r_[Path.MOVETO, np.full(len(line.coords) - 1, Path.LINETO)] for line in lines]
    points = view.mm(np.vstack([shapely.get_coordinates(line) for line in lines]))
    return Path(points, np.concatenate(codes).astype(np.uint8))


def _way(axes: Axes, page: RoundPage, view: View) -> None:
    """Draw the way from stop to stop as straight lines, then the stops with their numbers."""
    places = [page.start, *((stop.x, stop.y) for stop in page.stops), *([page.start] if page.back else [])]
    points = view.mm(np.array(places))
    axes.add_line(Line2D(points[:, 0], points[:, 1], color=_INK["accent"], linewidth=WAY_PT, zorder=3))
    start = points[0]
    axes.plot(*start, marker="*", markersize=11, color=_INK["accent"], markeredgecolor=_INK["halo"], zorder=4)
    _text(axes, start[0] + 2.6, start[1] - 1.2, page.start_name, 8, zorder=4)
    true = points[1 : len(page.stops) + 1]
    for number, (point, seen, stop) in enumerate(zip(true, apart(true), page.stops, strict=True), start=1):
        axes.plot(*np.column_stack([point, seen]), color=_INK["ink"], linewidth=0.6, zorder=4.5)
        _number(axes, seen, number, stop.light)


def _number(axes: Axes, point: NDArray[np.float64], number: int, light: Light) -> None:
    fill = light_colour(light, "light")
    axes.plot(*point, marker="o", markersize=13, color=fill, markeredgecolor=_INK["halo"], zorder=5)
    axes.text(
        float(point[0]),
        float(point[1]),
        str(number),
        fontproperties=font(8.0),
        color=_INK["on_yellow"] if light in {Light.YELLOW, Light.NONE} else _INK["halo"],
        ha="center",
        va="center_baseline",
        zorder=6,
    )


def _bar(axes: Axes, view: View, metre: str) -> None:
    """Draw the scale bar: a round number of metres, as long as it is at the scale of the map."""
    per_mm = view.scale / 1000.0
    length_m = max((one for one in BAR_STEPS_M if one / per_mm <= BAR_MOST_MM), default=BAR_STEPS_M[0])
    left, bottom = MAP_MM[0] + 5, MAP_MM[1] + 5
    right = left + length_m / per_mm
    plate = Rectangle((left - 2, bottom - 2.2), right - left + 30, 8.4, facecolor=_INK["halo"], alpha=0.85, zorder=6)
    axes.add_patch(plate)
    axes.add_line(
        Line2D([left, right], [bottom, bottom], color=_INK["ink"], linewidth=BAR_PT, solid_capstyle="butt", zorder=7),
    )
    _text(axes, left, bottom + 1.8, f"0 – {length_m:,} {metre}", 8, zorder=7)
    _text(axes, right + 3, bottom - 1.0, f"1 : {view.scale:,.0f}", 8, zorder=7)


def _head(axes: Axes, page: RoundPage) -> None:
    width = PAGE_MM[0] - 2 * MARGIN_MM
    _text(axes, MARGIN_MM, 280.0, page.title, 17, width_mm=width)
    for line, text in enumerate(page.facts):
        _text(axes, MARGIN_MM, 273.2 - 4.8 * line, text, 9, colour=_INK["muted"], width_mm=width)
    for line, text in enumerate(page.footer):
        _text(axes, MARGIN_MM, 11.0 - 3.6 * line, text, 6.5, colour=_INK["muted"], width_mm=width)


def _list(axes: Axes, page: RoundPage) -> None:
    """Write the stops below the map: a box to tick, number, light, name, what to see, and the metres to it."""
    top, bottom = MAP_MM[1] - 5.0, 19.0
    columns = 1 if len(page.stops) <= ONE_COLUMN else 2
    rows = max(-(-len(page.stops) // columns), 8)
    height = (top - bottom) / rows
    width = (PAGE_MM[0] - 2 * MARGIN_MM - 6.0 * (columns - 1)) / columns
    for place, stop in enumerate(page.stops):
        column, row = divmod(place, rows)
        left, middle = MARGIN_MM + column * (width + 6.0), top - height * (row + 0.5)
        _row(axes, stop, place + 1, (left, middle, width, height))


def _row(axes: Axes, stop: SheetStop, number: int, box: tuple[float, float, float, float]) -> None:
    left, middle, width, height = box
    axes.add_patch(Rectangle((left, middle - 1.9), 3.8, 3.8, fill=False, edgecolor=_INK["ink"], linewidth=0.8))
    _text(axes, left + 10.0, middle - 1.2, str(number), 10, align="right")
    colour = light_colour(stop.light, "light")
    inner = _INK["halo"] if stop.light == Light.NONE else colour
    axes.plot(left + 13.6, middle, marker=_MARKERS[stop.light], markersize=6, color=inner, markeredgecolor=colour)
    room = width - 17.0 - 16.0
    tall = height >= 7.0 and bool(stop.note)  # noqa: PLR2004  two lines of this size need so many millimetres
    _text(axes, left + 17.0, middle + (0.6 if tall else -1.2), stop.name, 10, width_mm=room)
    if tall:
        _text(axes, left + 17.0, middle - 3.0, stop.note, 7.5, colour=_INK["muted"], width_mm=room)
    _text(axes, left + width, middle - 1.2, stop.leg, 9, align="right")
    axes.add_line(Line2D([left, left + width], [middle - height / 2] * 2, color=_INK["street_edge"], linewidth=0.5))


def _text(axes: Axes, x: float, y: float, text: str, size_pt: float, *, width_mm: float = np.inf, **look: Any) -> None:  # noqa: ANN401  matplotlib's own options
    """Write one line from x, y of its baseline, cut where it is wider than it may be."""
    shown = literal(text)
    if np.isfinite(width_mm):
        shown = cut(shown, width_mm * _PT_PER_MM / size_pt)
    colour, align = look.pop("colour", _INK["ink"]), look.pop("align", "left")
    axes.text(x, y, shown, fontproperties=font(float(size_pt)), color=colour, ha=align, parse_math=False, **look)
