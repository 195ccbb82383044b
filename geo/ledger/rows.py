"""Turn cells of the ledger's workbook, and rows of the ledger's frames, into the same canonical texts.

Canonical are: ids for choices, several joined by `;`; days and instants in ISO 8601, instants in UTC;
percentages as whole numbers; texts as `geo.ledger.cells.plain` leaves them; empty where there is nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from geo.ledger.cells import Calendar, RawCell, from_cell, percent_of, plain
from geo.ledger.form import DEFINITION_FIELDS, LIST_JOINER, PROGRESS_FIELDS, Choice, Column, Kind, Spelling
from geo.model.status import INITIAL
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog

JOINER: Final = ";"
UNREPORTED: Final[Mapping[str, str]] = dict.fromkeys(PROGRESS_FIELDS, "") | {
    "status": INITIAL.value,
    "percent": "0",
}
"""Progress of a task of which nothing was reported."""

_LIST: Final = re.compile("[;；\n]")
_LOOSE_LIST: Final = re.compile("[、,，]")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Hold one row of a sheet: its number as Excel shows it, and its cells by field."""

    row: int
    cells: Mapping[str, RawCell]

    @property
    def blank(self) -> bool:
        """Whether nothing was written into it; what a merged cell lends it does not count."""
        return all(cell.filled or not cell.text for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a sheet: its name for problems, its headers as they are seen by field, and its rows."""

    file: str
    headers: Mapping[str, str]
    rows: Sequence[SheetRow]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """Hold a row as it was understood; fields that could not be read are absent. `written` is what its cells show."""

    row: int
    id: str
    values: Mapping[str, str]
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowReader:
    """Read the rows of one sheet; what is wrong with its cells goes to `log`."""

    table: Table
    spelling: Spelling
    calendar: Calendar
    log: ProblemLog = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "log", ProblemLog(self.table.file))

    def rows(self, columns: Iterable[Column], ids: Choice | None = None) -> list[ReadRow]:
        """Return the rows that are not blank; `id` is empty where it was left out.

        Parameters
        ----------
        columns
            Columns to read; of those that the sheet lacks rows have no value.
        ids
            Ids that exist, so that `t01` finds T01; others stay as they are written.
        """
        present = [column for column in columns if column.field in self.table.headers]
        found = []
        for one in self.table.rows:
            if one.blank:
                continue
            values = {column.field: self._value(one, column) for column in present if column.kind is not Kind.ID}
            sound = {name: value for name, value in values.items() if value is not None}
            written = {name: cell.text for name, cell in one.cells.items()}
            found.append(ReadRow(one.row, self._id(one, ids), sound, written))
        return found

    def note(self, code: ProblemCode, row: int, column: str, value: str, **params: str) -> None:
        """Note a problem of a cell; `column` is its field."""
        self.log.add(code, row=row, column=self.table.headers.get(column, column), value=value, **params)

    def problems(self) -> list[Problem]:
        """Return what was noted, by row."""
        return self.log.in_order()

    def _id(self, one: SheetRow, ids: Choice | None) -> str:
        text = unicodedata.normalize("NFKC", from_cell(one.cells.get("id", RawCell()).text)).strip()
        known = self.spelling[ids].find(text) if ids else None
        return known or text

    def _value(self, one: SheetRow, column: Column) -> str | None:
        cell = one.cells.get(column.field, RawCell())
        if cell.fault:
            self.note(ProblemCode.CELL_FAULT, one.row, column.field, cell.text)
            return None
        if not cell.text:
            return ""
        if column.choice is not None:
            return self._choices(one.row, column, column.choice, from_cell(cell.text))
        read, code = _READERS[column.kind]
        value = read(cell, self.calendar)
        if value is None:
            self.note(code, one.row, column.field, cell.text)
        return value

    def _choices(self, row: int, column: Column, choice: Choice, text: str) -> str | None:
        choices = self.spelling[choice]
        parts = [text]
        if column.kind is Kind.CHOICES:
            strict = [part.strip() for part in _LIST.split(text)]
            loose = ([part] if choices.find(part) else _LOOSE_LIST.split(part) for part in strict)
            parts = [part.strip() for some in loose for part in some if part.strip()]
        ids = [choices.find(part) for part in parts]
        for part, key in zip(parts, ids, strict=True):
            if key is None:
                allowed = "、".join(choices.label(one) for one in choices.shown)
                self.note(ProblemCode.CELL_UNKNOWN, row, column.field, part, allowed=allowed)
        known = [key for key in ids if key is not None]
        return JOINER.join(dict.fromkeys(known)) if len(known) == len(ids) else None


def definitions(tasks: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the definitions of tasks by id, as canonical texts."""
    rows = zip(*(tasks[name] for name in DEFINITION_FIELDS), strict=True)
    return {str(key): _canonical(DEFINITION_FIELDS, row) for key, row in zip(tasks.index, rows, strict=True)}


def progress(updates: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the progress of tasks by id, as canonical texts; of several updates of a task the last counts."""
    rows = zip(*(updates[name] for name in PROGRESS_FIELDS), strict=True)
    return {str(task): _canonical(PROGRESS_FIELDS, row) for task, row in zip(updates["task"], rows, strict=True)}


def shown(value: str, column: Column, spelling: Spelling) -> str:
    """Return a canonical text as a person reads it: names for ids, `%` after a percentage."""
    if column.choice is not None:
        parts = value.split(JOINER) if column.kind is Kind.CHOICES else [value]
        return LIST_JOINER.join(spelling[column.choice].label(part) for part in parts)
    return f"{value}%" if column.kind is Kind.PERCENT and value else value


def _canonical(names: Sequence[str], row: Iterable[Hashable]) -> dict[str, str]:
    return {name: _text(value) for name, value in zip(names, row, strict=True)}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return JOINER.join(map(str, value))
    if value is None or value is pd.NaT:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else plain(str(value))


def _day(cell: RawCell, calendar: Calendar) -> str | None:
    day = calendar.day(cell)
    return None if day is None else day.isoformat()


def _instant(cell: RawCell, calendar: Calendar) -> str | None:
    instant = calendar.instant(cell)
    return None if instant is None else instant.isoformat()


def _percent(cell: RawCell, _calendar: Calendar) -> str | None:
    percent = percent_of(cell)
    return None if percent is None else str(percent)


def _plain(cell: RawCell, _calendar: Calendar) -> str | None:
    return from_cell(cell.text)


_Reader = Callable[[RawCell, Calendar], str | None]
_READERS: Final[Mapping[Kind, tuple[_Reader, ProblemCode]]] = {
    Kind.TEXT: (_plain, ProblemCode.CELL_MISSING),
    Kind.DAY: (_day, ProblemCode.CELL_NOT_A_DATE),
    Kind.INSTANT: (_instant, ProblemCode.CELL_NOT_A_TIME),
    Kind.PERCENT: (_percent, ProblemCode.CELL_BAD_PERCENT),
}
