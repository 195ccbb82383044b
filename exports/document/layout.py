"""Lay a document out as slides of 13⅓ × 7½ inches: cover, maps with a column beside them, columns, one page.

What does not fit goes on on another slide, tables with their head again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from exports.document.measure import fitted, high_in, measured, taken_in
from exports.document.model import Block, CurveView, Document, Figures, MapView, Section, Table, Words
from layers.paper.font import literal, width_em
from layers.paper.page import KeyFigure
from layers.slides.figure import scale_of
from layers.slides.slide import (
    HEIGHT_IN,
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
from locales import Language

BODY_TOP: Final = 1.3
BODY_BOTTOM: Final = 6.92
EDGE: Final = 0.55
WIDE: Final = 12.233
NARROW: Final = 6.0
"""A column below this width is set smaller."""
_SIZES: Final = {"lead": 15.0, "body": 12.0, "note": 9.5, "head": 13.0}
_NARROW_SIZES: Final = {"lead": 13.0, "body": 11.0, "note": 9.0, "head": 12.0}
_INKS: Final = {"lead": "ink", "body": "ink", "note": "muted", "head": "accent"}
_BLOCK_GAP: Final = 0.16
_TIGHT_GAP: Final = 0.1
_HEAD_NEEDS: Final = {True: 0.5, False: 1.5}
"""Room below a heading, in a narrow column or not, so that it does not stand alone."""
_ROWS_LEAST: Final = 4
_ROWS_FIRST: Final = 3
_CURVE_IN: Final = 3.9
"""Height of a curve; the sentences on it have room below."""
_NUMBER_PT: Final = 28.0
_NARROW_NUMBER_PT: Final = 22.0
_LABEL_PT: Final = 9.5
_LABEL_EM: Final = (7.0, 15.0)


class Flow:
    """Set blocks from the top of a column to its bottom, then on further slides over the whole width.

    `y` is how far the column is filled.

    Parameters
    ----------
    left, width, top, bottom
        The column on the first slide, in inches.
    number_pt
        Size of key figures in a column that is not narrow.
    """

    def __init__(
        self,
        lang: Language,
        *,
        left: float,
        width: float,
        top: float = BODY_TOP,
        bottom: float = BODY_BOTTOM,
        number_pt: float = _NUMBER_PT,
    ) -> None:
        self.lang, self.number_pt = lang, number_pt
        self.left, self.width, self.bottom = left, width, bottom
        self.slides: list[list[Item]] = [[]]
        self.y = top
        self._top = top

    @property
    def narrow(self) -> bool:
        """Whether everything is set smaller."""
        return self.width < NARROW

    def put(self, blocks: Iterable[Block]) -> None:
        """Set blocks."""
        for block in blocks:
            if self.y > self._top:
                self.y += _TIGHT_GAP if self.narrow else _BLOCK_GAP
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
        self.y = self._top = BODY_TOP
        self.bottom = BODY_BOTTOM

    def _need(self, high: float) -> None:
        if self.y + high > self.bottom and self.y > self._top:
            self.turn()

    def _add(self, *items: Item) -> None:
        self.slides[-1].extend(items)

    def _figures(self, figures: tuple[KeyFigure, ...]) -> None:
        each = max(1, min(len(figures), 3 if self.narrow else 8))
        size, edges = _NARROW_NUMBER_PT if self.narrow else self.number_pt, self._edges(figures, each)
        widths = [edges[place % each + 1] - edges[place % each] - 0.14 for place in range(len(figures))]
        labels = [
            _set(self.lang, (0.0, 0.0, wide), one.label, _LABEL_PT, "muted", lines=3, role="figure-label")
            for one, wide in zip(figures, widths, strict=True)
        ]
        high = high_in(1, size) + max((one.place[3] for one in labels), default=high_in(1, _LABEL_PT)) + 0.1
        self._need(-(-len(figures) // each) * high)
        top = self.y
        for place, (figure, label) in enumerate(zip(figures, labels, strict=True)):
            at = (self.left + edges[place % each], top + place // each * high, widths[place])
            self._figure(figure, label, at, size)
        self.y = top + -(-len(figures) // each) * high

    def _edges(self, figures: tuple[KeyFigure, ...], each: int) -> list[float]:
        """Edges of the columns of figures: equal, or in one row wider where a label is long."""
        least, most = _LABEL_EM
        weights = [1.0] * each
        if len(figures) == each and not self.narrow:
            weights = [min(max(width_em(one.label), least), most) for one in figures]
        ends = [sum(weights[:place]) / sum(weights) for place in range(each + 1)]
        return [self.width * end for end in ends]

    def _figure(self, figure: KeyFigure, label: Text, at: tuple[float, float, float], size: float) -> None:
        (left, top, wide), high, start = at, high_in(1, size), 0.0
        if figure.light is not None:
            self._add(Mark((left, top, 0.26, high), figure.light, size * 0.6))
            start = 0.34
        ink = "red" if figure.light == "red" and figure.number != "0" else "ink"
        place = (left + start, top, wide - start)
        self._add(_set(self.lang, place, figure.number, size, ink, bold=True, role="figure"))
        self._add(label.at(left, top + high))

    def _words(self, words: Words) -> None:
        size = (_NARROW_SIZES if self.narrow else _SIZES)[words.role]
        for paragraph in words.text.split("\n"):
            bold, ink = words.role in {"lead", "head"}, _INKS[words.role]
            text = _set(self.lang, (0.0, 0.0, self.width), paragraph, size, ink, lines=12, bold=bold, role=words.role)
            high = text.place[3]
            self._need(high + (_HEAD_NEEDS[self.narrow] if words.role == "head" else 0.0))
            self._add(text.at(self.left, self.y))
            self.y += high + 0.04

    def _table(self, table: Table) -> None:
        if not table.rows:
            self._words(Words(table.empty, "note"))
            return
        rest = self._measure(table)
        if not self.narrow and rest.rows_in(self.bottom - self.y) < min(_ROWS_FIRST, len(rest.rows)):
            self._need(self.bottom)
        while rest.rows:
            if not rest.rows_in(self.bottom - self.y) and self.y > self._top:
                self.turn()
                rest = self._remeasure(table, len(rest.rows))
            now, rest = rest.cut(_fair(len(rest.rows), max(rest.rows_in(self.bottom - self.y), 1)))
            self._add(now.at(self.left, self.y))
            self.y += now.high
            if rest.rows:
                self.turn()
                rest = self._remeasure(table, len(rest.rows))
        if table.rest:
            self.y += 0.04
            self._words(Words(table.rest, "note"))

    def _measure(self, table: Table) -> Grid:
        size_pt, note_pt = (10.0, 8.5) if self.narrow else (11.5, 9.5)
        return measured(table, self.width, self.lang, size_pt=size_pt, note_pt=note_pt, tight=self.narrow)

    def _remeasure(self, table: Table, rows: int) -> Grid:
        """The last rows of a table for the width of another slide."""
        return self._measure(table).cut(len(table.shown) - rows)[1]

    def _curve(self, view: CurveView) -> None:
        high = max(min(self.bottom - self.y, _CURVE_IN), 2.6)
        self._need(high)
        self._add(CurvePicture((self.left, self.y, self.width, high), view.curve, view.words, 10.0))
        self.y += high

    def _map(self, view: MapView) -> None:
        self._need(4.0)
        high = self.bottom - self.y
        self._add(MapPicture((self.left, self.y, self.width, high), view.content, view.words, 8.4, marks=view.marks))
        self.y += high


def _set(
    lang: Language,
    at: tuple[float, float, float],
    text: str,
    size_pt: float,
    ink: str,
    *,
    lines: int = 1,
    **style: Any,  # noqa: ANN401  fields of Text
) -> Text:
    """A text from a left upper corner in a width, broken into so many lines at most."""
    left, top, width = at
    shown, broken = fitted(text, width, size_pt, lang, lines=lines)
    return Text((left, top, width, high_in(max(len(broken), 1), size_pt)), shown, broken, size_pt, ink, **style)


def _fair(rows: int, fit: int) -> int:
    """How many of some rows stand on a slide, so that the next one does not hold two or three alone."""
    rest = rows - fit
    return fit - (_ROWS_LEAST - rest) if 0 < rest < _ROWS_LEAST and fit > 2 * _ROWS_LEAST else fit


One = TypeVar("One", Figures, MapView)
_Measure = tuple[float, float, float, int]
MAP_WIDE: Final = 7.45
VIEW_WIDE: Final = 9.3
_VIEW_TOP: Final = 1.14
_VIEW_NUMBER_PT: Final = 18.0
_GAP: Final = 0.35
_LEGEND_BELOW: Final = 1.26
_MARKS_BELOW: Final = 0.34
_LEGEND_BESIDE: Final = 1.78
_MAP_PT: Final = 8.0
_FOOT_TOP: Final = 7.1
_MOST_ROWS: Final = 40
_TITLE_PTS: Final = (24, 21, 18, 16)
"""Sizes of a title: the largest at which it stands on its line, or on two of the smallest; a longer one is cut."""


def laid_out(document: Document) -> Deck:
    """Return the slides of a document, each with its number, and the numbers of pages in its indexes."""
    slides = [slide for section in document.sections for slide in _SECTIONS[section.layout](document, section)]
    pages = {slide.section: number for number, slide in reversed(list(enumerate(slides, start=1)))}
    total = len(slides)
    finished = [
        replace(slide, items=(*(_linked(item, pages) for item in slide.items), *_foot(document, number, total)))
        for number, slide in enumerate(slides, start=1)
    ]
    return Deck(tuple(finished), document.theme.inks, document.lang)


def _linked(item: Item, pages: dict[str, int]) -> Item:
    """A table whose rows lead to pages, with their numbers in its last column."""
    if not isinstance(item, Grid) or not item.links:
        return item
    rows = []
    for cells, link in zip(item.rows, item.links, strict=True):
        number = f"{pages.get(link, '')}"
        rows.append((*cells[:-1], replace(cells[-1], text=number, lines=(number,))))
    return replace(item, rows=tuple(rows))


def _foot(document: Document, number: int, total: int) -> list[Item]:
    if number == 1 and document.sections[0].layout == "cover":
        return []
    notes = "  ·  ".join(document.notes)
    left = _set(document.lang, (EDGE, _FOOT_TOP, WIDE - 1.2), notes, 8, "muted", role="foot")
    page = f"{number} / {total}"
    place = (WIDTH_IN - EDGE - 1.0, _FOOT_TOP - 0.03, 1.0, high_in(1, 10))
    return [left, Text(place, page, (page,), 10, "muted", align="right", role="number")]


def _head(document: Document, section: Section, *, again: bool = False) -> tuple[str, list[Item]]:
    theme, lang = document.theme, document.lang
    title = f"{section.title}{document.continued}" if again else section.title
    logo = 1.2 if theme.logo else 0.0
    size = next((one for one in _TITLE_PTS if taken_in(literal(title), one, lang) <= 8.3 - logo), _TITLE_PTS[-1])
    lines = 2 if size == _TITLE_PTS[-1] else 1
    shown = _set(lang, (EDGE, 0.42, 8.3 - logo), title, size, "ink", lines=lines, bold=True, role="title")
    top = 0.42 + (high_in(1, _TITLE_PTS[0]) - shown.place[3]) / 2
    items: list[Item] = [
        Patch((0.0, 0.42, 0.16, 0.5), "accent"),
        shown.at(EDGE, top),
        _set(lang, (9.48 - logo, 0.66, 3.3), document.as_of, 10.5, "muted", align="right"),
        Rule(EDGE, 1.08, WIDE, "rule", 1.0),
    ]
    if document.notice:
        style: dict[str, Any] = {"bold": True, "align": "right", "role": "notice"}
        items.append(_set(lang, (9.48 - logo, 0.4, 3.3), document.notice, 10.5, "accent", **style))
    if theme.logo:
        items.append(Logo((WIDTH_IN - EDGE - 1.0, 0.36, 1.0, 0.6), theme.logo, theme.issuer))
    return title, items


def _slides(document: Document, section: Section, parts: list[list[Item]]) -> list[Slide]:
    made = []
    for place, items in enumerate(parts):
        title, head = _head(document, section, again=place > 0)
        made.append(Slide(title, section.id, (*head, *items), first=place == 0))
    return made


def _flow(document: Document, section: Section) -> list[Slide]:
    flow = Flow(document.lang, left=EDGE, width=WIDE)
    flow.put(section.blocks)
    return _slides(document, section, flow.slides)


def _map(document: Document, section: Section) -> list[Slide]:
    """A map with its legend below, and beside it everything else; what does not fit goes on over the whole width."""
    views, others = _parted(section.blocks, MapView)
    if not views:
        return _flow(document, section)
    left = EDGE + MAP_WIDE + _GAP
    flow = Flow(document.lang, left=left, width=WIDTH_IN - EDGE - left)
    flow.put(others)
    flow.slides[0].insert(0, _map_above_legend(document, views[0], BODY_TOP, MAP_WIDE))
    return _slides(document, section, flow.slides)


def _map_above_legend(document: Document, view: MapView, top: float, wide: float) -> MapPicture:
    below = _LEGEND_BELOW if view.marks is None else _MARKS_BELOW
    place = (EDGE, top, wide, BODY_BOTTOM - top - below - 0.06)
    legend = (EDGE, BODY_BOTTOM - below, wide, below)
    columns = 7 if document.lang == "zh" else 6
    return MapPicture(place, view.content, view.words, _MAP_PT, legend, columns, view.marks)


def _board(document: Document, section: Section) -> list[Slide]:
    """Figures over the whole width, below them the map and beside it words and the legend, or below it if crowded."""
    figures, others = _parted(section.blocks, Figures)
    views, rest = _parted(others, MapView)
    top = Flow(document.lang, left=EDGE, width=WIDE)
    leads = [one for one in rest if isinstance(one, Words) and one.role == "lead"]
    rest = [one for one in rest if one not in leads]
    top.put([*figures, *leads])
    start, left = top.y + 0.12, EDGE + MAP_WIDE + _GAP
    width = WIDTH_IN - EDGE - left
    flow = Flow(document.lang, left=left, width=width, top=start, bottom=BODY_BOTTOM - _LEGEND_BESIDE - 0.1)
    flow.put(rest)
    below = len(flow.slides) > 1
    if below:
        flow = Flow(document.lang, left=left, width=width, top=start)
        flow.put(rest)
    legend = (left, BODY_BOTTOM - _LEGEND_BESIDE, width, _LEGEND_BESIDE)
    place = (EDGE, start, MAP_WIDE, BODY_BOTTOM - start)
    maps = [
        _map_above_legend(document, view, start, MAP_WIDE)
        if below
        else MapPicture(place, view.content, view.words, _MAP_PT, legend, 4, view.marks)
        for view in views[:1]
    ]
    flow.slides[0][:0] = [*top.slides[0], *maps]
    return _slides(document, section, flow.slides)


def _parted(blocks: Iterable[Block], kind: type[One]) -> tuple[list[One], list[Block]]:
    """Blocks of one kind, and the others."""
    every = list(blocks)
    return [one for one in every if isinstance(one, kind)], [one for one in every if not isinstance(one, kind)]


def _single(document: Document, section: Section) -> list[Slide]:
    """One page: figures over the whole width, the map at the left, tables beside it as long as there is room."""
    figures, others = _parted(section.blocks, Figures)
    views, rest = _parted(others, MapView)
    top = Flow(document.lang, left=EDGE, width=WIDE)
    top.put(figures)
    start, wide = top.y + 0.12, MAP_WIDE - 0.6
    left = EDGE + wide + _GAP if views else EDGE
    flow, _ = shortened(document.lang, rest, left=left, width=WIDTH_IN - EDGE - left, top=start)
    maps = [_map_above_legend(document, view, start, wide) for view in views[:1]]
    return _slides(document, section, [[*top.slides[0], *maps, *flow.slides[0]]])


def shortened(lang: Language, blocks: Iterable[Block], **column: float) -> tuple[Flow, tuple[Block, ...]]:
    """A column and its blocks, tables with so many rows that one slide holds them all; `column` are those of `Flow`."""
    for most in range(_MOST_ROWS, 0, -1):
        kept = tuple(_with_rows(block, most) for block in blocks)
        flow = Flow(lang, **column)
        flow.put(kept)
        if len(flow.slides) == 1:
            break
    return flow, kept


def _with_rows(block: Block, most: int) -> Block:
    return replace(block, most=min(most, block.most or most)) if isinstance(block, Table) else block


def _view(document: Document, section: Section) -> list[Slide]:
    """A large map, figures above it, and beside it its legend in a column of its own."""
    views, others = _parted(section.blocks, MapView)
    top = Flow(document.lang, left=EDGE, width=WIDE, top=_VIEW_TOP, number_pt=_VIEW_NUMBER_PT)
    top.put(others)
    start, left, high = top.y + 0.06, EDGE + VIEW_WIDE + _GAP / 2, high_in(1, 9)
    width = WIDTH_IN - EDGE - left
    for view in views[:1]:
        place = (EDGE, start, VIEW_WIDE, BODY_BOTTOM - start)
        legend = (left, start, width, BODY_BOTTOM - start - high)
        item = MapPicture(place, view.content, view.words, _MAP_PT + 0.4, legend, 1)
        caption = view.caption.format(scale=scale_of(item))
        below = (left, BODY_BOTTOM - high, width, high)
        top.slides[0] += [item, Text(below, caption, (caption,), 9, "muted", role="scale")]
    return _slides(document, section, top.slides)


def _cover(document: Document, section: Section) -> list[Slide]:
    """The map over the right half, at the left what it is, as of when, and who issues it."""
    theme, (views, rest) = document.theme, _parted(section.blocks, MapView)
    wide = (6.6 if views else WIDTH_IN - 1.6) - 0.5
    beside = (7.4, 0.0, WIDTH_IN - 7.4, HEIGHT_IN)
    items: list[Item] = [MapPicture(beside, view.content, view.words, _MAP_PT, bare=True) for view in views[:1]]
    items.append(Patch((0.0, 0.0, 0.28, HEIGHT_IN), "accent"))
    if theme.logo:
        items.append(Logo((0.9, 0.7, 1.8, 1.08), theme.logo, theme.issuer))
    put = partial(_line, document, items)
    y = put(document.title, (2.05, wide, 14, 3), "muted", role="campaign") + 0.1
    y = put(document.short, (y, wide, 34, 3), "ink", bold=True, role="title") + 0.2
    items.append(Patch((0.9, y, 0.9, 0.05), "accent"))
    y = put(document.subtitle, (y + 0.2, wide, 20, 2), "accent", bold=True, role="subtitle") + 0.3
    for block in rest:
        if isinstance(block, Words):
            y = put(block.text, (y, wide, 13, 2), "muted") + 0.02
    put(document.notice, (0.6, wide, 12, 1), "accent", bold=True, align="right", role="notice")
    put(theme.issuer, (6.35, wide, 13, 2), "ink")
    put("  ·  ".join(document.notes), (6.95, wide, 8, 2), "muted", role="foot")
    return [Slide(document.name, section.id, tuple(items))]


def _line(document: Document, items: list[Item], text: str, measure: _Measure, ink: str, **style: Any) -> float:  # noqa: ANN401  fields of Text
    """Add a text to the cover; `measure` is top, width, size and lines at most; return where it ends."""
    top, width, size, most = measure
    if not text:
        return top
    items.append(line := _set(document.lang, (0.9, top, width), text, size, ink, lines=most, **style))
    return top + line.place[3]


_SECTIONS: Final[Mapping[str, Callable[[Document, Section], list[Slide]]]] = {
    "cover": _cover,
    "board": _board,
    "map": _map,
    "flow": _flow,
    "form": _flow,
    "single": _single,
    "view": _view,
}
