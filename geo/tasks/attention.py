"""Say which tasks need somebody now, why, and since when; most urgent first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from geo.model.campaign import Campaign, local_day
from geo.model.kinds import Priority
from geo.model.status import BLOCKED, FINISHED, NOT_BEGUN, Light
from geo.model.supervision import EscalationLevel, SupervisionEvent
from geo.supervision.ladder import Ladder, ladders
from geo.tasks.joins import Board


class ReasonKind(StrEnum):
    """Why a task needs somebody, most urgent first."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    REPLY_OVERDUE = "reply_overdue"
    NO_RECEIPT = "no_receipt"
    NO_REPLY = "no_reply"
    DUE_SOON = "due_soon"
    STALE = "stale"
    UNREPORTED = "unreported"


REASON_RANK: Final = {kind: rank for rank, kind in enumerate(ReasonKind)}
_PRIORITY_RANK: Final[Mapping[str, int]] = {priority: rank for rank, priority in enumerate(Priority)}
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Hold one reason, with its days and the local day on which it began.

    | kind | days | began on |
    |---|---|---|
    | overdue | since the due date | the day after it |
    | blocked | since it was first reported blocked without a better report after it | that day |
    | reply_overdue | since the deadline for the reply to the last step of supervision | the day after it |
    | no_receipt, no_reply | since the step was issued, or received | that day |
    | due_soon | until the due date, 0 on the day itself | the first day on which it is due soon |
    | stale | since the last report | the first day on which it is stale |
    | unreported | since the planned start, with no report on that day or after | as above |

    `difficulty_kind` and `difficulty` are those of the latest report of a blocked task, `rung` and
    `addressee` those of the step; else empty and None.
    """

    kind: ReasonKind
    days: int
    since: date
    difficulty_kind: str = ""
    difficulty: str = ""
    rung: EscalationLevel | None = None
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """Hold one task that needs somebody, with its reasons, the most urgent first.

    `unit` is the lead unit, `features` are the task's known features. `since` is the day on which the
    most urgent reason began; `key` stays the same for as long as neither it nor the reasons change.
    """

    task: str
    light: Light
    reasons: tuple[Reason, ...]
    unit: str
    features: tuple[str, ...]

    @property
    def since(self) -> date:
        """Local day on which the most urgent reason began."""
        return self.reasons[0].since

    @property
    def key(self) -> str:
        """Id of what is needed: task, kinds of reasons and since when."""
        return f"{self.task}:{'+'.join(reason.kind for reason in self.reasons)}:{self.since.isoformat()}"


@dataclass(frozen=True, slots=True)
class _Case:
    """Hold one task at a day, with what the board does not say."""

    row: Any
    today: date
    campaign: Campaign
    blocked_on: date | None
    ladder: Ladder | None


def attention(
    board: Board,
    campaign: Campaign,
    updates: pd.DataFrame,
    events: Iterable[SupervisionEvent] = (),
) -> tuple[AttentionItem, ...]:
    """Return the tasks that need somebody at the board's instant.

    Done and accepted tasks need nobody, except while a supervision of them waits for receipt or reply.

    Parameters
    ----------
    board
        The board of the instant.
    campaign
        Rules and time zone.
    updates
        All updates, in the order of `geo.model.campaign.updates_frame`; later ones than the instant do not count.
    events
        Acts of supervision; later ones than the instant do not count.

    Returns
    -------
    One need per task, ordered by: the most urgent reason in the order of `ReasonKind`; its days, most
    first, but of tasks due soon the soonest first; the number of reasons, most first; priority; place on
    the board. The place makes the order total.

    Raises
    ------
    NaiveInstantError
        The board's instant has no time zone.
    """
    today = local_day(board.as_of, campaign.tz)
    since, climbs = blocked_since(board, campaign, updates), ladders(events, board.as_of, campaign.tz)
    needs = []
    rows: Iterator[Any] = board.tasks.itertuples()
    for place, row in enumerate(rows):
        case = _Case(row, today, campaign, since.get(row.Index), climbs.get(row.Index))
        if reasons := tuple(sorted(_reasons(case), key=lambda one: REASON_RANK[one.kind])):
            need = AttentionItem(row.Index, Light(row.light), reasons, row.lead_unit, row.features)
            needs.append((_urgency(need, row.priority, place), need))
    return tuple(need for _, need in sorted(needs, key=lambda one: one[0]))


def blocked_since(board: Board, campaign: Campaign, updates: pd.DataFrame) -> dict[str, date]:
    """Return for each blocked task the local day since which each of its reports said so.

    Parameters
    ----------
    board, campaign, updates
        As `attention` takes them; from updates of which only the latest is known, the day of that one.
    """
    blocked = board.tasks.index[board.tasks["status"].isin(list(BLOCKED))]
    seen = updates[updates["task"].isin(blocked) & (updates["reported_at"] <= pd.Timestamp(board.as_of))]
    better = ~seen["status"].isin(list(BLOCKED))
    run = better.groupby(seen["task"]).cumsum()
    current = seen[~better & (run == run.groupby(seen["task"]).transform("max"))]
    first = current.drop_duplicates("task", keep="first")
    return {
        str(task): local_day(at.to_pydatetime(), campaign.tz)
        for task, at in zip(first["task"], first["reported_at"], strict=True)
    }


def _urgency(need: AttentionItem, priority: str, place: int) -> tuple[int, int, int, int, int]:
    first = need.reasons[0]
    days = first.days if first.kind is ReasonKind.DUE_SOON else -first.days
    rank = _PRIORITY_RANK.get(priority, len(_PRIORITY_RANK))
    return REASON_RANK[first.kind], days, -len(need.reasons), rank, place


def _reasons(case: _Case) -> Iterator[Reason]:
    if case.ladder is not None:
        yield from _unanswered(case.ladder, case)
    if case.row.status in FINISHED:
        return
    yield from _dated(case)
    if case.row.status in BLOCKED:
        on = case.blocked_on or case.today
        row = case.row
        yield Reason(ReasonKind.BLOCKED, (case.today - on).days, on, row.difficulty_kind, row.difficulty)
    yield from _silent(case)


def _dated(case: _Case) -> Iterator[Reason]:
    if pd.isna(case.row.due):
        return
    due, soon = case.row.due.date(), case.campaign.lights.due_soon_days
    left = (due - case.today).days
    if left < 0:
        yield Reason(ReasonKind.OVERDUE, -left, due + _ONE_DAY)
    elif left <= soon:
        yield Reason(ReasonKind.DUE_SOON, left, due - timedelta(days=soon))


def _silent(case: _Case) -> Iterator[Reason]:
    """Silence is counted from the last report; before the planned start nothing is owed by what has not started."""
    row, stale = case.row, timedelta(days=case.campaign.lights.stale_days)
    kind, spoke = ReasonKind.STALE, None
    if not pd.isna(row.reported_at):
        spoke = local_day(row.reported_at.to_pydatetime(), case.campaign.tz)
    if row.status in NOT_BEGUN:
        if pd.isna(row.planned_start):
            return
        start = row.planned_start.date()
        if spoke is None or spoke < start:
            kind, spoke = ReasonKind.UNREPORTED, start
    if spoke is not None and case.today - spoke >= stale:
        yield Reason(kind, (case.today - spoke).days, spoke + stale)


def _unanswered(ladder: Ladder, case: _Case) -> Iterator[Reason]:
    if not ladder.open or ladder.waiting_since is None:
        return
    kind = ReasonKind.NO_RECEIPT if ladder.waiting_for == "receipt" else ReasonKind.NO_REPLY
    days, since = ladder.days_waiting, local_day(ladder.waiting_since, case.campaign.tz)
    if ladder.reply_overdue_days and ladder.last.deadline is not None:
        kind, days, since = ReasonKind.REPLY_OVERDUE, ladder.reply_overdue_days, ladder.last.deadline + _ONE_DAY
    yield Reason(kind, days, since, rung=ladder.rung, addressee=ladder.last.unit)
