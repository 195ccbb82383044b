"""Say a view as a document, for slides and Word: map, figures and filters, and all that is late."""

from __future__ import annotations

from typing import Final

from data.campaign.toml_files import read_template
from exports.document.docx import write_docx as document_docx
from exports.document.model import Cell, Column, Document, Figures, MapView, Section, Table, Words, theme_of
from exports.document.pptx import write_pptx as document_pptx
from exports.snapshot import words as texts
from exports.snapshot.snapshot import Snapshot
from geo.model.status import Light
from layers.paper.page import LATE, LATE_COLUMNS, NO_LATE

_WEIGHTS: Final = (6.6, 3.6, 2.2)


def write_pptx(snapshot: Snapshot) -> bytes:
    """A slide with the map, and as many with what is late as it takes; raises as `layers.paper.figure.draw_page`."""
    return document_pptx(_document(snapshot))


def write_docx(snapshot: Snapshot) -> bytes:
    """An A4 document; raises as `layers.paper.figure.draw_page`."""
    return document_docx(_document(snapshot))


def _document(snapshot: Snapshot) -> Document:
    lang = snapshot.lang
    words = f"{snapshot.title} · {snapshot.as_of_words} · {snapshot.filter_words} · {snapshot.figure_words}"
    blocks = (
        Words(snapshot.filter_words, "note"),
        Figures(snapshot.figures),
        MapView(snapshot.content, words, caption=texts.SCALE_OF.get(lang)),
    )
    late = texts.COUNT.get(lang).format(what=LATE.get(lang), n=len(snapshot.late))
    return Document(
        title=snapshot.title,
        short=snapshot.title,
        subtitle="",
        lang=lang,
        as_of=snapshot.as_of_words,
        notice=snapshot.notice,
        notes=(*snapshot.notes, snapshot.campaign.attribution.get(lang)),
        made_at=snapshot.made_at,
        theme=theme_of(read_template(), lang),
        sections=(Section("view", snapshot.title, blocks, "view"), Section("late", late, (_late(snapshot),))),
        continued=texts.CONTINUED.get(lang),
    )


def _late(snapshot: Snapshot) -> Table:
    """Everything late, whole on a page where it does not fit below the map."""
    heads = tuple(Column(label.get(snapshot.lang), part) for label, part in zip(LATE_COLUMNS, _WEIGHTS, strict=True))
    rows = tuple((Cell(one.what), Cell(one.who), Cell(one.how_late, ink=Light.RED, bold=True)) for one in snapshot.late)
    return Table(heads, rows, NO_LATE.get(snapshot.lang), together=True)
