"""Read the ledger's workbook: find its sheets and columns, and take its cells as they are.

Nothing is parsed before `data.workbook.sheets` has let it through, sheets are read row by row, and XML with
entities is refused: openpyxl leaves that to defusedxml.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from struct import error as struct_error
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from data.workbook.sheets import ROWS_MAX, Grid, is_harmless, read_grid
from geo.ledger.form import (
    BASE_MARK,
    BASE_SHEET,
    LEDGER_COLUMNS,
    LEDGER_SHEET,
    LISTS_SHEET,
    UNIT_COLUMNS,
    UNITS_SHEET,
    UPDATE_COLUMNS,
    UPDATES_SHEET,
    Column,
    columns_of,
    is_sheet,
)
from geo.ledger.merge import Base, unpack
from geo.ledger.rows import SheetRow, Table
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog
from locales import Label

HEADER_ROWS: Final = 10
"""The header is among the first rows; what stands above it is a title."""

_ENOUGH_COLUMNS: Final = 3
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct_error,
    InvalidFileException,
    SyntaxError,  # what both parsers that openpyxl may use raise for XML that is none
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What parsing a damaged workbook raises: openpyxl checks little of what it reads."""


@dataclass(frozen=True, slots=True)
class Book:
    """Hold a workbook as it was read; tables are absent where it has no such sheet, `base` where it was made by hand.

    `epoch` is the day 0 of its serial numbers.
    """

    name: str
    ledger: Table
    updates: Table | None
    units: Table | None
    base: Base | None
    epoch: datetime


def read_book(content: bytes, name: str) -> tuple[Book | None, list[Problem]]:
    """Return a workbook, and what is wrong with it as a whole; None where it cannot be used at all.

    Parameters
    ----------
    content, name
        The file, and its name for the problems.
    """
    log = ProblemLog(name)
    if not is_harmless(content, log):
        return None, log.in_order()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out: pictures, extensions of Excel
            grids, epoch = _grids(content)
    except _BROKEN as error:
        log.add(ProblemCode.BOOK_BROKEN, value=str(error) or type(error).__name__)
        return None, log.in_order()
    log_rows = [_too_many(name, grid) for grid in grids if grid.cut]
    book = _book(name, grids, epoch, log)
    return book, [*log.in_order(), *log_rows]


def _grids(content: bytes) -> tuple[list[Grid], datetime]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [read_grid(sheet, archive) for sheet in workbook.worksheets], workbook.epoch
    finally:
        workbook.close()


def _book(name: str, grids: Sequence[Grid], epoch: datetime, log: ProblemLog) -> Book | None:
    base = _base(grids, log)
    tables = [one for one in grids if one.title not in {BASE_SHEET, LISTS_SHEET}]
    ledger = _ledger(name, tables, log)
    updates = _table(name, _titled(tables, UPDATES_SHEET), UPDATE_COLUMNS)
    if updates is not None:
        _demand(updates, ("task", "status"), UPDATE_COLUMNS, log)
    units = _table(name, _titled(tables, UNITS_SHEET), UNIT_COLUMNS)
    return None if ledger is None else Book(name, ledger, updates, units, base, epoch)


def _base(grids: Sequence[Grid], log: ProblemLog) -> Base | None:
    grid = next((one for one in grids if one.title == BASE_SHEET), None)
    cells = [cells[0].text for _, cells in grid.rows if cells] if grid else []
    if not cells or cells[0] != BASE_MARK:
        log.add(ProblemCode.BOOK_BASE_BROKEN if grid else ProblemCode.BOOK_NO_BASE)
        return None
    base = unpack(cells[1:])
    if base is None:
        log.add(ProblemCode.BOOK_BASE_BROKEN)
    return base


def _ledger(name: str, grids: Sequence[Grid], log: ProblemLog) -> Table | None:
    """Return the ledger: the sheet with its title, or else the one with most of its columns."""
    titled = _titled(grids, LEDGER_SHEET)
    others = [one for one in grids if not is_sheet(one.title, UPDATES_SHEET) and not is_sheet(one.title, UNITS_SHEET)]
    found = [_table(name, one, LEDGER_COLUMNS) for one in ([titled] if titled else others)]
    table = max((one for one in found if one), key=lambda one: len(one.headers), default=None)
    if table is None or len(table.headers) < (1 if titled else _ENOUGH_COLUMNS):
        headers = "、".join(column.label.zh for column in LEDGER_COLUMNS[:5])
        log.add(ProblemCode.BOOK_NO_LEDGER, allowed=headers)
        return None
    return table if _demand(table, ("id",), LEDGER_COLUMNS, log) else None


def _demand(table: Table, fields: Sequence[str], columns: Sequence[Column], log: ProblemLog) -> bool:
    """Tell whether a sheet has columns; note those that it lacks, under the name that an export gives them."""
    missing = [column for column in columns if column.field in fields and column.field not in table.headers]
    for column in missing:
        sheet = table.file.removeprefix(log.file).removeprefix(" / ")
        log.add(ProblemCode.BOOK_MISSING_COLUMN, column=f"{sheet} / {' '.join(column.header.split())}")
    return not missing


def _titled(grids: Sequence[Grid], sheet: Label) -> Grid | None:
    return next((one for one in grids if is_sheet(one.title, sheet)), None)


def _table(name: str, grid: Grid | None, columns: Sequence[Column]) -> Table | None:
    """Return a sheet by its columns; None where no row of its head names any."""
    if grid is None:
        return None
    best, header = 0, dict[int, Column]()
    for index, (_, cells) in enumerate(grid.rows[:HEADER_ROWS]):
        found = columns_of([cell.value for cell in cells], columns)
        if len(found) > len(header):
            best, header = index, found
    if not header:
        return None
    number, cells = grid.rows[best]
    first = grid.ends.get(number, number) + 1
    rows = [
        SheetRow(row, {column.field: cells[at] for at, column in header.items() if at < len(cells)})
        for row, cells in grid.rows[best + 1 :]
        if row >= first
    ]
    headers = {column.field: " ".join(cells[at].text.split()) for at, column in header.items()}
    return Table(f"{name} / {grid.title}", headers, rows)


def _too_many(name: str, grid: Grid) -> Problem:
    params = {"allowed": f"{ROWS_MAX:,}"}
    return Problem(ProblemCode.BOOK_TOO_MANY_ROWS, f"{name} / {grid.title}", grid.cut, "", "", params)
