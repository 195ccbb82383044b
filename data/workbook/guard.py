"""Refuse what is no harmless workbook before anything of it is parsed.

A workbook is a ZIP archive of XML: its size, the number and the unpacked size of its members and how
far they are packed are read from its directory, which Python's zipfile does not unpack beyond.
"""

import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final

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
