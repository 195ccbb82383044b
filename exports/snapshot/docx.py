"""Write a snapshot as a Word document: title, figures, the map as a picture, legend and what is late as tables."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from exports.office.docx_theme import describe, keep_row
from exports.office.reproducible_zip import stable
from exports.snapshot.docx_fit import (
    FIGURE_PT,
    HEADING_PT,
    ROW_PT,
    SMALL_PT,
    TALLEST_MM,
    TEXT_PT,
    TITLE_PT,
    map_height_mm,
)
from exports.snapshot.pptx import alt_text
from exports.snapshot.pptx_shapes import EAST_ASIAN, LATIN
from exports.snapshot.snapshot import Snapshot
from exports.snapshot.words import SCALE_OF
from geo.model.status import LIGHT_GLYPHS, Label, Light
from layers.paper.features import INKS
from layers.paper.figure import draw_bare_map, draw_legend_strip, figure_png, png_bytes
from layers.paper.font import literal
from layers.paper.legend import entries
from layers.paper.map import Drawn
from layers.paper.page import LATE, LATE_COLUMNS, LEGEND, NO_LATE
from layers.style import light_colour

PAGE_MM: Final = (210.0, 297.0)
MARGINS_MM: Final = (18.0, 13.0)
"""At the sides, and above and below."""
TEXT_MM: Final = (PAGE_MM[0] - 2 * MARGINS_MM[0], PAGE_MM[1] - 2 * MARGINS_MM[1])
"""Width and height inside the margins."""
DPI: Final = 300
_WIDTHS_MM: Final = (92, 52, 30)
_EM_PT: Final = 6.6
_LEGEND_PT: Final = 7.6
_LEGEND_COLUMNS: Final = 5
_TIED: Final = "\u00a0"
_COUNT: Final = Label("（{n}）", " ({n})")


def write_docx(snapshot: Snapshot) -> bytes:
    """An A4 document; raises as `layers.paper.figure.draw_page`."""
    document = Document()
    _set_up(document, snapshot)
    _line(document, snapshot.title, TITLE_PT, bold=True, style="Title")
    _line(document, snapshot.filter_words, TEXT_PT, ink="muted")
    notice = f"{snapshot.notice} · " if snapshot.notice else ""
    _line(document, f"{notice}{snapshot.as_of_words}", TEXT_PT)
    _figures(document, snapshot)
    height_mm = map_height_mm(snapshot, TEXT_MM, _WIDTHS_MM)
    drawn = _map(document, snapshot, height_mm or TALLEST_MM)
    _legend(document, snapshot, drawn)
    _late(document, snapshot, own_page=not height_mm)
    notes = " · ".join((*snapshot.notes, snapshot.campaign.attribution.get(snapshot.lang)))
    _line(document, notes, SMALL_PT, ink="muted", before_pt=6)
    file = io.BytesIO()
    document.save(file)
    return stable(file.getvalue(), snapshot.made_at)


def _set_up(document: Any, snapshot: Snapshot) -> None:  # noqa: ANN401  docx ships no types
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.left_margin = section.right_margin = Mm(MARGINS_MM[0])
    section.top_margin = section.bottom_margin = Mm(MARGINS_MM[1])
    for name in ("Normal", "Title", "Heading 1"):
        font = document.styles[name].font
        font.name, font.color.rgb = LATIN, _rgb("ink")
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), EAST_ASIAN)
    running = document.styles["Normal"].paragraph_format
    running.space_after, running.line_spacing = Pt(4), 1.0
    for name, before, after in (("Title", 0, 8), ("Heading 1", 8, 3)):
        document.styles[name].paragraph_format.space_before = Pt(before)
        document.styles[name].paragraph_format.space_after = Pt(after)
    document.styles["Heading 1"].font.size = Pt(HEADING_PT)
    told = document.core_properties
    told.title, told.author, told.subject = (
        literal(snapshot.title)[:250],
        "One Map",
        literal(snapshot.filter_words)[:250],
    )
    told.comments = ""
    told.created = told.modified = snapshot.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _rgb(ink: str) -> RGBColor:
    return RGBColor.from_string(INKS.get(ink, ink).removeprefix("#"))


def _line(  # one argument for each thing that differs
    document: Any,  # noqa: ANN401  likewise
    text: str,
    size_pt: float,
    *,
    ink: str = "ink",
    bold: bool = False,
    style: str = "",
    before_pt: float = 0,
) -> None:
    paragraph = document.add_paragraph(style=style or None)
    paragraph.paragraph_format.space_before = Pt(before_pt)
    _run(paragraph, literal(text), size_pt, ink, bold=bold)


def _run(paragraph: Any, text: str, size_pt: float, ink: str, *, bold: bool = False) -> None:  # noqa: ANN401  likewise
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size_pt), bold, _rgb(ink)
    run.font.name = LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), EAST_ASIAN)  # noqa: SLF001  docx has no other way


def _figures(document: Any, snapshot: Snapshot) -> None:  # noqa: ANN401  likewise
    paragraph = document.add_paragraph()
    for number, one in enumerate(snapshot.figures):
        if number and one.light is None and snapshot.figures[number - 1].light is not None:
            paragraph.add_run().add_break()
        if one.light is not None:
            _run(paragraph, f"{LIGHT_GLYPHS[one.light]}{_TIED}", 11, light_colour(one.light, "light"))
        _run(paragraph, one.number, FIGURE_PT, "ink", bold=True)
        _run(paragraph, f"{_TIED}{literal(one.label).replace(' ', _TIED)}    ", 9.5, "muted")


def _map(document: Any, snapshot: Snapshot, height_mm: float) -> Drawn:  # noqa: ANN401  likewise
    page = draw_bare_map(snapshot.content, (TEXT_MM[0], height_mm), dpi=DPI, em_pt=_EM_PT)
    picture = png_bytes(page, title=snapshot.title, description=snapshot.description, made_at=snapshot.made_at)
    _picture(document, picture, alt_text(snapshot, page.drawn))
    scale = SCALE_OF.get(snapshot.lang).format(n=f"{page.frame.scale:,}".replace(",", "\u2009"))
    _line(document, scale, SMALL_PT, ink="muted")
    return page.drawn


def _legend(document: Any, snapshot: Snapshot, drawn: Drawn) -> None:  # noqa: ANN401  likewise
    figure = draw_legend_strip(
        drawn, snapshot.lang, width_mm=TEXT_MM[0], dpi=DPI, em_pt=_LEGEND_PT, columns=_LEGEND_COLUMNS
    )
    lights, others = entries(drawn, snapshot.lang)
    names = [f"{one.name} {one.count}".strip() for one in (*lights, *others)]
    words = f"{LEGEND.get(snapshot.lang)}: {', '.join(names)}"
    _picture(document, figure_png(figure), literal(words))


def _picture(document: Any, picture: bytes, words: str) -> None:  # noqa: ANN401  likewise
    """Add a picture as wide as the text."""
    describe(document.add_paragraph().add_run().add_picture(io.BytesIO(picture), width=Mm(TEXT_MM[0])), words)


def _late(document: Any, snapshot: Snapshot, *, own_page: bool) -> None:  # noqa: ANN401  likewise
    count = _COUNT.get(snapshot.lang).format(n=len(snapshot.late))
    heading = document.add_heading(f"{LATE.get(snapshot.lang)}{count}", level=1)
    heading.paragraph_format.page_break_before = own_page
    if not snapshot.late:
        _line(document, NO_LATE.get(snapshot.lang), TEXT_PT)
        return
    rows = [[label.get(snapshot.lang) for label in LATE_COLUMNS]]
    rows += [[row.what, row.who, row.how_late] for row in snapshot.late]
    table = document.add_table(rows=len(rows), cols=3)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    for line, texts in enumerate(rows):
        for column, (text, width) in enumerate(zip(texts, _WIDTHS_MM, strict=True)):
            cell = table.cell(line, column)
            cell.width = Mm(width)
            ink = "muted" if line == 0 else light_colour(Light.RED, "light") if column == 2 else "ink"  # noqa: PLR2004
            paragraph = cell.paragraphs[0]
            paragraph.alignment, paragraph.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.LEFT, Pt(ROW_PT)
            _run(paragraph, literal(text), TEXT_PT, ink, bold=column == 2 and line > 0)  # noqa: PLR2004
    for number, row in enumerate(table.rows):
        keep_row(row, head=number == 0)
