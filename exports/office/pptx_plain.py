"""Put plain shapes on a slide: no shadow, no edge of the theme, nothing but what is asked for."""

from __future__ import annotations

from typing import Any, Final

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from exports.snapshot.pptx_shapes import rgb
from geo.model.status import Light
from layers.slides.slide import Place

SHAPES: Final = {
    Light.RED: MSO_SHAPE.DIAMOND,
    Light.YELLOW: MSO_SHAPE.ISOSCELES_TRIANGLE,
    Light.GREEN: MSO_SHAPE.OVAL,
    Light.NONE: MSO_SHAPE.OVAL,
}
"""Shapes of lights that a slide program has; a tick is written."""
_RING_PT: Final = 2.0


def filled(slide: Any, place: Place, colour: str, *, kind: Any = MSO_SHAPE.RECTANGLE, name: str) -> Any:  # noqa: ANN401  pptx ships no types
    """Put a filled shape."""
    shape = slide.shapes.add_shape(kind, *(Inches(one) for one in place))
    _plain(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    shape.name = name
    return shape


def ring(slide: Any, place: Place, colour: str, *, name: str) -> None:  # noqa: ANN401  likewise
    """Put an empty circle."""
    shape = slide.shapes.add_shape(MSO_SHAPE.OVAL, *(Inches(one) for one in place))
    _plain(shape)
    shape.fill.background()
    shape.line.color.rgb, shape.line.width = rgb(colour), Pt(_RING_PT)
    shape.name = name


def level(slide: Any, left: float, top: float, width: float, colour: str, width_pt: float) -> None:  # noqa: ANN401  likewise
    """Put a level line."""
    ends = (Inches(left), Inches(top), Inches(left + width), Inches(top))
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    _plain(line)
    line.line.color.rgb, line.line.width = rgb(colour), Pt(width_pt)
    line.name = "rule"


def _plain(shape: Any) -> None:  # noqa: ANN401  likewise
    """Take away what the theme would add: shadows, and colours of its own."""
    style = shape._element.find(qn("p:style"))  # noqa: SLF001  pptx has no other way
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001  likewise
