"""Count a board's tasks by status and light, as a whole and by zone, kind, category and unit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from geo.model.campaign import Campaign
from geo.model.status import FINISHED, LIGHT_ORDER, STATUS_ORDER, Light, Status
from geo.tasks.facets import Facet, Mask, ValueIndex
from geo.tasks.joins import Board
from geo.tasks.lights import days_left


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the figures of some tasks; all statuses and lights are listed.

    `readiness` is the share of tasks that are done or accepted, 0 to 1, None where there is no
    task.
    """

    key: str
    tasks: int
    by_status: Mapping[Status, int]
    by_light: Mapping[Light, int]
    readiness: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold the figures of a board.

    A task counts in each zone in which it has a feature, and for its lead unit only, who
    answers for it. Days are calendar days from the board's day: 0 on the day itself, negative
    afterwards.
    """

    total: Group
    by_zone: tuple[Group, ...]
    by_category: tuple[Group, ...]
    by_unit: tuple[Group, ...]
    days_to_deadline: int
    days_to_opening: int


def summarise(board: Board, campaign: Campaign, *, tasks: Mask | None = None) -> Summary:
    """Return the figures of a board.

    Parameters
    ----------
    board, campaign
        The board, and the campaign whose deadline and opening count.
    tasks
        Which tasks count, aligned with `board.tasks`, such as from `geo.tasks.filters.match_tasks`; all
        by default.
    """
    counted = np.ones(len(board.tasks), dtype=bool) if tasks is None else tasks
    index = board.facets
    zones = index.by_feature[Facet.ZONES].through(index.link_feature, index.link_task, len(board.tasks))
    lead = ValueIndex.of((unit,) for unit in board.tasks["lead_unit"])
    categories = ValueIndex.of(((one,) for one in board.tasks["category"]), (one.id for one in campaign.categories))
    days = [days_left(day, board.as_of, campaign.tz) or 0 for day in (campaign.deadline, campaign.opening)]
    return Summary(
        total=_group(board, "", counted),
        by_zone=_groups(board, zones, counted),
        by_category=_groups(board, categories, counted),
        by_unit=_groups(board, lead, counted),
        days_to_deadline=days[0],
        days_to_opening=days[1],
    )


def _groups(board: Board, index: ValueIndex, counted: Mask) -> tuple[Group, ...]:
    return tuple(_group(board, value, index.having({value}) & counted) for value in index.values)  # noqa: PD011  no frame


def _group(board: Board, key: str, mask: Mask) -> Group:
    statuses = board.tasks["status"].to_numpy(dtype=object)[mask]
    lights = board.tasks["light"].to_numpy(dtype=object)[mask]
    size = int(mask.sum())
    by_status = {status: _count(statuses, status) for status in STATUS_ORDER}
    finished = sum(by_status[status] for status in FINISHED)
    return Group(
        key=key,
        tasks=size,
        by_status=MappingProxyType(by_status),
        by_light=MappingProxyType({light: _count(lights, light) for light in LIGHT_ORDER}),
        readiness=finished / size if size else None,
    )


def _count(cells: Iterable[object], wanted: str) -> int:
    return sum(cell == wanted for cell in cells)


class Part(StrEnum):
    """Part of a unit in a task that is counted."""

    ANY = "any"
    """It leads or supports: what a filter of units means."""
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold how many tasks there are of each light, in `LIGHT_ORDER`."""

    by_light: tuple[int, ...]

    @property
    def total(self) -> int:
        """Number of tasks."""
        return sum(self.by_light)

    @property
    def red(self) -> int:
        """Number of tasks that are late or blocked."""
        return self.by_light[LIGHT_ORDER.index(Light.RED)]

    @property
    def worst(self) -> Light | None:
        """Worst light of the tasks, None where there is no task."""
        return next((light for light, count in zip(LIGHT_ORDER, self.by_light, strict=True) if count), None)


EMPTY: Final = Cell((0,) * len(LIGHT_ORDER))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hold a cell for each pair of unit and category, and the totals.

    A task counts once in each cell and in each total, however many of its units share it: a total of
    a category is therefore less than the sum of its cells where units support each other. Totals
    count tasks of unknown units and categories too, since a filter that lifts the restriction shows them.
    """

    units: tuple[str, ...]
    categories: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    of_unit: Mapping[str, Cell]
    of_category: Mapping[str, Cell]
    all: Cell


def matrix(board: Board, units: Iterable[str], categories: Iterable[str], part: Part = Part.ANY) -> Matrix:
    """Count the tasks of a board.

    Parameters
    ----------
    board
        Tasks with their lights.
    units, categories
        Ids in the order of the rows and of the columns.
    part
        Whether a unit has the tasks that it supports.

    Returns
    -------
    A matrix whose numbers are those of the tasks that `geo.tasks.filters.match_tasks` shows for the unit and
    the category of a cell, with `lead_only` where only leading counts.
    """
    rows, columns = tuple(units), tuple(categories)
    found: dict[tuple[str | None, str | None], Counter[str]] = {}
    for lead, supporting, category, light in _tasks(board.tasks):
        having = {lead} if part == Part.LEAD else {lead, *supporting}
        for key in product((None, *having), (None, category)):
            found.setdefault(key, Counter())[light] += 1
    return Matrix(
        units=rows,
        categories=columns,
        cells={(unit, category): _cell(found.get((unit, category))) for unit in rows for category in columns},
        of_unit={unit: _cell(found.get((unit, None))) for unit in rows},
        of_category={category: _cell(found.get((None, category))) for category in columns},
        all=_cell(found.get((None, None))),
    )


def _tasks(tasks: pd.DataFrame) -> Iterable[tuple[str, tuple[str, ...], str, str]]:
    columns = ("lead_unit", "supporting_units", "category", "light")
    return zip(*(tasks[name] for name in columns), strict=True)


def _cell(counts: Counter[str] | None) -> Cell:
    return Cell(tuple(counts[light] for light in LIGHT_ORDER)) if counts else EMPTY
