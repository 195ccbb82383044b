"""Write a document as PDF: vector pages with the font inside, searchable, with an outline of its sections."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit

from exports.document.layout import laid_out
from exports.document.measure import fitted
from exports.document.model import Document
from layers.paper.font import literal
from layers.slides.figure import deck_pdf
from layers.slides.slide import HEIGHT_IN, PT_PER_IN, Deck, Grid

_TITLE_EM: Final = 60


def write_pdf(document: Document, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bytes:
    """A page for each slide.

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
    deck = laid_out(document)
    total = len(deck.slides)
    told = {"title": literal(document.name), "subject": literal(f"{document.as_of} {document.notice}")}
    plain = deck_pdf(deck, **told, made_at=document.made_at, page_done=lambda done: progress(done, total))
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
