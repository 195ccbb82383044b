"""Draw the map or its legend alone, as pictures for documents that have titles and tables of their own."""

from __future__ import annotations

from matplotlib.figure import Figure

from geo.model.status import Lang
from layers.paper.canvas import Pen
from layers.paper.figure import Page, axes_at, page_axes
from layers.paper.frame import fit
from layers.paper.legend import draw_legend, height_em
from layers.paper.lines import INKS
from layers.paper.map import Drawn, draw_map
from layers.paper.page import MM_PER_INCH, MM_PER_PT, Box, Paper
from layers.paper.sheet import MapContent
from layers.paper.typeface import dress


def draw_bare_map(content: MapContent, size_mm: tuple[float, float], *, dpi: int, em_pt: float) -> Page:
    """Draw the map with scale bar, north arrow and attribution.

    Raises
    ------
    ExtentError
        The extent cannot be drawn.
    """
    paper = _sheet(*size_mm, dpi, em_pt)
    figure = Figure(figsize=paper.inches, dpi=dpi, facecolor=INKS["halo"])
    place = Box(0, 0, paper.width_mm, paper.height_mm)
    frame = fit(content.extent, content.metric_crs, content.near, width_mm=place.width, height_mm=place.height)
    drawn = draw_map(axes_at(figure, paper, place), content, frame, em_pt=em_pt)
    dress(figure)
    return Page(figure, frame, place, drawn)


def draw_legend_strip(drawn: Drawn, lang: Lang, *, width_mm: float, dpi: int, em_pt: float, columns: int) -> Figure:
    """Draw the legend as wide as given and as high as it needs."""
    high = (height_em(drawn, lang, columns=columns, light_columns=columns) + 0.4) * em_pt * MM_PER_PT
    paper = _sheet(width_mm, high, dpi, em_pt)
    figure = Figure(figsize=paper.inches, dpi=dpi, facecolor=INKS["halo"])
    box = Box(0.2, 0, paper.width_mm - 0.4, paper.height_mm)
    pen = Pen(page_axes(figure, paper))
    draw_legend(pen, box, drawn, lang, em_pt=em_pt, columns=columns, light_columns=columns)
    dress(figure)
    return figure


def _sheet(width_mm: float, height_mm: float, dpi: int, em_pt: float) -> Paper:
    return Paper("", (round(width_mm / MM_PER_INCH * dpi), round(height_mm / MM_PER_INCH * dpi)), dpi, em_pt)
