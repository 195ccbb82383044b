"""Make the store's frames from its rows, and rows from the frames of a campaign's files; no SQL."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from typing import Any, Final

import numpy as np
import pandas as pd

from data.store.protocol import STORED_TASK_COLUMNS, STORED_UPDATE_COLUMNS
from geo.model.campaign import TASK_COLUMNS, UPDATE_COLUMNS, StatusUpdate, Task
from geo.model.status import Status

_TUPLES: Final = frozenset({"supporting_units", "features"})
_NUMBERS: Final = frozenset({"percent", "seq"})
_DAYS: Final = frozenset({"planned_start", "due"})
_INSTANTS: Final = frozenset({"reported_at", "written_at"})


def stored_tasks_frame(rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return tasks in their order; a row holds `id` and `STORED_TASK_COLUMNS`."""
    return _frame(("id", *STORED_TASK_COLUMNS), rows)


def stored_updates_frame(rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return updates in their order; a row holds `id` and `STORED_UPDATE_COLUMNS`, instants aware."""
    return _frame(("id", *STORED_UPDATE_COLUMNS), rows)


def tasks_of(frame: pd.DataFrame) -> list[Task]:
    """Return the rows of a frame of tasks."""
    cells = zip(frame.index, *(frame[name] for name in TASK_COLUMNS[1:]), strict=True)
    named = (dict(zip(TASK_COLUMNS, row, strict=True)) for row in cells)
    return [Task(**row | {name: _day(row[name]) for name in _DAYS}) for row in named]


def updates_of(frame: pd.DataFrame) -> list[StatusUpdate]:
    """Return the rows of a frame of updates."""
    cells = zip(frame.index, *(frame[name] for name in UPDATE_COLUMNS[1:]), strict=True)
    named = (dict(zip(UPDATE_COLUMNS, row, strict=True)) for row in cells)
    return [
        StatusUpdate(
            **row
            | {
                "status": Status(row["status"]),
                "percent": int(row["percent"]),
                "reported_at": row["reported_at"].to_pydatetime(),
            },
        )
        for row in named
    ]


def _day(value: Any) -> date | None:  # noqa: ANN401  a cell of a frame
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _frame(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    cells = dict(zip(names, columns, strict=True))
    index = pd.Index(cells.pop("id"), name="id", dtype="str")
    return pd.DataFrame({name: _column(name, values, index) for name, values in cells.items()}, index=index)


def _column(name: str, values: Sequence[Any], index: pd.Index) -> pd.Series:
    if name in _TUPLES:
        return pd.Series([tuple(value) for value in values], index=index, dtype="object")
    if name in _NUMBERS:
        return pd.Series(list(values), index=index, dtype="int64")
    if name in _DAYS:
        return pd.Series(
            pd.DatetimeIndex(np.array(values, dtype="datetime64[D]").astype("datetime64[us]")), index=index
        )
    if name in _INSTANTS:
        naive = [value.astimezone(UTC).replace(tzinfo=None) for value in values]
        return pd.Series(pd.DatetimeIndex(np.array(naive, dtype="datetime64[us]")).tz_localize(UTC), index=index)
    return pd.Series(list(values), index=index, dtype="str")
