"""Set blocks one below another into a column of slides: what does not fit goes on, tables with their head again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from exports.document.briefing import Block, CurveView, Figures, MapView, Table, Words
from exports.document.grid import Measured, measured
from exports.document.text import fitted, high_in
from geo.model.status import Lang
from layers.paper.font import width_em
from layers.paper.page import KeyFigure
from layers.slides.slide import CurvePicture, Item, MapPicture, Mark, Text

BODY_TOP: Final = 1.3
BODY_BOTTOM: Final = 6.92
EDGE: Final = 0.55
WIDE: Final = 12.233
NARROW: Final = 6.0
"""A column below this width is set smaller."""
_SIZES: Final = {"lead": 15.0, "body": 12.0, "note": 9.5, "head": 13.0}
_NARROW_SIZES: Final = {"lead": 13.0, "body": 11.0, "note": 9.0, "head": 12.0}
_INKS: Final = {"lead": "ink", "body": "ink", "note": "muted", "head": "accent"}
_GAP: Final = 0.16
_TIGHT_GAP: Final = 0.1
_HEAD_NEEDS: Final = (0.5, 1.5)
"""Room below a heading, narrow and wide, so that it does not stand alone."""
_ROWS_LEAST: Final = 4
_ROWS_FIRST: Final = 3
_CURVE_IN: Final = 3.9
"""Height of a curve; what is said of it has room below."""
_NUMBER_PT: Final = 28.0
_NARROW_NUMBER_PT: Final = 22.0
_LABEL_PT: Final = 9.5
_LABEL_EM: Final = (7.0, 15.0)


class Flow:
    """Set blocks from the top of a column to its bottom, then on further slides over the whole width.

    Parameters
    ----------
    left, width, top, bottom
        The column on the first slide, in inches.
    """

    def __init__(
        self, lang: Lang, *, left: float, width: float, top: float = BODY_TOP, bottom: float = BODY_BOTTOM
    ) -> None:
        self.lang = lang
        self.left, self.width, self.bottom = left, width, bottom
        self.slides: list[list[Item]] = [[]]
        self._y = top
        self._top = top

    @property
    def y(self) -> float:
        """How far the column is filled."""
        return self._y

    @property
    def narrow(self) -> bool:
        """Whether everything is set smaller."""
        return self.width < NARROW

    @property
    def _head_needs(self) -> float:
        narrow, wide = _HEAD_NEEDS
        return narrow if self.narrow else wide

    def put(self, blocks: Iterable[Block]) -> None:
        """Set blocks."""
        for block in blocks:
            if self._y > self._top:
                self._y += _TIGHT_GAP if self.narrow else _GAP
            if isinstance(block, Figures):
                self._figures(block.figures)
            elif isinstance(block, Words):
                self._words(block)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, CurveView):
                self._curve(block)
            elif isinstance(block, MapView):
                self._map(block)

    def turn(self) -> None:
        """Go on on another slide."""
        self.slides.append([])
        self.left, self.width = EDGE, WIDE
        self._y = self._top = BODY_TOP
        self.bottom = BODY_BOTTOM

    def _need(self, high: float) -> None:
        if self._y + high > self.bottom and self._y > self._top:
            self.turn()

    def _add(self, *items: Item) -> None:
        self.slides[-1].extend(items)

    def _figures(self, figures: tuple[KeyFigure, ...]) -> None:
        each = max(1, min(len(figures), 3 if self.narrow else 8))
        size, edges = _NARROW_NUMBER_PT if self.narrow else _NUMBER_PT, self._edges(figures, each)
        widths = [edges[place % each + 1] - edges[place % each] - 0.14 for place in range(len(figures))]
        labels = [
            fitted(one.label, wide, _LABEL_PT, self.lang, lines=3) for one, wide in zip(figures, widths, strict=True)
        ]
        high = high_in(1, size) + high_in(max((len(lines) for _, lines in labels), default=1), _LABEL_PT) + 0.1
        self._need(-(-len(figures) // each) * high)
        top = self._y
        for place, (figure, label) in enumerate(zip(figures, labels, strict=True)):
            at = (self.left + edges[place % each], top + place // each * high, widths[place])
            self._figure(figure, label, at, size)
        self._y = top + -(-len(figures) // each) * high

    def _edges(self, figures: tuple[KeyFigure, ...], each: int) -> list[float]:
        """Edges of the columns of figures: equal, or in one row wider where a label is long."""
        least, most = _LABEL_EM
        weights = [1.0] * each
        if len(figures) == each and not self.narrow:
            weights = [min(max(width_em(one.label), least), most) for one in figures]
        ends = [sum(weights[:place]) / sum(weights) for place in range(each + 1)]
        return [self.width * end for end in ends]

    def _figure(
        self, figure: KeyFigure, label: tuple[str, tuple[str, ...]], at: tuple[float, float, float], size: float
    ) -> None:
        (left, top, wide), high, start = at, high_in(1, size), 0.0
        if figure.light is not None:
            self._add(Mark((left, top, 0.26, high), figure.light, size * 0.6))
            start = 0.34
        ink = "red" if figure.light == "red" and figure.number != "0" else "ink"
        number, lines = fitted(figure.number, wide - start, size, self.lang, lines=1)
        self._add(Text((left + start, top, wide - start, high), number, lines, size, ink, bold=True, role="figure"))
        text, lines = label
        place = (left, top + high, wide, high_in(max(len(lines), 1), _LABEL_PT))
        self._add(Text(place, text, lines, _LABEL_PT, "muted", role="figure-label"))

    def _words(self, words: Words) -> None:
        size = (_NARROW_SIZES if self.narrow else _SIZES)[words.role]
        for paragraph in words.text.split("\n"):
            text, lines = fitted(paragraph, self.width, size, self.lang, lines=12)
            high = high_in(max(len(lines), 1), size)
            self._need(high + (self._head_needs if words.role == "head" else 0.0))
            place = (self.left, self._y, self.width, high)
            bold = words.role in {"lead", "head"}
            self._add(Text(place, text, lines, size, _INKS[words.role], bold=bold, role=words.role))
            self._y += high + 0.04

    def _table(self, table: Table) -> None:
        if not table.rows:
            self._words(Words(table.empty, "note"))
            return
        rest = self._measure(table)
        if not self.narrow and rest.rows_in(self.bottom - self._y) < min(_ROWS_FIRST, len(rest.grid.rows)):
            self._need(self.bottom)
        while rest.grid.rows:
            if not rest.rows_in(self.bottom - self._y) and self._y > self._top:
                self.turn()
                rest = self._remeasure(table, len(rest.grid.rows))
            now, rest = rest.cut(_fair(len(rest.grid.rows), max(rest.rows_in(self.bottom - self._y), 1)))
            self._add(now.at(self.left, self._y))
            self._y += now.high
            if rest.grid.rows:
                self.turn()
                rest = self._remeasure(table, len(rest.grid.rows))
        if table.rest:
            self._y += 0.04
            self._words(Words(table.rest, "note"))

    def _measure(self, table: Table) -> Measured:
        size_pt, note_pt = (10.0, 8.5) if self.narrow else (11.5, 9.5)
        return measured(table, self.width, self.lang, size_pt=size_pt, note_pt=note_pt, tight=self.narrow)

    def _remeasure(self, table: Table, rows: int) -> Measured:
        """The last rows of a table for the width of another slide."""
        return self._measure(table).cut(len(table.shown) - rows)[1]

    def _curve(self, view: CurveView) -> None:
        high = max(min(self.bottom - self._y, _CURVE_IN), 2.6)
        self._need(high)
        self._add(CurvePicture((self.left, self._y, self.width, high), view.curve, view.words, 10.0))
        self._y += high

    def _map(self, view: MapView) -> None:
        self._need(4.0)
        high = self.bottom - self._y
        self._add(MapPicture((self.left, self._y, self.width, high), view.content, view.words, 8.4, marks=view.marks))
        self._y += high


def _fair(rows: int, fit: int) -> int:
    """How many of some rows stand on a slide, so that the next one does not hold two or three alone."""
    rest = rows - fit
    return fit - (_ROWS_LEAST - rest) if 0 < rest < _ROWS_LEAST and fit > 2 * _ROWS_LEAST else fit
