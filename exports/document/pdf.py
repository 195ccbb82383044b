"""Write a document as PDF: vector pages with the font inside, searchable; the same document gives the same bytes.

Slides are drawn where they were laid out, with an outline of their sections. Forms flow over pages of A4 by Platypus.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from threading import Lock
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate
from reportlab.platypus import Table as FlowingTable

from exports.document.layout import laid_out
from exports.document.measure import fitted
from exports.document.model import Align, Block, Document, Role, Table, Words
from layers.paper.font import SUBSTITUTE, literal, truetype, width_em, wrap
from layers.slides.figure import deck_pdf
from layers.slides.slide import HEIGHT_IN, PT_PER_IN, Deck, Grid

_TITLE_EM: Final = 60


def write_pdf(document: Document, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bytes:
    """A page for each slide; a document of nothing but forms flows over pages of A4.

    Parameters
    ----------
    document
        The document.
    progress
        Called with the pages that are done and all pages; what it raises ends the work.

    Raises
    ------
    ExtentError
        The extent of a map cannot be drawn.
    """
    if all(section.layout == "form" for section in document.sections):
        return _letter(document)
    deck = laid_out(document)
    total = len(deck.slides)
    metadata = {"title": literal(document.name), "subject": literal(f"{document.as_of} {document.notice}")}
    plain = deck_pdf(deck, **metadata, made_at=document.made_at, page_done=lambda done: progress(done, total))
    return _outlined(plain, deck, document)


def _outlined(plain: bytes, deck: Deck, document: Document) -> bytes:
    reader = PdfReader(BytesIO(plain))
    writer = PdfWriter()
    writer.append(reader, import_outline=False)
    writer.metadata = reader.metadata
    for place, slide in enumerate(deck.slides):
        if slide.first:
            title, _ = fitted(slide.title, _TITLE_EM, PT_PER_IN, document.lang, lines=1)
            writer.add_outline_item(title=title, page_number=place)
    _add_links(writer, deck)
    writer.page_mode = "/UseOutlines"
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _add_links(writer: PdfWriter, deck: Deck) -> None:
    """Have the rows of an index lead to their pages."""
    pages = {slide.section: number for number, slide in reversed(list(enumerate(deck.slides)))}
    for place, slide in enumerate(deck.slides):
        for grid in (item for item in slide.items if isinstance(item, Grid) and item.links):
            left, top, width, _ = grid.place
            y = top + grid.head_high
            for high, link in zip(grid.heights, grid.links, strict=True):
                edges = (left, HEIGHT_IN - y - high, left + width, HEIGHT_IN - y)
                rect = tuple(round(edge * PT_PER_IN, 2) for edge in edges)
                target = Link(rect=rect, target_page_index=pages[link], fit=Fit.fit())  # type: ignore[arg-type]
                writer.add_annotation(place, target)
                y += high


FAMILY: Final = "OneMapPaper"
_ALWAYS: Final = f" {SUBSTITUTE}0123456789"
_LOCK: Final = Lock()
_EDGE: Final = 68.0
_TOP: Final = 72.0
_BOTTOM: Final = 84.0
_WIDE: Final = A4[0] - 2 * _EDGE
_LEADING: Final = 1.6
_LINES_MAX: Final = 4_000
_FOOT_PT: Final = 9.0
_FOOT_LINES: Final = 4
_BOX_PT: Final = 34.0
_PAD_PT: Final = 6.0


@dataclass(frozen=True, slots=True)
class _Style:
    """Say how words of a role look: size and space before in points, ink, bold or not, where they are set."""

    size_pt: float = 11.5
    ink: str = "ink"
    bold: bool = False
    align: Align = "left"
    before_pt: float = 0.0


_STYLES: Final[dict[Role, _Style]] = {
    "body": _Style(),
    "lead": _Style(bold=True),
    "note": _Style(_FOOT_PT, "muted"),
    "head": _Style(12, bold=True, align="center", before_pt=18),
    "campaign": _Style(12, "muted", align="center"),
    "title": _Style(26, "red", bold=True, align="center", before_pt=6),
    "number": _Style(12, align="center"),
    "alarm": _Style(12, "red", bold=True, align="center"),
    "signature": _Style(align="right", before_pt=14),
}
_LABEL: Final = _Style(ink="muted")


def _letter(document: Document) -> bytes:
    file = io.BytesIO()
    with embedded("".join(texts_of(document))) as font:
        metadata = {"title": literal(document.name), "author": literal(document.theme.issuer), "lang": document.lang}
        pages = BaseDocTemplate(file, pagesize=A4, invariant=1, pageCompression=1, initialFontName=font, **metadata)
        frame = Frame(_EDGE, _BOTTOM, _WIDE, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
        foot = partial(_foot, document=document, font=font)
        pages.addPageTemplates(PageTemplate(frames=[frame], onPage=foot))
        pages.build(list(_flowing(document, font)))
    return file.getvalue()


@contextmanager
def embedded(text: str) -> Iterator[str]:
    """Give the writer of PDF a font of the characters of a text, under the name that is returned, and take it back.

    Only one document is written at a time: the writer keeps its fonts in one table for the whole process, which would
    otherwise grow with every document.
    """
    with _LOCK:
        pdfmetrics.registerFont(TTFont(FAMILY, io.BytesIO(truetype(text + _ALWAYS))))
        try:
            yield FAMILY
        finally:
            font = pdfmetrics._fonts.pop(FAMILY)  # noqa: SLF001  there is no public way to take a font back
            pdfmetrics._dynFaceNames.pop(font.face.name, None)  # noqa: SLF001  likewise


def texts_of(document: Document) -> Iterator[str]:
    """Everything that may be written."""
    yield from (document.name, *document.notes, document.page)
    for block in (block for section in document.sections for block in section.blocks):
        if isinstance(block, Words):
            yield block.text
        elif isinstance(block, Table):
            yield from (text for row in block.rows for cell in row for text in (cell.text, cell.note))
            yield from (column.title for column in block.columns)


def _flowing(document: Document, font: str) -> Iterator[Flowable]:
    """Each block as what flows; a heading stands on the page of what follows it."""
    inks = document.theme.inks
    heading: list[Flowable] = []
    for block in (block for section in document.sections for block in section.blocks):
        made = _flowables(block, partial(_Lines, font=font, inks=inks))
        if isinstance(block, Words) and block.role == "head":
            heading = made
            continue
        whole = heading or (isinstance(block, Table) and block.kind == "box")
        yield from [KeepTogether([*heading, *made])] if whole else made
        heading = []
    yield from heading


def _flowables(block: Block, lines: Any) -> list[Flowable]:  # noqa: ANN401  makes `_Lines` of a font
    if isinstance(block, Words):
        style = _STYLES[block.role]
        first, *others = block.text.split("\n")
        return [lines(first, style), *(lines(one, replace(style, before_pt=0.0)) for one in others)]
    return [_table(block, lines)] if isinstance(block, Table) else []


def _table(table: Table, lines: Any) -> Flowable:  # noqa: ANN401  likewise
    """A table that flows: its rows may run over the end of a page, its head stands on every one."""
    weights = sum(column.weight for column in table.columns)
    box, head = table.kind == "box", table.kind == "list"
    rows = [[[lines(column.title, _LABEL)] for column in table.columns]] if head else []
    for row in table.rows:
        styles = [_LABEL if place == 0 and not head else _Style(bold=cell.bold) for place, cell in enumerate(row)]
        parts = [cell.text.split("\n") for cell in row]
        rows.append([[lines(part, style) for part in texts] for texts, style in zip(parts, styles, strict=True)])
    return FlowingTable(
        rows,
        colWidths=[_WIDE * column.weight / weights for column in table.columns],
        rowHeights=[_BOX_PT] * len(rows) if box else None,
        repeatRows=int(head),
        splitInRow=0 if box else 1,
        spaceBefore=_PAD_PT,
        spaceAfter=_PAD_PT,
        style=_look(table, lines.keywords["inks"]),
    )


def _look(table: Table, inks: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """Rules and room of a table, as Platypus wants them: a frame around each cell of a box, else level rules."""
    every, box = ((0, 0), (-1, -1)), table.kind == "box"
    rules = ("GRID", *every, 0.8, HexColor(inks["ink"])) if box else ("LINEBELOW", *every, 0.5, HexColor(inks["rule"]))
    return [
        rules,
        ("VALIGN", *every, "MIDDLE" if box else "TOP"),
        ("LEFTPADDING", *every, _PAD_PT if box else 0),
        ("TOPPADDING", *every, _PAD_PT),
        ("BOTTOMPADDING", *every, _PAD_PT),
        *([("LINEABOVE", (0, 0), (-1, 0), 1.4, HexColor(inks["red"]))] if table.kind == "facts" else []),
    ]


_Untyped: Any = Flowable
"""reportlab ships no types."""


class _Lines(_Untyped):  # type: ignore[misc]
    """Flow one paragraph, broken as all text on paper; bold is drawn by an edge, since the font has one weight."""

    def __init__(self, text: str, style: _Style, *, font: str, inks: Any, kept: Sequence[str] = ()) -> None:  # noqa: ANN401  reportlab's own
        super().__init__()
        self.text, self.style, self.font, self.inks, self.lines = text, style, font, inks, list(kept)
        self.step = style.size_pt * _LEADING
        self.spaceBefore = style.before_pt

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the text for a width; both in points."""
        self.lines = self.lines or wrap(self.text, width / self.style.size_pt, lines=_LINES_MAX)
        self.width, self.height = width, self.step * max(len(self.lines), 1)
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Return the lines that go into a height, and the rest."""
        fit = int(height / self.step)
        if not 0 < fit < len(self.lines):
            return []
        parts = (self.lines[:fit], self.lines[fit:])
        return [_Lines(self.text, self.style, font=self.font, inks=self.inks, kept=part) for part in parts]

    def draw(self) -> None:
        """Write the lines from the top."""
        size, wide = self.style.size_pt, self.width
        for place, line in enumerate(self.lines):
            room = wide - width_em(line) * size
            x = {"left": 0.0, "center": room / 2, "right": room}[self.style.align]
            y = self.height - (place + 1) * self.step + size * 0.45
            _write(self.canv, (x, y), line, (self.font, size), self.inks[self.style.ink], bold=self.style.bold)


def _write(
    canvas: Any,  # noqa: ANN401  reportlab's own
    at: tuple[float, float],
    line: str,
    font: tuple[str, float],
    ink: str,
    *,
    bold: bool = False,
) -> None:
    text = canvas.beginText(*at)
    text.setFont(*font)
    text.setFillColor(HexColor(ink))
    text.setStrokeColor(HexColor(ink))
    canvas.setLineWidth(font[1] * 0.035)
    text.setTextRenderMode(2 if bold else 0)
    text.textOut(line)
    text.setTextRenderMode(0)
    canvas.drawText(text)


def _foot(canvas: Any, _pages: Any, *, document: Document, font: str) -> None:  # noqa: ANN401  likewise
    """Write notes and the number of the page."""
    ink, size = document.theme.inks["muted"], _FOOT_PT
    lines = [line for note in document.notes for line in wrap(note, _WIDE / size, lines=_FOOT_LINES)]
    for place, line in enumerate(reversed(lines)):
        _write(canvas, (_EDGE, 52.0 + 13 * place), line, (font, size), ink)
    number = document.page.format(n=canvas.getPageNumber())
    _write(canvas, (_EDGE + _WIDE - width_em(number) * size, 36.0), number, (font, size), ink)
