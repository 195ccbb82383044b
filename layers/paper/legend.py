"""Draw the legend: exactly the classes that the map shows, in the map's own strokes and symbols."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from matplotlib.path import Path

from geo.model.kinds import ContextKind, Kind, Layer
from geo.model.status import LIGHT_LABELS, Light
from layers.paper.canvas import MillimetreCanvas, TextStyle, polygon, polyline, rectangle
from layers.paper.features import INKS, PT_PER_PX, circle, outline_of, sign_of, zone_colour
from layers.paper.font import cut, literal
from layers.paper.map import Drawn
from layers.paper.page import COUNTED, LEGEND, MM_PER_PT, Box
from layers.style import HEIGHT_PX, PLAUSIBLE_DASH_PX, WIDTH_PX, ZONE_FILL_OPACITY, light_colour
from locales import Language, Text

ROW_EM: Final = 1.62
_SWATCH_EM: Final = 2.5
_FINE: Final = 0.72
"""Swatches are small; strokes are drawn a little finer than on the map."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of the legend: which class, its name, a number at the right."""

    id: str
    name: str
    count: str = ""
    wide: bool = False


def entries(drawn: Drawn, lang: Language) -> tuple[list[Entry], list[Entry]]:
    """Lights, and everything else that was drawn, in the order of the page."""
    lights = [
        Entry(f"light:{light}", LIGHT_LABELS[light].get(lang), str(count)) for light, count in drawn.lights.items()
    ]
    others = [Entry(f"kind:{kind}", kind.label.get(lang)) for kind in drawn.kinds]
    named: dict[str, Entry] = {}
    for kind in drawn.context:
        name = kind.label.get(lang)
        named.setdefault(name, Entry(f"context:{kind}", name))
    others += named.values()
    if drawn.selected:
        others.append(Entry("selected", Text("Selected feature").get(lang)))
    if drawn.crowded:
        others.append(Entry("crowded", Text("Hairlines where features are crowded").get(lang), wide=True))
    if drawn.plausible:
        others.append(Entry("plausible", Text("Dashed, open: position plausible only").get(lang), wide=True))
    return lights, others


def height_em(drawn: Drawn, lang: Language, *, columns: int, light_columns: int) -> float:
    """Height that `draw_legend` takes."""
    lights, others = entries(drawn, lang)
    narrow, wide = [one for one in others if not one.wide], [one for one in others if one.wide]
    rows = -(-len(lights) // light_columns) + -(-len(narrow) // columns) + len(wide)
    return 2.2 + rows * ROW_EM + (0.5 if lights else 0)


def draw_legend(
    page: MillimetreCanvas, box: Box, drawn: Drawn, lang: Language, *, em_pt: float, columns: int, light_columns: int
) -> float:
    """Draw it from the top of a box; return where it ends."""
    em = em_pt * MM_PER_PT
    page.text((box.left, box.top + 1.1 * em), LEGEND.get(lang), TextStyle(em_pt * 1.12, INKS["ink"], bold=True))
    lights, others = entries(drawn, lang)
    if lights and light_columns == 1:
        ink = TextStyle(em_pt * 0.82, INKS["muted"])
        page.text((box.right, box.top + 1.1 * em), COUNTED.get(lang), ink, ha="right")
    top = _rows(page, Box(box.left, box.top + 2.2 * em, box.width, 0), lights, light_columns, em_pt, lang)
    top += 0.5 * em if lights else 0
    narrow = [one for one in others if not one.wide]
    top = _rows(page, Box(box.left, top, box.width, 0), narrow, columns, em_pt, lang)
    wide = [one for one in others if one.wide]
    return _rows(page, Box(box.left, top, box.width, 0), wide, 1, em_pt, lang)


def _rows(page: MillimetreCanvas, box: Box, rows: list[Entry], columns: int, em_pt: float, lang: Language) -> float:
    em = em_pt * MM_PER_PT
    each = -(-len(rows) // columns) if rows else 0
    width = box.width / columns
    for i, entry in enumerate(rows):
        left, top = box.left + (i // each) * width, box.top + (i % each) * ROW_EM * em
        _swatch(page, entry.id, (left + _SWATCH_EM * em / 2, top + ROW_EM * em / 2), em, lang)
        start, baseline = left + (_SWATCH_EM + 0.7) * em, top + (ROW_EM / 2 + 0.36) * em
        room = width / em - _SWATCH_EM - 0.9 - (2.2 if entry.count else 0)
        name = cut(literal(entry.name), room)
        page.text((start, baseline), name, TextStyle(em_pt, INKS["ink"]), gid=f"legend:{entry.id}")
        right = left + (width if columns == 1 else width - 1.6 * em)
        page.text((right, baseline), entry.count, TextStyle(em_pt, INKS["muted"]), ha="right")
    return box.top + each * ROW_EM * em


def _swatch(page: MillimetreCanvas, entry: str, at: tuple[float, float], em: float, lang: Language) -> None:
    group, _, name = entry.partition(":")
    if group == "light":
        draw_light(page, Light(name), at, em * 0.098)
    elif group == "kind":
        _kind_swatch(page, Kind(name), at, em, lang)
    elif group == "context":
        _context_swatch(page, ContextKind(name), at, em)
    elif group == "selected":
        _line(page, at, em, INKS["accent"], 7.0, ())
    elif group == "crowded":
        _line(page, at, em, INKS["muted"], 1.0, ())
    else:
        _line(page, at, em, INKS["muted"], 2.6, PLAUSIBLE_DASH_PX)


def _kind_swatch(page: MillimetreCanvas, kind: Kind, at: tuple[float, float], em: float, lang: Language) -> None:
    drawing = kind.drawing
    if kind.layer is Layer.ZONES:
        edge, colour = _area(at, em, 0.5), zone_colour(0)
        page.fill(edge, colour, alpha=ZONE_FILL_OPACITY["light"])
        page.line(edge, colour, 0.9, dash_pt=(3.6, 2.4))
    elif drawing.symbol:
        radius = 0.62 * em
        page.fill(outline_of(drawing.symbol, *at, radius, up=-1), INKS["muted"])
        ink = TextStyle(radius / MM_PER_PT * 1.05, INKS["halo"], bold=True)
        page.text(at, sign_of(drawing.symbol, "", lang), ink, ha="center", va="center_baseline")
    else:
        for stroke in sorted(drawing.strokes, key=lambda one: one.phase):
            colour = INKS["muted"] if stroke.ink == "light" else INKS[stroke.ink]
            _line(page, at, em, colour, stroke.width_px, stroke.dash_px)


def _context_swatch(page: MillimetreCanvas, kind: ContextKind, at: tuple[float, float], em: float) -> None:
    if not kind.strokes:
        page.fill(_area(at, em, 0.45), INKS[kind])
    for stroke in kind.strokes:
        width = stroke.width_px * (1.5 if stroke.ink == "street_edge" else 1.1)
        _line(page, at, em, INKS[stroke.ink], width, stroke.dash_px)


def _area(at: tuple[float, float], em: float, high: float) -> Path:
    """The rectangle that stands for an area, so many em high above and below its middle."""
    half = _SWATCH_EM * em / 2
    return rectangle(at[0] - half, at[1] - high * em, at[0] + half, at[1] + high * em)


def draw_light(page: MillimetreCanvas, light: Light, at: tuple[float, float], unit: float) -> None:
    """Draw the shape of a light in its colour around a point of the page; `unit` is a pixel of its outline."""
    colour, outline = light_colour(light, "light"), light.style.outline
    x, y = at[0] - WIDTH_PX / 2 * unit, at[1] - HEIGHT_PX / 2 * unit
    if radius := re.search(r"a([\d.]+)", outline):
        path = circle(*at, float(radius[1]) * unit)
    else:
        numbers = [float(one) for one in re.findall(r"[\d.]+", outline)]
        points = _points(outline, numbers)
        moved = [(x + px * unit, y + py * unit) for px, py in points]
        path = polygon(moved) if light.style.filled else polyline(moved)
    if light.style.filled:
        page.fill(path, colour)
    else:
        page.line(path, colour, 2 * unit / MM_PER_PT, capstyle="round")


def _points(outline: str, numbers: list[float]) -> list[tuple[float, float]]:
    """Corners of an outline; a level line is written with H, which names no height."""
    if "H" in outline:
        numbers = [*numbers[:4], numbers[4], numbers[3]]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _line(
    page: MillimetreCanvas, at: tuple[float, float], em: float, colour: str, width_px: float, dash: tuple[float, ...]
) -> None:
    half = _SWATCH_EM * em / 2
    points = polyline(((at[0] - half, at[1]), (at[0] + half, at[1])))
    factor = em / 3.2 * _FINE
    pt = width_px * PT_PER_PX * factor
    page.line(points, colour, pt, dash_pt=[part * PT_PER_PX * factor for part in dash])
