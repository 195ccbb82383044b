"""Write a document as slides: native titles, texts and tables, maps and curves as pictures with alternative text."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC
from typing import Any, Final

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from exports.document.layout import laid_out
from exports.document.model import Document, Theme
from exports.document.pptx_shapes import SHAPES, level, put_legend, put_shape, put_table, put_text, rgb
from exports.reproducible_zip import stable
from geo.model.status import LIGHT_GLYPHS, Light
from layers.paper.figure import PRODUCT
from layers.paper.font import literal
from layers.slides.figure import Picture, item_pictures, map_picture
from layers.slides.slide import (
    HEIGHT_IN,
    PT_PER_IN,
    WIDTH_IN,
    CurvePicture,
    Deck,
    Grid,
    Item,
    Logo,
    MapPicture,
    Mark,
    Patch,
    Rule,
    Slide,
    Text,
)

TITLE_ONLY: Final = 5
_WIDTH_OF_TEMPLATE_IN: Final = 10.0
_MARK_EM: Final = 0.86


def write_pptx(document: Document, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bytes:
    """A slide for each page; parameters and errors as `exports.document.pdf.write_pdf`."""
    laid = laid_out(document)
    made = Presentation()
    _widen(made)
    for number, slide in enumerate(laid.slides, start=1):
        _Slide(made, document.theme, laid).write(slide)
        progress(number, len(laid.slides))
    properties = made.core_properties
    properties.title, properties.author = literal(document.name)[:250], PRODUCT
    properties.subject = literal(f"{document.as_of} {document.notice}")[:250]
    properties.language = "zh-CN" if document.lang == "zh" else "en-GB"
    properties.created = properties.modified = document.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    file = io.BytesIO()
    made.save(file)
    return stable(file.getvalue(), document.made_at)


def _widen(made: Any) -> None:  # noqa: ANN401  pptx ships no types
    """Give the template of python-pptx, which is 4:3, the shape of a wide screen, so that new slides fit too."""
    made.slide_width, made.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    for page in (made.slide_master, *made.slide_layouts):
        for shape in page.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:  # noqa: SLF001  inherited places move with the master
                factor = WIDTH_IN / _WIDTH_OF_TEMPLATE_IN
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)


class _Slide:
    """Write one slide."""

    def __init__(self, made: Any, theme: Theme, deck: Deck) -> None:  # noqa: ANN401  likewise
        self.slide = made.slides.add_slide(made.slide_layouts[TITLE_ONLY])
        self.theme, self.deck = theme, deck

    def write(self, slide: Slide) -> None:
        for item in slide.items:
            _WRITE[type(item)](self, item)

    def text(self, item: Text) -> None:
        put_text(self.slide, item, self.theme)

    def rule(self, item: Rule) -> None:
        level(self.slide, item.left, item.top, item.width, self.theme.inks[item.ink], item.width_pt)

    def patch(self, item: Patch) -> None:
        put_shape(self.slide, item.place, fill=self.theme.inks[item.ink], name="patch")

    def mark(self, item: Mark) -> None:
        (left, top, wide, high), side = item.place, item.size_pt * _MARK_EM / PT_PER_IN
        place = (left + (wide - side) / 2, top + (high - side) / 2, side, side)
        colour = self.theme.inks[item.light]
        if item.light is Light.NONE:
            put_shape(self.slide, place, edge=colour, kind=SHAPES[item.light], name="light")
        elif item.light in SHAPES:
            put_shape(self.slide, place, fill=colour, kind=SHAPES[item.light], name="light")
        else:
            tick, size_pt = LIGHT_GLYPHS[item.light], item.size_pt * 1.3
            self.text(Text(item.place, tick, (tick,), size_pt, item.light, bold=True, align="center", role="light"))

    def grid(self, item: Grid) -> None:
        put_table(self.slide, item, self.theme)

    def drawn(self, item: MapPicture | CurvePicture) -> None:
        if isinstance(item, MapPicture) and item.legend is not None and item.legend_columns == 1:
            picture, drawn = map_picture(item)
            self._picture(picture, "map", edge=True)
            if drawn is not None:
                put_legend(self.slide, item.legend, drawn, self.theme, self.deck.lang)
            return
        for picture, name in zip(item_pictures(item, self.deck), ("map", "legend"), strict=False):
            self._picture(picture, name, edge=name == "map" and isinstance(item, MapPicture) and not item.bare)

    def logo(self, item: Logo) -> None:
        self._picture(Picture(item.place, item.content, item.words), "logo", edge=False)

    def _picture(self, picture: Picture, name: str, *, edge: bool) -> None:
        shape = self.slide.shapes.add_picture(io.BytesIO(picture.content), *(Inches(one) for one in picture.place))
        shape._element.nvPicPr.cNvPr.set("descr", literal(picture.words))  # noqa: SLF001  pptx has no other way
        shape.name = name
        if edge:
            shape.line.color.rgb, shape.line.width = rgb(self.theme.inks["rule"]), Pt(0.6)


_WRITE: Final[dict[type[Item], Any]] = {
    Text: _Slide.text,
    Rule: _Slide.rule,
    Patch: _Slide.patch,
    Mark: _Slide.mark,
    Grid: _Slide.grid,
    MapPicture: _Slide.drawn,
    CurvePicture: _Slide.drawn,
    Logo: _Slide.logo,
}
