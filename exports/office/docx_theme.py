"""Dress a Word document in a customer's fonts and colours."""

from __future__ import annotations

from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from exports.document.briefing import Theme

_PAGE_MM: Final = (210.0, 297.0)
_MARGIN_MM: Final = 18.0
_CELL_MARGIN_TWIPS: Final = "60"
_THEME: Final = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def set_up(document: Any, theme: Theme) -> None:  # noqa: ANN401  docx ships no types
    """Set page, margins and the fonts of the styles."""
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(one) for one in _PAGE_MM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = theme.latin, colour(theme, "ink")
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in _THEME:
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), theme.east_asian)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, before in (("Heading 1", 16), ("Heading 2", 10)):
        document.styles[name].paragraph_format.space_before = Pt(before)
        document.styles[name].paragraph_format.space_after = Pt(6)


def colour(theme: Theme, ink: str) -> RGBColor:
    """A colour of the look."""
    return RGBColor.from_string(theme.inks[ink].removeprefix("#"))


def run(paragraph: Any, text: str, theme: Theme, size_pt: float, ink: str, *, bold: bool = False) -> Any:  # noqa: ANN401  likewise
    """Add a literal text to a paragraph."""
    added = paragraph.add_run(text)
    added.font.size, added.font.bold, added.font.color.rgb = Pt(size_pt), bold, colour(theme, ink)
    added.font.name = theme.latin
    added._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), theme.east_asian)  # noqa: SLF001  docx has no other way
    return added


def field(
    paragraph: Any,  # noqa: ANN401  likewise
    code: str,
    theme: Theme,
    guess: str = "1",
    *,
    size_pt: float = 8,
    ink: str = "muted",
) -> None:
    """Add a field that Word computes, such as the number of the page; `guess` stands there until it does.

    Each part has a run of its own: LibreOffice forgets the size of a field whose parts share one.
    """
    for kind, text in (("begin", ""), ("code", code), ("separate", ""), ("result", guess), ("end", "")):
        part = OxmlElement({"code": "w:instrText", "result": "w:t"}.get(kind, "w:fldChar"))
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run(paragraph, "", theme, size_pt, ink)._element.append(part)  # noqa: SLF001  likewise


def shade(cell: Any, colour_hex: str) -> None:  # noqa: ANN401  likewise
    """Fill a cell."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  likewise
    part = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour_hex.removeprefix("#"))):
        part.set(qn(f"w:{name}"), value)
    properties.append(part)


def level_rules(table: Any, colour_hex: str) -> None:  # noqa: ANN401  likewise
    """Draw thin level rules and no others, with narrow margins in the cells."""
    properties = table._tbl.tblPr  # noqa: SLF001  likewise
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        level = edge in {"top", "bottom", "insideH"}
        for name, value in (
            ("val", "single" if level else "nil"),
            ("sz", "4"),
            ("color", colour_hex.removeprefix("#")),
        ):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.find(qn("w:tblLayout")).addprevious(borders)  # Word refuses what is out of its order
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), _CELL_MARGIN_TWIPS)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.find(qn("w:tblLook")).addprevious(margins)


def keep_row(row: Any, *, head: bool = False) -> None:  # noqa: ANN401  likewise
    """Do not cut a row between pages; repeat the head on every page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  likewise
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def describe(shape: Any, words: str) -> None:  # noqa: ANN401  likewise
    """Give a picture its words, and no distance to the text: where none is said, LibreOffice puts it 3 mm aside."""
    inline = shape._inline  # noqa: SLF001  likewise
    inline.docPr.set("descr", words)
    for edge in ("distT", "distB", "distL", "distR"):
        inline.set(edge, "0")
