"""Write a snapshot as slides: native title, figures, legend and table, the map as a picture of high resolution."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any, Final

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches

from exports.office.reproducible_zip import stable
from exports.snapshot import words as texts
from exports.snapshot.pptx_shapes import Slate, legend, table
from exports.snapshot.snapshot import Snapshot
from layers.paper.figure import draw_bare_map, png_bytes
from layers.paper.font import literal
from layers.paper.map import Drawn
from layers.paper.page import LATE, LATE_COLUMNS, MM_PER_INCH

WIDTH_IN: Final = 13.333
HEIGHT_IN: Final = 7.5
MAP_IN: Final = (0.45, 1.55, 9.55, 5.45)
MAP_DPI: Final = 220
ROWS_ON_SLIDE: Final = 9
_BLANK: Final = 5
_EM_PT: Final = 8.4


def write_pptx(snapshot: Snapshot) -> bytes:
    """A slide with the map, and as many with what is late as it takes; raises as `layers.paper.figure.draw_page`."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    total = 1 + -(-len(snapshot.late) // ROWS_ON_SLIDE)
    _map_slide(_slide(deck, snapshot, snapshot.title, 1, total), snapshot)
    for number in range(2, total + 1):
        rows = snapshot.late[(number - 2) * ROWS_ON_SLIDE : (number - 1) * ROWS_ON_SLIDE]
        slate = _slide(deck, snapshot, f"{LATE.get(snapshot.lang)}（{len(snapshot.late)}）", number, total)
        header = [label.get(snapshot.lang) for label in LATE_COLUMNS]
        cells = [[literal(one) for one in (row.what, row.who, row.how_late)] for row in rows]
        table(slate, (0.45, 1.6, 12.4), header, cells, (6.6, 3.6, 2.2))
    told = deck.core_properties
    told.title, told.author, told.subject = (
        literal(snapshot.title)[:250],
        "One Map",
        literal(snapshot.filter_words)[:250],
    )
    told.created = told.modified = snapshot.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    file = io.BytesIO()
    deck.save(file)
    return stable(file.getvalue(), snapshot.made_at)


def _slide(deck: Any, snapshot: Snapshot, title: str, number: int, total: int) -> Slate:  # noqa: ANN401  pptx ships no types
    slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
    slate = Slate(slide, snapshot.lang)
    slate.title((0.45, 0.3, 10.6, 0.62), literal(title), 26)
    slate.text((0.45, 0.88, 9.2, 0.3), literal(snapshot.filter_words), 11, "muted")
    notice = f"{snapshot.notice}   " if snapshot.notice else ""
    as_of = literal(f"{notice}{snapshot.as_of_words}")
    slate.text((9.2, 0.88, 3.68, 0.3), as_of, 11, "ink", align=PP_ALIGN.RIGHT)
    slate.rule(0.45, 1.2, WIDTH_IN - 0.9)
    foot = "  ·  ".join((*snapshot.notes, snapshot.campaign.attribution.get(snapshot.lang), f"{number} / {total}"))
    slate.text((0.45, 7.08, 12.43, 0.28), literal(foot), 8, "muted")
    return slate


def _map_slide(slate: Slate, snapshot: Snapshot) -> None:
    left, top, width, height = MAP_IN
    figures = [(one.number, literal(one.label), one.light) for one in snapshot.figures]
    slate.figures((0.45, 1.22, 12.4, 0.34), figures)
    size_mm = (width * MM_PER_INCH, height * MM_PER_INCH)
    page = draw_bare_map(snapshot.content, size_mm, dpi=MAP_DPI, em_pt=_EM_PT)
    picture = png_bytes(page, title=snapshot.title, description=snapshot.description, made_at=snapshot.made_at)
    slate.picture((left, top, width, height), picture, alt_text(snapshot, page.drawn))
    scale = texts.SCALE_OF.get(snapshot.lang).format(n=f"{page.frame.scale:,}".replace(",", "\u2009"))
    slate.text((10.2, 6.72, 2.7, 0.3), scale, 9, "muted", anchor=MSO_ANCHOR.BOTTOM)
    legend(slate, (10.2, 1.6, 2.7), page.drawn)


def alt_text(snapshot: Snapshot, drawn: Drawn) -> str:
    """What somebody is told who cannot see the map."""
    zones = [name for _, name in drawn.zones]
    parts = (snapshot.title, snapshot.as_of_words, snapshot.filter_words, snapshot.figure_words, *zones)
    return literal(" · ".join(parts))
