"""Hold what the sheet of a round shows, and put its map on the page at a round scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.model.status import Light

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
