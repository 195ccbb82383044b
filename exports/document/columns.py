"""Share out the width of a table among its columns."""

from __future__ import annotations

from typing import Final

from exports.document.briefing import Cell, Column, Table
from exports.document.text import taken_in
from geo.model.status import Lang
from layers.paper.font import literal
from layers.slides.figure import LIGHT_EM
from layers.slides.slide import PT_PER_IN

_LONGEST: Final = 16
"""A word of more characters may be broken: an address, or something hostile."""
_BOLD: Final = 1.08


def column_widths(
    table: Table, width_in: float, lang: Lang, *, head_pt: float, size_pt: float, pad_in: float
) -> tuple[float, ...]:
    """Widths in inches by weight, but no column narrower than its longest word: those with room to spare give way.

    Where they have not enough, the widths are those of the weights.

    Parameters
    ----------
    head_pt, size_pt
        Sizes of the text of the head and of the cells, in points.
    pad_in
        What a cell leaves free at its left and its right together, in inches.
    """
    weights = sum(column.weight for column in table.columns)
    widths = [width_in * column.weight / weights for column in table.columns]
    least = [
        _longest(column, [row[place] for row in table.shown], lang, head_pt, size_pt) + pad_in
        for place, column in enumerate(table.columns)
    ]
    spare = [max(width - word, 0.0) for width, word in zip(widths, least, strict=True)]
    lacking = [max(word - width, 0.0) for width, word in zip(widths, least, strict=True)]
    if not 0 < sum(lacking) <= sum(spare):
        return tuple(widths)
    part = sum(lacking) / sum(spare)
    return tuple(width + more - part * free for width, more, free in zip(widths, lacking, spare, strict=True))


def _longest(column: Column, cells: list[Cell], lang: Lang, head_pt: float, size_pt: float) -> float:
    """Width of the longest word of a column, in inches, a light before it included; Chinese may be broken anywhere."""
    heads = [_word(column.title, head_pt, lang)]
    texts = [
        _word(one.text, size_pt, lang) * (_BOLD if one.bold else 1.0) + (_light(size_pt) if one.light else 0.0)
        for one in cells
    ]
    return max(heads + texts)


def _light(size_pt: float) -> float:
    return LIGHT_EM * size_pt / PT_PER_IN


def _word(text: str, size_pt: float, lang: Lang) -> float:
    words = [word for word in literal(text).replace("-", "- ").split() if word.isascii() and len(word) <= _LONGEST]
    return max((taken_in(word, size_pt, lang) for word in words), default=0.0)
