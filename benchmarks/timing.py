"""Time things several times and keep what a reader needs to judge them: the median, the least and the most."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold the median of some numbers with the least and the most of them, and how many there were."""

    median: float
    least: float
    most: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Sum up numbers, of which there must be at least one."""
        return cls(median(values), min(values), max(values), len(values))


def timed_ms(action: Callable[[], object], *, repeats: int = 5) -> Sample:
    """Time an action by the wall clock, in milliseconds."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return Sample.of(taken)
