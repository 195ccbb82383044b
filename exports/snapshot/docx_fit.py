"""Say how high the map of a Word document may be, so that what is late stands on its page below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from exports.document.text import room_em
from exports.snapshot.snapshot import Snapshot
from layers.paper.font import literal, wrap
from layers.paper.page import MM_PER_INCH, MM_PER_PT

TALLEST_MM: Final = 118.0
LOWEST_MM: Final = 92.0
TITLE_PT: Final = 17.0
TEXT_PT: Final = 10.0
FIGURE_PT: Final = 12.0
SMALL_PT: Final = 8.0
HEADING_PT: Final = 14.0
ROW_PT: Final = 1.5
"""Space below each row of the table."""
_LINE: Final = {"zh": 1.35, "en": 1.2}
"""Height of a line in sizes of its text: of the fonts for Chinese, which stand highest, and of those for Latin."""
_GAPS_PT: Final = 60.0
"""Sum of the spaces between the paragraphs."""
_LEGEND_MM: Final = 39.0
"""Height of the legend where every class is drawn."""
_MOST_LINES: Final = 40
_CELL_MM: Final = 3.8
"""Left and right margins of a cell of a table."""


def map_height_mm(snapshot: Snapshot, size_mm: tuple[float, float], columns_mm: Sequence[float]) -> float:
    """Height of the map in millimetres, or 0 where even the lowest leaves no room for what is late.

    Parameters
    ----------
    snapshot
        The view.
    size_mm
        Width and height of a page inside its margins.
    columns_mm
        Widths of the columns of the table.
    """
    wide, high = size_mm
    texts = ((snapshot.title, TITLE_PT), (snapshot.filter_words, TEXT_PT), (snapshot.figure_words, FIGURE_PT))
    used = sum(_high_mm(text, size_pt, wide, snapshot) for text, size_pt in texts)
    notes = " · ".join((*snapshot.notes, snapshot.campaign.attribution.get(snapshot.lang)))
    used += _high_mm(notes, SMALL_PT, wide, snapshot)
    used += (TEXT_PT + SMALL_PT + HEADING_PT + TEXT_PT) * _LINE[snapshot.lang] * MM_PER_PT
    used += _GAPS_PT * MM_PER_PT + _LEGEND_MM
    for row in snapshot.late:
        cells = zip((row.what, row.who, row.how_late), columns_mm, strict=True)
        used += max(_high_mm(text, TEXT_PT, width - _CELL_MM, snapshot) for text, width in cells) + ROW_PT * MM_PER_PT
    left = high - used
    return min(left, TALLEST_MM) if left >= LOWEST_MM else 0.0


def _high_mm(text: str, size_pt: float, width_mm: float, snapshot: Snapshot) -> float:
    room = room_em(width_mm / MM_PER_INCH, size_pt, snapshot.lang)
    return len(wrap(literal(text), room, lines=_MOST_LINES)) * size_pt * _LINE[snapshot.lang] * MM_PER_PT
