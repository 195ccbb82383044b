"""Read the files of a campaign's folder as bytes and text, with what is wrong with them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.validation.codes import ProblemCode
from geo.validation.problem import ProblemLog

_AROUND: Final = 20
"""Characters shown before and after a place."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Hold one file as it was read: its bytes, or None with the reason why there are none."""

    name: str
    content: bytes | None
    reason: str = ""


def read_files(folder: Path, names: Iterable[str]) -> dict[str, SourceFile]:
    """Read files of a folder by name; a file that is absent or cannot be read has no content."""
    return {name: _read(folder / name) for name in names}


def version_of(files: Mapping[str, SourceFile]) -> str:
    """Return the SHA-256 in hex over names and contents of files; absence counts too."""
    digest = hashlib.sha256()
    for name in sorted(files):
        content = files[name].content
        part = b"" if content is None else hashlib.sha256(content).digest()
        digest.update(hashlib.sha256(name.encode()).digest() + part)
    return digest.hexdigest()


def text_of(source: SourceFile, log: ProblemLog) -> str | None:
    """Return a file's text without a byte-order mark; None, and a problem, where there is none.

    UTF-8 is expected; UTF-16 with a mark and GB18030 (thus GBK and GB2312) are read with a warning.
    """
    if source.content is None:
        code = ProblemCode.UNREADABLE_FILE if source.reason else ProblemCode.MISSING_FILE
        log.add(code, value=source.reason)
        return None
    text = _decoded(source.content, log)
    if text is not None and not text.strip():
        log.add(ProblemCode.EMPTY_FILE)
        return None
    return text


def place_in(text: str, index: int) -> dict[str, str]:
    """Return the line and the character in it, counted from 1, at which a text has an index, and what stands there."""
    line_start = text.rfind("\n", 0, index) + 1
    return {
        "line": str(text.count("\n", 0, index) + 1),
        "character": str(index - line_start + 1),
        "value": text[max(index - _AROUND, 0) : index + _AROUND].strip(),
    }


def _read(path: Path) -> SourceFile:
    try:
        return SourceFile(path.name, path.read_bytes())
    except FileNotFoundError:
        return SourceFile(path.name, None)
    except OSError as error:
        return SourceFile(path.name, None, error.strerror or type(error).__name__)


def _decoded(content: bytes, log: ProblemLog) -> str | None:
    other = "utf-16" if content.startswith(_UTF16_MARKS) else "gb18030"
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        first = error
    try:
        text = content.decode(other)
    except UnicodeDecodeError:
        log.add(ProblemCode.NOT_TEXT, value=f"0x{content[first.start]:02x}", character=str(first.start + 1))
        return None
    log.add(ProblemCode.OTHER_ENCODING, value=other.upper())
    return text
