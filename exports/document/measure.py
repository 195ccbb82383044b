"""Measure texts and tables for a width: broken where too long for a line, cut with an ellipsis where far too long."""

from __future__ import annotations

from typing import Final

from exports.document.model import Cell, Column, Table
from layers.paper.font import ELLIPSIS, literal, width_em, wrap
from layers.slides.figure import BAR_IN, LIGHT_EM, PAD_IN
from layers.slides.slide import LINE, PT_PER_IN, Grid, GridCell
from locales import Language

_WIDER: Final = {"zh": 1.1, "en": 1.12}
"""So much wider than the paper's font a text may run: in Arial, or where a program parts Chinese and Latin by a gap."""
_SLACK_IN: Final = 0.01


def fitted(text: str, width_in: float, size_pt: float, lang: Language, *, lines: int) -> tuple[str, tuple[str, ...]]:
    """Return a text as it can be shown, and how it breaks into at most so many lines of a width."""
    plain = literal(text)
    room_em = max(width_in * PT_PER_IN / size_pt / _WIDER[lang], 1.0)
    broken = tuple(wrap(plain, room_em, lines=lines))
    return _kept(plain, broken), broken


def taken_in(text: str, size_pt: float, lang: Language) -> float:
    """Width in inches that a text needs to stand on one line."""
    return width_em(text) * size_pt / PT_PER_IN * _WIDER[lang] + _SLACK_IN


def high_in(lines: int, size_pt: float) -> float:
    """Height of some lines in inches."""
    return lines * size_pt * LINE / PT_PER_IN


def _kept(plain: str, broken: tuple[str, ...]) -> str:
    """The part of a text that its lines hold; an ellipsis stands for the rest."""
    end = 0
    for line in broken[:-1]:
        end = plain.index(line, end) + len(line)
    last = broken[-1] if broken else ""
    rest = plain[end:].strip()
    if last == rest:
        return plain
    kept = last.removesuffix(ELLIPSIS)
    return plain[: plain.index(kept, end) + len(kept)] + ELLIPSIS


_LONGEST: Final = 16
"""A word of more characters may be broken: an address, or something hostile."""
_BOLD: Final = 1.08


def column_widths(
    table: Table, width_in: float, lang: Language, *, head_pt: float, size_pt: float, pad_in: float
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


def _longest(column: Column, cells: list[Cell], lang: Language, head_pt: float, size_pt: float) -> float:
    """Width of the longest word of a column, in inches, a light before it included; Chinese may be broken anywhere."""
    heads = [_word(column.title, head_pt, lang)]
    texts = [
        _word(one.text, size_pt, lang) * (_BOLD if one.bold else 1.0) + (_light(size_pt) if one.light else 0.0)
        for one in cells
    ]
    return max(heads + texts)


def _light(size_pt: float) -> float:
    return LIGHT_EM * size_pt / PT_PER_IN


def _word(text: str, size_pt: float, lang: Language) -> float:
    words = [word for word in literal(text).replace("-", "- ").split() if word.isascii() and len(word) <= _LONGEST]
    return max((taken_in(word, size_pt, lang) for word in words), default=0.0)


LINES: Final = 4
NOTE_LINES: Final = 5
HEAD_LINES: Final = 2
_ROW_PAD_IN: Final = 0.11
_TIGHT_PAD_IN: Final = 0.07
_ROW_LEAST_IN: Final = 0.24


def measured(table: Table, width_in: float, lang: Language, *, size_pt: float, note_pt: float, tight: bool) -> Grid:
    """Measure a table for a width; `tight` rows are lower. Its place begins at 0, 0."""
    widths = column_widths(table, width_in, lang, head_pt=note_pt, size_pt=size_pt, pad_in=2 * PAD_IN)
    heads = [
        fitted(column.title, width - 2 * PAD_IN, note_pt, lang, lines=HEAD_LINES)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    rows, heights = [], []
    for row in table.shown:
        cells = tuple(_cell(cell, width, lang, size_pt, note_pt) for cell, width in zip(row, widths, strict=True))
        rows.append(cells)
        pad = _TIGHT_PAD_IN if tight or any(cell.share is not None for cell in cells) else _ROW_PAD_IN
        heights.append(max(max(_high(cell, size_pt, note_pt) for cell in cells) + pad, _ROW_LEAST_IN))
    return Grid(
        place=(0.0, 0.0, width_in, 0.0),
        widths=widths,
        aligns=tuple(column.align for column in table.columns),
        head=tuple(text for text, _ in heads),
        head_lines=tuple(lines for _, lines in heads),
        head_high=high_in(max((len(lines) for _, lines in heads), default=1), note_pt) + _ROW_PAD_IN,
        rows=tuple(rows),
        heights=tuple(heights),
        size_pt=size_pt,
        note_pt=note_pt,
        links=table.links,
    )


def _cell(cell: Cell, width_in: float, lang: Language, size_pt: float, note_pt: float) -> GridCell:
    room = width_in - 2 * PAD_IN - (LIGHT_EM * size_pt / 72 if cell.light is not None else 0.0)
    text, lines = fitted(cell.text, room, size_pt, lang, lines=LINES)
    note, note_lines = fitted(cell.note, room, note_pt, lang, lines=NOTE_LINES)
    return GridCell(
        *(text, lines, note, note_lines, cell.light, cell.ink, cell.bold),
        share=cell.share,
    )


def _high(cell: GridCell, size_pt: float, note_pt: float) -> float:
    bar = 0.0 if cell.share is None else BAR_IN
    return high_in(len(cell.lines), size_pt) + high_in(len(cell.note_lines), note_pt) + bar
