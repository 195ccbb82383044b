"""Format numbers and tables of the benchmark's page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self

COLUMNS = (
    ("First map", "first_ms", "seconds"),
    ("First map again: the browser has kept the files", "again_ms", "seconds"),
    ("Filter change", "filter_ms", "seconds"),
    ("Bytes of a filter change: all websocket messages", "filter_bytes", "bytes"),
    ("Bytes until the first map: HTTP of its own server, and websocket", "first_bytes", "bytes"),
)
"""Title of each table of pages, the field of a record that it shows, and how."""
SECONDS_MOST = 180
_KILO = 1_000
_MEGA = 1_000_000
_TEN = 10
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Numbers:
    """Hold what was measured of one thing; infinite where the deadline passed."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float | None]) -> Self:
        """Take measured numbers, None where the deadline passed."""
        return cls(tuple(math.inf if value is None else value for value in values))

    @property
    def median(self) -> float:
        """The median, not a number where nothing was measured."""
        return median(self.values) if self.values else math.nan

    @property
    def spread(self) -> str:
        """The least and the most, as seconds."""
        return f"{min(self.values) / _KILO:.2f}–{seconds_text(max(self.values))}"


def row(title: str, numbers: Sequence[Numbers], ours: Sequence[Numbers], text: str) -> list[str]:
    """One page's cells: the median, and what it is in relation to our own page."""
    written = seconds_text if text == "seconds" else bytes_text
    pairs = [(one.median, own.median) for one, own in zip(numbers, ours, strict=True)]
    return [title, *("" if math.isnan(one) else f"{written(one)} · ×{_ratio(one / own)}" for one, own in pairs)]


def _ratio(value: float) -> str:
    """A ratio with three digits."""
    if math.isinf(value):
        return "∞"
    digits = 2 if value < _TEN else 1 if value < _HUNDRED else 0
    return f"{value:,.{digits}f}"


def seconds_text(ms: float) -> str:
    """Milliseconds as seconds."""
    return f"over {SECONDS_MOST} s" if math.isinf(ms) else f"{ms / _KILO:.2f} s"


def ms_text(ms: float) -> str:
    """Milliseconds with two digits where they are few."""
    return f"{ms:,.0f} ms" if ms >= _TEN else f"{ms:.2f} ms"


def bytes_text(size: float) -> str:
    """Bytes as B, kB (1,000) or MB (1,000,000)."""
    if size < _KILO:
        return f"{size:.0f} B"
    return f"{size / _KILO:.1f} kB" if size < _MEGA else f"{size / _MEGA:.2f} MB"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column to the left, the others to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))
