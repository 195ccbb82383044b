"""Write slides as one PDF of vector pages, and their maps and curves as pictures; same slides, same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.figure import Figure

from layers.paper.files import PRODUCT, figure_png
from layers.slides.figure import draw_alone, draw_slide
from layers.slides.slide import CurvePicture, Deck, MapPicture, Place

DPI: Final = 220


def deck_pdf(
    deck: Deck, *, title: str, subject: str, made_at: datetime, page_done: Callable[[int], None] = lambda _: None
) -> bytes:
    """All slides as a PDF.

    Parameters
    ----------
    deck
        The slides.
    title, subject, made_at
        What the file says of itself.
    page_done
        Called with the number of pages after each; what it raises ends the work.

    Raises
    ------
    ExtentError
        The extent of a map cannot be drawn.
    """
    file = BytesIO()
    told = {
        "Title": title,
        "Subject": subject,
        "Creator": PRODUCT,
        "Producer": PRODUCT,
        "CreationDate": made_at.astimezone(UTC).replace(microsecond=0),
    }
    with PdfPages(file, metadata=told) as pages:
        for number, slide in enumerate(deck.slides, start=1):
            _canvas(draw_slide(slide, deck)).print_pdf(pages)
            page_done(number)
    return file.getvalue()


def item_pictures(item: MapPicture | CurvePicture, deck: Deck, *, dpi: int = DPI) -> list[tuple[Place, bytes]]:
    """A map, its legend, or a curve as PNG, each with its place on the slide; raises as `deck_pdf`."""
    return [(place, figure_png(figure)) for place, figure in draw_alone(item, deck, dpi=dpi)]


def _canvas(figure: Figure) -> Any:  # noqa: ANN401  matplotlib types the classes, not their methods
    kind: Any = FigureCanvasPdf
    return kind(figure)
