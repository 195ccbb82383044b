"""Write a snapshot in any format: as a page (PNG, PDF, SVG), slides, Word or interactive HTML, or as data.

A new format is a module and its line in FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from data.campaign.toml_files import read_template
from exports.document.docx import write_docx as document_docx
from exports.document.model import Cell, Column, Document, Figures, MapView, Section, Table, Words, theme_of
from exports.document.pptx import write_pptx as document_pptx
from exports.snapshot.data import write_csv, write_geojson, write_geopackage, write_xlsx
from exports.snapshot.snapshot import Snapshot
from exports.snapshot.words import name_of
from geo.model.kinds import KIND_LABELS
from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, STATUS_LABELS, Light, Status
from layers.paper.figure import PageForm, draw_page, page_bytes
from layers.paper.page import LATE, LATE_COLUMNS, NO_LATE
from layers.screen.standalone import PageWords, standalone_page
from locales import Label, Text, same

_WEIGHTS: Final = (6.6, 3.6, 2.2)


def write_page(snapshot: Snapshot, form: PageForm) -> bytes:
    """The page, as a picture of its paper's size or as vectors; raises as `layers.paper.figure.draw_page`."""
    page, title, description = draw_page(snapshot.sheet), snapshot.title, snapshot.description
    return page_bytes(page, form, title=title, description=description, made_at=snapshot.made_at)


def write_html(snapshot: Snapshot) -> bytes:
    """The page; raises as `layers.paper.figure.draw_page`."""
    drawn = draw_page(snapshot.sheet).drawn
    return standalone_page(snapshot.sheet, drawn, snapshot.campaign, _page_words(snapshot)).encode()


def _page_words(snapshot: Snapshot) -> PageWords:
    lang, tasks, features = snapshot.lang, snapshot.board.tasks, snapshot.features
    lines = {
        str(key): (
            f"{LIGHT_GLYPHS[Light(light)]} {key} {name_of(tasks, key, 'title', lang)}: "
            f"{STATUS_LABELS[Status(status)].get(lang)} {percent} %"
        )
        for key, light, status, percent in zip(
            tasks.index, tasks["light"], tasks["status"], tasks["percent"], strict=True
        )
    }
    rows = list(zip(features.index, features["kind"], features["light"], features["tasks"], strict=True))
    return PageWords(
        about={
            str(key): f"{KIND_LABELS[kind].get(lang)} · {LIGHT_LABELS[Light(light)].get(lang)}"
            for key, kind, light, _ in rows
        },
        tasks={str(key): [lines[task] for task in linked] for key, _, _, linked in rows},
    )


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
        MapView(snapshot.content, words, caption=Text("Scale {scale} at full size").get(lang)),
    )
    late = Text("{what} ({n})", what=LATE, n=len(snapshot.late)).get(lang)
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
        continued=Text(" (continued)").get(lang),
    )


def _late(snapshot: Snapshot) -> Table:
    """Everything late, whole on a page where it does not fit below the map."""
    heads = tuple(Column(label.get(snapshot.lang), part) for label, part in zip(LATE_COLUMNS, _WEIGHTS, strict=True))
    rows = tuple((Cell(one.what), Cell(one.who), Cell(one.how_late, ink=Light.RED, bold=True)) for one in snapshot.late)
    return Table(heads, rows, NO_LATE.get(snapshot.lang), together=True)


@dataclass(frozen=True, slots=True)
class Format:
    """Describe one format.

    Parameters
    ----------
    id
        Ending of its files, without the dot.
    name
        Name on the screen.
    media_type
        Media type that is sent to a browser.
    write
        Makes the file; the same snapshot gives the same bytes, of a GeoPackage the same content.
    on_paper
        Whether it has the size of its paper.
    """

    id: str
    name: Label
    media_type: str
    write: Callable[[Snapshot], bytes]
    on_paper: bool = False


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
FORMATS: Final = (
    Format("png", Text("Picture (PNG)"), "image/png", partial(write_page, form="png"), on_paper=True),
    Format("pdf", same("PDF"), "application/pdf", partial(write_page, form="pdf"), on_paper=True),
    Format("svg", Text("Vectors (SVG)"), "image/svg+xml", partial(write_page, form="svg"), on_paper=True),
    Format("pptx", Text("Slides (PPTX)"), f"{_OFFICE}.presentationml.presentation", write_pptx),
    Format("docx", Text("Document (DOCX)"), f"{_OFFICE}.wordprocessingml.document", write_docx),
    Format("html", Text("Interactive map (HTML)"), "text/html", write_html),
    Format("geojson", Text("Data (GeoJSON)"), "application/geo+json", write_geojson),
    Format("gpkg", Text("Data (GeoPackage)"), "application/geopackage+sqlite3", write_geopackage),
    Format("xlsx", Text("Tables (XLSX)"), f"{_OFFICE}.spreadsheetml.sheet", write_xlsx),
    Format("csv", Text("Tasks (CSV)"), "text/csv", write_csv),
)
