"""Draw what stands around the map: title, figures, table of what is late, inset, small print, QR code."""

from __future__ import annotations

from typing import Final

import segno
from matplotlib.path import Path

from geo.model.status import Light
from layers.paper.canvas import MillimetreCanvas, TextStyle, polyline, rectangle
from layers.paper.features import INKS
from layers.paper.font import cut, literal, width_em, wrap
from layers.paper.legend import draw_light
from layers.paper.page import LATE, MM_PER_PT, MORE_LATE, NO_LATE, REOPEN, Box, KeyFigure, LateRow, Sheet
from layers.style import light_colour
from locales import Language

HEADER_EM: Final = 9.0
LATE_ROW_EM: Final = 3.05
LATE_HEAD_EM: Final = 2.3
URL_MAX: Final = 900
"""A longer address would make a code too fine to be read from paper."""


def draw_header(page: MillimetreCanvas, sheet: Sheet, box: Box) -> None:
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


def late_height_em(rows: int) -> float:
    """Height that the table takes with all of its rows."""
    return LATE_HEAD_EM + LATE_ROW_EM * max(rows, 1)


def draw_late(page: MillimetreCanvas, box: Box, rows: tuple[LateRow, ...], lang: Language, *, em_pt: float) -> None:
    """Draw as many rows as the box has room for, and say how many more there are."""
    em = em_pt * MM_PER_PT
    head = f"{LATE.get(lang)}  {len(rows)}" if rows else LATE.get(lang)
    page.text((box.left, box.top + 1.1 * em), head, TextStyle(em_pt * 1.12, INKS["ink"], bold=True))
    top = box.top + LATE_HEAD_EM * em - 0.4 * em
    if not rows:
        page.text((box.left, top + 1.4 * em), NO_LATE.get(lang), TextStyle(em_pt, INKS["muted"]), gid="no-late")
        return
    room = max(int((box.bottom - top) / em / LATE_ROW_EM), 1)
    if len(rows) > room:
        room = max(int((box.bottom - top - 1.6 * em) / em / LATE_ROW_EM), 1)
    for row in rows[:room]:
        _draw_late_row(page, row, box, top, em_pt)
        top += LATE_ROW_EM * em
    page.line(_level(box.left, box.right, top), INKS["street_edge"], 0.5)
    if len(rows) > room:
        more = MORE_LATE.get(lang).format(n=len(rows) - room)
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


def draw_notes(
    page: MillimetreCanvas, box: Box, notes: tuple[str, ...], url: str, lang: Language, *, em_pt: float
) -> None:
    """Write the small print, with the code that reopens the view at its left."""
    em = em_pt * MM_PER_PT
    left, width = box.left, box.width
    if url and len(url.encode()) <= URL_MAX:
        side = min(box.height - 1.2 * em, 9.0 * em)
        _draw_code(page, url, left, box.top, side)
        page.text(
            (left, box.top + side + 1.0 * em), REOPEN.get(lang), TextStyle(em_pt * 0.72, INKS["muted"]), gid="reopen"
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
        start = None
        for x in range(len(row) + 1):
            dark = x < len(row) and row[x]
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                edges = (left + start * unit, top + y * unit, left + x * unit, top + (y + 1.02) * unit)
                page.fill(rectangle(*edges), INKS["ink"], gid="code")
                start = None
