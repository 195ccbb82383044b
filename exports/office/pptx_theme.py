"""Dress the text of slides in a customer's fonts and colours."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Pt

from exports.document.briefing import Theme
from exports.snapshot.pptx_shapes import rgb


def apply_theme(font: Any, theme: Theme, size_pt: float, ink: str, *, bold: bool) -> None:  # noqa: ANN401  pptx ships no types
    """Set size, colour and both fonts: without `a:ea` Chinese text takes whatever the theme names."""
    font.size, font.bold, font.name = Pt(size_pt), bold, theme.latin
    font.color.rgb = rgb(theme.inks[ink])
    properties = font._rPr  # noqa: SLF001  pptx has no other way
    for tag in ("a:ea", "a:cs"):
        properties.append(properties.makeelement(qn(tag), {"typeface": theme.east_asian}))
