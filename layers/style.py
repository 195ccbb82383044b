"""Hold the one visual vocabulary: palettes, strokes by kind and light, styles of labels and context, swatches.

``style_table`` resolves it to plain data for a renderer; the browser holds no style of its own.

A ring around a symbol says the level of supervision, the higher the firmer. Rings have the ink of the text and none of
a light: a ring says that somebody is asked, a light how the task stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal
from xml.sax.saxutils import escape, quoteattr

from geo.model.campaign import Campaign
from geo.model.kinds import KINDS_DRAWN, ContextKind, Kind, Layer, Stroke, Symbol
from geo.model.status import Light, Status
from geo.model.supervision import EscalationLevel, SupervisionEvent
from geo.supervision.ladder import ladders
from geo.tasks.changes import Direction
from geo.tasks.joins import Board

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

PALETTES: dict[Theme, dict[str, str]] = {
    "light": {
        "land": "#F3F1EC",
        "casing": "#FFFFFF",
        "deck": "#FFFFFF",
        "water": "#BFDCE6",
        "ink": "#1B2733",
        "muted": "#5D6B7A",
        "halo": "#FFFFFF",
        "accent": "#0B5A7A",
        "street_edge": "#E2DDD3",
        "street": "#FFFFFF",
        "metro": "#C9B8D6",
        "airport": "#E7E4E1",
        "runway": "#D3D0CE",
        "building": "#DDD6CA",
        "on_yellow": "#1B2733",
    },
    "dark": {
        "land": "#0F1722",
        "casing": "#0B121B",
        "deck": "#1A2532",
        "water": "#173447",
        "ink": "#EAF0F6",
        "muted": "#93A3B5",
        "halo": "#0B121B",
        "accent": "#4DB6DE",
        "street_edge": "#131D29",
        "street": "#243242",
        "metro": "#3B3350",
        "airport": "#17202C",
        "runway": "#2A3644",
        "building": "#243040",
        "on_yellow": "#1B2733",
    },
}
ZONE_COLOURS: dict[Theme, tuple[str, ...]] = {
    "light": ("#2F5FA8", "#B0651F", "#3F7A4E", "#7A4E8F", "#8A6D1D", "#4A6A7A"),
    "dark": ("#6FA0E8", "#E0A066", "#7CC490", "#BF94D6", "#D1B55B", "#8FB3C6"),
}
ZONE_FILL_OPACITY: dict[Theme, float] = {"light": 0.09, "dark": 0.12}
AREA_FILL_OPACITY = 0.16
SELECTED_WIDTH_PX = 11.0
LINKED_WIDTH_PX = 6.5
"""Of the halo around lines whose works collide with those of the selected feature."""

WIDTH_BY_ZOOM: dict[int, float] = {11: 0.45, 12: 0.6, 13: 0.8, 14: 1.0, 15: 1.3, 16: 1.7, 17: 2.1, 18: 2.5}
"""Factor on every stroke width, by zoom level."""

CROWDED_PARTS = 1500
"""From so many lines of one light in view on, they are drawn as hairlines: wider ones would cover each other."""

SYMBOL_RADIUS_PX = 9.0
PLAUSIBLE_DASH_PX = (2.5, 3.5)


@dataclass(frozen=True, slots=True)
class Mark:
    """Say how a change is drawn over a feature.

    ``width_px`` is that of its line at zoom 14; ``filled`` symbols have its colour, others a ring of it; a ``badge``
    bears its sign.
    """

    glyph: str
    width_px: float
    filled: bool
    badge: bool


MARKS: dict[Direction, Mark] = {
    Direction.WORSE: Mark("◆", 6.5, filled=True, badge=True),
    Direction.BETTER: Mark("✓", 4.0, filled=True, badge=True),
    Direction.MOVED: Mark("◯", 1.6, filled=False, badge=False),
}
MARK_HALO_PX = 3.0
QUIET_LIGHT = Light.NONE
"""How features are drawn where change is shown and not state; what moved gets its mark on top."""


def line_classes() -> dict[str, tuple[Stroke, ...]]:
    """Strokes of every class ``kind/light`` and ``kind/light/plausible``, widened by loudness, in drawing order."""
    classes: dict[str, tuple[Stroke, ...]] = {}
    for kind in KINDS_DRAWN:
        for light in Light:
            loud = tuple(_loud(stroke, light.style.loudness) for stroke in kind.drawing.strokes)
            classes[f"{kind}/{light}"] = loud
            classes[f"{kind}/{light}/plausible"] = tuple(_open(stroke) for stroke in loud)
    return classes


def style_table() -> dict[str, Any]:
    """Resolve the vocabulary to plain data: colours by theme, strokes by class, symbols by kind, labels by kind."""
    return {
        "themes": {theme: _theme(theme) for theme in THEMES},
        "lights": [str(light) for light in Light],
        "classes": {name: [_stroke(stroke) for stroke in strokes] for name, strokes in line_classes().items()},
        "context": {str(kind): [_stroke(stroke) for stroke in kind.strokes] for kind in ContextKind},
        "labels": {
            str(kind): {"zoom": kind.drawing.label_zoom, "rank": kind.drawing.label_rank} for kind in KINDS_DRAWN
        },
        "symbols": _symbols(),
        "widthByZoom": WIDTH_BY_ZOOM,
        "symbolRadius": SYMBOL_RADIUS_PX,
        "loudness": {str(light): light.style.loudness for light in Light},
        "areaOpacity": AREA_FILL_OPACITY,
        "selectedWidth": SELECTED_WIDTH_PX,
        "linkedWidth": LINKED_WIDTH_PX,
        "crowdedParts": CROWDED_PARTS,
        "marks": {str(one): _mark(mark) for one, mark in MARKS.items()},
        "markHalo": MARK_HALO_PX,
        "quietLight": str(QUIET_LIGHT),
        "rings": ring_table(),
        "letters": {light.style.letter: str(light) for light in Light},
        "glyphs": {str(light): light.style.glyph for light in Light if light.loud},
        "statuses": {str(one): {"blocked": one.rule.blocked, "finished": one.rule.finished} for one in Status},
    }


def _symbols() -> dict[str, Any]:
    return {
        str(kind): {
            "outline": symbol.outline.points,
            "sign": {"zh": symbol.sign.zh, "en": symbol.sign.en},
            "rank": symbol.rank,
        }
        for kind in Kind
        if (symbol := kind.drawing.symbol)
    }


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "inks": PALETTES[theme],
        "lights": {str(light): light_colour(light, theme) for light in Light},
        "marks": {str(one): mark_colour(one, theme) for one in MARKS},
        "zones": ZONE_COLOURS[theme],
        "zoneOpacity": ZONE_FILL_OPACITY[theme],
    }


def light_colour(light: Light, theme: Theme) -> str:
    """Hex colour of a light on a theme."""
    colour = light.style.colour
    return colour.light if theme == "light" else colour.dark


def mark_colour(direction: Direction, theme: Theme) -> str:
    """Hex colour of a change on a theme: what got worse is red, what got better green, what moved has the accent."""
    lights = {Direction.WORSE: Light.RED, Direction.BETTER: Light.GREEN}
    return light_colour(lights[direction], theme) if direction in lights else PALETTES[theme]["accent"]


def css_variables() -> str:
    """Custom properties for a style sheet: ``--ink``, ``--accent``, …; ``--light-red``, … for lights.

    Each holds the colours of both themes as ``light-dark()``: what is used follows the colour scheme of the page.
    """
    inks = {name.replace("_", "-"): [PALETTES[theme][name] for theme in THEMES] for name in PALETTES["light"]}
    lights = {f"light-{light}": [light_colour(light, theme) for theme in THEMES] for light in Light}
    return "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in (inks | lights).items())


def _loud(stroke: Stroke, factor: float) -> Stroke:
    if not stroke.grows:
        return stroke
    return Stroke(stroke.ink, stroke.width_px * factor, stroke.dash_px, stroke.phase, stroke.grows)


def _open(stroke: Stroke) -> Stroke:
    if stroke.ink != "light":
        return stroke
    return Stroke(stroke.ink, stroke.width_px, PLAUSIBLE_DASH_PX, stroke.phase, stroke.grows)


def _mark(mark: Mark) -> dict[str, Any]:
    return {"glyph": mark.glyph, "width": mark.width_px, "filled": mark.filled, "badge": mark.badge}


def _stroke(stroke: Stroke) -> dict[str, Any]:
    return {"ink": stroke.ink, "width": round(stroke.width_px, 2), "dash": stroke.dash_px, "phase": stroke.phase}


@dataclass(frozen=True, slots=True)
class Ring:
    """Hold the line of a ring: its width, its dashes, and how many circles lie in one another."""

    width_px: float
    dash_px: tuple[float, ...]
    circles: int


RING_GAP_PX: Final = 4.5
RING_RADIUS_PX: Final = 7.0
"""Radius of the ring at the anchor of a line or zone, which has no symbol to go around."""

RINGS: Final[Mapping[EscalationLevel, Ring]] = MappingProxyType(
    {
        EscalationLevel.REMIND: Ring(1.6, (1.5, 3.0), 1),
        EscalationLevel.URGE: Ring(1.8, (5.0, 3.0), 1),
        EscalationLevel.SUPERVISE: Ring(2.0, (), 1),
        EscalationLevel.CIRCULATE: Ring(2.0, (), 2),
    },
)
"""Dotted, dashed, solid, double; in the order of the ladder, of which the highest of a feature's tasks is drawn."""


def ring_table() -> dict[str, Any]:
    """Return the rings as plain data for a renderer."""
    rings = {str(rung): _plain(ring) for rung, ring in RINGS.items()}
    return {"rungs": rings, "gap": RING_GAP_PX, "radius": RING_RADIUS_PX}


def supervision_column(board: Board, campaign: Campaign, events: Iterable[SupervisionEvent]) -> list[str]:
    """Return the rung of each task's open ladder, empty where none is open, in the order of the board's tasks."""
    found = ladders(events, board.as_of, campaign.tz)
    return [str(found[task].rung or "") if task in found else "" for task in board.tasks.index]


def _plain(ring: Ring) -> dict[str, Any]:
    return {"width": ring.width_px, "dash": ring.dash_px, "circles": ring.circles}


WIDTH_PX, HEIGHT_PX = 28, 16
_MIDDLE = HEIGHT_PX / 2


def light_swatch(light: Light, theme: Theme) -> str:
    """SVG text of a light's shape in its colour."""
    colour = light_colour(light, theme)
    paint = f'fill="{colour}"' if light.style.filled else f'fill="none" stroke="{colour}" stroke-width="2"'
    return _svg(f'<path d="{light.style.outline}" {paint} stroke-linejoin="round" stroke-linecap="round"/>')


def kind_swatch(kind: Kind, theme: Theme) -> str:
    """SVG text of a kind as the map draws it, in ink instead of a light."""
    if kind.drawing.symbol:
        return _svg(_symbol(kind.drawing.symbol, theme))
    if kind.layer is Layer.ZONES:
        colour = ZONE_COLOURS[theme][0]
        return _svg(
            f'<rect x="2" y="2.5" width="24" height="11" fill="{colour}" fill-opacity=".15" stroke="{colour}" '
            'stroke-width="1.4" stroke-dasharray="4 3"/>'
        )
    return _svg("".join(_line(stroke, theme) for stroke in kind.drawing.strokes if stroke.ink != "casing"))


def ring_swatch(rung: EscalationLevel, theme: Theme) -> str:
    """SVG text of the ring that a rung of supervision has on the map."""
    ring, ink = RINGS[rung], PALETTES[theme]["ink"]
    dash = f' stroke-dasharray="{" ".join(map(str, ring.dash_px))}"' if ring.dash_px else ""
    circles = (
        f'<circle cx="14" cy="{_MIDDLE}" r="{6.2 - 3 * circle}" fill="none" stroke="{ink}" '
        f'stroke-width="{ring.width_px - 0.2}"{dash}/>'
        for circle in range(ring.circles)
    )
    return _svg("".join(circles))


def _line(stroke: Stroke, theme: Theme) -> str:
    inks = PALETTES[theme]
    colour = inks["muted"] if stroke.ink == "light" else inks[stroke.ink]
    dash = f' stroke-dasharray="{" ".join(str(part) for part in stroke.dash_px)}"' if stroke.dash_px else ""
    return f'<path d="M1 {_MIDDLE}H27" stroke="{colour}" stroke-width="{stroke.width_px}"{dash}/>'


def _symbol(symbol: Symbol, theme: Theme) -> str:
    inks = PALETTES[theme]
    if symbol.outline.points:
        points = " ".join(f"{14 + 6.6 * x:.1f},{_MIDDLE + 6.6 * y:.1f}" for x, y in symbol.outline.points)
        shape = f'<polygon points={quoteattr(points)} fill="{inks["muted"]}"/>'
    else:
        shape = f'<circle cx="14" cy="{_MIDDLE}" r="6.8" fill="{inks["muted"]}"/>'
    text = (
        f'<text x="14" y="{_MIDDLE + 3.2}" font-size="9" font-weight="700" text-anchor="middle" '
        f'font-family="sans-serif" fill="{inks["halo"]}">{escape(symbol.sign.zh)}</text>'
    )
    return shape + text


def _svg(body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_PX}" height="{HEIGHT_PX}" '
        f'viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}">{body}</svg>'
    )
