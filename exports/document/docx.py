"""Write a document as a Word file: its look is that of named styles in a template, which an office changes in Word.

Styles, margins, header and footer come from `Theme.styles`; fonts and colours of a briefing from its own template.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Mm, Pt, RGBColor

from data.campaign.toml_files import DEFAULT
from exports.document.layout import shortened
from exports.document.measure import column_widths
from exports.document.model import Block, Cell, CurveView, Document, Figures, MapView, Section, Table, Theme, Words
from exports.reproducible_zip import stable
from geo.model.status import LIGHT_GLYPHS
from layers.paper.figure import PRODUCT
from layers.slides.figure import item_pictures, scale_of
from layers.slides.slide import CurvePicture, Deck, MapPicture

STYLES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("Normal", "Title", "Heading 1", "Lead", "Signature", "Figure Number", "Table Cell"), "ink"),
    **dict.fromkeys(("Subtitle", "Alarm", "Heading 2"), "accent"),
    **dict.fromkeys(("Campaign", "Note", "Figure Label", "Table Head", "Table Note", "Header", "Footer"), "muted"),
    "Picture": "ink",
}
"""Styles of paragraphs that a template has, each with the colour that a briefing gives it."""
TABLE_STYLES: Final = {"list": "Document List", "facts": "Document Form", "box": "Document Form"}
_ROLES: Final = {
    "lead": "Lead",
    "body": "Normal",
    "note": "Note",
    "head": "Heading 2",
    "campaign": "Campaign",
    "title": "Title",
    "number": "Subtitle",
    "alarm": "Alarm",
    "signature": "Signature",
}
_STRONG: Final = "Strong"
_ALIGNS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NO_XML: Final = re.compile("[^\t\n\r\x20-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEW_PAGE: Final = frozenset({"board", "map", "single"})
_FIGURES_PER_ROW: Final = 4
_CELL_PT: Final = 9.5
_PAD_IN: Final = 0.175
_BOX_CM: Final = 1.2
_LOGO_MM: Final = 16
_LIGHT_PT: Final = 14
_BAR: Final = 10
_BAR_PT: Final = 6
INDEX_ROW_PT: Final = 16.0
"""Height of a row of the index, in any font, so that its pages can be counted."""
_FIRST_ROWS: Final = 41
_MORE_ROWS: Final = 44
_COVER_MAP_IN: Final = 5.6
_MAP_IN: Final = {"view": 3.7, "map": 3.55, "board": 3.55, "flow": 3.55}
_LOWEST_MAP_IN: Final = 2.2
_LEGEND_IN: Final = 1.3
_MARKS_IN: Final = 0.34
_CURVE_IN: Final = 3.4
_MAP_PT: Final = 7.0
_FOOT_IN: Final = 0.45
_HEADING_IN: Final = 0.6
_FIGURES_IN: Final = 0.6
"""Height of a row of key figures whose labels take two lines."""
_MEASURED_IN: Final = 5.9
"""One page is measured as a column of slides this wide, whose text is a little larger than that of Word."""


def write_docx(document: Document, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bytes:
    """A chapter for each section; parameters and errors as `exports.document.pdf.write_pdf`."""
    made = docx.Document(io.BytesIO(document.theme.styles))
    _style(made, document.theme)
    writer = _Writer(made, document)
    for number, section in enumerate(document.sections, start=1):
        writer.section(section)
        progress(number, len(document.sections))
    writer.foot()
    _describe(made, document)
    file = io.BytesIO()
    made.save(file)
    return stable(file.getvalue(), document.made_at)


def _describe(made: Any, document: Document) -> None:  # noqa: ANN401  docx ships no types
    properties = made.core_properties
    properties.title, properties.author = _plain(document.name)[:250], _plain(document.theme.issuer or PRODUCT)[:250]
    properties.comments = properties.last_modified_by = ""
    properties.subject = _plain(f"{document.as_of} {document.notice}")[:250]
    properties.created = properties.modified = document.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _style(made: Any, theme: Theme) -> None:  # noqa: ANN401  likewise
    """Give the styles their fonts and colours; a style that the template lacks is that of the default one."""
    known = {style.name for style in made.styles}
    if lacking := [name for name in (*STYLES, _STRONG, *TABLE_STYLES.values()) if name not in known]:
        usual = docx.Document(str(DEFAULT.with_suffix(".docx")))
        for name in dict.fromkeys(lacking):
            made.styles.element.append(deepcopy(usual.styles[name].element))
    if not theme.latin:
        return
    normal = made.styles["Normal"]
    normal.font.name = theme.latin
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), theme.east_asian)
    for name, ink in STYLES.items():
        made.styles[name].font.color.rgb = _rgb(theme, ink)
    table = made.styles[TABLE_STYLES["list"]].element
    for line in table.iterfind(f".//{qn('w:tblBorders')}/*"):
        line.set(qn("w:color"), theme.inks["rule"].removeprefix("#"))
    for shade in table.iter(qn("w:shd")):
        shade.set(qn("w:fill"), theme.inks["land"].removeprefix("#"))


def _rgb(theme: Theme, ink: str) -> RGBColor:
    return RGBColor.from_string(theme.inks[ink].removeprefix("#"))


@dataclass(frozen=True, slots=True)
class _Target:
    """Hold where a row of an index leads: name and number of a bookmark, and the page that it should be on."""

    name: str
    number: int
    page: int


def _targets_of(document: Document) -> dict[str, _Target]:
    """Where rows of indexes lead, by id of section; the pages are those of a document whose sections take one each.

    LibreOffice counts the pages anew when it opens the file; Word does when its fields are updated.
    """
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    links = [link for table in tables for link in table.links]
    rests = [max(len(table.shown) - _FIRST_ROWS, 0) for table in tables if table.links]
    page = 2 + sum(1 + -(-rest // _MORE_ROWS) for rest in rests)
    return {link: _Target(f"_page{place}", place, page + place) for place, link in enumerate(links)}


class _Writer:
    """Write section after section."""

    def __init__(self, made: Any, document: Document) -> None:  # noqa: ANN401  likewise
        self.made, self.document, self.theme = made, document, document.theme
        self.deck = Deck((), document.theme.inks, document.lang)
        page = made.sections[0]
        self.wide_in = (page.page_width - page.left_margin - page.right_margin) / Inches(1)
        self.high_in = (page.page_height - page.top_margin - page.bottom_margin) / Inches(1) - _FOOT_IN
        self._targets, self._map_in = _targets_of(document), 0.0

    def section(self, section: Section) -> None:
        if section.layout == "cover":
            self._cover(section)
            return
        if section.layout != "form":
            self._heading(section)
        blocks, self._map_in = section.blocks, _MAP_IN.get(section.layout, _LOWEST_MAP_IN)
        if section.layout == "single":
            self._map_in, blocks = self._on_one_page(blocks)
        if section.layout in {"map", "single"}:
            order = (Figures, MapView)
            blocks = tuple(sorted(blocks, key=lambda one: order.index(type(one)) if type(one) in order else 2))
        for block in blocks:
            self._block(block)

    def _heading(self, section: Section) -> None:
        heading = self.paragraph(section.title, "Heading 1")
        second = section in self.document.sections[1:2] and self.document.sections[0].layout == "cover"
        heading.paragraph_format.page_break_before = section.layout in _NEW_PAGE or second
        if target := self._targets.get(section.id):
            _bookmark(heading, target)
        if section.layout == "view":
            self.paragraph(" · ".join(one for one in (self.document.notice, self.document.as_of) if one), "Normal")

    def _on_one_page(self, blocks: tuple[Block, ...]) -> tuple[float, tuple[Block, ...]]:
        """Height of the map in inches, and the blocks with as many rows of their tables as stand on a page with it."""
        fixed = [block for block in blocks if isinstance(block, (Figures, MapView))]
        rows = sum(-(-len(block.figures) // _FIGURES_PER_ROW) for block in fixed if isinstance(block, Figures))
        room = self.high_in - _HEADING_IN - rows * _FIGURES_IN - _LEGEND_IN - _LOWEST_MAP_IN
        rest = [block for block in blocks if block not in fixed]
        flow, kept = shortened(self.document.lang, rest, left=0.0, width=_MEASURED_IN, top=0.0, bottom=room)
        return min(_LOWEST_MAP_IN + room - flow.y, _MAP_IN["map"]), (*fixed, *kept)

    def _cover(self, section: Section) -> None:
        theme, document = self.theme, self.document
        if theme.logo:
            picture = self.made.add_paragraph(style="Picture").add_run()
            _alternative(picture.add_picture(io.BytesIO(theme.logo), height=Mm(_LOGO_MM)), theme.issuer)
        for text, style in (
            (document.notice, "Alarm"),
            (document.title, "Campaign"),
            (document.short, "Title"),
            (document.subtitle, "Subtitle"),
            *((block.text, "Campaign") for block in section.blocks if isinstance(block, Words)),
        ):
            self.paragraph(text, style)
        for view in (block for block in section.blocks if isinstance(block, MapView)):
            place = (0, 0, self.wide_in, _COVER_MAP_IN)
            self._pictures(MapPicture(place, view.content, view.words, 8.0, bare=True))
        self.paragraph(theme.issuer, "Normal")
        self.paragraph("  ·  ".join(document.notes), "Note")

    def foot(self) -> None:
        """Write notice, as of when, notes and numbers of pages into the footer, after what the template has there."""
        paragraph = self.made.sections[0].footer.paragraphs[-1]
        document = self.document
        paragraph.add_run(
            _plain("  ·  ".join(one for one in (document.notice, document.as_of, *document.notes) if one))
        )
        paragraph.add_run("  ·  ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _field(paragraph, "NUMPAGES")

    def paragraph(self, text: str, style: str) -> Any:  # noqa: ANN401  likewise
        """A paragraph of a style; none for an empty text."""
        if not text:
            return None
        paragraph = self.made.add_paragraph(style=style)
        paragraph.add_run(_plain(text))
        return paragraph

    def _block(self, block: Block) -> None:
        if isinstance(block, Figures):
            self._figures(block)
        elif isinstance(block, Words):
            for line in block.text.split("\n"):
                self.paragraph(line, _ROLES[block.role])
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, MapView):
            self._map(block)
        elif isinstance(block, CurveView):
            place = (0.0, 0.0, self.wide_in, _CURVE_IN)
            self._pictures(CurvePicture(place, block.curve, block.words, 8.0))

    def _map(self, view: MapView) -> None:
        wide, below = self.wide_in, _LEGEND_IN if view.marks is None else _MARKS_IN
        legend = (0.0, self._map_in + 0.05, wide, below)
        place = (0.0, 0.0, wide, self._map_in)
        item = MapPicture(place, view.content, view.words, _MAP_PT, legend, 6, view.marks)
        self._pictures(item)
        self.paragraph(view.caption.format(scale=scale_of(item)), "Note")

    def _pictures(self, item: MapPicture | CurvePicture) -> None:
        """Put a map with its legend below, or a curve, each with what it shows in words."""
        pictures = item_pictures(item, self.deck)
        for picture in pictures:
            paragraph = self.made.add_paragraph(style="Picture")
            shape = paragraph.add_run().add_picture(io.BytesIO(picture.content), width=Inches(picture.place[2]))
            _alternative(shape, picture.words)
            paragraph.paragraph_format.keep_with_next = picture is not pictures[-1]

    def _figures(self, block: Figures) -> None:
        """Put key figures into a table without rules, four in a row."""
        each = min(_FIGURES_PER_ROW, max(len(block.figures), 1))
        table = self.made.add_table(rows=-(-len(block.figures) // each), cols=each)
        for place, figure in enumerate(block.figures):
            cell = table.cell(place // each, place % each)
            paragraph = cell.paragraphs[0]
            paragraph.style = "Figure Number"
            if figure.light is not None:
                self._sign(paragraph, f"{LIGHT_GLYPHS[figure.light]} ", figure.light, Pt(_LIGHT_PT))
            loud = figure.light == "red" and figure.number != "0"
            self._run(paragraph, figure.number, "red" if loud else "")
            cell.add_paragraph(style="Figure Label").add_run(_plain(figure.label))

    def _run(self, paragraph: Any, text: str, ink: str = "", *, bold: bool = False) -> Any:  # noqa: ANN401  likewise
        """Add a text; its ink is that of the style where none is named."""
        run = paragraph.add_run(_plain(text))
        if ink:
            run.font.color.rgb = _rgb(self.theme, ink)
        if bold:
            run.style = _STRONG
        return run

    def _sign(self, paragraph: Any, signs: str, ink: str, size: Pt | None = None) -> None:  # noqa: ANN401  likewise
        """Add signs that stand for a picture: a light, part of a bar."""
        run = paragraph.add_run(signs)
        run.font.color.rgb, run.font.size = _rgb(self.theme, ink), size

    def _table(self, table: Table) -> None:
        """Put a table; its head stands on every page that it runs over."""
        if not table.rows:
            self.paragraph(table.empty, "Note")
            return
        head = table.kind == "list"
        made = self.made.add_table(
            rows=head + len(table.shown), cols=len(table.columns), style=TABLE_STYLES[table.kind]
        )
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _widen(
            made, column_widths(table, self.wide_in, self.document.lang, head_pt=9.0, size_pt=_CELL_PT, pad_in=_PAD_IN)
        )
        rows = list(made.rows)
        if head:
            for cell, column in zip(rows[0].cells, table.columns, strict=True):
                self._run(_first(cell, column.align, "Table Head"), column.title)
        for line, row in zip(rows[head:], table.shown, strict=True):
            for place, (target, cell, column) in enumerate(zip(line.cells, row, table.columns, strict=True)):
                label = not head and place == 0
                style = "Table Head" if label else "Table Cell"
                self._fill(target, cell, column.align, style, [cell.text] if head else cell.text.split("\n"))
        for line, link in zip(rows[head:], table.links, strict=False):
            self._lead(line, self._targets[link], table.columns[-1].align)
        self._hold(rows, table, head=head)
        self.paragraph(table.rest, "Note")

    def _hold(self, rows: list[Any], table: Table, *, head: bool) -> None:
        """Cut no row between pages but those of facts, repeat the head, hold together what is to stand on one page."""
        for place, row in enumerate(rows):
            properties = row._tr.get_or_add_trPr()  # noqa: SLF001  docx has no other way
            if table.kind != "facts":
                properties.append(OxmlElement("w:cantSplit"))
            if head and place == 0:
                properties.append(OxmlElement("w:tblHeader"))
            if table.kind == "box":
                row.height = Mm(_BOX_CM * 10)
            if (table.together or table.kind == "box") and place < len(rows) - 1:
                for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
                    paragraph.paragraph_format.keep_with_next = True

    def _lead(self, line: Any, target: _Target, align: str) -> None:  # noqa: ANN401  likewise
        """Write the number of the page that a row leads to into its last cell."""
        line.height = Pt(INDEX_ROW_PT)
        _field(_first(line.cells[-1], align, "Table Cell"), f"PAGEREF {target.name} \\h", f"{target.page}")

    def _fill(self, target: Any, cell: Cell, align: str, style: str, lines: list[str]) -> None:  # noqa: ANN401  likewise
        paragraph = _first(target, align, style)
        if cell.light is not None:
            self._sign(paragraph, f"{LIGHT_GLYPHS[cell.light]} ", cell.light)
        ink = "" if cell.ink == "ink" else cell.ink
        for place, line in enumerate(lines):
            self._run(target.add_paragraph(style=style) if place else paragraph, line, ink, bold=cell.bold)
        if cell.share is not None:
            full, below = round(min(cell.share, 1.0) * _BAR), target.add_paragraph(style="Table Note")
            for count, colour in ((full, "accent"), (_BAR - full, "rule")):
                self._sign(below, "█" * count, colour, Pt(_BAR_PT))
        if cell.note:
            below = target.add_paragraph(style="Table Note")
            below.alignment = _ALIGNS[align]
            self._run(below, cell.note)


def _plain(text: str) -> str:
    """A text on one line, without what no XML holds and what turns the direction of reading."""
    return " ".join(_NO_XML.sub("", text).split())


def _first(target: Any, align: str, style: str) -> Any:  # noqa: ANN401  likewise
    """The first paragraph of a cell, in a style; what is at the left needs no word."""
    paragraph = target.paragraphs[0]
    paragraph.style = style
    if align != "left":
        paragraph.alignment = _ALIGNS[align]
    return paragraph


def _widen(table: Any, widths: tuple[float, ...]) -> None:  # noqa: ANN401  likewise
    """Set the widths of columns in inches; Word looks at the cells, LibreOffice at the columns."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
        for cell in column.cells:
            cell.width = Inches(width)


def _field(paragraph: Any, code: str, guess: str = "1") -> None:  # noqa: ANN401  likewise
    """Add a field that Word computes, such as the number of the page; `guess` stands there until it does.

    Each part has a run of its own: LibreOffice forgets the size of a field whose parts share one.
    """
    for kind, text in (("begin", ""), ("code", code), ("separate", ""), ("result", guess), ("end", "")):
        part = OxmlElement({"code": "w:instrText", "result": "w:t"}.get(kind, "w:fldChar"))
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._element.append(part)  # noqa: SLF001  likewise


def _bookmark(paragraph: Any, target: _Target) -> None:  # noqa: ANN401  likewise
    """Put a bookmark around what a paragraph holds."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), f"{target.number}")
    start.set(qn("w:name"), target.name)
    paragraph._p.get_or_add_pPr().addnext(start)  # noqa: SLF001  likewise
    paragraph._p.append(end)  # noqa: SLF001  likewise


def _alternative(shape: Any, words: str) -> None:  # noqa: ANN401  likewise
    """Give a picture its words, and no distance to the text: without one, LibreOffice puts it 3 mm aside."""
    inline = shape._inline  # noqa: SLF001  likewise
    inline.docPr.set("descr", _plain(words))
    for edge in ("distT", "distB", "distL", "distR"):
        inline.set(edge, "0")
