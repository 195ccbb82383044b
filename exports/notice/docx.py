"""Write a notice of supervision as a Word document that a person goes on with; the same notice gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, time
from typing import Final

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from exports.notice.notice import DRILL, RECEIPT, SAMPLE, TITLE, Notice, Row, receipt_rows, rows, signature
from geo.model.status import LIGHT_COLOURS, Lang, Light

_LATIN: Final = "Arial"
_HAN: Final = "宋体"
_HAN_BOLD: Final = "黑体"
_RED: Final = RGBColor.from_string(LIGHT_COLOURS[Light.RED].light.removeprefix("#"))
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML holds."""


def notice_docx(notice: Notice, lang: Lang) -> bytes:
    """Return a notice as a Word document."""
    document = Document()
    _set_page(document)
    _head(document, notice, lang)
    _table(document, rows(notice, lang))
    document.add_paragraph()
    for line in signature(notice, lang):
        _say(document.add_paragraph(), line, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _say(document.add_paragraph(), RECEIPT.get(lang), bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _table(document, receipt_rows(notice, lang), height=Cm(1.2))
    if notice.sample:
        _say(document.sections[0].footer.paragraphs[0], SAMPLE.get(lang), size=9)
    core = document.core_properties
    core.title = _clean(f"{TITLE.get(lang)} {notice.number.get(lang)}")
    core.author = core.last_modified_by = _clean(notice.issuer.get(lang))
    core.created = core.modified = datetime.combine(notice.issued_on, time())
    file = io.BytesIO()
    document.save(file)
    return _timeless(file.getvalue())


def _set_page(document: DocumentObject) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.4)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(11.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HAN)


def _head(document: DocumentObject, notice: Notice, lang: Lang) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _say(document.add_paragraph(), notice.campaign.get(lang), size=12, align=centre)
    title = _say(document.add_paragraph(), TITLE.get(lang), bold=True, size=26, align=centre)
    title.runs[0].font.color.rgb = _RED
    _say(document.add_paragraph(), notice.number.get(lang), size=12, align=centre)
    if notice.drill:
        drill = _say(document.add_paragraph(), DRILL.get(lang), bold=True, size=12, align=centre)
        drill.runs[0].font.color.rgb = _RED


def _table(document: DocumentObject, lines: tuple[Row, ...], *, height: Cm | None = None) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for line in lines:
        row = table.add_row()
        if height is not None:
            row.height = height
        for cell, width in zip(row.cells, (Cm(3.6), Cm(12.6)), strict=True):
            cell.width = width
        _fill(row.cells[0], line.label)
        _fill(row.cells[1], line.value, bold=line.loud)


def _fill(cell: _Cell, text: str, *, bold: bool = False) -> None:
    first, *others = text.split("\n")
    _say(cell.paragraphs[0], first, bold=bold)
    for other in others:
        _say(cell.add_paragraph(), other, bold=bold)


def _say(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    """Write a text into a paragraph, with a font for its Chinese and one for its Latin characters."""
    run = paragraph.add_run(_clean(text))
    run.bold = bold
    run.font.name = _LATIN
    run.font.size = Pt(size) if size else None
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HAN_BOLD if bold else _HAN)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _timeless(content: bytes) -> bytes:
    """Return the archive with every part dated alike."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return file.getvalue()
