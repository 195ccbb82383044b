"""List what lies along a corridor, in order, with chainage, side and offset; measure how lines come together.

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

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Span = tuple[Floats, Floats]
"""From and to of parts of pieces, as shares of their lengths; what is none has its end before its start."""

_INSIDES_MEET: Final = "T********"
_HALF_TURN: Final = 180.0


def insides_meet(line: shapely.Geometry, others: Shapes) -> NDArray[np.bool_]:
    """Return which lines share a point with a line that is no end of either."""
    return np.asarray(shapely.relate_pattern(line, others, _INSIDES_MEET), dtype=bool)


def alongside_m(line: shapely.Geometry, others: Shapes, *, within_m: float, degrees: float) -> Floats:
    """Return how far a line and each of some others run side by side, in metres: the less of both lengths.

    A part of a line runs beside another line where a straight piece of that one lies within `within_m` of it and
    their directions, taken without sense, differ by at most `degrees`. So a line that crosses another at a right
    angle, or ends at it, runs nowhere beside it.

    Parameters
    ----------
    line, others
        Lines, also of several parts, in metres.
    """
    mine, theirs = _Pieces.of(np.array([line], dtype=object)), _Pieces.of(others)
    one, other = shapely.STRtree(theirs.shapes).query(mine.shapes, predicate="dwithin", distance=within_m)
    turn = np.abs(mine.bearings[one] - theirs.bearings[other])
    aligned = np.minimum(turn, _HALF_TURN - turn) <= degrees
    one, other = one[aligned], other[aligned]
    owner = theirs.owners[other]
    sides = ((mine, one, theirs, other), (theirs, other, mine, one))
    lengths = []
    for these, piece, those, beside in sides:
        spans = _spans(these.ends[piece], those.ends[beside], within_m)
        covered = _covered(spans, owner * len(these.ends) + piece) * shapely.length(these.shapes[piece])
        lengths.append(np.bincount(owner, weights=covered, minlength=len(others)))
    return np.minimum(*lengths)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Hold the straight pieces of lines: both ends of each, its bearing from 0 to 180 degrees, and whose it is."""

    shapes: Shapes
    ends: Floats
    bearings: Floats
    owners: Places

    @classmethod
    def of(cls, lines: Shapes) -> _Pieces:
        parts, part_of = shapely.get_parts(lines, return_index=True)
        points, at = shapely.get_coordinates(parts, return_index=True)
        joined = np.flatnonzero((at[1:] == at[:-1]) & (points[1:] != points[:-1]).any(axis=1))
        ends = np.stack([points[joined], points[joined + 1]], axis=1)
        x, y = (ends[:, 1] - ends[:, 0]).T
        shapes = np.asarray(shapely.linestrings(ends), dtype=object)
        return cls(shapes, ends, np.degrees(np.arctan2(y, x)) % _HALF_TURN, part_of[at[joined]])


def _spans(pieces: Floats, beside: Floats, within_m: float) -> Span:
    """Return which part of each piece lies within a distance of the piece beside it.

    What lies so near to a straight piece is a strip with half a disc at each end. It is convex: a straight piece
    lies in it from one place to one other, the first and last of those of the strip and of both discs.
    """
    way = pieces[:, 1] - pieces[:, 0]
    along = beside[:, 1] - beside[:, 0]
    length = np.hypot(*along.T)
    along = along / length[:, None]
    across = along[:, ::-1] * (-1.0, 1.0)
    start = pieces[:, 0] - beside[:, 0]
    strips = (
        _slab(_dot(start, along), _dot(way, along), np.zeros_like(length), length),
        _slab(_dot(start, across), _dot(way, across), -within_m, within_m),
    )
    low, high = (np.maximum(strips[0][0], strips[1][0]), np.minimum(strips[0][1], strips[1][1]))
    low, high = np.where(low <= high, low, np.inf), np.where(low <= high, high, -np.inf)
    for centre in (beside[:, 0], beside[:, 1]):
        first, last = _disc(pieces[:, 0] - centre, way, within_m)
        low, high = np.minimum(low, first), np.maximum(high, last)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def _slab(start: Floats, way: Floats, low: Floats | float, high: Floats | float) -> Span:
    """Return where `start + way * t` lies from `low` to `high`."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - start) / way, (high - start) / way
    still = way == 0
    inside = (low <= start) & (start <= high)
    first = np.where(still, np.where(inside, -np.inf, np.inf), np.minimum(one, other))
    return first, np.where(still, -first, np.maximum(one, other))


def _disc(start: Floats, way: Floats, radius: float) -> Span:
    """Return where `start + way * t` lies within a radius of the origin."""
    square, half = _dot(way, way), _dot(start, way)
    root = half * half - square * (_dot(start, start) - radius * radius)
    reach = np.sqrt(np.maximum(root, 0.0))
    meets = root >= 0
    return (
        np.where(meets, (-half - reach) / square, np.inf),
        np.where(meets, (-half + reach) / square, -np.inf),
    )


def _dot(one: Floats, other: Floats) -> Floats:
    return np.asarray(one[:, 0] * other[:, 0] + one[:, 1] * other[:, 1])


def _covered(spans: Span, group: Places) -> Floats:
    """Return what each span adds to those of its group before it, in the order given; spans that overlap count once."""
    start, end = spans
    order = np.lexsort((start, group))
    shift = 2.0 * np.unique(group[order], return_inverse=True)[1]
    start, end = start[order] + shift, end[order] + shift
    reached = np.concatenate([[0.0], np.maximum.accumulate(end)[:-1]]) if len(end) else end
    added = np.empty_like(end)
    added[order] = np.maximum(end - np.maximum(start, reached), 0.0)
    return added


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
    at_m = crossings[0] if crossings else _measure(axis, nearest)[0]
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
    which = shapely.distance(parts[:, None], dots[None, :]).argmin(axis=0)
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
