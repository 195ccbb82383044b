"""Draw slides as vector pages: every item where its layout put it; maps and curves also alone, as pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import matplotlib.image as mpl_image
import numpy as np
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from PIL import Image

from geo.tasks.changes import DIRECTION_ORDER, Direction
from layers.paper.canvas import MillimetreCanvas, TextStyle, polyline, rectangle
from layers.paper.curve import draw_curve
from layers.paper.features import INKS
from layers.paper.figure import PRODUCT, axes_at, figure_bytes, page_axes, pdf_metadata
from layers.paper.font import embed_font
from layers.paper.frame import fit
from layers.paper.legend import draw_legend, draw_light, entries
from layers.paper.map import Drawn, draw_change_legend, draw_change_map, draw_ground, draw_map
from layers.paper.page import LEGEND, MM_PER_INCH, MM_PER_PT, Box, Paper
from layers.slides.slide import (
    LINE,
    Align,
    CurvePicture,
    Deck,
    Grid,
    GridCell,
    Logo,
    MapPicture,
    Mark,
    Patch,
    Place,
    Rule,
    Slide,
    Text,
)
from layers.style import HEIGHT_PX
from locales import Language

PAD_IN: Final = 0.06
"""Left and right of what stands in a cell; half of it above and below."""
LIGHT_EM: Final = 1.5
"""Width that a light takes before a text."""
BAR_IN: Final = 0.07
"""Height of a bar, its gap included."""


def draw_grid(canvas: MillimetreCanvas, grid: Grid, inks: Mapping[str, str]) -> None:
    """Draw it on an axes whose unit is the millimetre."""
    left, top, width, _ = (one * MM_PER_INCH for one in grid.place)
    high = grid.head_high * MM_PER_INCH
    canvas.fill(rectangle(left, top, left + width, top + high), inks["land"])
    ink = TextStyle(grid.note_pt, inks["muted"])
    for box, texts, align in zip(_boxes(grid, left, top, high), grid.head_lines, grid.aligns, strict=True):
        middle = box.top + (box.height - len(texts) * _step(ink)) / 2
        _lines(canvas, _padded(box), middle, texts, ink, align, gid="cell")
    top += high
    for cells, inches in zip(grid.rows, grid.heights, strict=True):
        high = inches * MM_PER_INCH
        for box, cell, align in zip(_boxes(grid, left, top, high), cells, grid.aligns, strict=True):
            _cell(canvas, grid, box, cell, align, inks)
        top += high
        canvas.line(polyline(((left, top), (left + width, top))), inks["rule"], 0.5)


def _boxes(grid: Grid, left: float, top: float, high: float) -> list[Box]:
    boxes = []
    for inches in grid.widths:
        boxes.append(Box(left, top, inches * MM_PER_INCH, high))
        left += inches * MM_PER_INCH
    return boxes


def _cell(
    canvas: MillimetreCanvas, grid: Grid, box: Box, cell: GridCell, align: Align, inks: Mapping[str, str]
) -> None:
    em, bar = grid.size_pt * MM_PER_PT, 0.0 if cell.share is None else BAR_IN * MM_PER_INCH
    parts = (
        (cell.lines, TextStyle(grid.size_pt, inks[cell.ink], bold=cell.bold)),
        (cell.note_lines, TextStyle(grid.note_pt, inks["muted"])),
    )
    y = box.top + (box.height - bar - sum(len(lines) * _step(ink) for lines, ink in parts)) / 2
    if cell.light is not None:
        middle = (box.left + PAD_IN * MM_PER_INCH + 0.5 * em, y + LINE * em / 2)
        draw_light(canvas, cell.light, middle, 0.8 * em / HEIGHT_PX)
        box = Box(box.left + LIGHT_EM * em, box.top, box.width - LIGHT_EM * em, box.height)
    for lines, ink in parts:
        y = _lines(canvas, _padded(box), y, lines, ink, align, gid="cell")
    if cell.share is not None:
        _bar(canvas, _padded(box), y, cell.share, inks)


def _padded(box: Box) -> Box:
    pad = PAD_IN * MM_PER_INCH
    return Box(box.left + pad, box.top, box.width - 2 * pad, box.height)


def _step(ink: TextStyle) -> float:
    """Height of a line in millimetres."""
    return ink.size_pt * LINE * MM_PER_PT


def _lines(
    canvas: MillimetreCanvas, box: Box, top: float, lines: Iterable[str], ink: TextStyle, align: Align, *, gid: str
) -> float:
    """Write lines one below the other between the edges of a box; return where they end."""
    x = {"left": box.left, "center": box.left + box.width / 2, "right": box.right}[align]
    for line in lines:
        baseline = top + _step(ink) / 2 + 0.36 * ink.size_pt * MM_PER_PT
        canvas.text((x, baseline), line, ink, ha=align, gid=gid)
        top += _step(ink)
    return top


def _bar(canvas: MillimetreCanvas, box: Box, top: float, share: float, inks: Mapping[str, str]) -> None:
    left, bottom = box.left, top + BAR_IN * 0.6 * MM_PER_INCH
    canvas.fill(rectangle(left, top, box.right, bottom), inks["rule"])
    if share > 0:
        canvas.fill(rectangle(left, top, left + box.width * min(share, 1.0), bottom), inks["accent"])


PAPER: Final = Paper("slide", (1920, 1080), 144, 9.0)
LEGEND_PT: Final = 7.2
_DPI: Final = 220


@dataclass(frozen=True, slots=True)
class _Desk:
    """Hold what every item is drawn on."""

    figure: Figure
    canvas: MillimetreCanvas
    paper: Paper
    deck: Deck


def _draw_slide(slide: Slide, deck: Deck) -> Figure:
    """Draw one slide; raises as `deck_pdf`."""
    figure = Figure(figsize=PAPER.inches, dpi=PAPER.dpi, facecolor=deck.inks["halo"])
    context = _Desk(figure, MillimetreCanvas(page_axes(figure, PAPER)), PAPER, deck)
    for item in slide.items:
        _DRAW[type(item)](context, item)
    embed_font(figure)
    return figure


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a map, its legend or a curve as PNG, its place on the slide, and what it shows in words."""

    place: Place
    content: bytes
    words: str


def item_pictures(item: MapPicture | CurvePicture, deck: Deck) -> list[Picture]:
    """A map and its legend, or a curve; raises as `deck_pdf`."""
    if isinstance(item, CurvePicture):
        figure, paper, box = _sheet(item.place, PAPER.em_pt)
        draw_curve(MillimetreCanvas(page_axes(figure, paper)), box, item.curve, deck.inks, em_pt=item.em_pt)
        return [_picture(item.place, figure, item.words)]
    picture, drawn = map_picture(item)
    if item.legend is None:
        return [picture]
    figure, paper, box = _sheet(item.legend, PAPER.em_pt)
    _legend(MillimetreCanvas(page_axes(figure, paper)), box, item, drawn, deck)
    return [picture, _picture(item.legend, figure, legend_words(drawn, deck.lang) if drawn else "")]


def map_picture(item: MapPicture) -> tuple[Picture, Drawn | None]:
    """A map without its legend, and what it shows where its legend lists that; raises as `deck_pdf`."""
    figure, paper, box = _sheet(item.place, item.em_pt)
    drawn = _map(figure, paper, box, item)
    return _picture(item.place, figure, item.words), drawn


def _picture(place: Place, figure: Figure, words: str) -> Picture:
    embed_font(figure)
    return Picture(place, figure_bytes(figure, "png", {"Software": PRODUCT}), words)


def legend_words(drawn: Drawn, lang: Language) -> str:
    """What a legend lists, in words."""
    lights, others = entries(drawn, lang)
    names = [f"{one.name} {one.count}".strip() for one in (*lights, *others)]
    return f"{LEGEND.get(lang)}: {', '.join(names)}"


def scale_of(item: MapPicture) -> str:
    """The scale of a map as a ratio, such as 1:45 000."""
    box = _box(item.place)
    content = item.content
    frame = fit(content.extent, content.metric_crs, content.near, width_mm=box.width, height_mm=box.height)
    return f"1:{frame.scale:,}".replace(",", "\u2009")


def _sheet(place: Place, em_pt: float) -> tuple[Figure, Paper, Box]:
    """An empty figure as large as a place, its paper, and the box that fills it."""
    paper = Paper("", (round(place[2] * _DPI), round(place[3] * _DPI)), _DPI, em_pt)
    figure = Figure(figsize=paper.inches, dpi=_DPI, facecolor=INKS["halo"])
    return figure, paper, Box(0, 0, paper.width_mm, paper.height_mm)


def _box(place: Place) -> Box:
    left, top, width, height = (one * MM_PER_INCH for one in place)
    return Box(left, top, width, height)


def _draw_map(context: _Desk, item: MapPicture) -> None:
    box = _box(item.place)
    drawn = _map(context.figure, context.paper, box, item)
    if not item.bare:
        edge = {"edgecolor": context.deck.inks["rule"], "linewidth": 0.6}
        context.canvas.box(box.left, box.top, box.right, box.bottom, **edge)
    if item.legend is not None:
        _legend(context.canvas, _box(item.legend), item, drawn, context.deck)


def _map(figure: Figure, paper: Paper, box: Box, item: MapPicture) -> Drawn | None:
    content = item.content
    size = {"width_mm": box.width, "height_mm": box.height}
    frame = fit(content.extent, content.metric_crs, content.near, **size)
    axes = axes_at(figure, paper, box)
    if item.bare:
        draw_ground(axes, content, frame)
        return None
    if item.marks is not None:
        draw_change_map(axes, content, item.marks, frame, em_pt=item.em_pt)
        return None
    return draw_map(axes, content, frame, em_pt=item.em_pt)


def _legend(canvas: MillimetreCanvas, box: Box, item: MapPicture, drawn: Drawn | None, deck: Deck) -> None:
    if drawn is not None:
        columns = {
            "columns": item.legend_columns,
            "light_columns": {4: 3}.get(item.legend_columns, min(item.legend_columns, 5)),
        }
        draw_legend(canvas, box, drawn, deck.lang, em_pt=LEGEND_PT, **columns)
    elif item.marks is not None:
        counts: Mapping[Direction, int] = Counter(item.marks.values())
        seen = [way for way in DIRECTION_ORDER if counts[way]]
        draw_change_legend(canvas, box, seen, deck.lang, em_pt=9.0, counts=counts)


def _draw_curve(context: _Desk, item: CurvePicture) -> None:
    draw_curve(context.canvas, _box(item.place), item.curve, context.deck.inks, em_pt=item.em_pt)


def _draw_text(context: _Desk, item: Text) -> None:
    box, ink = _box(item.place), TextStyle(item.size_pt, context.deck.inks[item.ink], bold=item.bold)
    _lines(context.canvas, box, box.top, item.lines, ink, item.align, gid=item.role)


def _draw_rule(context: _Desk, item: Rule) -> None:
    left, y, width = (one * MM_PER_INCH for one in (item.left, item.top, item.width))
    context.canvas.line(polyline(((left, y), (left + width, y))), context.deck.inks[item.ink], item.width_pt)


def _draw_patch(context: _Desk, item: Patch) -> None:
    box = _box(item.place)
    context.canvas.fill(rectangle(box.left, box.top, box.right, box.bottom), context.deck.inks[item.ink])


def _draw_mark(context: _Desk, item: Mark) -> None:
    box = _box(item.place)
    unit = item.size_pt * MM_PER_PT / HEIGHT_PX
    draw_light(context.canvas, item.light, (box.left + box.width / 2, box.top + box.height / 2), unit)


def _draw_logo(context: _Desk, item: Logo) -> None:
    picture = np.asarray(Image.open(BytesIO(item.content)).convert("RGBA"))
    axes = axes_at(context.figure, context.paper, _box(item.place))
    axes.set_axis_off()
    axes.set_zorder(2)
    axes.add_artist(mpl_image.AxesImage(axes, data=picture, extent=(0, 1, 0, 1)))


def _draw_grid(context: _Desk, item: Grid) -> None:
    draw_grid(context.canvas, item, context.deck.inks)


_DRAW: Final[dict[type, Any]] = {
    Text: _draw_text,
    Rule: _draw_rule,
    Patch: _draw_patch,
    Mark: _draw_mark,
    Grid: _draw_grid,
    MapPicture: _draw_map,
    CurvePicture: _draw_curve,
    Logo: _draw_logo,
}


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
    with PdfPages(file, metadata=pdf_metadata(title, subject, made_at)) as pages:
        for number, slide in enumerate(deck.slides, start=1):
            pages.savefig(_draw_slide(slide, deck))
            page_done(number)
    return file.getvalue()
