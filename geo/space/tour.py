"""Put stops in an order for walking: the shortest one for up to twelve stops, a good one beyond.

Distances are straight lines in metres between the points of the stops; real ways are longer, and the order may differ
where a railway or a river lies between.

Up to `EXACT_MOST` stops the order is exact (Held and Karp, J. SIAM 10(1), 1962): the shortest way through each set of
stops that ends at each of them, built up from the smaller sets. Beyond, the nearest unvisited stop is taken each time,
and then, until neither helps any more, parts of the way are reversed (2-opt: Croes, Oper. Res. 6(6), 1958) and runs of
up to three stops moved elsewhere (Or-opt: Or, 1976). Nothing is left to chance: the same stops give the same round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

EXACT_MOST: Final = 12
RUN_MOST: Final = 3

_GAIN_M: Final = 1e-6
"""Less than this is no gain but rounding, and would be exchanged for ever."""


@dataclass(frozen=True, slots=True)
class Tour:
    """Hold the order of stops, by their places as given, the metres to each from the one before, and back if asked."""

    order: tuple[int, ...]
    legs_m: tuple[float, ...]
    exact: bool

    @property
    def total_m(self) -> float:
        """Length of the whole round."""
        return float(sum(self.legs_m))


def tour(start: Sequence[float], stops: ArrayLike, *, back: bool = False) -> Tour:
    """Return a short order through all stops.

    Parameters
    ----------
    start
        x and y in metres of the place where the round begins.
    stops
        x and y in metres of each stop, as rows.
    back
        Whether the round ends where it began; `legs_m` then has one more leg than there are stops.

    Raises
    ------
    ValueError
        A coordinate is not finite.
    """
    points = np.asarray(stops, dtype=np.float64).reshape(-1, 2)
    far = _distances(np.vstack([np.asarray(start, dtype=np.float64), points]), back=back)
    exact = len(points) <= EXACT_MOST
    path = [0, *(_exact(far) if exact else improved(far, greedy(far))), len(points) + 1]
    legs = [float(far[one, then]) for one, then in pairwise(path)]
    return Tour(tuple(stop - 1 for stop in path[1:-1]), tuple(legs if back and len(points) else legs[:-1]), exact)


def greedy(far: Numbers) -> list[int]:
    """Return the order of always going to the nearest stop left; node 0 is the start, the last node the end."""
    left = np.ones(len(far), dtype=bool)
    left[[0, -1]] = False
    path, here = [], 0
    while left.any():
        here = int(np.where(left, far[here], np.inf).argmin())
        left[here] = False
        path.append(here)
    return path


def improved(far: Numbers, order: list[int]) -> list[int]:
    """Return an order that neither a reversal nor a move of up to three stops makes shorter."""
    path = np.array([0, *order, len(far) - 1])
    while True:
        better = _reversed(far, path)
        if better is None:
            better = _moved(far, path)
        if better is None:
            return [int(stop) for stop in path[1:-1]]
        path = better


def _distances(points: Numbers, *, back: bool) -> Numbers:
    """Return distances between start, stops and end; the end is the start again, or as near as nothing to each stop."""
    if not np.isfinite(points).all():
        raise ValueError("a round needs finite coordinates; leave out stops without a position")
    between = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    far = np.zeros((len(points) + 1, len(points) + 1))
    far[:-1, :-1] = between
    if back:
        far[:-1, -1] = far[-1, :-1] = between[0]
    return far


def _exact(far: Numbers) -> list[int]:
    """Return the shortest order; `cost[set, last]` is the shortest way through a set of stops (bits) to `last`."""
    count = len(far) - 2
    bits = 1 << np.arange(count)
    between = far[1:-1, 1:-1]
    cost = np.full((1 << count, count), np.inf)
    cost[bits, np.arange(count)] = far[0, 1:-1]
    for done in range(1, 1 << count):
        new = np.flatnonzero(done & bits == 0)
        cost[done | bits[new], new] = (cost[done][:, None] + between[:, new]).min(axis=0)
    order: list[int] = []
    done, following = (1 << count) - 1, far[1:-1, -1]
    while done:
        last = int((cost[done] + following).argmin())
        order.append(last + 1)
        done, following = done & ~(1 << last), between[:, last]
    return order[::-1]


def _reversed(far: Numbers, path: NDArray[np.intp]) -> NDArray[np.intp] | None:
    """Return the path with the one part reversed that gains most, None where none gains."""
    before, inner, after = path[:-2], path[1:-1], path[2:]
    step = far[path[:-1], path[1:]]
    change = far[np.ix_(before, inner)] + far[np.ix_(inner, after)] - step[:-1, None] - step[None, 1:]
    change = np.where(np.arange(len(inner))[:, None] < np.arange(len(inner))[None, :], change, np.inf)
    first, last = np.unravel_index(change.argmin(), change.shape)
    if change[first, last] >= -_GAIN_M:
        return None
    turned = path.copy()
    turned[first + 1 : last + 2] = path[first + 1 : last + 2][::-1]
    return turned


def _moved(far: Numbers, path: NDArray[np.intp]) -> NDArray[np.intp] | None:
    """Return the path with a run of stops moved, turned or not, by the first move that gains; None where none does."""
    for size in range(1, RUN_MOST + 1):
        for first in range(1, len(path) - size):
            run, rest = path[first : first + size], np.delete(path, np.s_[first : first + size])
            gain = far[rest[first - 1], run[0]] + far[run[-1], rest[first]] - far[rest[first - 1], rest[first]]
            opened = far[rest[:-1], rest[1:]]
            for part in (run, run[::-1]):
                cost = far[rest[:-1], part[0]] + far[part[-1], rest[1:]] - opened
                at = int(cost.argmin())
                if cost[at] < gain - _GAIN_M:
                    return np.insert(rest, at + 1, part)
    return None
