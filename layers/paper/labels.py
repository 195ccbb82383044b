"""Place names so that none covers another and none leaves the frame: the most important first, as on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians, sin
from typing import Any, Final, Literal

import shapely

from geo.model.kinds import Layer
from geo.model.status import LIGHT_GLYPHS, Light
from layers.paper.canvas import MillimetreCanvas, TextStyle, polyline, text_height_mm
from layers.paper.features import INKS, PlacedSymbol, zone_colour
from layers.paper.font import balance, literal, width_em
from layers.paper.frame import AREAS, Rect, ShownFeature, Space, anchor, longest
from layers.paper.page import MM_PER_PT
from layers.style import light_colour

MAX_LABELS: Final = 250
MAX_TRIED: Final = 1500
NAME_EM: Final = 11.0
SHORT_EM: Final = 4.0
LONG_EM: Final = 14.0
ZONE_NAME_EM: Final = 12.0
_GAP_EM: Final = 0.3
SHARES: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88)
"""Along a line, from its middle outwards."""
FARTHER_MM: Final = (4.0, 7.0, 11.0, 16.0, 22.0, 29.0)
TURNS: Final = (35, -35, 145, -145, 10, -10, 170, -170, 60, -60, 120, -120)
"""Degrees from east in which a name at the end of a line is tried."""
SHIFTS_MM: Final = (0.0, 7.0, -7.0, 14.0, -14.0, 21.0, -21.0, 30.0, -30.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a point in millimetres, which edge of the name stands there, and whether a line must lead to it."""

    x: float
    y: float
    align: Literal["left", "center", "right"] = "center"
    leader: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Hold one name: how it may be broken into lines, and where it may stand, the best first.

    `anchor` is the middle of its symbol, `radius` how far from there a leading line starts.
    """

    id: str
    rank: float
    ink: TextStyle
    glyph: str
    glyph_colour: str
    broken: tuple[tuple[str, ...], ...]
    places: Sequence[Place] = field(repr=False)
    anchor: tuple[float, float]
    radius: float = 0.0

    @property
    def em(self) -> float:
        """Size of its type in millimetres."""
        return self.ink.size_pt * MM_PER_PT

    @property
    def glyph_em(self) -> float:
        """Width of the shape of the light before the name."""
        return width_em(self.glyph) + 0.25 if self.glyph else 0.0

    def options(self) -> Iterator[Placed]:
        """Every way in which it may stand."""
        for near in (True, False):
            for lines in self.broken:
                width = (self.glyph_em + max(map(width_em, lines))) * self.em
                height = text_height_mm(self.ink.size_pt, len(lines))
                for place in self.places:
                    if place.leader is not near:
                        left = place.x - {"left": 0.0, "center": width / 2, "right": width}[place.align]
                        yield Placed(self, lines, left, place.y, width, height, leader=place.leader)


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold a name at one place: left edge, middle in height, size, in millimetres."""

    label: Label
    lines: tuple[str, ...]
    left: float
    y: float
    width: float
    height: float
    leader: bool

    @property
    def box(self) -> Rect:
        """What it takes."""
        gap = self.label.em * _GAP_EM
        top = self.y + self.height / 2 + gap
        return (self.left - gap, self.y - self.height / 2 - gap, self.left + self.width + gap, top)


def draw_labels(
    canvas: MillimetreCanvas,
    shown: Sequence[ShownFeature],
    symbols: Sequence[PlacedSymbol],
    space: Space,
    *,
    em_pt: float,
) -> set[str]:
    """Draw what fits; return the ids that got their name.

    Parameters
    ----------
    canvas
        That of the map.
    shown
        Everything that is seen.
    symbols
        Symbols that stand, with their radii.
    space
        What is taken already; names are added.
    em_pt
        Size of running text on the sheet.
    """
    by_id = {one.id: one for one in symbols}
    labels = [_label(one, by_id.get(one.id), em_pt) for one in shown]
    placed: list[Placed] = []
    for label in sorted(labels, key=lambda one: one.rank)[:MAX_TRIED]:
        found = next((one for one in label.options() if space.free(one.box)), None)
        if found is not None and len(placed) < MAX_LABELS:
            space.take(found.box)
            placed.append(found)
    for one in placed:
        if one.leader:
            _lead(canvas, one)
    for one in placed:
        _write(canvas, one)
    return {one.label.id for one in placed}


def _label(one: ShownFeature, symbol: PlacedSymbol | None, em_pt: float) -> Label:
    zone, late = one.layer == Layer.ZONES, one.light is Light.RED
    rank: float = one.kind.drawing.label_rank
    if one.light.loud:
        rank = 1 + rank / 100 if late else 2 + rank / 100
    colour = zone_colour(one.zone) if zone else light_colour(Light.RED, "light") if late else INKS["ink"]
    name = literal(one.name) or one.id
    short = width_em(name) <= (ZONE_NAME_EM if zone else NAME_EM)
    broken = [[name]] if short else []
    broken.append(balance(name, most=LONG_EM, least=SHORT_EM))
    return Label(
        id=one.id,
        rank=(0 if zone else rank) - (10 if one.selected else 0),
        ink=TextStyle(em_pt * (1.62 if zone else 0.92), colour, bold=zone or late or one.selected, halo=INKS["halo"]),
        glyph=LIGHT_GLYPHS[one.light] if one.light.loud and not zone else "",
        glyph_colour=light_colour(one.light, "light"),
        broken=tuple(dict.fromkeys(map(tuple, broken))),
        places=_places(one, symbol),
        anchor=one.anchor,
        radius=symbol.radius * 1.3 if symbol else 0.0,
    )


def _places(one: ShownFeature, symbol: PlacedSymbol | None) -> list[Place]:
    if one.layer == Layer.ZONES:
        return inside(one.geometry)
    if symbol is None:
        return along(one.geometry)
    if one.light is Light.RED or one.selected:
        return around(one.anchor, symbol.radius) + farther(one.anchor, symbol.radius)
    return [] if symbol.small else around(one.anchor, symbol.radius)


def _lead(canvas: MillimetreCanvas, one: Placed) -> None:
    """Draw the line from a symbol to the nearer edge of its name."""
    x, y = one.label.anchor
    end = one.left - 0.3 if one.left > x else one.left + one.width + 0.3
    share = one.label.radius / max(hypot(end - x, one.y - y), one.label.radius, 1e-6)
    path = polyline(((x + (end - x) * share, y + (one.y - y) * share), (end, one.y)))
    canvas.line(path, INKS["halo"], 1.6)
    canvas.line(path, one.label.ink.colour, 0.6, gid=f"lead:{one.label.id}")


def _write(canvas: MillimetreCanvas, one: Placed) -> None:
    label, left = one.label, one.left
    glyph = label.glyph_em * label.em
    middle = left + glyph + (one.width - glyph) / 2
    if label.glyph:
        ink = TextStyle(label.ink.size_pt, label.glyph_colour, halo=label.ink.halo)
        canvas.text((left, one.y), label.glyph, ink, va="center", gid=f"glyph:{label.id}")
    canvas.text((middle, one.y), "\n".join(one.lines), label.ink, ha="center", va="center", gid=f"label:{label.id}")


def along(geometry: Any) -> list[Place]:  # noqa: ANN401  likewise
    """Places on the longest seen part of a line."""
    if shapely.get_type_id(geometry) in AREAS or shapely.length(geometry) == 0:
        return [Place(*anchor(geometry))]
    line = longest(geometry)
    points = shapely.line_interpolate_point(line, list(SHARES), normalized=True)
    return [Place(float(x), float(y)) for x, y in shapely.get_coordinates(points)]


def around(at: tuple[float, float], radius: float) -> list[Place]:
    """Places beside a symbol: right, left, below, above."""
    x, y = at
    side, end = radius * 1.5 + 0.8, radius * 1.2 + 2.6
    return [
        Place(x + side, y, "left"),
        Place(x - side, y, "right"),
        Place(x, y - end),
        Place(x, y + end),
        Place(x + side, y - end / 2, "left"),
        Place(x + side, y + end / 2, "left"),
        Place(x - side, y - end / 2, "right"),
        Place(x - side, y + end / 2, "right"),
    ]


def farther(at: tuple[float, float], radius: float) -> list[Place]:
    """Places around a symbol to which a line must lead: nearer ones first."""
    x, y = at
    places = []
    for distance in FARTHER_MM:
        for degrees in TURNS:
            dx, dy = cos(radians(degrees)), sin(radians(degrees))
            reach = radius * 1.4 + distance
            places.append(Place(x + dx * reach, y + dy * reach, "left" if dx > 0 else "right", leader=True))
    return places


def inside(geometry: Any) -> list[Place]:  # noqa: ANN401  likewise
    """Places around the pole of an area."""
    x, y = anchor(geometry)
    return [Place(x + dx, y + dy) for dy in SHIFTS_MM for dx in (0.0, 18.0, -18.0)]
