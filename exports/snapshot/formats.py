"""List the formats that a snapshot is written in; a new one is a module and its line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from exports.snapshot.document import write_docx, write_pptx
from exports.snapshot.files import write_geojson, write_geopackage, write_html, write_pdf, write_png, write_svg
from exports.snapshot.snapshot import Snapshot
from exports.snapshot.tables import write_csv, write_xlsx
from locales import Label, Text, same


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
        What a browser is told.
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
    Format("png", Text("Picture (PNG)"), "image/png", write_png, on_paper=True),
    Format("pdf", same("PDF"), "application/pdf", write_pdf, on_paper=True),
    Format("svg", Text("Vectors (SVG)"), "image/svg+xml", write_svg, on_paper=True),
    Format("pptx", Text("Slides (PPTX)"), f"{_OFFICE}.presentationml.presentation", write_pptx),
    Format("docx", Text("Document (DOCX)"), f"{_OFFICE}.wordprocessingml.document", write_docx),
    Format("html", Text("Interactive map (HTML)"), "text/html", write_html),
    Format("geojson", Text("Data (GeoJSON)"), "application/geo+json", write_geojson),
    Format("gpkg", Text("Data (GeoPackage)"), "application/geopackage+sqlite3", write_geopackage),
    Format("xlsx", Text("Tables (XLSX)"), f"{_OFFICE}.spreadsheetml.sheet", write_xlsx),
    Format("csv", Text("Tasks (CSV)"), "text/csv", write_csv),
)


def format_of(ending: str) -> Format | None:
    """The format of a file's ending, with or without the dot, in any case."""
    wanted = ending.removeprefix(".").casefold()
    return next((one for one in FORMATS if one.id == wanted), None)
