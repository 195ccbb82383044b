"""Judge a campaign by its reports: what was finished on time, what went well, what stood in the way and for how long.

A task is **on time** where the local day of the report that finished it is not after its due date; a task that was
reopened counts by its last finish, as in `geo.tasks.progress.finished_since`. It **counts** where it has a due date and
is finished, or its due date has passed. A report that says blocked blocks its task until the next report.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd

from geo.model.campaign import Campaign, local_day
from geo.model.status import BLOCKED, DifficultyKind
from geo.tasks.joins import Board
from geo.tasks.progress import finished_since

EARLY_DAYS: Final = 3
"""So many days before its due date a task is at least finished to be a good case."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold how one task came out, as of a day.

    `finished_on` is None while it is open; `days_late` is counted to that day or, while it is open, to the day of the
    judgement: negative where it was early, None without a due date. `blocked_days` holds by kind of difficulty how
    many days it was blocked, `difficulties` every kind that was ever reported.
    """

    task: str
    category: str
    lead_unit: str
    due: date | None
    finished_on: date | None
    days_late: int | None
    blocked_days: tuple[tuple[str, int], ...] = ()
    difficulties: tuple[str, ...] = ()
    supervised: bool = False

    @property
    def on_time(self) -> bool:
        """Whether it was finished by its due date."""
        return self.finished_on is not None and self.days_late is not None and self.days_late <= 0

    @property
    def counts(self) -> bool:
        """Whether it can be judged: it has a due date, and is finished or late."""
        return self.days_late is not None and (self.finished_on is not None or self.days_late > 0)

    @property
    def blocked(self) -> int:
        """Days that it was blocked."""
        return sum(days for _, days in self.blocked_days)


@dataclass(frozen=True, slots=True)
class Rate:
    """Hold how many tasks were finished on time, late, or are open after their due date; the rest does not count."""

    key: str
    tasks: int
    on_time: int
    late: int
    overdue: int

    @property
    def counted(self) -> int:
        """Tasks that count."""
        return self.on_time + self.late + self.overdue

    @property
    def share(self) -> float | None:
        """Share of tasks on time among those that count, None where none does."""
        return self.on_time / self.counted if self.counted else None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Hold what one kind of difficulty did: tasks that reported it, days blocked, and how many of them were late."""

    kind: DifficultyKind
    tasks: tuple[str, ...]
    blocked_days: int
    late: int


def outcomes(
    board: Board, campaign: Campaign, updates: pd.DataFrame, supervised: Collection[str] = ()
) -> tuple[Outcome, ...]:
    """Return how each task of a board came out, in its order.

    Parameters
    ----------
    board, campaign
        The board of the instant, and the campaign.
    updates
        All updates, in the order of `geo.model.campaign.updates_frame`; later ones than the instant do not count.
    supervised
        Ids of tasks that were ever supervised.

    Raises
    ------
    NaiveInstantError
        The board's instant has no time zone.
    """
    today = local_day(board.as_of, campaign.tz)
    finished = finished_since(board.tasks, updates, board.as_of)
    seen = updates[updates["reported_at"] <= pd.Timestamp(board.as_of)]
    reports = {str(task): group for task, group in seen.groupby("task")}
    rows: Iterator[Any] = board.tasks.itertuples()
    found = []
    for row in rows:
        at = finished[row.Index]
        ended = None if pd.isna(at) else local_day(at.to_pydatetime(), campaign.tz)
        due = None if pd.isna(row.due) else row.due.date()
        blocked, kinds = _trouble(reports.get(row.Index), board.as_of, campaign)
        found.append(
            Outcome(
                *(str(row.Index), str(row.category), str(row.lead_unit), due, ended),
                days_late=None if due is None else ((ended or today) - due).days,
                blocked_days=blocked,
                difficulties=kinds,
                supervised=row.Index in supervised,
            )
        )
    return tuple(found)


def _trouble(
    reports: pd.DataFrame | None, as_of: datetime, campaign: Campaign
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    if reports is None:
        return (), ()
    days = [local_day(at.to_pydatetime(), campaign.tz) for at in reports["reported_at"]]
    ends = [*days[1:], local_day(as_of, campaign.tz)]
    blocked: Counter[str] = Counter()
    rows = zip(reports["status"], reports["difficulty_kind"], days, ends, strict=True)
    for status, kind, start, end in rows:
        if status in BLOCKED:
            blocked[kind or DifficultyKind.OTHER] += (end - start) // timedelta(days=1)
    kinds = tuple(dict.fromkeys(str(kind) for kind in reports["difficulty_kind"] if kind))
    return tuple((kind, blocked[kind]) for kind in DifficultyKind if kind in blocked), kinds


def rate(found: Iterable[Outcome], key: str = "") -> Rate:
    """Return how many of some tasks were on time."""
    every = list(found)
    counted = [one for one in every if one.counts]
    return Rate(
        key=key,
        tasks=len(every),
        on_time=sum(one.on_time for one in counted),
        late=sum(one.finished_on is not None and not one.on_time for one in counted),
        overdue=sum(one.finished_on is None for one in counted),
    )


def rates_by(found: Iterable[Outcome], attribute: str, keys: Iterable[str]) -> tuple[Rate, ...]:
    """Return the rate of each key that has tasks, in the order of the keys, unknown ones last.

    Parameters
    ----------
    found
        Outcomes.
    attribute
        `category` or `lead_unit`.
    keys
        Ids in the order of the report.
    """
    every = list(found)
    groups: dict[str, list[Outcome]] = {key: [] for key in keys}
    for one in every:
        groups.setdefault(getattr(one, attribute), []).append(one)
    return tuple(rate(group, key) for key, group in groups.items() if group)


def good_cases(found: Iterable[Outcome], early_days: int = EARLY_DAYS) -> tuple[Outcome, ...]:
    """Return the tasks finished so many days early, never blocked, never supervised; the earliest first."""
    good = [
        one
        for one in found
        if one.on_time and (one.days_late or 0) <= -early_days and not one.blocked_days and not one.supervised
    ]
    return tuple(sorted(good, key=lambda one: one.days_late or 0))


def obstacles(found: Iterable[Outcome]) -> tuple[Obstacle, ...]:
    """Return what each kind of difficulty did, most days blocked first, then most tasks."""
    every = list(found)
    rows = []
    for kind in DifficultyKind:
        hit = [one for one in every if kind in one.difficulties or kind in dict(one.blocked_days)]
        if hit:
            days = sum(dict(one.blocked_days).get(kind, 0) for one in hit)
            late = sum(one.counts and not one.on_time for one in hit)
            rows.append(Obstacle(kind, tuple(one.task for one in hit), days, late))
    return tuple(sorted(rows, key=lambda one: (-one.blocked_days, -len(one.tasks))))
