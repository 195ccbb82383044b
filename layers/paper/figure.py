"""Draw one page: the map at a round scale with everything that a map on paper needs around it.

`matplotlib.figure.Figure` is used without pyplot, so that several threads may draw at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from layers.paper.canvas import MillimetreCanvas, TextStyle
from layers.paper.features import INKS
from layers.paper.font import embed_font, literal
from layers.paper.frame import MapFrame, fit
from layers.paper.grid import draw_frame
from layers.paper.legend import draw_legend, height_em
from layers.paper.map import Drawn, draw_inset, draw_map
from layers.paper.page import PAGE, POSITION, SCALE, Box, Paper, Sheet
from layers.paper.panel import HEADER_EM, draw_header, draw_late, draw_notes, late_height_em

MARGIN_EM: Final = 3.2
PANEL_EM: Final = 25.0
_PANEL_BELOW_EM: Final = 31.0
_GAP_EM: Final = 2.0
_DEGREES_EM: Final = 1.6
_INSET_EM: Final = 15.0
_INSET_LEAST_EM: Final = 10.5
_SLIDE_PANEL: Final = 0.88
"""A slide is lower than paper; what stands beside its map is set smaller."""
_NOTES_EM: Final = 10.6


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Hold a finished page: the figure, the frame of its map, and what the map shows."""

    figure: Figure
    frame: MapFrame
    drawn: Drawn


def draw_page(sheet: Sheet) -> Page:
    """Draw a page.

    Raises
    ------
    ExtentError
        The extent cannot be drawn.
    """
    paper, content = sheet.paper, sheet.content
    figure = Figure(figsize=paper.inches, dpi=paper.dpi, facecolor=INKS["halo"])
    page = MillimetreCanvas(page_axes(figure, paper))
    place = _map_box(paper)
    size = {"width_mm": place.width, "height_mm": place.height}
    frame = fit(content.extent, content.metric_crs, content.near, **size)
    drawn = draw_map(axes_at(figure, paper, place), content, frame, em_pt=paper.em_pt)
    draw_frame(page, frame, place.left, place.top, em_pt=paper.em_pt)
    _draw_around(figure, page, sheet, frame, drawn)
    embed_font(figure)
    return Page(figure, frame, drawn)


def _draw_around(figure: Figure, page: MillimetreCanvas, sheet: Sheet, frame: MapFrame, drawn: Drawn) -> None:
    paper, lang = sheet.paper, sheet.content.lang
    em, em_pt = paper.em, paper.em_pt * (_SLIDE_PANEL if paper.is_screen else 1.0)
    edge = MARGIN_EM * em
    draw_header(page, sheet, Box(edge, edge * 0.75, paper.width_mm - 2 * edge, HEADER_EM * em))
    legend, late, inset, notes = _panel(sheet, drawn)
    columns = {"columns": 2, "light_columns": 1 if late is not None else 2}
    draw_legend(page, legend, drawn, lang, em_pt=em_pt, **columns)
    if late is not None:
        draw_late(page, late, sheet.late, lang, em_pt=em_pt)
    _draw_inset(figure, page, sheet, inset, frame)
    scale = SCALE.get(lang).format(n=f"{frame.scale:,}".replace(",", "\u2009"), paper=paper.printed_name)
    number = PAGE.get(lang).format(n=sheet.page[0], of=sheet.page[1])
    draw_notes(page, notes, (scale, *sheet.notes, number), sheet.url, lang, em_pt=em_pt)


def _draw_inset(figure: Figure, page: MillimetreCanvas, sheet: Sheet, box: Box, frame: MapFrame) -> None:
    paper, content = sheet.paper, sheet.content
    em = paper.em
    page.text(
        (box.left, box.top + 1.1 * em),
        POSITION.get(content.lang),
        TextStyle(paper.em_pt * 1.12, INKS["ink"], bold=True),
    )
    inner = Box(box.left, box.top + 1.9 * em, box.width, box.height - 1.9 * em)
    west, south, east, north = content.home
    seen = frame.seen
    home = (min(west, seen[0]), min(south, seen[1]), max(east, seen[2]), max(north, seen[3]))
    small = fit(home, content.metric_crs, content.near, width_mm=inner.width, height_mm=inner.height)
    draw_inset(axes_at(figure, paper, inner), content, small, frame)
    page.box(inner.left, inner.top, inner.right, inner.bottom, edgecolor=INKS["muted"], linewidth=0.5)


def _map_box(paper: Paper) -> Box:
    em, edge = paper.em, MARGIN_EM * paper.em
    left, top = edge + _DEGREES_EM * em, edge * 0.75 + HEADER_EM * em
    bottom = paper.height_mm - edge * 0.75 - _DEGREES_EM * em
    if paper.portrait:
        bottom -= _PANEL_BELOW_EM * em
        return Box(left, top, paper.width_mm - edge - left, bottom - top)
    right = paper.width_mm - edge - (PANEL_EM + _GAP_EM) * em
    return Box(left, top, right - left, bottom - top)


def _panel(sheet: Sheet, drawn: Drawn) -> tuple[Box, Box | None, Box, Box]:
    """Places of legend, table, inset and small print, beside the map or below it."""
    paper = sheet.paper
    em, edge, place = paper.em, MARGIN_EM * paper.em, _map_box(paper)
    if paper.portrait:
        top = place.bottom + (_DEGREES_EM + 0.9) * em
        bottom = paper.height_mm - edge * 0.75
        column = (paper.width_mm - 2 * edge - 2 * _GAP_EM * em) / 3
        lefts = [edge + i * (column + _GAP_EM * em) for i in range(3)]
        notes = Box(lefts[2], bottom - _NOTES_EM * em, column, _NOTES_EM * em)
        inset = Box(lefts[2], top, column, notes.top - top - em)
        return Box(lefts[0], top, column, bottom - top), Box(lefts[1], top, column, bottom - top), inset, notes
    slide = paper.is_screen
    left, width = place.right + _GAP_EM * em, PANEL_EM * em
    em *= _SLIDE_PANEL if slide else 1.0
    tall = height_em(drawn, sheet.content.lang, columns=2, light_columns=2 if slide else 1) * em
    legend = Box(left, place.top, width, tall)
    notes = Box(left, place.bottom - (_NOTES_EM - 1) * em, width, _NOTES_EM * em)
    wanted = 0.0 if slide else late_height_em(len(sheet.late)) * em
    high = min(_INSET_EM * em, max(notes.top - legend.bottom - wanted - 3 * em, _INSET_LEAST_EM * em))
    inset = Box(left, notes.top - high - em, width, high)
    late = None if slide else Box(left, legend.bottom + em, width, inset.top - legend.bottom - 2 * em)
    return legend, late, inset, notes


def page_axes(figure: Figure, paper: Paper) -> Axes:
    """Axes of the whole page: millimetres from its upper left corner, y downwards, above all other axes."""
    axes = figure.add_axes((0, 0, 1, 1), zorder=1)
    axes.set_xlim(0, paper.width_mm)
    axes.set_ylim(paper.height_mm, 0)
    axes.set_axis_off()
    return axes


def axes_at(figure: Figure, paper: Paper, box: Box) -> Axes:
    """Axes that fill a box of the page."""
    wide, high = paper.width_mm, paper.height_mm
    return figure.add_axes((box.left / wide, 1 - box.bottom / high, box.width / wide, box.height / high))


PRODUCT: Final = "One Map"


def png_bytes(page: Page, *, title: str, description: str, made_at: datetime) -> bytes:
    """The page as a picture."""
    file = BytesIO()
    metadata = {
        "Title": title,
        "Description": description,
        "Software": PRODUCT,
        "Creation Time": f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    _canvas(FigureCanvasAgg, page.figure).print_png(file, metadata=metadata)
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
    metadata = {
        "Title": title,
        "Subject": description,
        "Creator": PRODUCT,
        "Producer": PRODUCT,
        "CreationDate": made_at.astimezone(UTC).replace(microsecond=0),
    }
    _canvas(FigureCanvasPdf, page.figure).print_pdf(file, metadata=metadata)
    return file.getvalue()


def svg_bytes(page: Page, *, title: str, description: str, made_at: datetime) -> bytes:
    """The page as SVG; text is outlines, so that it looks the same without the font, and stands in the metadata."""
    _name_once(page)
    file = BytesIO()
    metadata = {
        "Title": literal(title),
        "Description": "\n".join(map(literal, description.splitlines())),
        "Creator": PRODUCT,
        "Date": f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    _canvas(FigureCanvasSVG, page.figure).print_svg(file, metadata=metadata)
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
