"""Write a document as a Word file, A4: headings, words, tables with repeated heads, maps and curves as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from exports.document.briefing import Block, Briefing, CurveView, Figures, MapView, Section, Table, Words
from exports.document.docx_fit import TALLEST_IN, on_one_page
from exports.document.docx_index import mark, targets_of
from exports.document.docx_table import SIZES, TEXT_MM, put_figures, put_table
from exports.office.docx_theme import describe, field, run, set_up
from exports.office.reproducible_zip import stable
from layers.paper.figure import PRODUCT
from layers.paper.font import literal
from layers.slides.figure import item_pictures
from layers.slides.slide import CurvePicture, Deck, MapPicture

_TEXT_IN: Final = TEXT_MM / 25.4
_COVER_MAP_IN: Final = 5.6
_LEGEND_IN: Final = 1.3
_MARKS_IN: Final = 0.34
_CURVE_IN: Final = 3.4
_ON_A_PAGE: Final = frozenset({"board", "map", "single"})
_INKS: Final = {"lead": "ink", "body": "ink", "note": "muted", "head": "accent"}


def write_docx(briefing: Briefing, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bytes:
    """A chapter for each section; parameters and errors as `exports.document.pdf.write_pdf`."""
    document = Document()
    set_up(document, briefing.theme)
    told = document.core_properties
    told.title, told.author, told.comments = literal(briefing.name)[:250], PRODUCT, ""
    told.subject = literal(f"{briefing.as_of} {briefing.notice}")[:250]
    told.created = told.modified = briefing.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    _foot(document, briefing)
    writer = _Writer(document, briefing)
    for number, section in enumerate(briefing.sections, start=1):
        writer.section(section)
        progress(number, len(briefing.sections))
    last = document.add_paragraph().paragraph_format  # Word wants a paragraph behind a last table
    last.line_spacing, last.space_after = Pt(1), Pt(0)
    file = io.BytesIO()
    document.save(file)
    return stable(file.getvalue(), briefing.made_at)


def _foot(document: Any, briefing: Briefing) -> None:  # noqa: ANN401  docx ships no types
    theme = briefing.theme
    paragraph = document.sections[0].footer.paragraphs[0]
    words = "  ·  ".join(one for one in (briefing.notice, briefing.as_of, *briefing.notes) if one)
    run(paragraph, literal(words), theme, 8, "muted")
    run(paragraph, "  ·  ", theme, 8, "muted")
    field(paragraph, "PAGE", theme)
    run(paragraph, " / ", theme, 8, "muted")
    field(paragraph, "NUMPAGES", theme)


class _Writer:
    """Write section after section."""

    def __init__(self, document: Any, briefing: Briefing) -> None:  # noqa: ANN401  likewise
        self.document, self.briefing, self.theme = document, briefing, briefing.theme
        self._second = briefing.sections[1] if len(briefing.sections) > 1 else None
        self.deck = Deck((), briefing.theme.inks, briefing.lang)
        self._targets, self._map_in = targets_of(briefing), TALLEST_IN

    def section(self, section: Section) -> None:
        if section.layout == "cover":
            self._cover(section)
            return
        heading = self.document.add_heading(level=1)
        heading.paragraph_format.page_break_before = section.layout in _ON_A_PAGE or section is self._second
        run(heading, literal(section.title), self.theme, 16, "ink", bold=True)
        if section.id in self._targets:
            mark(heading, self._targets[section.id])
        blocks, self._map_in = section.blocks, TALLEST_IN
        if section.layout == "single":
            self._map_in, blocks = on_one_page(blocks, _LEGEND_IN, self.briefing.lang)
        if section.layout in {"map", "single"}:
            blocks = tuple(
                sorted(blocks, key=lambda one: 0 if isinstance(one, Figures) else 1 if isinstance(one, MapView) else 2)
            )
        for block in blocks:
            self._block(block)

    def _cover(self, section: Section) -> None:
        theme, briefing = self.theme, self.briefing
        if theme.logo:
            logo = self.document.add_paragraph().add_run().add_picture(io.BytesIO(theme.logo), height=Mm(16))
            describe(logo, literal(theme.issuer))
        for text, size, ink, bold, style in (
            (briefing.notice, 11, "accent", True, ""),
            (briefing.title, 12, "muted", False, ""),
            (briefing.short, 28, "ink", True, "Title"),
            (briefing.subtitle, 16, "accent", True, ""),
        ):
            self.words(text, size, ink, bold=bold, style=style)
        for block in section.blocks:
            if isinstance(block, Words):
                self.words(block.text, 11, "muted")
        for block in section.blocks:
            if isinstance(block, MapView):
                self._pictures(MapPicture((0, 0, _TEXT_IN, _COVER_MAP_IN), block.content, block.words, 8.0, bare=True))
        self.words(theme.issuer, 12, "ink")
        self.words("  ·  ".join(briefing.notes), 8, "muted")

    def words(
        self, text: str, size: float, ink: str, *, bold: bool = False, style: str = "", keep: bool = False
    ) -> None:
        """A paragraph, kept with the next one where asked for; nothing for an empty text."""
        if text:
            paragraph = self.document.add_paragraph(style=style or None)
            paragraph.alignment, paragraph.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.LEFT, keep
            run(paragraph, literal(text), self.theme, size, ink, bold=bold)

    def _block(self, block: Block) -> None:
        if isinstance(block, Figures):
            put_figures(self.document, block, self.theme)
        elif isinstance(block, Words):
            if block.role == "head":
                heading = self.document.add_heading(level=2)
                run(heading, literal(block.text), self.theme, 12, "accent", bold=True)
                return
            for line in block.text.split("\n"):
                lead = block.role == "lead"
                self.words(line, SIZES[block.role], _INKS[block.role], bold=lead, keep=lead)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, MapView):
            high = self._map_in + 0.05
            legend = (0.0, high, _TEXT_IN, _LEGEND_IN if block.marks is None else _MARKS_IN)
            place = (0.0, 0.0, _TEXT_IN, self._map_in)
            self._pictures(MapPicture(place, block.content, block.words, 7.0, legend, 6, block.marks))
        elif isinstance(block, CurveView):
            self._pictures(CurvePicture((0.0, 0.0, _TEXT_IN, _CURVE_IN), block.curve, block.words, 8.0))

    def _table(self, table: Table) -> None:
        if not table.rows:
            self.words(table.empty, SIZES["note"], "muted")
            return
        put_table(self.document, table, self.theme, self._targets, self.briefing.lang)
        self.words(table.rest, SIZES["note"], "muted")

    def _pictures(self, item: MapPicture | CurvePicture) -> None:
        for part, (place, content) in enumerate(item_pictures(item, self.deck)):
            paragraph = self.document.add_paragraph()
            shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(place[2] * 25.4))
            describe(shape, literal(item.words) if part == 0 else "")
            paragraph.paragraph_format.keep_with_next = part == 0 and isinstance(item, MapPicture) and not item.bare
