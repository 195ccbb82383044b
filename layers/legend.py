"""Draw the swatches of the legend as SVG, from the same strokes and symbols as the map."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from geo.model.kinds import Kind, Layer, Stroke, Symbol
from geo.model.status import Light
from geo.model.supervision import EscalationLevel
from layers.style import PALETTES, RINGS, ZONE_COLOURS, Theme, light_colour

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
