"""Measure the tables of a document, and cut them where a slide ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from exports.document.briefing import Cell, Table
from exports.document.columns import column_widths
from exports.document.text import fitted, high_in
from geo.model.status import Lang
from layers.slides.figure import BAR_IN, LIGHT_EM, PAD_IN
from layers.slides.slide import Grid, GridCell, Place

LINES: Final = 4
NOTE_LINES: Final = 5
HEAD_LINES: Final = 2
_ROW_PAD_IN: Final = 0.11
_TIGHT_PAD_IN: Final = 0.07
_ROW_LEAST_IN: Final = 0.24
_SLACK: Final = 0.001


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold a table that is measured for a width: everything of a grid but its place, which ends with the slide."""

    grid: Grid

    @property
    def high(self) -> float:
        """Height of all of it."""
        return self.grid.head_high + sum(self.grid.heights)

    def rows_in(self, room: float) -> int:
        """How many rows go into a height, head included."""
        left, count = room - self.grid.head_high + _SLACK, 0
        for height in self.grid.heights:
            left -= height
            if left < 0:
                break
            count += 1
        return count

    def cut(self, rows: int) -> tuple[Measured, Measured]:
        """The first rows, and the rest."""
        return self._part(0, rows), self._part(rows, len(self.grid.rows))

    def _part(self, start: int, end: int) -> Measured:
        grid = self.grid
        parts = {name: getattr(grid, name)[start:end] for name in ("rows", "heights", "links")}
        return Measured(replace(grid, **parts))

    def at(self, left: float, top: float) -> Grid:
        """The grid at its place."""
        place: Place = (left, top, sum(self.grid.widths), self.high)
        return replace(self.grid, place=place)


def measured(table: Table, width_in: float, lang: Lang, *, size_pt: float, note_pt: float, tight: bool) -> Measured:
    """Measure a table for a width; `tight` rows are lower."""
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
    return Measured(
        Grid(
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
    )


def _cell(cell: Cell, width_in: float, lang: Lang, size_pt: float, note_pt: float) -> GridCell:
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
