"""Put figures and tables into a Word document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt

from exports.document.briefing import Cell, Figures, Table, Theme
from exports.document.columns import column_widths
from exports.document.docx_index import INDEX_ROW_PT, Target
from exports.office.docx_theme import field, keep_row, level_rules, run, shade
from geo.model.status import LIGHT_GLYPHS, Lang
from layers.paper.font import literal
from layers.paper.page import MM_PER_INCH

_ALIGNS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
TEXT_MM: Final = 174.0
"""Width of a page inside its margins."""
CELL_MM: Final = 2.2
"""What a cell leaves free at its left, and at its right."""
FIGURES_PER_ROW: Final = 4
NUMBER_PT: Final = 18.0
LABEL_PT: Final = 9.0
HEAD_PT: Final = 9.0
SIZES: Final = {"lead": 12.0, "body": 10.5, "note": 9.0, "head": 12.0}
"""Sizes of paragraphs by their role."""
_FEW: Final = 4
_SIZE_PT: Final = 10.0
_SMALL_PT: Final = 9.0
"""Tables of more columns than a few are set smaller."""
_BAR: Final = 10


def put_figures(document: Any, block: Figures, theme: Theme) -> None:  # noqa: ANN401  docx ships no types
    """Put key figures into a table without rules, four in a row."""
    each = min(FIGURES_PER_ROW, max(len(block.figures), 1))
    rows = -(-len(block.figures) // each)
    table = document.add_table(rows=rows, cols=each)
    for place, figure in enumerate(block.figures):
        paragraph = table.cell(place // each, place % each).paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        if figure.light is not None:
            run(paragraph, f"{LIGHT_GLYPHS[figure.light]} ", theme, 14, figure.light)
        loud = figure.light == "red" and figure.number != "0"
        run(paragraph, literal(figure.number), theme, NUMBER_PT, "red" if loud else "ink", bold=True)
        below = table.cell(place // each, place % each).add_paragraph()
        run(below, literal(figure.label), theme, LABEL_PT, "muted")
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def size_of(table: Table) -> float:
    """Size of the text of a table in points."""
    return _SIZE_PT if len(table.columns) <= _FEW else _SMALL_PT


def widths_of(table: Table, lang: Lang) -> tuple[float, ...]:
    """Widths of the columns of a table, in inches."""
    sizes = {"head_pt": HEAD_PT, "size_pt": size_of(table), "pad_in": 2 * CELL_MM / MM_PER_INCH}
    return column_widths(table, TEXT_MM / MM_PER_INCH, lang, **sizes)


def put_table(document: Any, table: Table, theme: Theme, targets: Mapping[str, Target], lang: Lang) -> None:  # noqa: ANN401  likewise
    """Put a table whose head stands on every page that it runs over; `targets`: where rows lead, by id of section."""
    widths = widths_of(table, lang)
    made = document.add_table(rows=1 + len(table.shown), cols=len(table.columns))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    level_rules(made, theme.inks["rule"])
    rows, size_pt = list(made.rows), size_of(table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Inches(width)
    for target, column, width in zip(rows[0].cells, table.columns, widths, strict=True):
        target.width = Inches(width)
        shade(target, theme.inks["land"])
        paragraph = _first(target, column.align)
        run(paragraph, literal(column.title), theme, HEAD_PT, "muted")
    keep_row(rows[0], head=True)
    for line, row in zip(rows[1:], table.shown, strict=True):
        for target, cell, column, width in zip(line.cells, row, table.columns, widths, strict=True):
            target.width = Inches(width)
            _fill(target, cell, column.align, theme, size_pt)
        keep_row(line)
    for line, link in zip(rows[1:], table.links, strict=False):
        _lead(line, targets[link], table.columns[-1].align, theme, size_pt)


def _lead(line: Any, target: Target, align: str, theme: Theme, size_pt: float) -> None:  # noqa: ANN401  likewise
    """Write the number of the page that a row leads to into its last cell."""
    line.height = Pt(INDEX_ROW_PT)
    paragraph = _first(line.cells[-1], align)
    field(paragraph, f"PAGEREF {target.name} \\h", theme, f"{target.page}", size_pt=size_pt, ink="ink")


def _first(target: Any, align: str) -> Any:  # noqa: ANN401  likewise
    paragraph = target.paragraphs[0]
    paragraph.alignment = _ALIGNS[align]
    paragraph.paragraph_format.space_after = Pt(1)
    return paragraph


def _fill(target: Any, cell: Cell, align: str, theme: Theme, size_pt: float) -> None:  # noqa: ANN401  likewise
    paragraph = _first(target, align)
    if cell.light is not None:
        run(paragraph, f"{LIGHT_GLYPHS[cell.light]} ", theme, size_pt, cell.light)
    run(paragraph, literal(cell.text), theme, size_pt, cell.ink, bold=cell.bold)
    if cell.share is not None:
        full = round(min(cell.share, 1.0) * _BAR)
        below = target.add_paragraph()
        run(below, "█" * full, theme, 6, "accent")
        run(below, "█" * (_BAR - full), theme, 6, "rule")
    if cell.note:
        below = target.add_paragraph()
        below.alignment = _ALIGNS[align]
        run(below, literal(cell.note), theme, size_pt - 1, "muted")
