"""Put a measured table on a slide as a native one: its head marked, its rules thin, its rows as high as measured."""

from __future__ import annotations

from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from exports.document.briefing import Theme
from exports.office.pptx_plain import filled
from exports.office.pptx_theme import apply_theme
from exports.snapshot.pptx_shapes import rgb
from geo.model.status import LIGHT_GLYPHS
from layers.slides.figure import BAR_IN, LIGHT_EM, PAD_IN
from layers.slides.slide import LINE, PT_PER_IN, Grid, GridCell

_ALIGNS: Final = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own name of “no style, no grid”."""
_RULE_EMU: Final = 6350
_EDGES: Final = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")


def put_table(slide: Any, grid: Grid, theme: Theme) -> None:  # noqa: ANN401  pptx ships no types
    """Put it at its place, and bars over its cells where they have one."""
    size = (len(grid.rows) + 1, len(grid.head))
    frame = slide.shapes.add_table(*size, *(Inches(one) for one in grid.place))
    frame.name = "table"
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE  # noqa: SLF001  pptx has no other way
    table.horz_banding = False
    for column, inches in zip(table.columns, grid.widths, strict=True):
        column.width = Inches(inches)
    for row, inches in zip(table.rows, (grid.head_high, *grid.heights), strict=True):
        row.height = Inches(inches)
    for place, text in enumerate(grid.head):
        paragraph = _cell(table.cell(0, place), theme, fill="land", edge="")
        _write(paragraph, grid, place, text, theme, ink="muted")
    for line, cells in enumerate(grid.rows, start=1):
        for place, cell in enumerate(cells):
            _fill(table.cell(line, place), grid, place, cell, theme)
    _bars(slide, grid, theme)


def _cell(cell: Any, theme: Theme, *, fill: str, edge: str) -> Any:  # noqa: ANN401  likewise
    cell.margin_left = cell.margin_right = Inches(PAD_IN)
    cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    if fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(theme.inks[fill])
    else:
        cell.fill.background()
    _rule(cell, theme, edge)
    return cell.text_frame.paragraphs[0]


def _rule(cell: Any, theme: Theme, edge: str) -> None:  # noqa: ANN401  likewise
    """Draw the level edges of a cell and no others; the schema wants edges before the fill."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  likewise
    for place, tag in enumerate(_EDGES):
        line = properties.makeelement(qn(tag), {"w": str(_RULE_EMU)})
        drawn = tag in {"a:lnT", "a:lnB"} and edge
        part = line.makeelement(qn("a:solidFill" if drawn else "a:noFill"), {})
        if drawn:
            part.append(part.makeelement(qn("a:srgbClr"), {"val": theme.inks[edge].removeprefix("#")}))
        line.append(part)
        properties.insert(place, line)


def _fill(target: Any, grid: Grid, place: int, cell: GridCell, theme: Theme) -> None:  # noqa: ANN401  likewise
    paragraph = _cell(target, theme, fill="", edge="rule")
    if cell.light is not None:
        _hang(paragraph, LIGHT_EM * grid.size_pt / PT_PER_IN)
        run = paragraph.add_run()
        run.text = f"{LIGHT_GLYPHS[cell.light]}\t"
        apply_theme(run.font, theme, grid.size_pt, cell.light, bold=False)
    if cell.share is not None:
        target.margin_bottom = Inches(BAR_IN)
    _write(paragraph, grid, place, cell.text, theme, ink=cell.ink, bold=cell.bold, size_pt=grid.size_pt)
    if cell.note:
        below = target.text_frame.add_paragraph()
        if cell.light is not None:
            _hang(below, LIGHT_EM * grid.size_pt / PT_PER_IN, first=False)
        _write(below, grid, place, cell.note, theme, ink="muted")


def _hang(paragraph: Any, inches: float, *, first: bool = True) -> None:  # noqa: ANN401  likewise
    """Begin all lines of a paragraph so far to the right, the first one at the edge: a tab leads to the others."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  likewise
    properties.set("marL", str(Inches(inches)))
    properties.set("indent", str(-Inches(inches) if first else 0))


def _write(paragraph: Any, grid: Grid, place: int, text: str, theme: Theme, **style: Any) -> None:  # noqa: ANN401  likewise
    """Write a text; `style` holds its ink, and where they are not those of a note its size and whether it is bold."""
    size = style.pop("size_pt", grid.note_pt)
    paragraph.alignment, paragraph.line_spacing = _ALIGNS[grid.aligns[place]], Pt(size * LINE)
    run = paragraph.add_run()
    run.text = text
    apply_theme(run.font, theme, size, style["ink"], bold=style.get("bold", False))


def _bars(slide: Any, grid: Grid, theme: Theme) -> None:  # noqa: ANN401  likewise
    top = grid.place[1] + grid.head_high
    for cells, high in zip(grid.rows, grid.heights, strict=True):
        left = grid.place[0]
        for cell, wide in zip(cells, grid.widths, strict=True):
            if cell.share is not None:
                _bar(slide, (left + PAD_IN, top + high - BAR_IN - 0.02, wide - 2 * PAD_IN), cell.share, theme)
            left += wide
        top += high


def _bar(slide: Any, at: tuple[float, float, float], share: float, theme: Theme) -> None:  # noqa: ANN401  likewise
    left, top, width = at
    for ink, wide in (("rule", width), ("accent", width * min(share, 1.0))):
        if wide > 0:
            filled(slide, (left, top, wide, BAR_IN * 0.6), theme.inks[ink], name="bar")
