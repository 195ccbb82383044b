"""Name the ways in which a task moves from one board to another, and tell which of them two states show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.model.status import FINISHED, Label, Light, Status


class Move(StrEnum):
    """How a task moved, what matters most first."""

    NEWLY_LATE = "newly_late"
    NEWLY_BLOCKED = "newly_blocked"
    REOPENED = "reopened"
    SLIPPED = "slipped"
    SUPERVISED = "supervised"
    DONE = "done"
    ACCEPTED = "accepted"
    UNBLOCKED = "unblocked"
    STARTED = "started"
    NEWLY_DUE_SOON = "newly_due_soon"
    RECEDED = "receded"
    BROUGHT_FORWARD = "brought_forward"
    ADDED = "added"
    REMOVED = "removed"
    REDEFINED = "redefined"
    PROGRESSED = "progressed"
    OTHER = "other"


class Direction(StrEnum):
    """Which way it went; the worst first."""

    WORSE = "worse"
    BETTER = "better"
    MOVED = "moved"


DIRECTION_ORDER: Final = tuple(Direction)
DIRECTION_LABELS: Final[Mapping[Direction, Label]] = MappingProxyType(
    {
        Direction.WORSE: Label("变差", "Worse"),
        Direction.BETTER: Label("好转", "Better"),
        Direction.MOVED: Label("有变化", "Moved"),
    },
)

MOVE_LABELS: Final[Mapping[Move, Label]] = MappingProxyType(
    {
        Move.NEWLY_LATE: Label("新增超期", "Newly late"),
        Move.NEWLY_BLOCKED: Label("新增受阻", "Newly blocked"),
        Move.REOPENED: Label("退回重办", "Reopened"),
        Move.SLIPPED: Label("时限推迟", "Due date put off"),
        Move.SUPERVISED: Label("新增督办", "New supervision"),
        Move.DONE: Label("新完成", "Done"),
        Move.ACCEPTED: Label("新销号", "Signed off"),
        Move.UNBLOCKED: Label("受阻解除", "Unblocked"),
        Move.STARTED: Label("新开工", "Started"),
        Move.NEWLY_DUE_SOON: Label("新临近到期", "Newly due soon"),
        Move.RECEDED: Label("进度回退", "Fell back"),
        Move.BROUGHT_FORWARD: Label("时限提前", "Due date brought forward"),
        Move.ADDED: Label("新增任务", "New task"),
        Move.REMOVED: Label("取消任务", "Removed task"),
        Move.REDEFINED: Label("任务调整", "Redefined"),
        Move.PROGRESSED: Label("有进展", "Progressed"),
        Move.OTHER: Label("其他变化", "Other change"),
    },
)

_WORSE: Final = frozenset({Move.NEWLY_LATE, Move.NEWLY_BLOCKED, Move.REOPENED, Move.SLIPPED, Move.RECEDED})
_BETTER: Final = frozenset({Move.DONE, Move.ACCEPTED, Move.UNBLOCKED})


@dataclass(frozen=True, slots=True)
class TaskState:
    """Hold what may change of a task; `features` are the known ones.

    `late` tells that its due date has passed and it is not finished, whatever its light shows besides.
    """

    status: Status
    percent: int
    light: Light
    due: date | None
    late: bool
    lead_unit: str
    features: tuple[str, ...]


def direction_of(moves: tuple[Move, ...]) -> Direction:
    """Return which way some moves go: worse where one of them is."""
    if not _WORSE.isdisjoint(moves):
        return Direction.WORSE
    return Direction.MOVED if _BETTER.isdisjoint(moves) else Direction.BETTER


def moves_between(before: TaskState, after: TaskState) -> Iterator[Move]:
    """Yield the moves that two states of one task show; progress is not told of what started or was done."""
    status = set(_moves_of_status(before.status, after.status))
    yield from status
    if after.late and not before.late:
        yield Move.NEWLY_LATE
    if after.light is Light.YELLOW and before.light is not Light.YELLOW:
        yield Move.NEWLY_DUE_SOON
    if before.due != after.due:
        later = after.due is None or (before.due is not None and before.due < after.due)
        yield Move.SLIPPED if later else Move.BROUGHT_FORWARD
    if before.percent > after.percent:
        yield Move.RECEDED
    elif before.percent < after.percent and status.isdisjoint({Move.STARTED, Move.DONE}):
        yield Move.PROGRESSED


def _moves_of_status(before: Status, after: Status) -> Iterator[Move]:
    was, now = before in FINISHED, after in FINISHED
    if now and not was:
        yield Move.DONE
    if after is Status.ACCEPTED and before is not Status.ACCEPTED:
        yield Move.ACCEPTED
    if was and not now:
        yield Move.REOPENED
    if after is Status.BLOCKED and before is not Status.BLOCKED:
        yield Move.NEWLY_BLOCKED
    if before is Status.BLOCKED and after is not Status.BLOCKED:
        yield Move.UNBLOCKED
    if before is Status.NOT_STARTED and after is Status.IN_PROGRESS:
        yield Move.STARTED
