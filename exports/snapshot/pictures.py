"""Write a snapshot as a page: PNG, PDF, SVG."""

from __future__ import annotations

from typing import Any

from exports.snapshot.snapshot import Snapshot
from layers.paper.figure import draw_page, pdf_bytes, png_bytes, svg_bytes


def write_png(snapshot: Snapshot) -> bytes:
    """The page as a picture of its paper's size; raises as `layers.paper.figure.draw_page`."""
    return png_bytes(draw_page(snapshot.sheet), **_told(snapshot))


def write_pdf(snapshot: Snapshot) -> bytes:
    """The page as vectors; raises as `layers.paper.figure.draw_page`."""
    return pdf_bytes(draw_page(snapshot.sheet), **_told(snapshot))


def write_svg(snapshot: Snapshot) -> bytes:
    """The page as SVG; raises as `layers.paper.figure.draw_page`."""
    return svg_bytes(draw_page(snapshot.sheet), **_told(snapshot))


def _told(snapshot: Snapshot) -> dict[str, Any]:
    return {"title": snapshot.title, "description": snapshot.description, "made_at": snapshot.made_at}
