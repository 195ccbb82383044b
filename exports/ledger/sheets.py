"""Lay out the sheets of the ledger's workbook: headers, widths, validation lists, harmless cells, and the guide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from unicodedata import east_asian_width

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from geo.ledger.cells import to_cell
from geo.ledger.form import FEATURES_SHEET, LEDGER_SHEET, LISTS_SHEET, UNITS_SHEET, UPDATES_SHEET, Choice, Column, Kind
from geo.model.campaign import Campaign
from locales import Label, Name, Text

_DAY: Final = Text("September 30", context="a day as it is written in a ledger")
GUIDE: Final = (
    Text(
        "Change tasks and their present progress in “{ledger}”: one row a task; leave ids as they are, and give a new "
        "task an id that is not in use.",
        ledger=LEDGER_SHEET.zh,
    ),
    Text(
        "Add reports in “{updates}”: a row of its own with an empty id; no time means the time of the import. Rows "
        "that stand there are history and cannot be changed.",
        updates=UPDATES_SHEET.zh,
    ),
    Text("Write the progress of a task in one of the two sheets only."),
    Text("Choose from the list where a cell has one; join several units or features by “；”."),
    Text("Dates: 2020/9/30, 2020.9.30 or {day}; progress: a whole percentage, such as 90%.", day=_DAY.zh),
    Text(
        "“Blocked” needs a difficulty and its kind, “done” 100%, going back a reason. Sign-off is done on the task's "
        "page, not in a workbook."
    ),
    Text(
        "Leaving a row out deletes nothing; “{units}” and “{features}” are for reference only.",
        units=UNITS_SHEET.zh,
        features=FEATURES_SHEET.zh,
    ),
    Text(
        "Text that begins with = + - @ has an apostrophe before it, lest it be taken for a formula; the import removes "
        "it."
    ),
    Text(
        "The import lists every problem and change first and writes nothing until you confirm; what others changed "
        "meanwhile is listed for you to decide. Leave the hidden sheets in place."
    ),
)
_SAMPLE: Final = Text("Sample data, not the official ledger")


def guide_lines(campaign: Campaign, now: datetime, *, shown_updates: int, all_updates: int) -> list[tuple[str, str]]:
    """Return the lines of the sheet in Chinese and English: what it is, from when, and how it is filled in."""
    at = f"{now.astimezone(campaign.tz):%Y-%m-%d %H:%M}"
    lines: list[Label] = [campaign.name, Text("Exported at {at}", at=Name(at, f"{at} ({campaign.tz.key})"))]
    if campaign.sample:
        lines.append(_SAMPLE)
    if shown_updates < all_updates:
        lines.append(
            Text(
                "“{sheet}” holds the latest {shown:,} of {all:,} updates.",
                sheet=UPDATES_SHEET.zh,
                shown=shown_updates,
                all=all_updates,
            ),
        )
    return [(line.zh, line.en) for line in (*lines, *GUIDE)]


SPARE_ROWS: Final = 500
"""Empty rows below the last one whose cells offer their lists too."""
FIRST_EXCEL_DAY: Final = date(1900, 3, 1)
"""Excel counts a 29 February 1900, so earlier days are written as text."""

CellValue = str | int | float | date | datetime | None

_ACCENT: Final = Color(theme=4, tint=0.8)
_HEADER_FILL: Final = PatternFill("solid", fgColor=_ACCENT)
_HEADER_FONT: Final = Font(bold=True)
_HEADER_BORDER: Final = Border(bottom=Side(style="medium"))
_HEADER_ALIGNMENT: Final = Alignment(wrap_text=True, vertical="center", horizontal="center")
_CENTRED: Final = Alignment(vertical="top", horizontal="center", wrap_text=True)
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_FORMATS: Final[Mapping[Kind, str]] = {
    Kind.DAY: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm",
    Kind.PERCENT: "0%",
    Kind.TEXT: "@",
    Kind.ID: "@",
}
_HEADER_HEIGHT: Final = 36
_LINE_HEIGHT: Final = 15
_HEIGHT_MAX: Final = 409
"""Excel shows no row higher."""
_CHOOSE: Final = Text("Choose from the list.")
_PERCENT: Final = Text("Write 0% to 100%.")


def write_rows(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[CellValue]],
    *,
    frozen: int = 1,
) -> None:
    """Write a header and rows; texts go in as `geo.ledger.cells.to_cell` makes them.

    Parameters
    ----------
    sheet, columns, rows
        Where, and the values of each row in the order of the columns.
    frozen
        Number of first columns that stay in view beside the header.
    """
    for number, column in enumerate(columns, 1):
        put(sheet, 1, number, column.header)
        cell = sheet.cell(1, number)
        cell.font, cell.fill, cell.border = _HEADER_FONT, _HEADER_FILL, _HEADER_BORDER
        cell.alignment = _HEADER_ALIGNMENT
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for line, values in enumerate(rows, 2):
        for number, (column, value) in enumerate(zip(columns, values, strict=True), 1):
            put(sheet, line, number, value)
            cell = sheet.cell(line, number)
            cell.alignment = _WRAPPED if column.kind in {Kind.TEXT, Kind.CHOICES} else _CENTRED
            if not isinstance(value, str) or column.kind in {Kind.TEXT, Kind.ID}:
                cell.number_format = _FORMATS.get(column.kind, "General")
        sheet.row_dimensions[line].height = _height(columns, values)
    sheet.row_dimensions[1].height = _HEADER_HEIGHT
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 2)}"
    _print_on_paper(sheet)


def put(sheet: Worksheet, row: int, column: int, value: CellValue) -> None:
    """Write one value; a text is written as text, whatever it looks like, and an empty one not at all."""
    if isinstance(value, date) and not isinstance(value, datetime) and value < FIRST_EXCEL_DAY:
        value = value.isoformat()
    if isinstance(value, str):
        if not value.strip():
            return
        cell = sheet.cell(row, column, to_cell(value))
        cell.data_type = "s"
    else:
        sheet.cell(row, column, value)


def write_lists(book: Workbook, lists: Mapping[Choice, Sequence[str]]) -> dict[Choice, str]:
    """Write the choices of columns into a hidden sheet; return the range of each."""
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    ranges = {}
    for number, (choice, labels) in enumerate(lists.items(), 1):
        for row, label in enumerate(labels, 1):
            put(sheet, row, number, label)
        letter = get_column_letter(number)
        ranges[choice] = f"'{LISTS_SHEET}'!${letter}$1:${letter}${max(len(labels), 1)}"
    return ranges


def offer_lists(sheet: Worksheet, columns: Sequence[Column], ranges: Mapping[Choice, str]) -> None:
    """Let cells offer their choices; where a cell may hold several, the list only helps to fill it."""
    last = sheet.max_row + SPARE_ROWS
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        cells = f"{letter}2:{letter}{last}"
        if column.choice is not None:
            rule = DataValidation(type="list", formula1=ranges[column.choice], allow_blank=True)
            rule.showErrorMessage = column.kind is Kind.CHOICE
            rule.errorTitle, rule.error = column.label.zh, f"{_CHOOSE.zh} {_CHOOSE.en}"
        elif column.kind is Kind.PERCENT:
            rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="1", allow_blank=True)
            rule.showErrorMessage = True
            rule.errorTitle, rule.error = column.label.zh, f"{_PERCENT.zh} {_PERCENT.en}"
        else:
            continue
        rule.add(cells)
        sheet.add_data_validation(rule)


def _height(columns: Sequence[Column], values: Sequence[CellValue]) -> float:
    """Return the height that shows the whole of a row's texts; LibreOffice does not work it out itself."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        parts = value.splitlines() if isinstance(value, str) else []
        lines = max(lines, sum(1 + _width(part) // (column.width - 1) for part in parts))
    return min(lines * _LINE_HEIGHT + 3, _HEIGHT_MAX)


def _width(text: str) -> int:
    """Return the width of a text in digits: Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _print_on_paper(sheet: Worksheet) -> None:
    """Print across A4, one page wide, with the header on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
