"""Write the data of a view as tables: an Excel workbook, and CSV. No cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final
from unicodedata import east_asian_width

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.ledger.sheets import put
from exports.reproducible_zip import stable
from exports.snapshot.snapshot import Snapshot
from exports.snapshot.tables import FEATURE_NAMES, TASK_NAMES, about_rows, feature_rows, task_rows
from geo.ledger.cells import to_cell
from geo.model.status import Label

ABOUT: Final = Label("说明", "About")
FEATURES: Final = Label("要素", "Features")
TASKS: Final = Label("任务", "Tasks")
_YES_NO: Final = {True: Label("是", "yes"), False: Label("否", "no")}
_WIDEST: Final = 44


def write_xlsx(snapshot: Snapshot) -> bytes:
    """A workbook: what the view is, its tasks, its features."""
    book, lang = Workbook(), snapshot.lang
    about = book.worksheets[0]
    about.title = ABOUT.get(lang)
    for number, row in enumerate(about_rows(snapshot), 1):
        for column, text in enumerate(row, 1):
            put(about, number, column, text)
            about.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 14, 90
    _write(book.create_sheet(TASKS.get(lang)), TASK_NAMES, task_rows(snapshot), snapshot)
    _write(book.create_sheet(FEATURES.get(lang)), FEATURE_NAMES, feature_rows(snapshot), snapshot)
    book.properties.creator = "One Map"
    book.properties.title = to_cell(snapshot.title)
    book.properties.created = snapshot.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    file = io.BytesIO()
    book.save(file)
    return stable(file.getvalue(), snapshot.made_at)


def write_csv(snapshot: Snapshot) -> bytes:
    """The tasks of the view; UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([label.get(snapshot.lang) for label in TASK_NAMES.values()])
    for row in task_rows(snapshot):
        writer.writerow([to_cell(one) if isinstance(one, str) else one for one in row.values()])
    return file.getvalue().encode("utf-8-sig")


def _write(sheet: Worksheet, names: Mapping[str, Label], rows: list[dict[str, Any]], snapshot: Snapshot) -> None:
    widths = []
    for column, (name, label) in enumerate(names.items(), 1):
        header = label.get(snapshot.lang)
        put(sheet, 1, column, header)
        sheet.cell(1, column).font = Font(bold=True)
        values = [row[name] for row in rows]
        for line, value in enumerate(values, 2):
            shown = _YES_NO[value].get(snapshot.lang) if isinstance(value, bool) else value
            put(sheet, line, column, shown)
            sheet.cell(line, column).alignment = Alignment(wrap_text=True, vertical="top")
        widths.append(min(max(map(_width, ["", header, *map(str, values)])) + 2, _WIDEST))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
