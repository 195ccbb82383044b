"""Fit the one page of a Word document: say how high its map may be and how many rows of its tables it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from exports.document.briefing import Block, Cell, Figures, Table, Words
from exports.document.docx_table import (
    CELL_MM,
    FIGURES_PER_ROW,
    HEAD_PT,
    LABEL_PT,
    NUMBER_PT,
    SIZES,
    TEXT_MM,
    size_of,
    widths_of,
)
from exports.document.text import room_em
from geo.model.status import Lang
from layers.paper.font import literal, wrap
from layers.paper.page import MM_PER_INCH
from layers.slides.slide import PT_PER_IN

TALLEST_IN: Final = 3.55
LOWEST_IN: Final = 2.2
_PAGE_PT: Final = 700.0
"""Height of a page inside its margins, less what a foot of two lines takes, and a line to spare."""
_LINE: Final = {"zh": 1.45, "en": 1.2}
"""Height of a line in sizes of its text: of the fonts for Chinese, which stand highest, and of those for Latin."""
_AFTER_PT: Final = 4.0
_ROW_PT: Final = 1.5
_TITLE_PT: Final = 16.0
_TITLE_GAPS_PT: Final = 22.0
_HEAD_GAPS_PT: Final = 16.0
_EMPTY_PT: Final = 11.0
_TEXT_IN: Final = TEXT_MM / MM_PER_INCH
_MOST_LINES: Final = 40
_MOST_ROWS: Final = 40


def on_one_page(blocks: tuple[Block, ...], legend_in: float, lang: Lang) -> tuple[float, tuple[Block, ...]]:
    """Height of the map in inches, and the blocks, with as many rows of their tables as the page holds below it."""
    for most in (0, *range(_MOST_ROWS, 0, -1)):
        kept = tuple(_shortened(block, most) for block in blocks)
        used = _TITLE_PT * _LINE[lang] + _TITLE_GAPS_PT + sum(_high(block, lang) for block in kept)
        left = (_PAGE_PT - used - 2 * _AFTER_PT) / PT_PER_IN - legend_in
        if left >= LOWEST_IN:
            return min(left, TALLEST_IN), kept
    return LOWEST_IN, kept


def _shortened(block: Block, most: int) -> Block:
    if not isinstance(block, Table) or not most:
        return block
    return replace(block, most=min(most, block.most or most))


def _high(block: Block, lang: Lang) -> float:
    if isinstance(block, Figures):
        rows = -(-len(block.figures) // FIGURES_PER_ROW)
        wide = _TEXT_IN / FIGURES_PER_ROW
        label = max((_text(one.label, LABEL_PT, wide, lang) for one in block.figures), default=0.0)
        return rows * (NUMBER_PT * _LINE[lang] + label + 2 * _AFTER_PT) + _EMPTY_PT * _LINE[lang]
    if isinstance(block, Words):
        size = SIZES[block.role]
        gap = _HEAD_GAPS_PT if block.role == "head" else _AFTER_PT
        return sum(_text(line, size, _TEXT_IN, lang) + gap for line in block.text.split("\n"))
    if isinstance(block, Table):
        return _table(block, lang)
    return 0.0


def _table(table: Table, lang: Lang) -> float:
    if not table.rows:
        return SIZES["note"] * _LINE[lang] + _AFTER_PT
    widths = [width - 2 * CELL_MM / MM_PER_INCH for width in widths_of(table, lang)]
    size = size_of(table)
    high = HEAD_PT * _LINE[lang] + _ROW_PT
    for row in table.shown:
        high += max(_cell(cell, size, wide, lang) for cell, wide in zip(row, widths, strict=True)) + _ROW_PT
    return high + (SIZES["note"] * _LINE[lang] + _AFTER_PT if table.rest else 0.0)


def _cell(cell: Cell, size: float, wide: float, lang: Lang) -> float:
    light = "◆ " if cell.light is not None else ""
    note = _text(cell.note, size - 1, wide, lang) + _AFTER_PT if cell.note else 0.0
    return _text(light + cell.text, size, wide, lang) + note


def _text(text: str, size: float, wide_in: float, lang: Lang) -> float:
    lines = wrap(literal(text), room_em(wide_in, size, lang), lines=_MOST_LINES)
    return max(len(lines), 1) * size * _LINE[lang]
