"""Put native shapes on a slide: text in a customer's fonts, plain shapes, tables as measured, the legend of a map."""

from __future__ import annotations

from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from exports.document.model import Theme
from geo.model.kinds import ContextKind, Kind, Outline
from geo.model.status import LIGHT_GLYPHS, Light
from layers.paper.features import INKS, sign_of
from layers.paper.font import literal
from layers.paper.legend import entries
from layers.paper.map import Drawn
from layers.paper.page import COUNTED, LEGEND
from layers.slides.figure import BAR_IN, LIGHT_EM, PAD_IN
from layers.slides.slide import LINE, PT_PER_IN, Grid, GridCell, Place, Text
from layers.style import ZONE_COLOURS
from locales import Language

ALIGNS: Final = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
SHAPES: Final = {
    Light.RED: MSO_SHAPE.DIAMOND,
    Light.YELLOW: MSO_SHAPE.ISOSCELES_TRIANGLE,
    Light.GREEN: MSO_SHAPE.OVAL,
    Light.NONE: MSO_SHAPE.OVAL,
}
"""Shapes of lights that a slide program has; a tick is written."""
_RING_PT: Final = 2.0
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own name of “no style, no grid”."""
_RULE_EMU: Final = 6350
_EDGES: Final = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")
_ROW_IN: Final = 0.178
_STEP_IN: Final = 0.22
_SWATCH_IN: Final = 0.3
_INDENT_IN: Final = 0.4
_LIGHT_PT: Final = 11
_OUTLINES: Final = {
    Outline.CIRCLE: MSO_SHAPE.OVAL,
    Outline.SQUARE: MSO_SHAPE.RECTANGLE,
    Outline.PILL: MSO_SHAPE.RECTANGLE,
    Outline.DIAMOND: MSO_SHAPE.DIAMOND,
    Outline.HEXAGON: MSO_SHAPE.HEXAGON,
    Outline.PENTAGON: MSO_SHAPE.REGULAR_PENTAGON,
}


def rgb(colour: str) -> RGBColor:
    """A colour of the style table."""
    from_string: Any = RGBColor.from_string
    found: RGBColor = from_string(colour.removeprefix("#"))
    return found


def apply_theme(font: Any, theme: Theme, size_pt: float, ink: str, *, bold: bool) -> None:  # noqa: ANN401  pptx ships no types
    """Set size, colour and both fonts: without `a:ea` Chinese text takes whatever the theme names."""
    font.size, font.bold, font.name = Pt(size_pt), bold, theme.latin
    font.color.rgb = rgb(theme.inks[ink])
    properties = font._rPr  # noqa: SLF001  pptx has no other way
    for tag in ("a:ea", "a:cs"):
        properties.append(properties.makeelement(qn(tag), {"typeface": theme.east_asian}))


def put_text(slide: Any, item: Text, theme: Theme) -> None:  # noqa: ANN401  likewise
    """Write a text into a box of its own, or into the title.

    The number of a slide is a field, so that it stays right when slides are moved.
    """
    title, number = item.role == "title", item.role == "number"
    box = slide.shapes.title if title else slide.shapes.add_textbox(0, 0, 0, 0)
    box.left, box.top, box.width, box.height = (Inches(one) for one in item.place)
    if not title:
        box.name = item.role
    paragraph = _bare_paragraph(box.text_frame, item.size_pt, item.align)
    first, _, rest = item.text.partition(" ")
    for text in (first, f" {rest}") if number else (item.text,):
        run = paragraph.add_run()
        run.text = text
        apply_theme(run.font, theme, item.size_pt, item.ink, bold=item.bold)
    if number:
        field = paragraph.runs[0]._r  # noqa: SLF001  pptx has no fields
        field.tag = qn("a:fld")
        field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        field.set("type", "slidenum")


def _bare_paragraph(frame: Any, size_pt: float, align: str) -> Any:  # noqa: ANN401  likewise
    """The first paragraph of a frame that was made bare: no margins, lines of an exact height, from the top."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    paragraph.alignment, paragraph.line_spacing = ALIGNS[align], Pt(size_pt * LINE)
    return paragraph


def put_shape(
    slide: Any,  # noqa: ANN401  likewise
    place: Place,
    *,
    name: str,
    kind: Any = MSO_SHAPE.RECTANGLE,  # noqa: ANN401  likewise
    fill: str = "",
    edge: str = "",
) -> Any:  # noqa: ANN401  likewise
    """Put a shape; without a colour it has no filling, or no edge."""
    shape = slide.shapes.add_shape(kind, *(Inches(one) for one in place))
    _plain(shape)
    shape.fill.background()
    shape.line.fill.background()
    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    if edge:
        shape.line.color.rgb, shape.line.width = rgb(edge), Pt(_RING_PT)
    shape.name = name
    return shape


def level(slide: Any, left: float, top: float, width: float, colour: str, width_pt: float) -> Any:  # noqa: ANN401  likewise
    """Put a level line."""
    ends = (Inches(left), Inches(top), Inches(left + width), Inches(top))
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    _plain(line)
    line.line.color.rgb, line.line.width = rgb(colour), Pt(width_pt)
    line.name = "rule"
    return line


def _plain(shape: Any) -> None:  # noqa: ANN401  likewise
    """Take away what the theme would add: shadows, and colours of its own."""
    style = shape._element.find(qn("p:style"))  # noqa: SLF001  pptx has no other way
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001  likewise


def put_table(slide: Any, grid: Grid, theme: Theme) -> None:  # noqa: ANN401  pptx ships no types
    """Put it at its place, and bars over its cells where they have one."""
    size = (len(grid.rows) + 1, len(grid.head))
    frame = slide.shapes.add_table(*size, *(Inches(one) for one in grid.place))
    frame.name = "table"
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE  # noqa: SLF001  pptx has no other way
    table.horz_banding = False
    for column, inches in zip(table.columns, grid.widths, strict=True):
        column.width = Inches(inches)
    for row, inches in zip(table.rows, (grid.head_high, *grid.heights), strict=True):
        row.height = Inches(inches)
    for place, text in enumerate(grid.head):
        paragraph = _cell(table.cell(0, place), theme, fill="land", edge="")
        _write(paragraph, grid, place, text, theme, ink="muted")
    for line, cells in enumerate(grid.rows, start=1):
        for place, cell in enumerate(cells):
            _fill(table.cell(line, place), grid, place, cell, theme)
    _bars(slide, grid, theme)


def _cell(cell: Any, theme: Theme, *, fill: str, edge: str) -> Any:  # noqa: ANN401  likewise
    cell.margin_left = cell.margin_right = Inches(PAD_IN)
    cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    if fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(theme.inks[fill])
    else:
        cell.fill.background()
    _rule(cell, theme, edge)
    return cell.text_frame.paragraphs[0]


def _rule(cell: Any, theme: Theme, edge: str) -> None:  # noqa: ANN401  likewise
    """Draw the level edges of a cell and no others; the schema wants edges before the fill."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  likewise
    for place, tag in enumerate(_EDGES):
        line = properties.makeelement(qn(tag), {"w": str(_RULE_EMU)})
        drawn = tag in {"a:lnT", "a:lnB"} and edge
        part = line.makeelement(qn("a:solidFill" if drawn else "a:noFill"), {})
        if drawn:
            part.append(part.makeelement(qn("a:srgbClr"), {"val": theme.inks[edge].removeprefix("#")}))
        line.append(part)
        properties.insert(place, line)


def _fill(target: Any, grid: Grid, place: int, cell: GridCell, theme: Theme) -> None:  # noqa: ANN401  likewise
    paragraph = _cell(target, theme, fill="", edge="rule")
    if cell.light is not None:
        _hang(paragraph, LIGHT_EM * grid.size_pt / PT_PER_IN)
        run = paragraph.add_run()
        run.text = f"{LIGHT_GLYPHS[cell.light]}\t"
        apply_theme(run.font, theme, grid.size_pt, cell.light, bold=False)
    if cell.share is not None:
        target.margin_bottom = Inches(BAR_IN)
    _write(paragraph, grid, place, cell.text, theme, ink=cell.ink, bold=cell.bold, size_pt=grid.size_pt)
    if cell.note:
        below = target.text_frame.add_paragraph()
        if cell.light is not None:
            _hang(below, LIGHT_EM * grid.size_pt / PT_PER_IN, first=False)
        _write(below, grid, place, cell.note, theme, ink="muted")


def _hang(paragraph: Any, inches: float, *, first: bool = True) -> None:  # noqa: ANN401  likewise
    """Begin all lines of a paragraph so far to the right, the first one at the edge: a tab leads to the others."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  likewise
    properties.set("marL", str(Inches(inches)))
    properties.set("indent", str(-Inches(inches) if first else 0))


def _write(paragraph: Any, grid: Grid, place: int, text: str, theme: Theme, **style: Any) -> None:  # noqa: ANN401  likewise
    """Write a text; `style` holds its ink, and where they are not those of a note its size and whether it is bold."""
    size = style.pop("size_pt", grid.note_pt)
    paragraph.alignment, paragraph.line_spacing = ALIGNS[grid.aligns[place]], Pt(size * LINE)
    run = paragraph.add_run()
    run.text = text
    apply_theme(run.font, theme, size, style["ink"], bold=style.get("bold", False))


def _bars(slide: Any, grid: Grid, theme: Theme) -> None:  # noqa: ANN401  likewise
    top = grid.place[1] + grid.head_high
    for cells, high in zip(grid.rows, grid.heights, strict=True):
        left = grid.place[0]
        for cell, wide in zip(cells, grid.widths, strict=True):
            if cell.share is not None:
                _bar(slide, (left + PAD_IN, top + high - BAR_IN - 0.02, wide - 2 * PAD_IN), cell.share, theme)
            left += wide
        top += high


def _bar(slide: Any, at: tuple[float, float, float], share: float, theme: Theme) -> None:  # noqa: ANN401  likewise
    left, top, width = at
    for ink, wide in (("rule", width), ("accent", width * min(share, 1.0))):
        if wide > 0:
            put_shape(slide, (left, top, wide, BAR_IN * 0.6), fill=theme.inks[ink], name="bar")


def put_legend(slide: Any, place: Place, drawn: Drawn, theme: Theme, lang: Language) -> None:  # noqa: ANN401  likewise
    """Put the legend of a map as native shapes and texts: lights in one column, the rest in two."""
    left, top, width, _ = place

    def say(x: float, y: float, wide: float, text: str, size_pt: float, **style: Any) -> None:  # noqa: ANN401  fields of Text
        put_text(slide, Text((x, y, wide, _ROW_IN), text, (text,), size_pt, role="legend", **style), theme)

    say(left, top, width - 0.8, LEGEND.get(lang), 12, bold=True)
    say(left + width - 0.8, top, 0.8, COUNTED.get(lang), 8, ink="muted", align="right")
    lights, others = entries(drawn, lang)
    top += 0.34
    for entry in lights:
        light = Light(entry.id.partition(":")[2])
        say(left, top, _SWATCH_IN, LIGHT_GLYPHS[light], _LIGHT_PT, ink=light, align="center")
        say(left + _INDENT_IN, top, width - 0.9, entry.name, 10)
        say(left + width - 0.5, top, 0.5, entry.count, 10, ink="muted", align="right")
        top += _STEP_IN
    narrow, wide = ([one for one in others if one.wide is which] for which in (False, True))
    each = -(-len(narrow) // 2)
    for number, entry in enumerate(narrow):
        x, y = left + number // each * width / 2, top + 0.08 + number % each * _STEP_IN
        _swatch(slide, entry.id, x, y, theme, lang)
        say(x + _INDENT_IN, y, width / 2 - _INDENT_IN, entry.name, 9)
    for number, entry in enumerate(wide, start=each):
        y = top + 0.08 + number * _STEP_IN
        level(slide, left, y + _ROW_IN / 2, _SWATCH_IN, INKS["muted"], 1.5).line.dash_style = MSO_LINE.ROUND_DOT
        say(left + _INDENT_IN, y, width - _INDENT_IN, entry.name, 9)


def _swatch(slide: Any, entry: str, left: float, top: float, theme: Theme, lang: Language) -> None:  # noqa: ANN401  likewise
    group, _, name = entry.partition(":")
    middle = top + _ROW_IN / 2
    drawing = Kind(name).drawing if group == "kind" else None
    if name == Kind.ZONE:
        place = (left, top + 0.02, _SWATCH_IN, 0.14)
        shape = put_shape(slide, place, edge=ZONE_COLOURS["light"][0], name="swatch")
        shape.line.dash_style = MSO_LINE.DASH
    elif drawing and drawing.symbol:
        kind = _OUTLINES[drawing.symbol.outline]
        place = (left + 0.05, top - 0.01, 0.2, 0.2)
        put_shape(slide, place, fill=INKS["muted"], kind=kind, name="swatch")
        sign = literal(sign_of(drawing.symbol, "", lang))
        at = (place[0], top + 0.02, 0.2, 0.14)
        put_text(slide, Text(at, sign, (sign,), 7, "halo", bold=True, align="center", role="legend"), theme)
    elif group == "context":
        strokes = ContextKind(name).strokes
        colour = INKS[strokes[0].ink] if strokes else INKS[name]
        level(slide, left, middle, _SWATCH_IN, colour, strokes[0].width_px * 0.75 if strokes else 7)
    elif drawing:
        for stroke in drawing.strokes:
            colour = INKS["muted" if stroke.ink == "light" else stroke.ink]
            line = level(slide, left, middle, _SWATCH_IN, colour, stroke.width_px * 0.6)
            if stroke.dash_px:
                line.line.dash_style = MSO_LINE.DASH
    else:
        level(slide, left, middle, _SWATCH_IN, INKS["accent"], 4)
