"""Read one sheet of a workbook row by row, after what is no harmless workbook was refused.

A workbook is a ZIP archive of XML: its size, the number and the unpacked size of its members and how
far they are packed are read from its directory, which Python's zipfile does not unpack beyond. Cells that a merged
cell covers are filled from it.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils import range_boundaries

from geo.ledger.cells import RawCell
from geo.validation.codes import ProblemCode
from geo.validation.problem import ProblemLog

BYTES_MAX: Final = 20_000_000
MEMBERS_MAX: Final = 1_000
UNPACKED_MAX: Final = 64_000_000
RATIO_MAX: Final = 200
_RATIO_FROM: Final = 1_000_000
"""Small members may be packed further: a sheet of equal cells is, and does no harm."""

_OLE_MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_TYPES: Final = "[Content_Types].xml"
_MACRO_PARTS: Final = ("vbaproject", "macrosheets/", "activex/")
_MACRO_TYPES: Final = (b"macroenabled", b"vbaproject", b"intlmacrosheet", b"ms-excel.macrosheet")
_MACRO_NAMES: Final = (".xlsm", ".xltm", ".xlam", ".xlsb")


def is_harmless(content: bytes, log: ProblemLog) -> bool:
    """Tell whether a file can be parsed as a workbook; note why where it cannot. `log.file` is its name."""
    if len(content) > BYTES_MAX:
        log.add(ProblemCode.BOOK_TOO_LARGE, value=_megabytes(len(content)), allowed=_megabytes(BYTES_MAX))
        return False
    if log.file.casefold().endswith(_MACRO_NAMES):
        log.add(ProblemCode.BOOK_MACROS, value=log.file)
        return False
    if content.startswith(_OLE_MARK):
        encrypted = _ENCRYPTED_STREAM in content
        log.add(
            ProblemCode.BOOK_ENCRYPTED if encrypted else ProblemCode.BOOK_NOT_XLSX, value="" if encrypted else "OLE"
        )
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _is_small(archive.infolist(), log) and _is_workbook(archive, log)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        log.add(ProblemCode.BOOK_NOT_XLSX, value=str(error) or type(error).__name__)
        return False


def _is_small(members: Sequence[zipfile.ZipInfo], log: ProblemLog) -> bool:
    if any(member.flag_bits & 1 for member in members):
        log.add(ProblemCode.BOOK_ENCRYPTED)
        return False
    if len(members) > MEMBERS_MAX:
        log.add(ProblemCode.BOOK_BOMB, value=f"{len(members):,} members", allowed=f"{MEMBERS_MAX:,}")
        return False
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_MAX:
        log.add(ProblemCode.BOOK_BOMB, value=_megabytes(unpacked), allowed=_megabytes(UNPACKED_MAX))
        return False
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > _RATIO_FROM and ratio > RATIO_MAX:
            log.add(ProblemCode.BOOK_BOMB, value=f"{member.filename} {ratio:,.0f}:1", allowed=f"{RATIO_MAX}:1")
            return False
    return True


def _is_workbook(archive: zipfile.ZipFile, log: ProblemLog) -> bool:
    names = archive.namelist()
    if _TYPES not in names:
        log.add(ProblemCode.BOOK_NOT_XLSX, value=", ".join(names[:3]))
        return False
    types = archive.read(_TYPES).lower()
    macros = [name for name in names if any(part in name.casefold() for part in _MACRO_PARTS)]
    if macros or any(kind in types for kind in _MACRO_TYPES):
        log.add(ProblemCode.BOOK_MACROS, value=macros[0] if macros else _TYPES)
        return False
    return True


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


ROWS_MAX: Final = 20_000
COLUMNS_MAX: Final = 60
FILLED_MAX: Final = 100_000
_HEADER_HEIGHT_MAX: Final = 5
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"

Box = tuple[int, int, int, int]
"""First column, first row, last column, last row of a merged cell, from 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a sheet: its rows by number as Excel shows them, empty ones left out.

    `ends` is the last row of the merged cells that begin in a row and are no higher than a header of
    several rows. `cut` is a row with content below `ROWS_MAX`, None where there is none.
    """

    title: str
    rows: list[tuple[int, list[RawCell]]]
    ends: dict[int, int]
    cut: int | None


def read_grid(sheet: Any, archive: zipfile.ZipFile) -> Grid:  # noqa: ANN401  openpyxl names no type that all sheets share
    """Return a sheet that was opened read-only; openpyxl tells its cells, the archive its merged ones."""
    boxes, cut = _scan(archive, str(sheet.title))
    cells = {
        number: [_raw(cell) for cell in row]
        for number, row in enumerate(sheet.iter_rows(max_row=ROWS_MAX, max_col=COLUMNS_MAX), 1)
        if any(cell.value is not None for cell in row)
    }
    _fill(cells, boxes)
    ends: dict[int, int] = {}
    for _, first, _, last in boxes:
        if first < last < first + _HEADER_HEIGHT_MAX:
            ends[first] = max(last, ends.get(first, last))
    return Grid(str(sheet.title), sorted(cells.items()), ends, cut)


def _raw(cell: Any) -> RawCell:  # noqa: ANN401  likewise
    value = cell.value
    if isinstance(value, str):
        return RawCell(value, fault=cell.data_type == "e")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return RawCell(value, percent=number and "%" in (cell.number_format or ""))


def _fill(rows: dict[int, list[RawCell]], boxes: list[Box]) -> None:
    """Give the rows below a merged cell its value in its first column; rows without any cell stay absent."""
    room = FILLED_MAX
    for column, first, _, last in boxes:
        anchor = rows.get(first, [])[column - 1 : column]
        for number in range(first + 1, min(last, ROWS_MAX) + 1):
            room -= 1
            if room < 0:
                return
            row = rows.get(number)
            if anchor and row is not None and column <= len(row) and row[column - 1].value is None:
                row[column - 1] = replace(anchor[0], filled=True)


def _scan(archive: zipfile.ZipFile, title: str) -> tuple[list[Box], int | None]:
    """Return the merged cells of a sheet, and a row with content that lies too low."""
    path = _paths(archive).get(title)
    boxes: list[Box] = []
    if path is None:
        return boxes, None
    with archive.open(path) as source:
        for name, element in _elements(source):
            if name == "row":
                number = element.get("r", "")
                if number.isdigit() and int(number) > ROWS_MAX and any(len(cell) for cell in element):
                    return boxes, int(number)  # the workbook is refused: no need to read on
                element.clear()
            elif name == "mergeCell":
                boxes.append(_box(element.get("ref", "")))
                element.clear()
    return boxes, None


def _elements(source: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  defusedxml ships no types
    for _, element in iterparse(source):
        yield element.tag.rpartition("}")[2], element


def _box(ref: str) -> Box:
    west, north, east, south = range_boundaries(ref)
    return int(west or 1), int(north or 1), int(east or COLUMNS_MAX), int(south or ROWS_MAX)


def _paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where each sheet stands in the archive, by title."""
    if not {_WORKBOOK, _RELATIONS} <= set(archive.namelist()):
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in fromstring(archive.read(_RELATIONS))}
    paths = {}
    for element in fromstring(archive.read(_WORKBOOK)).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            target = posixpath.join("/xl", targets.get(relation, ""))
            paths[element.get("name", "")] = posixpath.normpath(target).lstrip("/")
    return paths
