"""Lay text out for a terminal, where a Chinese character is two columns wide and no text may steer the screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TextIO

HUNDRED: Final = 100


def plain(text: str) -> str:
    """One line of a text whose control characters are spaces: what people wrote must not move the cursor."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else not unicodedata.combining(one) for one in text)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines of a table; columns are as wide as what stands in them, and the last one is not filled up."""
    lines = [tuple(headers), *(tuple(map(plain, row)) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


class ProgressLine:
    """Show how far long work is: one line that changes on a screen, a line at the end of each step in a log.

    Parameters
    ----------
    stream
        Where to, standard error as a rule.
    names
        Words for the steps.
    """

    def __init__(self, stream: TextIO, names: Mapping[str, str]) -> None:
        self._stream = stream
        self._names = names
        self._moves = stream.isatty()
        self._shown = ("", -1)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note of a step, what of it is done, and how much there is."""
        percent = 100 if done >= total else 100 * done // total
        if (step, percent) == self._shown or not (self._moves or percent == HUNDRED):
            return
        self._shown = (step, percent)
        text = f"{self._names.get(step, step)} {done:,} / {total:,}"
        end = "\n" if percent == HUNDRED else ""
        self._stream.write(f"\r{text}{end}" if self._moves else f"{text}{end}")
        self._stream.flush()
