"""Merge three versions of a ledger field by field: what was exported, what the system has now, what the workbook says.

Rows are mappings from field to canonical text (see `geo.ledger.rows`). The result does not depend on
the order of rows or fields.
"""

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final, Literal

_CHUNK: Final = 30_000
_UNPACKED_MAX: Final = 50_000_000
_HEX: Final = re.compile("(?:[0-9a-f]{2})+")


@dataclass(frozen=True, slots=True)
class Base:
    """Hold what was exported: the campaign, the store's version, and the tasks as canonical texts by field."""

    campaign: str
    version: int
    tasks: Mapping[str, Mapping[str, str]]


def pack(base: Base) -> tuple[str, ...]:
    """Return a base as texts of letters and digits, each short enough for one cell; the first is its SHA-256."""
    content = {"campaign": base.campaign, "version": base.version, "tasks": {k: dict(v) for k, v in base.tasks.items()}}
    text = zlib.compress(json.dumps(content, sort_keys=True).encode(), 9).hex()
    chunks = (f"h{text[start : start + _CHUNK]}" for start in range(0, len(text), _CHUNK))
    return (f"h{sha256(text.encode()).hexdigest()}", *chunks)


def unpack(cells: Sequence[str]) -> Base | None:
    """Return the base that `pack` made these texts of; None where they are damaged."""
    digest, *chunks = [cell.strip().removeprefix("h") for cell in cells if cell.strip()] or [""]
    text = "".join(chunks)
    if sha256(text.encode()).hexdigest() != digest or not _HEX.fullmatch(text):
        return None
    try:
        unpacker = zlib.decompressobj()
        content = json.loads(unpacker.decompress(bytes.fromhex(text), _UNPACKED_MAX))
        tasks = {
            str(key): {str(name): str(value) for name, value in row.items()} for key, row in content["tasks"].items()
        }
        return Base(str(content["campaign"]), int(content["version"]), tasks)
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


Row = Mapping[str, str]
Rows = Mapping[str, Row]
Side = Literal["mine", "theirs"]
Decisions = Mapping[tuple[str, str], Side]


class ChangeKind(StrEnum):
    """What happens to a task or to one of its fields."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    """The workbook lacks the task; it stays as it is, for nothing is ever deleted."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one difference that the workbook would make; `field` is empty where a task is missing as a whole."""

    task: str
    field: str
    before: str
    after: str
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hold one field that both sides changed, differently; `base` is empty where it was never exported."""

    task: str
    field: str
    base: str
    theirs: str
    mine: str

    @property
    def key(self) -> tuple[str, str]:
        """Key of its decision."""
        return self.task, self.field


@dataclass(frozen=True, slots=True)
class Merged:
    """Hold what comes out: the workbook's tasks as they would be, what changes, what has to be decided.

    `rows` has only tasks that the workbook has. Undecided conflicts are listed, and their fields
    stay as the system has them.
    """

    rows: Rows
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def merge(base: Rows | None, theirs: Rows, mine: Rows, decisions: Decisions | None = None) -> Merged:
    """Merge a workbook into the ledger.

    Parameters
    ----------
    base
        Tasks as the workbook was exported with; None for one that was made by hand: then whatever
        it says counts.
    theirs
        Tasks as the system has them now, all of them with all fields.
    mine
        Tasks as the workbook has them; fields that it does not have are left alone.
    decisions
        Which side counts, by task and field of a conflict.
    """
    rows: dict[str, Row] = {}
    conflicts: list[Conflict] = []
    for task, row in mine.items():
        exported = theirs.get(task, {}) if base is None else base.get(task, {})
        rows[task], found = _merge_row(task, exported, theirs.get(task), row)
        conflicts += found
    decided = {one.key: one.mine for one in conflicts if (decisions or {}).get(one.key) == "mine"}
    for (task, field), value in decided.items():
        rows[task] = {**rows[task], field: value}
    open_ = tuple(one for one in conflicts if one.key not in (decisions or {}))
    return Merged(rows, _changes(base or {}, theirs, rows), open_)


def _merge_row(task: str, base: Row, theirs: Row | None, mine: Row) -> tuple[Row, list[Conflict]]:
    if theirs is None:
        return mine, []
    merged = dict(theirs)
    conflicts = []
    for field, value in mine.items():
        now = theirs.get(field, "")
        exported = base.get(field)
        if value in (now, exported):
            continue
        if now == exported:
            merged[field] = value
        else:
            conflicts.append(Conflict(task, field, exported or "", now, value))
    return merged, conflicts


def _changes(base: Rows, theirs: Rows, merged: Rows) -> tuple[Change, ...]:
    found = []
    for task, row in merged.items():
        before = theirs.get(task)
        kind = ChangeKind.NEW if before is None else ChangeKind.CHANGED
        was = before or {}
        found += [
            Change(task, field, was.get(field, ""), value, kind)
            for field, value in row.items()
            if value != was.get(field, "")
        ]
    missing = [task for task in base if task in theirs and task not in merged]
    return (*found, *(Change(task, "", "", "", ChangeKind.REMOVED) for task in missing))
