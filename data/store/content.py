"""Turn rows into frames and back, and say what a write holds: storable texts, its fingerprint, its changes; no SQL."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from data.store.protocol import STORED_TASK_COLUMNS, STORED_UPDATE_COLUMNS
from data.store.rows import HistoryKind, NewUpdate, Write
from geo.model.campaign import TASK_COLUMNS, UPDATE_COLUMNS, StatusUpdate, Task
from geo.model.errors import NaiveInstantError, UnstorableTextError
from geo.model.status import Status
from geo.model.supervision import SupervisionEvent

UPDATE_FIELDS: Final = (
    "feature",
    "status",
    "percent",
    "note",
    "difficulty_kind",
    "difficulty",
    "suggestion",
    "unit",
)
HISTORY_FIELDS: Final[Mapping[HistoryKind, tuple[str, ...]]] = MappingProxyType(
    {
        "update": UPDATE_FIELDS,
        "definition": TASK_COLUMNS[1:],
        "supervision": ("rung", "act", "unit", "text", "deadline"),
    },
)
"""Fields that a history tells of, by kind of entry."""

_OF_THE_WRITE: Final[Mapping[type, frozenset[str]]] = MappingProxyType(
    {NewUpdate: frozenset({"written_at"}), SupervisionEvent: frozenset({"at", "who", "seq"})},
)
"""Fields that tell of the submission and not of what is sent."""


def fingerprint(*content: object) -> str:
    """Return the SHA-256 in hex of what a write holds, so that a repeated key can be told from a reused one.

    When a report was written is no part of it: a page that sends anew may tell the time anew. Nor is what
    an act of supervision has from its write.

    Raises
    ------
    UnstorableTextError
        A text holds a NUL or half a character.
    NaiveInstantError
        An instant has no time zone.
    """
    text = json.dumps([_plain(one) for one in content], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def check_content(*content: object) -> None:
    """Refuse what no database keeps.

    Raises
    ------
    UnstorableTextError
        A text holds a NUL or half a character.
    NaiveInstantError
        An instant has no time zone.
    """
    for one in content:
        _plain(one)


def seeds_of(supervision: Iterable[SupervisionEvent], seed: Write) -> list[tuple[SupervisionEvent, Write]]:
    """Return acts of supervision that come with a campaign's files, oldest first, each with its write.

    Raises
    ------
    ValueError
        An act has no `at`; `NaiveInstantError` where it has no time zone.
    UnstorableTextError
        A text holds a NUL or half a character.
    """
    dated = []
    for event in supervision:
        if event.at is None:
            raise ValueError(f"the act of supervision on {event.task!r} has no instant; a seeded one brings its own")
        check_content(event, event.at)
        dated.append((event.at, event))
    dated.sort(key=lambda pair: pair[0])
    seeds = [
        (event, Write(replace(seed.author, name=event.who), f"{seed.key}:supervision:{number}", at))
        for number, (at, event) in enumerate(dated, start=1)
    ]
    check_content([write for _, write in seeds])
    return seeds


def changes(before: object | None, after: object, names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return the fields whose texts differ between two rows; everything is new where there was none."""
    pairs = {name: (_text(getattr(before, name, "")), _text(getattr(after, name))) for name in names}
    return MappingProxyType({name: pair for name, pair in pairs.items() if pair[0] != pair[1]})


def _text(value: Any) -> str:  # noqa: ANN401  a field of any row
    if isinstance(value, tuple | list):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return _storable(str(value))
    if is_dataclass(value):
        beside = _OF_THE_WRITE.get(type(value), frozenset())
        return [_plain(getattr(value, one.name)) for one in fields(value) if one.name not in beside]
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime) and value.tzinfo is None:
        raise NaiveInstantError(value)
    return value.isoformat() if isinstance(value, date) else value


def _storable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnstorableTextError(text) from error
    if "\0" in text:
        raise UnstorableTextError(text)
    return text


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
