"""Simulate campaigns whose pace is known, to count how often the forecast's interval holds the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from geo.model.campaign import StatusUpdate, Task, tasks_frame, updates_frame
from geo.model.status import Status
from geo.tasks.forecast import WINDOW_DAYS, forecast, further
from geo.tasks.progress import finished_since
from tests.support.strategies import CAMPAIGN

CAMPAIGNS: Final = 1000
AHEAD_DAYS: Final = 15
SEED: Final = 20200930
TODAY: Final = CAMPAIGN.deadline - timedelta(days=AHEAD_DAYS)
AS_OF: Final = CAMPAIGN.instant_of(TODAY)


@dataclass(frozen=True)
class Truth:
    """A way in which tasks are finished.

    `before` and `after` are the mean paces, in tasks per four weeks, up to today and from today on;
    `batch` tasks are finished at once. Of `tasks` that are due by the deadline, `earlier` were
    finished before the last four weeks.
    """

    name: str
    before: float
    after: float
    tasks: int = 44
    earlier: int = 5
    batch: int = 1


CONSTANT: Final = (
    Truth("7 tasks in four weeks", 7, 7),
    Truth("14 tasks in four weeks", 14, 14),
    Truth("3 tasks in four weeks", 3, 3),
    Truth("3 in four weeks, 8 tasks in all", 3, 3, tasks=8, earlier=1),
    Truth("1 in eight weeks, hardly any is done", 0.5, 0.5, earlier=0),
    Truth("150 in four weeks, 1,000 tasks", 150, 150, tasks=1000),
)
CHANGING: Final = (
    Truth("slows to half: 12, then 6", 12, 6),
    Truth("deadline rush, twice the pace: 7, then 14", 7, 14),
    Truth("deadline rush, three times the pace: 7, then 21", 7, 21),
    Truth("none at all so far, then 7", 0, 7, earlier=0),
    Truth("7 in four weeks, but three at a time", 7, 7, batch=3),
)


@dataclass(frozen=True)
class Drawn:
    """How many tasks one simulated campaign finishes in the last four weeks, and from today to the deadline."""

    before: int
    after: int


def drawn(truth: Truth) -> Iterator[Drawn]:
    """Draw campaigns from a truth; tasks run out."""
    random = np.random.default_rng(SEED)
    means = truth.before / truth.batch, truth.after * AHEAD_DAYS / WINDOW_DAYS / truth.batch
    befores, afters = (random.poisson(mean, CAMPAIGNS) * truth.batch for mean in means)
    for before, after in zip(befores.tolist(), afters.tolist(), strict=True):
        first = min(before, truth.tasks - truth.earlier)
        yield Drawn(first, min(after, truth.tasks - truth.earlier - first))


def coverage(truth: Truth) -> float:
    """Return the share of simulated campaigns whose interval holds the truth, from counts alone."""
    return sum(_holds(truth, one) for one in drawn(truth)) / CAMPAIGNS


def coverage_of_ledgers(truth: Truth) -> float:
    """Return the same through tasks, reports and the whole forecast."""
    random = np.random.default_rng(SEED)
    return sum(_holds_in_ledger(truth, one, random) for one in drawn(truth)) / CAMPAIGNS


def _holds(truth: Truth, one: Drawn) -> bool:
    said = further(one.before, WINDOW_DAYS, AHEAD_DAYS)
    left = truth.tasks - truth.earlier - one.before
    return min(said.low, left) <= one.after <= min(said.high, left)


def _holds_in_ledger(truth: Truth, one: Drawn, random: np.random.Generator) -> bool:
    tasks, updates = ledger(truth, one, random)
    said = forecast(tasks, updates, CAMPAIGN, day=CAMPAIGN.deadline, as_of=AS_OF).misses
    end = finished_since(tasks, updates, CAMPAIGN.instant_of(CAMPAIGN.deadline))
    return said is not None and said.low <= int(end.isna().sum()) <= said.high


def ledger(truth: Truth, one: Drawn, random: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tasks of a simulated campaign, and the reports that finish them at instants drawn by chance."""
    days = [-40.0] * truth.earlier
    days += random.uniform(-WINDOW_DAYS, 0, one.before).tolist() + random.uniform(0, AHEAD_DAYS, one.after).tolist()
    order = random.permutation(truth.tasks)[: len(days)].tolist()
    tasks = [_task(f"T{number}") for number in range(truth.tasks)]
    return tasks_frame(tasks), updates_frame(map(_done, order, days))


def _task(number: str) -> Task:
    return Task(number, "services", "", "一", "roads", (), None, CAMPAIGN.deadline, "low", ())


def _done(task: int, days: float) -> StatusUpdate:
    at = AS_OF + timedelta(days=days)
    return StatusUpdate(f"U{task}", f"T{task}", "", Status.DONE, 100, "", "", "", "", "roads", at)
