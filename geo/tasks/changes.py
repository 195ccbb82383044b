"""Compare two boards of one campaign: what moved between their instants, task by task."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.model.status import FINISHED, Light, Status
from geo.supervision.acts import SupervisionEvent
from geo.tasks.changes_moves import DIRECTION_ORDER, Direction, Move, TaskState, direction_of, moves_between
from geo.tasks.joins import Board
from geo.tasks.lights import worst

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
