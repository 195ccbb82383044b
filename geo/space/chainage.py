"""List what lies along a corridor, in order, with chainage (桩号), side and offset.

Chainage is the distance in metres from the start of the corridor along its axis, as drawn: from the first point that
was digitised. Side is left or right of that direction of digitising, as seen by who walks along. All is measured in the
metric CRS.

An axis of several parts: parts that continue one another in their direction are joined; what is left is put one after
the other in the order in which the parts begin in the data, and a gap between two parts has no length. The chainage of
such a corridor is a count along its parts, not a surveyed one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.space.crs import METRIC_CRS, to_metric
from locales import Label, Text

Numbers = NDArray[np.float64]

WITHIN_M: Final = 50.0
"""How far off the axis something may lie and still lie along the corridor, unless told otherwise."""

_KM: Final = 1000
_TOUCH_M: Final = 0.01
"""Less than this is no offset but rounding of the file's coordinates."""
_AREA: Final = 2
"""Dimension of what has an edge."""
_LOOK_M: Final = 0.5
"""How far before and behind a chainage the direction of the axis is taken."""


class Side(StrEnum):
    """Where something lies, seen along the direction of digitising."""

    LEFT = "left"
    RIGHT = "right"
    ON = "on"


SIDE_LABELS: Final[Mapping[Side, Label]] = MappingProxyType(
    {Side.LEFT: Text("left"), Side.RIGHT: Text("right"), Side.ON: Text("on the line")},
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one feature along a corridor.

    `place` is its place in the frame; `at_m` the chainage of the point of the axis that is nearest to it, the first
    where there are several; `from_m` and `to_m` the chainages between which it lies within reach of the axis; `side`
    and `offset_m` where it lies at `at_m`; `crossings_m` the chainages at which it crosses the axis or its edge does.
    """

    place: int
    at_m: float
    from_m: float
    to_m: float
    side: Side
    offset_m: float
    crossings_m: tuple[float, ...] = ()


def chainage_text(metres: float) -> str:
    """Return a chainage as it is written: K0+350, kilometres and metres, rounded to the metre."""
    km, rest = divmod(round(metres), _KM)
    return f"K{km}+{rest:03d}"


def along(
    corridor: Any,  # noqa: ANN401  shapely ships no types
    features: gpd.GeoDataFrame,
    *,
    within_m: float = WITHIN_M,
    metric_crs: str = METRIC_CRS,
) -> tuple[Passage, ...]:
    """Return what lies along a corridor, in the order of chainage, then of the frame.

    Parameters
    ----------
    corridor
        LineString or MultiLineString in WGS-84 degrees.
    features
        In EPSG:4326, without the corridor itself; points, lines and polygons.
    within_m
        How far off the axis something may lie.
    metric_crs
        Projected CRS in metres.

    Raises
    ------
    ValueError
        The corridor is no line, or has no length.
    """
    axis = axis_of(_flat([corridor], metric_crs)[0])
    shapes = _flat(features.geometry.array, metric_crs)
    near = np.flatnonzero(shapely.dwithin(shapes, axis, within_m))
    reach = shapely.buffer(axis, within_m)
    found = [_passage(axis, reach, shapes[place], int(place)) for place in near]
    return tuple(sorted(found, key=lambda one: (one.at_m, one.place)))


def axis_of(line: Any) -> Any:  # noqa: ANN401  shapely ships no types
    """Return one line through all parts of a line, see the head of the module.

    Raises
    ------
    ValueError
        It is no line, or has no length.
    """
    if line is None or line.geom_type not in {"LineString", "MultiLineString"} or line.length == 0:
        raise ValueError("a chainage is counted along a line with a length; choose a corridor")
    parts = shapely.get_parts(line)
    starts = [tuple(shapely.get_coordinates(part)[0]) for part in parts]
    joined = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts), directed=True))
    in_order = sorted(joined, key=lambda part: starts.index(tuple(shapely.get_coordinates(part)[0])))
    if len(in_order) == 1:
        return in_order[0]
    return shapely.multilinestrings(in_order)


def _passage(axis: Any, reach: Any, shape: Any, place: int) -> Passage:  # noqa: ANN401  shapely ships no types
    crossings = _crossings(axis, shape) if shapely.get_dimensions(shape) > 0 else []
    nearest = shapely.get_coordinates(shapely.shortest_line(axis, shape))
    offset = float(shapely.distance(axis, shape))
    at_m = crossings[0] if crossings else _measure(axis, nearest[:1])[0]
    if offset == 0 and shapely.covers(shape, shapely.points(_point(axis, 0.0))):
        at_m = 0.0
    side = Side.ON if offset <= _TOUCH_M else _side(axis, at_m, nearest[1])
    span = [*_measure(axis, shapely.get_coordinates(shapely.intersection(shape, reach))), at_m, *crossings]
    off = offset if offset > _TOUCH_M else 0.0
    return Passage(place, at_m, min(span), max(span), side, off, tuple(crossings))


def _crossings(axis: Any, shape: Any) -> list[float]:  # noqa: ANN401  shapely ships no types
    """Return the chainages where a line, or the edge of an area, meets the axis; both ends where it runs along it."""
    edge = shapely.boundary(shape) if shapely.get_dimensions(shape) == _AREA else shape
    common = shapely.get_parts(shapely.get_parts(shapely.intersection(axis, edge)))
    runs = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(common[shapely.get_dimensions(common) == 1])))
    dots = common[shapely.get_dimensions(common) == 0]
    ends = [shapely.get_coordinates(run)[[0, -1]] for run in runs] + [shapely.get_coordinates(dots)]
    return sorted({round(metres, 3) for points in ends for metres in _measure(axis, points)})


def _measure(axis: Any, points: Numbers) -> list[float]:  # noqa: ANN401  shapely ships no types
    """Return the chainages of the points of the axis that are nearest to some points."""
    parts = shapely.get_parts(axis)
    before = np.concatenate([[0.0], np.cumsum(shapely.length(parts))[:-1]])
    dots = shapely.points(points)
    which = shapely.distance(parts[:, None], dots[None, :]).argmin(axis=0) if len(dots) else np.empty(0, dtype=np.intp)
    return [float(one) for one in before[which] + shapely.line_locate_point(parts[which], dots)]


def _side(axis: Any, at_m: float, point: Numbers) -> Side:  # noqa: ANN401  shapely ships no types
    """Return on which side of the axis a point lies, by the direction of the axis there."""
    behind, here, ahead = (_point(axis, at_m + step) for step in (-_LOOK_M, 0.0, _LOOK_M))
    way, off = ahead - behind, point - here
    turn = float(way[0] * off[1] - way[1] * off[0])
    if abs(turn) <= _TOUCH_M * float(np.hypot(*way)):
        return Side.ON
    return Side.LEFT if turn > 0 else Side.RIGHT


def _point(axis: Any, at_m: float) -> Numbers:  # noqa: ANN401  shapely ships no types
    parts = shapely.get_parts(axis)
    lengths = shapely.length(parts)
    for part, length in zip(parts, lengths, strict=True):
        if at_m <= length:
            return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(part, max(at_m, 0.0)))[0])
        at_m -= float(length)
    return np.asarray(shapely.get_coordinates(parts[-1])[-1])


def _flat(shapes: Any, metric_crs: str) -> NDArray[np.object_]:  # noqa: ANN401  shapely ships no types
    def flat(points: Numbers) -> Numbers:
        return np.column_stack(to_metric(points[:, 0], points[:, 1], metric_crs=metric_crs))

    return np.asarray(shapely.transform(shapely.force_2d(np.asarray(shapes, dtype=object)), flat), dtype=object)
