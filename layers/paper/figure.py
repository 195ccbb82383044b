"""Draw one page: the map at a round scale with everything that a map on paper needs around it.

`matplotlib.figure.Figure` is used without pyplot, so that several threads may draw at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any, Final, Literal

import segno
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from geo.model.status import Light
from layers.paper.canvas import MillimetreCanvas, TextStyle, polyline, rectangle
from layers.paper.features import INKS
from layers.paper.font import cut, embed_font, literal, width_em, wrap
from layers.paper.frame import MapFrame, fit
from layers.paper.legend import draw_legend, draw_light, height_em
from layers.paper.map import Drawn, draw_frame, draw_inset, draw_map
from layers.paper.page import LATE, MM_PER_PT, NO_LATE, Box, KeyFigure, LateRow, Paper, Sheet
from layers.style import light_colour
from locales import Language, Text

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
_HEADER_EM: Final = 9.0
_LATE_ROW_EM: Final = 3.05
_LATE_HEAD_EM: Final = 2.3
URL_MAX: Final = 900
"""A longer address would make a code too fine to be read from paper."""


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
    _draw_header(page, sheet, Box(edge, edge * 0.75, paper.width_mm - 2 * edge, _HEADER_EM * em))
    legend, late, inset, notes = _panel(sheet, drawn)
    columns = {"columns": 2, "light_columns": 1 if late is not None else 2}
    draw_legend(page, legend, drawn, lang, em_pt=em_pt, **columns)
    if late is not None:
        _draw_late(page, late, sheet.late, lang, em_pt=em_pt)
    _draw_inset(figure, page, sheet, inset, frame)
    scale = Text("Scale 1:{n} ({paper})", n=f"{frame.scale:,}".replace(",", "\u2009"), paper=paper.printed_name).get(
        lang
    )
    number = Text("Page {n} of {of}", n=1, of=1).get(lang)
    _draw_notes(page, notes, (scale, *sheet.notes, number), sheet.url, lang, em_pt=em_pt)


def _draw_inset(figure: Figure, page: MillimetreCanvas, sheet: Sheet, box: Box, frame: MapFrame) -> None:
    paper, content = sheet.paper, sheet.content
    em = paper.em
    page.text(
        (box.left, box.top + 1.1 * em),
        Text("Position").get(content.lang),
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
    left, top = edge + _DEGREES_EM * em, edge * 0.75 + _HEADER_EM * em
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
    wanted = 0.0 if slide else _late_height_em(len(sheet.late)) * em
    high = min(_INSET_EM * em, max(notes.top - legend.bottom - wanted - 3 * em, _INSET_LEAST_EM * em))
    inset = Box(left, notes.top - high - em, width, high)
    late = None if slide else Box(left, legend.bottom + em, width, inset.top - legend.bottom - 2 * em)
    return legend, late, inset, notes


def _draw_header(page: MillimetreCanvas, sheet: Sheet, box: Box) -> None:
    """Write the title, what is filtered, as of when, and the key figures in one line."""
    em_pt = sheet.paper.em_pt
    em = em_pt * MM_PER_PT
    notice = _draw_notice(page, sheet, box)
    room = (box.width - notice) / em
    as_of = literal(sheet.as_of)
    title = literal(sheet.title)
    size = min(2.5, max(1.5, (room - 1) / max(width_em(title), 1)))
    ink = TextStyle(em_pt * size, INKS["ink"], bold=True)
    page.text((box.left, box.top + 2.1 * em), cut(title, (room - 1) / size), ink, gid="title")
    page.text((box.right, box.top + 3.9 * em), as_of, TextStyle(em_pt * 1.05, INKS["ink"]), ha="right", gid="as-of")
    filters = cut(literal(sheet.filters), box.width / em - width_em(as_of) * 1.05 - 2)
    page.text((box.left, box.top + 3.9 * em), filters, TextStyle(em_pt, INKS["muted"]), gid="filters")
    page.line(_level(box.left, box.right, box.top + 4.8 * em), INKS["ink"], 0.6)
    _draw_figures(page, sheet.figures, Box(box.left, box.top + 4.9 * em, box.width, 3.2 * em), em_pt)


def _draw_notice(page: MillimetreCanvas, sheet: Sheet, box: Box) -> float:
    """Draw the notice as a stamp in the upper right corner; return the width that it takes."""
    text = literal(sheet.notice)
    if not text:
        return 0.0
    em_pt = sheet.paper.em_pt
    em = em_pt * MM_PER_PT
    width = width_em(text) * em * 1.1 + 1.6 * em
    left, top = box.right - width, box.top + 0.35 * em
    page.line(rectangle(left, top, box.right, top + 1.9 * em), INKS["accent"], 1.0, joinstyle="miter")
    ink = TextStyle(em_pt * 1.1, INKS["accent"], bold=True)
    page.text((left + width / 2, top + 1.33 * em), text, ink, ha="center", gid="notice")
    return width + em


def _level(left: float, right: float, y: float) -> Path:
    return polyline(((left, y), (right, y)))


def _draw_figures(page: MillimetreCanvas, figures: tuple[KeyFigure, ...], box: Box, em_pt: float) -> None:
    em = em_pt * MM_PER_PT
    widths = [_figure_em(one) for one in figures]
    natural = sum(widths) + 2.2 * max(len(figures) - 1, 0)
    factor = min(1.0, box.width / em / natural) if natural else 1.0
    unit, left, baseline = em * factor, box.left, box.top + 2.3 * em
    for figure, width in zip(figures, widths, strict=True):
        x = left
        if figure.light is not None:
            draw_light(page, figure.light, (x + 0.7 * unit, baseline - 0.62 * unit), unit * 0.105)
            x += 1.7 * unit
        loud = figure.light is Light.RED and figure.number != "0"
        colour = light_colour(Light.RED, "light") if loud else INKS["ink"]
        number = literal(figure.number)
        page.text((x, baseline), number, TextStyle(em_pt * 1.9 * factor, colour, bold=True), gid="figure")
        x += (width_em(number) * 1.9 + 0.45) * unit
        page.text((x, baseline), literal(figure.label), TextStyle(em_pt * factor, INKS["muted"]), gid="figure-label")
        left += (width + 2.2) * unit


def _figure_em(figure: KeyFigure) -> float:
    mark = 1.7 if figure.light is not None else 0.0
    return mark + width_em(literal(figure.number)) * 1.9 + 0.45 + width_em(literal(figure.label))


def _late_height_em(rows: int) -> float:
    """Height that the table takes with all of its rows."""
    return _LATE_HEAD_EM + _LATE_ROW_EM * max(rows, 1)


def _draw_late(page: MillimetreCanvas, box: Box, rows: tuple[LateRow, ...], lang: Language, *, em_pt: float) -> None:
    """Draw as many rows as the box has room for, and say how many more there are."""
    em = em_pt * MM_PER_PT
    head = f"{LATE.get(lang)}  {len(rows)}" if rows else LATE.get(lang)
    page.text((box.left, box.top + 1.1 * em), head, TextStyle(em_pt * 1.12, INKS["ink"], bold=True))
    top = box.top + _LATE_HEAD_EM * em - 0.4 * em
    if not rows:
        page.text((box.left, top + 1.4 * em), NO_LATE.get(lang), TextStyle(em_pt, INKS["muted"]), gid="no-late")
        return
    room = max(int((box.bottom - top) / em / _LATE_ROW_EM), 1)
    if len(rows) > room:
        room = max(int((box.bottom - top - 1.6 * em) / em / _LATE_ROW_EM), 1)
    for row in rows[:room]:
        _draw_late_row(page, row, box, top, em_pt)
        top += _LATE_ROW_EM * em
    page.line(_level(box.left, box.right, top), INKS["street_edge"], 0.5)
    if len(rows) > room:
        more = Text("and {n} more", context="sheet", n=len(rows) - room).get(lang)
        page.text((box.left, top + 1.3 * em), more, TextStyle(em_pt, INKS["muted"]), gid="late-more")


def _draw_late_row(page: MillimetreCanvas, row: LateRow, box: Box, top: float, em_pt: float) -> None:
    em = em_pt * MM_PER_PT
    how = literal(row.how_late)
    page.line(_level(box.left, box.right, top), INKS["street_edge"], 0.5)
    red = TextStyle(em_pt * 0.95, light_colour(Light.RED, "light"), bold=True)
    page.text((box.right, top + 1.35 * em), how, red, ha="right", gid="late-how")
    room = box.width / em - width_em(how) * 0.95 - 1
    page.text((box.left, top + 1.35 * em), cut(literal(row.what), room), TextStyle(em_pt, INKS["ink"]), gid="late-what")
    who = cut(literal(row.who), box.width / em / 0.88)
    page.text((box.left, top + 2.6 * em), who, TextStyle(em_pt * 0.88, INKS["muted"]), gid="late-who")


def _draw_notes(
    page: MillimetreCanvas, box: Box, notes: tuple[str, ...], url: str, lang: Language, *, em_pt: float
) -> None:
    """Write the small print, with the code that reopens the view at its left."""
    em = em_pt * MM_PER_PT
    left, width = box.left, box.width
    if url and len(url.encode()) <= URL_MAX:
        side = min(box.height - 1.2 * em, 9.0 * em)
        _draw_code(page, url, left, box.top, side)
        page.text(
            (left, box.top + side + 1.0 * em),
            Text("Scan to open this view").get(lang),
            TextStyle(em_pt * 0.72, INKS["muted"]),
            gid="reopen",
        )
        left, width = left + side + em, width - side - em
    size = 0.82
    baseline = box.top + 0.8 * em
    ink = TextStyle(em_pt * size, INKS["muted"])
    for note in notes:
        for line in wrap(note, width / em / size, lines=2):
            page.text((left, baseline), line, ink, gid="note")
            baseline += 1.12 * em


def _draw_code(page: MillimetreCanvas, url: str, left: float, top: float, side: float) -> None:
    """Draw a QR code as rectangles, dark runs of a row in one."""
    rows = [bytes(row) for row in segno.make(url, error="l", boost_error=False, micro=False).matrix]
    unit = side / len(rows)
    for y, row in enumerate(rows):
        for dark, run in groupby(range(len(row)), row.__getitem__):
            if dark:
                cells = list(run)
                start, end = cells[0], cells[-1] + 1
                edges = (left + start * unit, top + y * unit, left + end * unit, top + (y + 1.02) * unit)
                page.fill(rectangle(*edges), INKS["ink"], gid="code")


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
PageForm = Literal["png", "pdf", "svg"]


def page_bytes(page: Page, form: PageForm, *, title: str, description: str, made_at: datetime) -> bytes:
    """The page in a form, with what it says in the metadata.

    In a PDF the font is embedded, and every text can be searched for; `layers.paper.font` says how. In an SVG text is
    outlines, so that it looks the same without the font.
    """
    at = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if form == "pdf":
        return figure_bytes(page.figure, form, pdf_metadata(title, description, made_at))
    if form == "png":
        described = {"Title": title, "Description": description, "Creation Time": at}
        return figure_bytes(page.figure, form, {"Software": PRODUCT, **described})
    _name_once(page)
    described = {"Title": literal(title), "Description": "\n".join(map(literal, description.splitlines())), "Date": at}
    return figure_bytes(page.figure, form, {"Creator": PRODUCT, **described})


def pdf_metadata(title: str, subject: str, made_at: datetime) -> dict[str, Any]:
    """What a PDF says of itself."""
    created = made_at.astimezone(UTC).replace(microsecond=0)
    return {"Title": title, "Subject": subject, "Creator": PRODUCT, "Producer": PRODUCT, "CreationDate": created}


def figure_bytes(figure: Figure, form: PageForm, metadata: dict[str, Any]) -> bytes:
    """A figure as a file."""
    file = BytesIO()
    figure.savefig(file, format=form, metadata=metadata)
    return file.getvalue()


def _name_once(page: Page) -> None:
    """Number the names of artists: an id may stand in a document once."""
    seen: dict[str, int] = {}
    for artist in page.figure.findobj():
        name = artist.get_gid()
        if name:
            seen[name] = seen.get(name, 0) + 1
            artist.set_gid(f"{literal(name)}~{seen[name]}")
