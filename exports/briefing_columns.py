"""Share out the width of a table among its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exports.briefing_text import taken_in
from layers.paper_font import literal

if TYPE_CHECKING:
    from exports.briefing import Cell, Column, Table
    from geo.status import Lang

_LONGEST: Final = 16
"""A word of more characters may be broken: an address, or something hostile."""
_BOLD: Final = 1.08


def column_widths(
    table: Table, width_in: float, lang: Lang, *, head_pt: float, size_pt: float, pad_in: float
) -> tuple[float, ...]:
    """Widths in inches by weight, but no column narrower than its longest word: the one with most to spare gives way.

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
    for place, needed in enumerate(least):
        lacking = needed - widths[place]
        spare = [width - word for width, word in zip(widths, least, strict=True)]
        if 0 < lacking <= max(spare):
            widths[spare.index(max(spare))] -= lacking
            widths[place] = needed
    return tuple(widths)


def _longest(column: Column, cells: list[Cell], lang: Lang, head_pt: float, size_pt: float) -> float:
    """Width of the longest word of a column, in inches; Chinese may be broken anywhere."""
    texts = [(column.title, head_pt, 1.0), *((one.text, size_pt, _BOLD if one.bold else 1.0) for one in cells)]
    return max(
        (
            taken_in(word, points, lang) * wider
            for text, points, wider in texts
            for word in literal(text).replace("-", "- ").split()
            if word.isascii() and len(word) <= _LONGEST
        ),
        default=0.0,
    )
