"""Write a finished page as PNG, PDF or SVG; the same page gives the same bytes, whenever and in whatever thread."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from layers.paper.figure import Page
from layers.paper.font import literal

PRODUCT: Final = "One Map"


def png_bytes(page: Page, *, title: str, description: str, made_at: datetime) -> bytes:
    """The page as a picture."""
    file = BytesIO()
    told = {
        "Title": title,
        "Description": description,
        "Software": PRODUCT,
        "Creation Time": f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    _canvas(FigureCanvasAgg, page.figure).print_png(file, metadata=told)
    return file.getvalue()


def figure_png(figure: Figure) -> bytes:
    """A figure that is no page as a picture."""
    file = BytesIO()
    _canvas(FigureCanvasAgg, figure).print_png(file, metadata={"Software": PRODUCT})
    return file.getvalue()


def pdf_bytes(page: Page, *, title: str, description: str, made_at: datetime) -> bytes:
    """The page as vectors; its font is embedded, and every text can be searched for.

    `layers.paper.font` says how.
    """
    file = BytesIO()
    told = {
        "Title": title,
        "Subject": description,
        "Creator": PRODUCT,
        "Producer": PRODUCT,
        "CreationDate": made_at.astimezone(UTC).replace(microsecond=0),
    }
    _canvas(FigureCanvasPdf, page.figure).print_pdf(file, metadata=told)
    return file.getvalue()


def svg_bytes(page: Page, *, title: str, description: str, made_at: datetime) -> bytes:
    """The page as SVG; text is outlines, so that it looks the same without the font, and stands in the metadata."""
    _name_once(page)
    file = BytesIO()
    told = {
        "Title": literal(title),
        "Description": "\n".join(map(literal, description.splitlines())),
        "Creator": PRODUCT,
        "Date": f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    _canvas(FigureCanvasSVG, page.figure).print_svg(file, metadata=told)
    return file.getvalue()


def _canvas(kind: Any, figure: Figure) -> Any:  # noqa: ANN401  matplotlib types the classes, not their methods
    return kind(figure)


def _name_once(page: Page) -> None:
    """Number the names of artists: an id may stand in a document once."""
    seen: dict[str, int] = {}
    for artist in page.figure.findobj():
        name = artist.get_gid()
        if name:
            seen[name] = seen.get(name, 0) + 1
            artist.set_gid(f"{literal(name)}~{seen[name]}")
