"""Write text into a workbook's cells so that no program evaluates it, and read the values of its cells.

A text that begins with one of `_ACTIVE` is a formula to Excel and LibreOffice when somebody types it
again or opens it from CSV; an apostrophe before it keeps it text, as OWASP advises against "CSV
injection". Control characters, which XML cannot hold, become the pictures that Unicode has for them;
what merely looks like one, or like an escape of Excel's own (`_x0041_`), is marked by `␦`.
All of it is undone by `from_cell`.

Dates, instants and percentages are read as people write them: real dates and serial numbers of Excel, `2020-09-30`,
`2020/9/30`, `2020.9.30`, `20200930`, the same with the Chinese signs for year, month and day, and without a year
`9/30`; `90%`, `90` and 0.9 where the cell is formatted as per cent; all with full-width digits and signs and white
space around them. What can be read in two ways is not guessed: it is refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from geo.model.campaign import Campaign
from locales import Text

CELL_MAX: Final = 32_000
"""Characters that a cell is given at most; Excel's own limit is 32,767."""
_CUT: Final = Text("cut: too long for a cell")
CUT: Final = f"……〔{_CUT.zh} / {_CUT.en}〕"

_ACTIVE: Final = "=+\\-@＝＋－＠"
_TO_MARK: Final = re.compile(f"'*[{_ACTIVE}]")
_MARKED: Final = re.compile(f"'+[{_ACTIVE}]")
_PICTURES: Final = 0x2400
_ESCAPE: Final = "\u2426"
_SPECIAL: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\u2401-\u241f\u2426]|(?<=_)x(?=[0-9A-Fa-f]{4}_)")
_WRITTEN: Final = re.compile("\u2426(.)|[\u2401-\u241f]", re.DOTALL)
_LINE_END: Final = re.compile(" *(?:\r\n|\r|\n) *")
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return a text as a cell can give it back: lines that end as on Unix, no white space around them, not too long.

    Cells that were not edited leave the ledger's text as it is; this is what the two are compared by.
    """
    text = _even(_UNSTORABLE.sub("\ufffd", text))
    room = CELL_MAX - 2 * len(_SPECIAL.findall(text))
    return text if len(text) <= room else text[: room - len(CUT)].rstrip() + CUT


def to_cell(text: str) -> str:
    """Return what stands in the cell of a text; nothing that it holds is evaluated."""
    text = _SPECIAL.sub(_written, plain(text))
    return "'" + text if _TO_MARK.match(text) else text


def from_cell(text: str) -> str:
    """Return the text of a cell: `plain(text)` of what `to_cell` was given."""
    text = _even(text)
    if _MARKED.match(text):
        text = text[1:]
    return _even(_UNSTORABLE.sub("\ufffd", _WRITTEN.sub(_read, text)))


def _even(text: str) -> str:
    return _LINE_END.sub("\n", text.replace("\t", " ")).strip()


def key_of(text: str) -> str:
    """Return the form in which names and ids are compared: NFKC, caseless, without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _written(match: re.Match[str]) -> str:
    character = match[0]
    return chr(_PICTURES + ord(character)) if character < " " else _ESCAPE + character


def _read(match: re.Match[str]) -> str:
    return match[1] or chr(ord(match[0]) - _PICTURES)


Value = str | int | float | bool | date | datetime | time | timedelta | None

_YEAR, _MONTH, _DAY_SIGNS, _STOP = "\u5e74", "\u6708", "\u65e5\u53f7", "\u3002"
"""How Chinese writes year, month, day (two ways), and the full stop that a keyboard gives for a dot."""
_SEP: Final = rf"\s*[-/.{_YEAR}{_MONTH}{_STOP}]\s*"
_DAY: Final = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})\s*[{_DAY_SIGNS}]?")
_COMPACT_DAY: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_YEARLESS_DAY: Final = re.compile(rf"()(\d{{1,2}})\s*[-/.{_MONTH}]\s*(\d{{1,2}})\s*[{_DAY_SIGNS}]?")
_CLOCK: Final = re.compile(rf"(.*?)(?:\s+|T|(?<=[{_DAY_SIGNS}])\s*)(\d{{1,2}}):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_RANGE: Final = (20_000, 90_000)
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_FULL: Final = 100
_EXACT: Final = 1e-6


@dataclass(frozen=True, slots=True)
class RawCell:
    """Hold a cell as the workbook has it.

    `percent`: it is formatted as per cent. `fault`: it shows an error such as `#REF!`. `filled`: it
    lies under a merged cell and has that one's value.
    """

    value: Value = None
    percent: bool = False
    fault: bool = False
    filled: bool = False

    @property
    def text(self) -> str:
        """The value as text, without white space around it; empty where there is none."""
        value = self.value
        if isinstance(value, bool):
            return str(value).upper()
        if self.percent and isinstance(value, int | float):
            return f"{value * _FULL:.10g}%"
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, datetime):
            return str(value.date() if value.time() == time.min else value)
        return "" if value is None else str(value).strip()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Know what a day without a year means, and from which day the workbook counts its serial numbers."""

    campaign: Campaign
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001  a day, not an instant

    def day(self, cell: RawCell) -> date | None:
        """Return the day that a cell names; None where it names none."""
        moment = self._moment(cell.value)
        return None if moment is None else moment.date()

    def instant(self, cell: RawCell) -> datetime | None:
        """Return the instant that a cell names, in UTC; times are the campaign's, days mean their begin."""
        moment = self._moment(cell.value)
        try:
            zoned = moment if moment is None or moment.tzinfo else moment.replace(tzinfo=self.campaign.tz)
            return None if zoned is None else zoned.astimezone(UTC)
        except OverflowError:
            return None

    def _moment(self, value: Value) -> datetime | None:
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime.combine(value, time.min)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        text = unicodedata.normalize("NFKC", RawCell(value).text).strip()
        return self._serial(text) or _iso(text) or self._written(text)

    def _serial(self, text: str) -> datetime | None:
        lowest, highest = _SERIAL_RANGE
        if not _SERIAL.fullmatch(text) or not lowest <= float(text) <= highest:
            return None
        seconds = round(float(text) * 86_400)
        return self.epoch + timedelta(seconds=seconds)

    def _written(self, text: str) -> datetime | None:
        clocked = _CLOCK.fullmatch(text)
        day = self._day_of(clocked[1].strip() if clocked else text)
        try:
            hour, minute, second = (int(part or 0) for part in clocked.group(2, 3, 4)) if clocked else (0, 0, 0)
            clock = time(hour, minute, second)
        except ValueError:
            return None
        return None if day is None else datetime.combine(day, clock)

    def _day_of(self, text: str) -> date | None:
        match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text) or _YEARLESS_DAY.fullmatch(text)
        if match is None:
            return None
        month, day = int(match[2]), int(match[3])
        if match[1]:
            return _date(int(match[1]), month, day)
        start, end = self.campaign.start, self.campaign.end
        years = [self.campaign.deadline.year, *range(start.year, end.year + 1)]
        days = [found for year in years if (found := _date(year, month, day))]
        return next((found for found in days if start <= found <= end), days[0] if days else None)


def percent_of(cell: RawCell) -> int | None:
    """Return the whole percentage from 0 to 100 that a cell holds; None where it holds none.

    A number above 1 in a cell that is formatted as per cent was pasted there: 60, shown as 6000%, is 60%.
    """
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, str):
        match = _PERCENT.fullmatch(unicodedata.normalize("NFKC", value).strip())
        number = float(match[1]) if match else -1.0
    else:
        number = value * _FULL if cell.percent and value <= 1 else value
    in_range = 0 <= number <= _FULL and abs(number - round(number)) < _EXACT
    return round(number) if in_range else None


def _iso(text: str) -> datetime | None:
    """Return an instant that is written with its offset; other forms are read elsewhere."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
