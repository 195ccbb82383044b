"""Write and draw on an axes whose unit is the millimetre.

Every text is set literally, with a halo and a bolder stroke below where asked for. These are artists of their own: what
has a path effect is drawn as outlines, and the text itself must stay text that a PDF can be searched for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke as StrokeEffect
from matplotlib.text import Text
from numpy.typing import NDArray
from shapely import GeometryType

from layers.paper.font import font
from layers.paper.page import MM_PER_PT

mpl.rcParams["text.hinting"] = "no_hinting"  # hinted text runs wider than its outlines, which halo and bold are made of
mpl.rcParams["svg.hashsalt"] = "onemap"  # names inside an SVG are random otherwise

Horizontal = Literal["left", "center", "right"]
Vertical = Literal["baseline", "center", "top", "bottom", "center_baseline"]
LINE: Final = 1.28
"""Line height in em."""
_BOLD: Final = 0.045
_PARTS_IN_PATH: Final = 400
"""Agg refuses one path of very many cells."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Say how a text looks: size in points, colour, bolder or not, colour of a halo or none."""

    size_pt: float
    colour: str
    bold: bool = False
    halo: str = ""
    turn: float = 0.0


class MillimetreCanvas:
    """Draw on one axes, each stroke above the one before.

    Parameters
    ----------
    axes
        Its unit is the millimetre on paper.
    """

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        self._level = 1.0

    def add(self, artist: Artist, *, gid: str = "") -> None:
        """Put an artist on top of all others."""
        self._level += 1
        artist.set_zorder(self._level)
        if gid:
            artist.set_gid(gid)
        self.axes.add_artist(artist)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        ink: TextStyle,
        *,
        ha: Horizontal = "left",
        va: Vertical = "baseline",
        gid: str = "",
    ) -> None:
        """Write a text that `layers.paper.font.literal` returned; line breaks in it are ours."""
        if not text.strip():
            return
        below = []
        weight = ink.size_pt * _BOLD if ink.bold else 0.0
        if ink.halo:
            below.append((ink.halo, ink.size_pt * 0.28 + weight))
        if ink.bold:
            below.append((ink.colour, weight))
        for colour, width in below:
            under = self._text(at, text, ink, ha, va)
            under.set_path_effects([StrokeEffect(linewidth=width, foreground=colour, joinstyle="round")])
            self.add(under)
        self.add(self._text(at, text, ink, ha, va), gid=gid)

    @staticmethod
    def _text(at: tuple[float, float], text: str, ink: TextStyle, ha: Horizontal, va: Vertical) -> Text:
        return Text(
            *at,
            text,
            fontproperties=font(ink.size_pt),
            color=ink.colour,
            ha=ha,
            va=va,
            rotation=ink.turn,
            rotation_mode="anchor",
            linespacing=LINE,
            parse_math=False,
            clip_on=False,
        )

    def fill(self, path: Path, colour: str, *, alpha: float = 1.0, gid: str = "") -> None:
        """Fill a path without an edge."""
        self.add(PathPatch(path, facecolor=colour, edgecolor="none", linewidth=0, alpha=alpha), gid=gid)

    def line(
        self,
        path: Path,
        colour: str,
        width_pt: float,
        *,
        dash_pt: Sequence[float] = (),
        gid: str = "",
        **style: Any,  # noqa: ANN401  options of matplotlib's own
    ) -> None:
        """Draw along a path; matplotlib multiplies dashes by the width, so they are divided by it here."""
        dashes: Any = (0, tuple(part / width_pt for part in dash_pt)) if dash_pt else "solid"
        options = {"capstyle": "butt", "joinstyle": "round"} | style
        self.add(
            PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width_pt, linestyle=dashes, **options),
            gid=gid,
        )

    def box(self, left: float, top: float, right: float, bottom: float, **style: Any) -> None:  # noqa: ANN401  likewise
        """Draw a rectangle; without style it is nothing."""
        self.add(PathPatch(rectangle(left, top, right, bottom), **({"facecolor": "none", "linewidth": 0} | style)))


def rectangle(left: float, top: float, right: float, bottom: float) -> Path:
    """Closed path of a rectangle."""
    return polygon(((left, top), (right, top), (right, bottom), (left, bottom)))


def polygon(points: Iterable[tuple[float, float]]) -> Path:
    """Closed path through some points."""
    corners = list(points)
    return Path([*corners, corners[0]], [Path.MOVETO, *([Path.LINETO] * (len(corners) - 1)), Path.CLOSEPOLY])


def polyline(points: Iterable[tuple[float, float]]) -> Path:
    """Open path through some points."""
    return Path(list(points))


def line_paths(geometries: NDArray[np.object_]) -> list[Path]:
    """All lines, and the edges of all areas, as few compound paths."""
    parts = shapely.get_parts(geometries[~shapely.is_empty(geometries)])
    kinds = shapely.get_type_id(parts)
    lines = parts[np.isin(kinds, (GeometryType.LINESTRING, GeometryType.LINEARRING))]
    rings = shapely.get_rings(parts[kinds == GeometryType.POLYGON])
    every = np.concatenate((lines, rings))
    return [_compound(every[at : at + _PARTS_IN_PATH]) for at in range(0, len(every), _PARTS_IN_PATH)]


def area_paths(geometries: NDArray[np.object_]) -> list[Path]:
    """All areas as compound paths, holes included."""
    parts = shapely.get_parts(geometries[~shapely.is_empty(geometries)])
    areas = parts[shapely.get_type_id(parts) == GeometryType.POLYGON]
    return [
        _compound(shapely.get_rings(areas[at : at + _PARTS_IN_PATH])) for at in range(0, len(areas), _PARTS_IN_PATH)
    ]


def _compound(lines: NDArray[np.object_]) -> Path:
    points, owner = shapely.get_coordinates(lines, return_index=True)
    codes = np.full(len(points), Path.LINETO, dtype=np.uint8)
    codes[np.concatenate(([True], owner[1:] != owner[:-1]))[: len(points)]] = Path.MOVETO
    return Path(points, codes)


def text_height_mm(size_pt: float, lines: int = 1) -> float:
    """Height that lines of text take."""
    return size_pt * MM_PER_PT * (1.0 + LINE * (lines - 1))
