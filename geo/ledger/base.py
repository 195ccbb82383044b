"""Pack what a workbook was exported from into text that survives any spreadsheet program, and unpack it."""

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

_CHUNK: Final = 30_000
_UNPACKED_MAX: Final = 50_000_000
_HEX: Final = re.compile("(?:[0-9a-f]{2})+")


@dataclass(frozen=True, slots=True)
class Base:
    """Hold what was exported: the campaign, the store's version, and the tasks as canonical texts by field."""

    campaign: str
    version: int
    tasks: Mapping[str, Mapping[str, str]]


def pack(base: Base) -> tuple[str, ...]:
    """Return a base as texts of letters and digits, each short enough for one cell; the first is its SHA-256."""
    content = {"campaign": base.campaign, "version": base.version, "tasks": {k: dict(v) for k, v in base.tasks.items()}}
    text = zlib.compress(json.dumps(content, sort_keys=True).encode(), 9).hex()
    chunks = (f"h{text[start : start + _CHUNK]}" for start in range(0, len(text), _CHUNK))
    return (f"h{sha256(text.encode()).hexdigest()}", *chunks)


def unpack(cells: Sequence[str]) -> Base | None:
    """Return the base that `pack` made these texts of; None where they are damaged."""
    digest, *chunks = [cell.strip().removeprefix("h") for cell in cells if cell.strip()] or [""]
    text = "".join(chunks)
    if sha256(text.encode()).hexdigest() != digest or not _HEX.fullmatch(text):
        return None
    try:
        unpacker = zlib.decompressobj()
        content = json.loads(unpacker.decompress(bytes.fromhex(text), _UNPACKED_MAX))
        tasks = {
            str(key): {str(name): str(value) for name, value in row.items()} for key, row in content["tasks"].items()
        }
        return Base(str(content["campaign"]), int(content["version"]), tasks)
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
