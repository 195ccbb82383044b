"""Write the ledger as one workbook, which `data.workbook.ledger` reads back: the same input gives the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import pandas as pd
from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.ledger.sheets import CellValue, guide_lines, offer_lists, put, write_lists, write_rows
from geo.ledger.form import (
    BASE_MARK,
    BASE_SHEET,
    FEATURE_COLUMNS,
    FEATURES_SHEET,
    GUIDE_SHEET,
    LEDGER_COLUMNS,
    LEDGER_SHEET,
    LIST_JOINER,
    UNIT_COLUMNS,
    UNITS_SHEET,
    UPDATE_COLUMNS,
    UPDATES_SHEET,
    Choice,
    Choices,
    Column,
    Kind,
    Spelling,
)
from geo.ledger.merge import Base, pack
from geo.ledger.rows import JOINER
from geo.model.campaign import Campaign
from geo.model.kinds import KIND_LABELS, UNIT_KIND_LABELS

UPDATES_MAX: Final = 10_000
"""Updates that the workbook shows, the latest; older ones are history that nobody edits."""

_OFFERED: Final = (
    Choice.CATEGORY,
    Choice.UNIT,
    Choice.PRIORITY,
    Choice.STATUS,
    Choice.DIFFICULTY,
    Choice.FEATURE,
    Choice.TASK,
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_UNIT_KINDS: Final[Mapping[str, str]] = {str(kind): label.zh for kind, label in UNIT_KIND_LABELS.items()}
_FEATURE_KINDS: Final[Mapping[str, str]] = {kind: label.zh for kind, label in KIND_LABELS.items()}


@dataclass(frozen=True, slots=True, eq=False)
class LedgerContent:
    """Hold what the workbook is made of.

    `base.tasks` are the tasks in their order with definition and progress as canonical texts (see
    `geo.ledger.rows`); they fill the ledger's sheet and are what the workbook was exported from.
    `updates` is a frame as `data.store.Store.updates` gives it, `features` may be left out.
    """

    campaign: Campaign
    base: Base
    updates: pd.DataFrame
    units: pd.DataFrame
    features: pd.DataFrame | None
    spelling: Spelling
    now: datetime


def ledger_workbook(content: LedgerContent) -> bytes:
    """Return the workbook as a file: ledger, updates, units, features, how to fill it, and two hidden sheets."""
    book = Workbook()
    ledger = book.worksheets[0]
    ledger.title = LEDGER_SHEET.zh
    write_rows(ledger, LEDGER_COLUMNS, _ledger_rows(content), frozen=3)
    updates = book.create_sheet(UPDATES_SHEET.zh)
    write_rows(updates, UPDATE_COLUMNS, _update_rows(content), frozen=2)
    write_rows(book.create_sheet(UNITS_SHEET.zh), UNIT_COLUMNS, _named_rows(content.units, UNIT_COLUMNS, _UNIT_KINDS))
    if content.features is not None:
        rows = _named_rows(content.features, FEATURE_COLUMNS, _FEATURE_KINDS)
        write_rows(book.create_sheet(FEATURES_SHEET.zh), FEATURE_COLUMNS, rows)
    _write_guide(book.create_sheet(GUIDE_SHEET.zh), content)
    ranges = write_lists(book, {choice: _labels(content.spelling[choice]) for choice in _OFFERED})
    offer_lists(ledger, LEDGER_COLUMNS, ranges)
    offer_lists(updates, UPDATE_COLUMNS, ranges)
    _write_base(book.create_sheet(BASE_SHEET), content.base)
    book.properties.creator = "One Map"
    book.properties.title = content.campaign.name.zh
    book.properties.created = content.now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return _stable(book, content.now)


def _labels(choices: Choices) -> list[str]:
    return list(choices.shown.values())


def _ledger_rows(content: LedgerContent) -> Iterator[list[CellValue]]:
    for task, row in content.base.tasks.items():
        values = {"id": task, **row}
        yield [_cell(values[column.field], column, content.spelling) for column in LEDGER_COLUMNS]


def _cell(value: str, column: Column, spelling: Spelling) -> CellValue:
    """Return what stands in the cell of a canonical text."""
    if not value:
        return None
    if column.choice is not None:
        parts = value.split(JOINER) if column.kind is Kind.CHOICES else [value]
        return LIST_JOINER.join(spelling[column.choice].label(part) for part in parts)
    if column.kind is Kind.DAY:
        return date.fromisoformat(value)
    return int(value) / 100 if column.kind is Kind.PERCENT else value


def _update_rows(content: LedgerContent) -> Iterator[list[CellValue]]:
    latest = content.updates.tail(UPDATES_MAX)
    local = latest["written_at"].dt.tz_convert(content.campaign.tz).dt.tz_localize(None).dt.floor("s")
    written = [instant.to_pydatetime() for instant in local]
    names = [column.field for column in UPDATE_COLUMNS[1:-1]]
    rows = zip(latest.index, *(latest[name] for name in names), written, strict=True)
    for key, *values, at in rows:
        cells = (
            _cell(str(value), column, content.spelling)
            for value, column in zip(values, UPDATE_COLUMNS[1:-1], strict=True)
        )
        yield [str(key), *cells, at]


def _named_rows(
    frame: pd.DataFrame, columns: tuple[Column, ...], kinds: Mapping[str, str]
) -> Iterator[list[CellValue]]:
    names = [column.field for column in columns[1:]]
    for key, kind, *rest in zip(frame.index, *(frame[name] for name in names), strict=True):
        yield [str(key), kinds.get(str(kind), str(kind)), *map(str, rest)]


def _write_guide(sheet: Worksheet, content: LedgerContent) -> None:
    count = len(content.updates)
    lines = guide_lines(content.campaign, content.now, shown_updates=min(count, UPDATES_MAX), all_updates=count)
    for row, texts in enumerate(lines, 1):
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 70


def _write_base(sheet: Worksheet, base: Base) -> None:
    sheet.sheet_state = "veryHidden"
    for row, text in enumerate((BASE_MARK, *pack(base)), 1):
        put(sheet, row, 1, text)


def _stable(book: Workbook, now: datetime) -> bytes:
    """Return the saved workbook without the time of saving, which openpyxl and zipfile write into it."""
    saved, packed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    stamp = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + stamp, part)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
