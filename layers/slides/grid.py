"""Draw the table of a slide: head, rows with their rules, lights before texts, bars under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from layers.paper.canvas import Ink, Pen, polyline, rectangle
from layers.paper.legend import draw_light
from layers.paper.page import MM_PER_INCH, MM_PER_PT, Box
from layers.screen.legend import HEIGHT_PX
from layers.slides.slide import LINE, Align, Grid, GridCell

PAD_IN: Final = 0.06
"""Left and right of what stands in a cell; half of it above and below."""
LIGHT_EM: Final = 1.5
"""Width that a light takes before a text."""
BAR_IN: Final = 0.07
"""Height of a bar, its gap included."""


def draw_grid(pen: Pen, grid: Grid, inks: Mapping[str, str]) -> None:
    """Draw it on an axes whose unit is the millimetre."""
    left, top, width, _ = (one * MM_PER_INCH for one in grid.place)
    high = grid.head_high * MM_PER_INCH
    pen.fill(rectangle(left, top, left + width, top + high), inks["land"])
    for box, texts, align in zip(_boxes(grid, left, top, high), grid.head_lines, grid.aligns, strict=True):
        _head(pen, grid, box, texts, align, inks)
    top += high
    for cells, inches in zip(grid.rows, grid.heights, strict=True):
        high = inches * MM_PER_INCH
        for box, cell, align in zip(_boxes(grid, left, top, high), cells, grid.aligns, strict=True):
            _cell(pen, grid, box, cell, align, inks)
        top += high
        pen.line(polyline(((left, top), (left + width, top))), inks["rule"], 0.5)


def _head(pen: Pen, grid: Grid, box: Box, texts: tuple[str, ...], align: Align, inks: Mapping[str, str]) -> None:
    step = grid.note_pt * LINE * MM_PER_PT
    y = box.top + (box.height - (len(texts) - 1) * step) / 2 + 0.36 * grid.note_pt * MM_PER_PT
    for place, text in enumerate(texts):
        _put(pen, box, y + place * step, text, Ink(grid.note_pt, inks["muted"]), align)


def _boxes(grid: Grid, left: float, top: float, high: float) -> list[Box]:
    boxes = []
    for inches in grid.widths:
        boxes.append(Box(left, top, inches * MM_PER_INCH, high))
        left += inches * MM_PER_INCH
    return boxes


def _cell(pen: Pen, grid: Grid, box: Box, cell: GridCell, align: Align, inks: Mapping[str, str]) -> None:
    em = grid.size_pt * MM_PER_PT
    lines = [(line, grid.size_pt, cell.ink, cell.bold) for line in cell.lines]
    lines += [(line, grid.note_pt, "muted", False) for line in cell.note_lines]
    bar = 0.0 if cell.share is None else BAR_IN * MM_PER_INCH
    y = box.top + (box.height - bar - sum(size for _, size, _, _ in lines) * LINE * MM_PER_PT) / 2
    if cell.light is not None:
        middle = (box.left + PAD_IN * MM_PER_INCH + 0.5 * em, y + LINE * em / 2)
        draw_light(pen, cell.light, middle, 0.8 * em / HEIGHT_PX)
        box = Box(box.left + LIGHT_EM * em, box.top, box.width - LIGHT_EM * em, box.height)
    for line, size, ink, bold in lines:
        high = size * LINE * MM_PER_PT
        _put(pen, box, y + high / 2 + 0.36 * size * MM_PER_PT, line, Ink(size, inks[ink], bold=bold), align)
        y += high
    if cell.share is not None:
        _bar(pen, box, y, cell.share, inks)


def _put(pen: Pen, box: Box, baseline: float, text: str, ink: Ink, align: Align) -> None:
    pad = PAD_IN * MM_PER_INCH
    x = {"left": box.left + pad, "center": box.left + box.width / 2, "right": box.right - pad}[align]
    pen.text((x, baseline), text, ink, ha=align, gid="cell")


def _bar(pen: Pen, box: Box, top: float, share: float, inks: Mapping[str, str]) -> None:
    pad, high = PAD_IN * MM_PER_INCH, BAR_IN * 0.6 * MM_PER_INCH
    left, width = box.left + pad, box.width - 2 * pad
    pen.fill(rectangle(left, top, left + width, top + high), inks["rule"])
    if share > 0:
        pen.fill(rectangle(left, top, left + width * min(share, 1.0), top + high), inks["accent"])
