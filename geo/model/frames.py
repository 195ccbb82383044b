"""Make the frames of units, tasks and updates from their row types, the same when empty."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.model.campaign import TASK_COLUMNS, UNIT_COLUMNS, UPDATE_COLUMNS, StatusUpdate, Task, Unit

_DTYPES: Final = {"supporting_units": "object", "features": "object", "percent": "int64"}
_DAYS: Final = frozenset({"planned_start", "due"})
_INSTANTS: Final = frozenset({"reported_at"})


def units_frame(units: Iterable[Unit]) -> pd.DataFrame:
    """Return units in their order, indexed by id."""
    return _frame(UNIT_COLUMNS, map(attrgetter(*UNIT_COLUMNS), units))


def tasks_frame(tasks: Iterable[Task]) -> pd.DataFrame:
    """Return tasks in their order, indexed by id; dates are naive datetime64, or NaT."""
    return _frame(TASK_COLUMNS, map(attrgetter(*TASK_COLUMNS), tasks))


def updates_frame(updates: Iterable[StatusUpdate]) -> pd.DataFrame:
    """Return updates indexed by id, oldest first, `reported_at` in UTC.

    Updates of one instant stand in the order of their ids: shorter ids first, so that U9999 is
    before U10000.
    """
    rows = sorted(updates, key=lambda update: (update.reported_at, len(update.id), update.id))
    return _frame(UPDATE_COLUMNS, map(attrgetter(*UPDATE_COLUMNS), rows))


def _frame(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    cells = dict(zip(names, columns, strict=True))
    index = pd.Index(cells.pop("id"), name="id", dtype="str")
    return pd.DataFrame({name: _column(name, values, index) for name, values in cells.items()}, index=index)


def _column(name: str, values: Sequence[Any], index: pd.Index) -> pd.Series:
    if name in _DAYS:
        return pd.Series(_midnights(values), index=index)
    if name in _INSTANTS:
        return pd.Series(_instants(values), index=index)
    return pd.Series(list(values), index=index, dtype=_DTYPES.get(name, "str"))


def _midnights(days: Sequence[date | None]) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(np.array(days, dtype="datetime64[D]").astype("datetime64[us]"))


def _instants(instants: Sequence[datetime]) -> pd.DatetimeIndex:
    naive = [instant.astimezone(UTC).replace(tzinfo=None) for instant in instants]
    return pd.DatetimeIndex(np.array(naive, dtype="datetime64[us]")).tz_localize(UTC)
