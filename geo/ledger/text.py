"""Write text into a workbook's cells so that no program evaluates it, and get the same text back.

A text that begins with one of `_ACTIVE` is a formula to Excel and LibreOffice when somebody types it
again or opens it from CSV; an apostrophe before it keeps it text, as OWASP advises against "CSV
injection". Control characters, which XML cannot hold, become the pictures that Unicode has for them;
what merely looks like one, or like an escape of Excel's own (`_x0041_`), is marked by `␦`.
All of it is undone by `from_cell`.
"""

import re
import unicodedata
from typing import Final

CELL_MAX: Final = 32_000
"""Characters that a cell is given at most; Excel's own limit is 32,767."""
CUT: Final = "……〔单元格放不下，以下略 / cut: too long for a cell〕"

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
