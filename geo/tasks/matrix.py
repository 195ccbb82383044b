"""Count the tasks of a board by unit and category: how many, how many of each light, and the worst of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

import pandas as pd

from geo.model.status import LIGHT_ORDER, Light
from geo.tasks.joins import Board


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
