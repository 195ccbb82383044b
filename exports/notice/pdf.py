"""Print a notice of supervision as PDF, A4, with its font inside; the same notice gives the same bytes.

A character that the font has no glyph for is printed as 〓, and named at the foot of the last page.
"""

from __future__ import annotations

import io
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from exports.notice.notice import DRILL, RECEIPT, SAMPLE, TITLE, Notice, Row, receipt_rows, rows, signature
from exports.office.fonts import embedded
from geo.model.status import LIGHT_COLOURS, Label, Lang, Light
from layers.paper.font import literal, missing, width_em, wrap

_WIDTH, _HEIGHT = A4
_LEFT: Final = 68.0
_RIGHT: Final = _WIDTH - 68.0
_TOP: Final = _HEIGHT - 72.0
_BOTTOM: Final = 84.0
_LABEL_PT: Final = 84.0
_BODY_PT: Final = 11.5
_LEADING: Final = 1.6
_LINES_MAX: Final = 4_000
_INK: Final = Color(0.1, 0.13, 0.17)
_MUTED: Final = Color(0.36, 0.42, 0.48)
_RULE: Final = Color(0.75, 0.78, 0.8)
_RED: Final = HexColor(LIGHT_COLOURS[Light.RED].light)
_REPLACED: Final = Label("以下字符字体中没有，已印为〓：", "The font has no glyph for these, printed as 〓: ")


def notice_pdf(notice: Notice, lang: Lang) -> bytes:
    """Return a notice as a PDF file."""
    file = io.BytesIO()
    page = Label("第 {n} 页", "page {n}").get(lang)
    words = [TITLE, SAMPLE, DRILL, RECEIPT, _REPLACED, notice.number, notice.campaign]
    parts = [word.get(lang) for word in words] + [page, "0123456789"]
    for row in (*rows(notice, lang), *receipt_rows(notice, lang)):
        parts += [row.label, row.value]
    text = "\n".join((*parts, *signature(notice, lang)))
    lost = missing(text)
    with embedded(text + "".join(_code(one) for one in lost)) as font:
        sheet = _Sheet(Canvas(file, pagesize=A4, invariant=1, pageCompression=1, initialFontName=font), font, page)
        sheet.canvas.setTitle(f"{TITLE.get(lang)} {notice.number.get(lang)}")
        sheet.canvas.setAuthor(notice.issuer.get(lang))
        _write(sheet, notice, lang)
        sheet.finish(SAMPLE.get(lang) if notice.sample else "", _replaced(lost, lang))
    return file.getvalue()


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _replaced(lost: set[str], lang: Lang) -> str:
    return _REPLACED.get(lang) + " ".join(map(_code, sorted(lost))) if lost else ""


def _write(sheet: _Sheet, notice: Notice, lang: Lang) -> None:
    sheet.centred(notice.campaign.get(lang), 12, _MUTED)
    sheet.gap(10)
    sheet.centred(TITLE.get(lang), 26, _RED, bold=True)
    sheet.gap(6)
    sheet.centred(notice.number.get(lang), 12, _INK)
    if notice.drill:
        sheet.centred(DRILL.get(lang), 12, _RED, bold=True)
    sheet.gap(4)
    sheet.rule(_RED, 1.4)
    for row in rows(notice, lang):
        sheet.row(row)
        sheet.rule(_RULE, 0.5)
    sheet.keep_with_next(96)
    sheet.gap(14)
    for line in signature(notice, lang):
        sheet.right(line)
    receipt = receipt_rows(notice, lang)
    sheet.keep_with_next(40 + 34 * len(receipt))
    sheet.gap(18)
    sheet.centred(RECEIPT.get(lang), 12, _INK, bold=True)
    sheet.box(receipt)


class _Sheet:
    """Write from top to bottom, and go on over the page where there is no more room."""

    def __init__(self, canvas: Canvas, font: str, page: str) -> None:
        self.canvas = canvas
        self.font = font
        self._page = page
        self._y = _TOP

    def gap(self, points: float) -> None:
        self._y -= points

    def keep_with_next(self, points: float) -> None:
        """Begin a new page where so many points do not fit on this one."""
        if self._y - points < _BOTTOM:
            self._number()
            self.canvas.showPage()
            self._y = _TOP

    def rule(self, colour: Color, width: float) -> None:
        self.gap(6)
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.line(_LEFT, self._y, _RIGHT, self._y)
        self.gap(6)

    def centred(self, text: str, size: float, colour: Color, *, bold: bool = False) -> None:
        for line in wrap(text, (_RIGHT - _LEFT) / size, lines=3):
            self._down(size)
            self._put(line, (_LEFT + _RIGHT - width_em(line) * size) / 2, size, colour, bold=bold)

    def right(self, text: str) -> None:
        line = wrap(text, (_RIGHT - _LEFT) / _BODY_PT, lines=1)
        self._down(_BODY_PT)
        for one in line:
            self._put(one, _RIGHT - width_em(one) * _BODY_PT, _BODY_PT, _INK)

    def row(self, row: Row) -> None:
        """Write a label, and beside it a text of any length."""
        label = literal(row.label)
        for paragraph in row.value.split("\n"):
            for line in wrap(paragraph, (_RIGHT - _LEFT - _LABEL_PT) / _BODY_PT, lines=_LINES_MAX):
                self._down(_BODY_PT)
                if label:
                    self._put(label, _LEFT, _BODY_PT, _MUTED)
                    label = ""
                self._put(line, _LEFT + _LABEL_PT, _BODY_PT, _INK, bold=row.loud)

    def box(self, fields: tuple[Row, ...]) -> None:
        """Draw a frame of rows to be filled in with pen and seal."""
        self.gap(8)
        self.canvas.setStrokeColor(_INK)
        self.canvas.setLineWidth(0.8)
        for row in fields:
            self.canvas.rect(_LEFT, self._y - 34, _RIGHT - _LEFT, 34)
            self.canvas.line(_LEFT + 124, self._y, _LEFT + 124, self._y - 34)
            self._y -= 24
            self._put(literal(row.label), _LEFT + 8, _BODY_PT, _MUTED)
            for line in wrap(row.value, (_RIGHT - _LEFT - 140) / _BODY_PT, lines=1):
                self._put(line, _LEFT + 132, _BODY_PT, _INK)
            self._y -= 10

    def finish(self, *remarks: str) -> None:
        """Write the remarks at the foot of the last page, and end the document."""
        lines = [line for text in remarks for line in wrap(text, (_RIGHT - _LEFT) / 9, lines=4)]
        for place, line in enumerate(reversed(lines)):
            self._put(line, _LEFT, 9, _MUTED, y=52.0 + 13 * place)
        self._number()
        self.canvas.save()

    def _number(self) -> None:
        text = literal(self._page.format(n=self.canvas.getPageNumber()))
        self._put(text, _RIGHT - width_em(text) * 9, 9, _MUTED, y=36.0)

    def _down(self, size: float) -> None:
        self.keep_with_next(size * _LEADING)
        self._y -= size * _LEADING

    def _put(self, text: str, x: float, size: float, colour: Color, *, bold: bool = False, y: float = 0) -> None:
        """Write a literal text; bold is drawn by giving each glyph an edge, since the font has one weight."""
        line = self.canvas.beginText(x, y or self._y + size * 0.3)
        line.setFont(self.font, size)
        line.setFillColor(colour)
        line.setStrokeColor(colour)
        self.canvas.setLineWidth(size * 0.035)
        line.setTextRenderMode(2 if bold else 0)
        line.textOut(text)
        line.setTextRenderMode(0)
        self.canvas.drawText(line)
