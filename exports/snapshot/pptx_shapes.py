"""Put native shapes on a slide: texts with an East Asian font, the legend, tables, pictures with alternative text."""

from __future__ import annotations

import io
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from geo.model.kinds import ZONE_KIND
from geo.model.status import LIGHT_GLYPHS, Lang, Light
from layers import LAYERS
from layers.kinds.nodes import SYMBOLS
from layers.paper.features import INKS, sign_of
from layers.paper.font import literal
from layers.paper.legend import entries
from layers.paper.map import Drawn
from layers.paper.page import COUNTED, LEGEND
from layers.style import CONTEXT, ZONE_COLOURS, light_colour

LATIN: Final = "Arial"
EAST_ASIAN: Final = "Microsoft YaHei"
"""Fonts that PowerPoint and WPS find on a computer in an office."""
Place = tuple[float, float, float, float]
"""Left, top, width, height in inches."""
ROW_IN: Final = 0.178
_OUTLINES: Final = {4: MSO_SHAPE.RECTANGLE, 5: MSO_SHAPE.REGULAR_PENTAGON, 6: MSO_SHAPE.HEXAGON, 0: MSO_SHAPE.OVAL}


def rgb(colour: str) -> RGBColor:
    """A colour of the style table."""
    from_string: Any = RGBColor.from_string
    found: RGBColor = from_string(colour.removeprefix("#"))
    return found


class Slate:
    """Write on one slide, in inches."""

    def __init__(self, slide: Any, lang: Lang) -> None:  # noqa: ANN401  pptx ships no types
        self.slide = slide
        self.lang = lang

    def title(self, place: Place, text: str, size_pt: float) -> None:
        """Fill the slide's own title, so that outlines and screen readers find it."""
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in place)
        self._write(shape.text_frame, [(text, "ink", True)], size_pt, PP_ALIGN.LEFT, MSO_ANCHOR.MIDDLE)

    def text(
        self,
        place: Place,
        text: str,
        size_pt: float,
        ink: str,
        *,
        bold: bool = False,
        align: Any = PP_ALIGN.LEFT,  # noqa: ANN401  likewise
        anchor: Any = MSO_ANCHOR.MIDDLE,  # noqa: ANN401  likewise
    ) -> None:
        """Write a line of text; `ink` is a name in the palette or a colour."""
        box = self.slide.shapes.add_textbox(*(Inches(one) for one in place))
        self._write(box.text_frame, [(text, ink, bold)], size_pt, align, anchor)

    def figures(self, place: Place, figures: list[tuple[str, str, Light | None]]) -> None:
        """Write the key figures as one line of runs."""
        box = self.slide.shapes.add_textbox(*(Inches(one) for one in place))
        runs: list[tuple[str, str, bool]] = []
        for number, label, light in figures:
            if light is not None:
                runs.append((f"{LIGHT_GLYPHS[light]} ", light_colour(light, "light"), False))
            runs += [(number, "ink", True), (f" {label}      ", "muted", False)]
        self._write(box.text_frame, runs, 11, PP_ALIGN.LEFT, MSO_ANCHOR.MIDDLE)

    def _write(self, frame: Any, runs: list[tuple[str, str, bool]], size_pt: float, align: Any, anchor: Any) -> None:  # noqa: ANN401
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = True
        frame.vertical_anchor = anchor
        paragraph = frame.paragraphs[0]
        paragraph.alignment = align
        for text, ink, bold in runs:
            run = paragraph.add_run()
            run.text = text
            apply_theme(run.font, size_pt, ink, bold=bold)

    def rule(self, left: float, top: float, width: float, *, ink: str = "ink", width_pt: float = 0.75) -> Any:  # noqa: ANN401  likewise
        """Draw a level line."""
        ends = (Inches(left), Inches(top), Inches(left + width), Inches(top))
        line = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        line.line.color.rgb = rgb(INKS.get(ink, ink))
        line.line.width = Pt(width_pt)
        line.shadow.inherit = False
        return line

    def picture(self, place: Place, picture: bytes, words: str) -> None:
        """Put a picture with alternative text, and a thin edge."""
        shape = self.slide.shapes.add_picture(io.BytesIO(picture), *(Inches(one) for one in place))
        shape._element.nvPicPr.cNvPr.set("descr", words)  # noqa: SLF001  pptx has no other way
        shape.name = "map"
        shape.line.color.rgb = rgb(INKS["muted"])
        shape.line.width = Pt(0.5)

    def shape(self, kind: Any, place: Place, *, fill: str = "", edge: str = "", text: str = "") -> Any:  # noqa: ANN401  likewise
        """Draw a native shape with a sign in it."""
        drawn = self.slide.shapes.add_shape(kind, *(Inches(one) for one in place))
        drawn.shadow.inherit = False
        if fill:
            drawn.fill.solid()
            drawn.fill.fore_color.rgb = rgb(fill)
        else:
            drawn.fill.background()
        if edge:
            drawn.line.color.rgb = rgb(edge)
            drawn.line.width = Pt(1.25)
        else:
            drawn.line.fill.background()
        if text:
            drawn.text_frame.word_wrap = False
            self._write(drawn.text_frame, [(text, "halo", True)], 7, PP_ALIGN.CENTER, MSO_ANCHOR.MIDDLE)
            drawn.text_frame.word_wrap = False
        return drawn


def apply_theme(font: Any, size_pt: float, ink: str, *, bold: bool) -> None:  # noqa: ANN401  likewise
    """Set size, colour and both fonts: without `a:ea` Chinese text takes whatever the theme names."""
    font.size, font.bold, font.name = Pt(size_pt), bold, LATIN
    font.color.rgb = rgb(INKS.get(ink, ink))
    properties = font._rPr  # noqa: SLF001  pptx has no other way
    for tag in ("a:ea", "a:cs"):
        element = properties.makeelement(qn(tag), {"typeface": EAST_ASIAN})
        properties.append(element)


def table(
    slate: Slate, place: tuple[float, float, float], header: list[str], rows: list[list[str]], widths: tuple[float, ...]
) -> None:
    """Put a native table."""
    left, top, width = place
    size = (len(rows) + 1, len(header))
    frame = slate.slide.shapes.add_table(*size, Inches(left), Inches(top), Inches(width), Inches(0.5 * size[0]))
    grid = frame.table
    for column, inches in enumerate(widths):
        grid.columns[column].width = Inches(inches)
    for line, texts in enumerate([header, *rows]):
        for column, text in enumerate(texts):
            cell = grid.cell(line, column)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(INKS["land"] if line == 0 else INKS["halo"])
            last = column == len(texts) - 1 and line > 0
            run = cell.text_frame.paragraphs[0].add_run()
            run.text = text
            ink = light_colour(Light.RED, "light") if last else "muted" if line == 0 else "ink"
            apply_theme(run.font, 12 if line == 0 else 13, ink, bold=last)


def legend(slate: Slate, place: tuple[float, float, float], drawn: Drawn) -> None:
    """Draw the legend as native shapes and texts: lights in one column, the rest in two."""
    left, top, width = place
    slate.text((left, top, width, 0.26), LEGEND.get(slate.lang), 12, "ink", bold=True)
    slate.text((left, top, width, 0.26), COUNTED.get(slate.lang), 8, "muted", align=PP_ALIGN.RIGHT)
    lights, others = entries(drawn, slate.lang)
    top += 0.34
    for entry in lights:
        light = Light(entry.id.partition(":")[2])
        slate.text(
            (left, top, 0.3, ROW_IN), LIGHT_GLYPHS[light], 11, light_colour(light, "light"), align=PP_ALIGN.CENTER
        )
        slate.text((left + 0.4, top, width - 0.9, ROW_IN), entry.name, 10, "ink")
        slate.text((left + width - 0.5, top, 0.5, ROW_IN), entry.count, 10, "muted", align=PP_ALIGN.RIGHT)
        top += 0.22
    top += 0.08
    narrow = [one for one in others if not one.wide]
    each = -(-len(narrow) // 2)
    for i, entry in enumerate(narrow):
        x, y = left + (i // each) * width / 2, top + (i % each) * 0.22
        _swatch(slate, entry.id, x, y)
        slate.text((x + 0.4, y, width / 2 - 0.42, ROW_IN), entry.name, 9, "ink")
    for i, entry in enumerate(one for one in others if one.wide):
        y = top + (each + i) * 0.22
        slate.rule(left, y + ROW_IN / 2, 0.3, ink="muted", width_pt=1.5).line.dash_style = MSO_LINE.ROUND_DOT
        slate.text((left + 0.4, y, width - 0.4, ROW_IN), entry.name, 9, "ink")


def _swatch(slate: Slate, entry: str, left: float, top: float) -> None:
    group, _, name = entry.partition(":")
    middle = top + ROW_IN / 2
    if name == ZONE_KIND:
        shape = slate.shape(MSO_SHAPE.RECTANGLE, (left, top + 0.02, 0.3, 0.14), edge=ZONE_COLOURS["light"][0])
        shape.line.dash_style = MSO_LINE.DASH
    elif group == "kind" and name in SYMBOLS:
        kind = _OUTLINES.get(len(SYMBOLS[name].outline), MSO_SHAPE.OVAL)
        sign = literal(sign_of(SYMBOLS[name], "", slate.lang))
        diamond = MSO_SHAPE.DIAMOND if name == "terminal" else kind
        slate.shape(diamond, (left + 0.05, top - 0.01, 0.2, 0.2), fill=INKS["muted"], text=sign)
    elif group == "context":
        strokes = CONTEXT[name]
        colour = INKS[strokes[0].ink] if strokes else INKS[name]
        slate.rule(left, middle, 0.3, ink=colour, width_pt=strokes[0].width_px * 0.75 if strokes else 7)
    elif group == "kind":
        for stroke in next(spec.strokes[name] for spec in LAYERS if name in spec.strokes):
            ink = "muted" if stroke.ink == "light" else stroke.ink
            line = slate.rule(left, middle, 0.3, ink=ink, width_pt=stroke.width_px * 0.6)
            if stroke.dash_px:
                line.line.dash_style = MSO_LINE.DASH
    else:
        slate.rule(left, middle, 0.3, ink="accent", width_pt=4)
