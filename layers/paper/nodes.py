"""Draw the symbols of nodes with their signs, urgent ones on top; one that would cover another becomes a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.path import Path

from geo.model.kinds import Layer
from geo.model.status import LIGHT_ORDER, Lang, Light
from layers.kinds.nodes import SYMBOLS, Symbol
from layers.paper.canvas import MillimetreCanvas, TextStyle, polygon
from layers.paper.font import literal, missing
from layers.paper.lines import INKS, PT_PER_PX, width_factor
from layers.paper.page import MM_PER_PT
from layers.paper.places import ShownFeature, Space
from layers.style import LOUDNESS, SYMBOL_RADIUS_PX, light_colour

PAPER_SIGNS: Final = {"✈": "T"}
"""Signs that the paper's font has no glyph for, and what stands for them; the legend explains it."""
_DOT: Final = 0.42


@dataclass(frozen=True, slots=True)
class PlacedSymbol:
    """Hold a symbol that stands on the map, or the dot it became; `radius` is in millimetres."""

    id: str
    radius: float
    small: bool


def sign_of(symbol: Symbol, own: str, lang: Lang) -> str:
    """What stands inside a symbol on paper."""
    sign = own or symbol.sign.get(lang)
    return PAPER_SIGNS.get(sign, symbol.sign.zh) if missing(sign) else literal(sign)


def outline_of(symbol: Symbol, x: float, y: float, radius: float, *, up: int = 1) -> Path:
    """Outline around a point; `up` is -1 where y grows downwards."""
    if not symbol.outline:
        return circle(x, y, radius)
    return polygon((x + px * radius, y - up * py * radius) for px, py in symbol.outline)


def circle(x: float, y: float, radius: float) -> Path:
    """Closed path of a circle."""
    unit = Path.unit_circle()
    return Path(np.asarray(unit.vertices, dtype=float) * radius + np.array((x, y)), unit.codes)


def draw_symbols(
    canvas: MillimetreCanvas, shown: Sequence[ShownFeature], space: Space, *, scale: int, lang: Lang
) -> list[PlacedSymbol]:
    """Draw them and take their room; return them."""
    loud = {light: place for place, light in enumerate(LIGHT_ORDER)}
    nodes = [one for one in shown if one.layer == Layer.NODES and one.kind in SYMBOLS]
    nodes.sort(key=lambda one: (not one.selected, loud[one.light], SYMBOLS[one.kind].rank))
    placed: list[tuple[ShownFeature, float, bool]] = []
    for one in nodes:
        radius = _radius(scale, one.light)
        reach = radius * (1.5 if SYMBOLS[one.kind].outline else 1.1)
        x, y = one.anchor
        box = (x - reach, y - radius * 1.1, x + reach, y + radius * 1.1)
        free = space.free(box)
        if free:
            space.take(box)
        placed.append((one, radius, free))
    for one, radius, free in reversed(placed):
        _draw(canvas, one, radius, small=not free, lang=lang)
    return [PlacedSymbol(one.id, radius * (1 if free else _DOT), not free) for one, radius, free in placed]


def _radius(scale: int, light: Light) -> float:
    factor = min(max(width_factor(scale), 0.62), 0.95)
    louder = LOUDNESS[light] ** 0.6 if light in {Light.RED, Light.YELLOW} else 1.0
    return SYMBOL_RADIUS_PX * PT_PER_PX * MM_PER_PT * factor * louder


def _draw(canvas: MillimetreCanvas, one: ShownFeature, radius: float, *, small: bool, lang: Lang) -> None:
    symbol = SYMBOLS[one.kind]
    x, y = one.anchor
    colour, gid = light_colour(one.light, "light"), f"node:{one.id}"
    path = circle(x, y, radius * _DOT) if small else outline_of(symbol, x, y, radius)
    if one.selected:
        canvas.line(path, INKS["accent"], 6.5)
    canvas.line(path, INKS["halo"], 2.4)
    canvas.fill(path, INKS["halo"] if one.plausible and not small else colour, gid=gid)
    if small:
        return
    if one.plausible:
        canvas.line(path, colour, 1.9 if one.light is Light.RED else 1.3, dash_pt=(2.2, 1.3))
    on = INKS["on_yellow"] if one.light is Light.YELLOW else INKS["halo"]
    ink = TextStyle(radius / MM_PER_PT * 1.05, colour if one.plausible else on, bold=True)
    canvas.text((x, y), sign_of(symbol, one.sign, lang), ink, ha="center", va="center_baseline", gid=f"sign:{one.id}")
