"""Measure how lines come together in the metric CRS: whether they cross, and how far they run side by side."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

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
    def of(cls, lines: Shapes) -> "_Pieces":
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
