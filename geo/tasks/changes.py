"""Compare two boards of one campaign: what moved between their instants, task by task."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from geo.model.status import FINISHED, Light, Status
from geo.model.supervision import SupervisionEvent
from geo.tasks.joins import Board
from geo.tasks.lights import worst
from locales import Label, Text


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
        Direction.WORSE: Text("Worse"),
        Direction.BETTER: Text("Better"),
        Direction.MOVED: Text("Moved"),
    },
)

MOVE_LABELS: Final[Mapping[Move, Label]] = MappingProxyType(
    {
        Move.NEWLY_LATE: Text("Newly late"),
        Move.NEWLY_BLOCKED: Text("Newly blocked"),
        Move.REOPENED: Text("Reopened"),
        Move.SLIPPED: Text("Due date put off"),
        Move.SUPERVISED: Text("New supervision"),
        Move.DONE: Text("Done", context="change of a task"),
        Move.ACCEPTED: Text("Signed off"),
        Move.UNBLOCKED: Text("Unblocked"),
        Move.STARTED: Text("Started"),
        Move.NEWLY_DUE_SOON: Text("Newly due soon"),
        Move.RECEDED: Text("Fell back"),
        Move.BROUGHT_FORWARD: Text("Due date brought forward"),
        Move.ADDED: Text("New task"),
        Move.REMOVED: Text("Removed task"),
        Move.REDEFINED: Text("Redefined"),
        Move.PROGRESSED: Text("Progressed"),
        Move.OTHER: Text("Other change"),
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
    was, now = before.rule.finished, after.rule.finished
    if now and not was:
        yield Move.DONE
    if after.rule.accepted and not before.rule.accepted:
        yield Move.ACCEPTED
    if was and not now:
        yield Move.REOPENED
    if after.rule.blocked and not before.rule.blocked:
        yield Move.NEWLY_BLOCKED
    if before.rule.blocked and not after.rule.blocked:
        yield Move.UNBLOCKED
    if not before.rule.begun and after.rule.begun and not (after.rule.blocked or now):
        yield Move.STARTED


DEFINITION: Final = (
    "category",
    "title_zh",
    "title_en",
    "lead_unit",
    "supporting_units",
    "planned_start",
    "priority",
    "features",
)
"""Columns whose change makes a task redefined; its due date is told apart."""


@dataclass(frozen=True, slots=True)
class TaskChange:
    """Hold how one task moved; `before` is None for a new one and `after` for one that is gone.

    `moves` are in the order of `Move`, `fields` the names of the definition's changed columns, and
    `steps` the acts of supervision that are known at the second instant and were not at the first.
    """

    task: str
    before: TaskState | None
    after: TaskState | None
    moves: tuple[Move, ...]
    fields: tuple[str, ...] = ()
    steps: tuple[SupervisionEvent, ...] = ()

    @property
    def states(self) -> tuple[TaskState, ...]:
        """The states that there are: after, and before."""
        return tuple(state for state in (self.after, self.before) if state is not None)

    @property
    def direction(self) -> Direction:
        """Which way the task went."""
        return direction_of(self.moves)


@dataclass(frozen=True, slots=True)
class Changes:
    """Hold all that moved between two boards.

    `tasks` are in the order of the second board, those that are gone last. `order` is the ids of the
    second board's tasks. `features` holds the light before and after of each feature whose light changed.
    """

    tasks: tuple[TaskChange, ...]
    order: tuple[str, ...]
    features: Mapping[str, tuple[Light, Light]]

    def having(self, move: Move) -> tuple[TaskChange, ...]:
        """Return the tasks that moved in one way, in their order."""
        return tuple(one for one in self.tasks if move in one.moves)


@dataclass(frozen=True, slots=True)
class State:
    """Hold what a board says of tasks and features, as far as changes tell it."""

    tasks: Mapping[str, TaskState]
    features: Mapping[str, Light]


def state_of(board: Board) -> State:
    """Return what a board says, for changes to be applied to."""
    rows: Iterator[Any] = board.tasks.itertuples()
    tasks = {row.Index: _task_state(row) for row in rows}
    lights: Iterator[tuple[str, Light]] = zip(
        board.features.index.tolist(), board.features["light"].tolist(), strict=True
    )
    return State(tasks, dict(lights))


def changes(
    before: Board,
    after: Board,
    *,
    supervision_before: Iterable[SupervisionEvent] = (),
    supervision_after: Iterable[SupervisionEvent] = (),
) -> Changes:
    """Return what moved from one board to another of the same features; either may be the earlier one.

    Parameters
    ----------
    before, after
        Boards at two instants.
    supervision_before, supervision_after
        Acts of supervision known at them, oldest first.
    """
    first, second = state_of(before), state_of(after)
    steps = _new_steps(supervision_before, supervision_after)
    redefined = _redefined(before.tasks, after.tasks)
    ids = [*second.tasks, *(task for task in first.tasks if task not in second.tasks)]
    found = (
        _change(task, first.tasks.get(task), second.tasks.get(task), redefined.get(task, ()), steps.get(task, ()))
        for task in ids
    )
    lights = {
        feature: (first.features[feature], light)
        for feature, light in second.features.items()
        if first.features[feature] != light
    }
    return Changes(tuple(one for one in found if one.moves), tuple(second.tasks), lights)


def apply(found: Changes, board: Board) -> State:
    """Return what the second board says, from the first one and what moved; lights of features follow from tasks."""
    known = dict(state_of(board).tasks)
    for one in found.tasks:
        if one.after is None:
            del known[one.task]
        else:
            known[one.task] = one.after
    tasks = {task: known[task] for task in found.order}
    lights: dict[str, list[Light]] = {str(feature): [] for feature in board.features.index}
    for state in tasks.values():
        for feature in state.features:
            lights[feature].append(state.light)
    return State(tasks, {feature: worst(ones) for feature, ones in lights.items()})


def marks(found: Changes) -> dict[str, Direction]:
    """Return for each feature of a moved task which way it went: the first of `Direction` of its tasks."""
    marked: dict[str, Direction] = {}
    for one in found.tasks:
        for feature in dict.fromkeys(feature for state in one.states for feature in state.features):
            others = (one.direction, marked.get(feature, one.direction))
            marked[feature] = min(others, key=DIRECTION_ORDER.index)
    return marked


def counts_by_unit(found: Changes) -> dict[str, Counter[Move]]:
    """Return how many tasks of each lead unit moved in each way; a task counts for the unit that has it now."""
    counts: dict[str, Counter[Move]] = {}
    for one in found.tasks:
        counts.setdefault(one.states[0].lead_unit, Counter()).update(one.moves)
    return counts


def counts_by_zone(found: Changes, zones: "pd.Series[Any]") -> dict[str, Counter[Move]]:
    """Return how many tasks moved in each way in each zone in which they have, or had, a feature.

    Parameters
    ----------
    found
        What moved.
    zones
        Tuples of zone ids by feature.
    """
    counts: dict[str, Counter[Move]] = {}
    for one in found.tasks:
        touched = {zone for state in one.states for feature in state.features for zone in zones[feature]}
        for zone in touched:
            counts.setdefault(zone, Counter()).update(one.moves)
    return counts


def _task_state(row: Any) -> TaskState:  # noqa: ANN401  a row
    status = Status(row.status)
    return TaskState(
        status=status,
        percent=int(row.percent),
        light=Light(row.light),
        due=None if pd.isna(row.due) else row.due.date(),
        late=status not in FINISHED and not pd.isna(row.days_left) and int(row.days_left) < 0,
        lead_unit=row.lead_unit,
        features=row.features,
    )


def _new_steps(
    before: Iterable[SupervisionEvent], after: Iterable[SupervisionEvent]
) -> dict[str, tuple[SupervisionEvent, ...]]:
    known = set(before)
    steps: dict[str, tuple[SupervisionEvent, ...]] = {}
    for event in after:
        if event not in known:
            steps[event.task] = (*steps.get(event.task, ()), event)
    return steps


def _redefined(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the changed columns of the definition of each task that both frames have."""
    both = after.index[after.index.isin(before.index)]
    fields: dict[str, tuple[str, ...]] = {}
    for name in DEFINITION:
        for task, one, other in zip(both, before.loc[both, name], after.loc[both, name], strict=True):
            if one != other and not (one is pd.NaT and other is pd.NaT):
                fields[str(task)] = (*fields.get(str(task), ()), name)
    return fields


def _change(
    task: str,
    before: TaskState | None,
    after: TaskState | None,
    fields: tuple[str, ...],
    steps: tuple[SupervisionEvent, ...],
) -> TaskChange:
    moves = {Move.SUPERVISED} if steps else set()
    moves |= {Move.REDEFINED} if fields else set()
    if before is None:
        moves |= {Move.ADDED} | ({Move.NEWLY_LATE} if after and after.late else set())
    elif after is None:
        moves.add(Move.REMOVED)
    else:
        moves.update(moves_between(before, after))
    if not moves and before != after:
        moves = {Move.OTHER}
    return TaskChange(task, before, after, tuple(move for move in Move if move in moves), fields, steps)
