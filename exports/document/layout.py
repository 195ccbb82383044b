"""Lay a document out as slides of 13⅓ × 7½ inches: cover, maps with a column beside them, columns, one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from exports.document.briefing import Block, Briefing, Figures, MapView, Section, Table, Words
from exports.document.flow import BODY_BOTTOM, BODY_TOP, EDGE, WIDE, Flow
from exports.document.text import fitted, high_in, taken_in
from layers.paper.font import literal
from layers.slides.slide import HEIGHT_IN, WIDTH_IN, Deck, Grid, Item, Logo, MapPicture, Patch, Rule, Slide, Text

One = TypeVar("One", Figures, MapView)
_Measure = tuple[float, float, float, int]
MAP_WIDE: Final = 7.45
_GAP: Final = 0.35
_LEGEND_BELOW: Final = 1.26
_MARKS_BELOW: Final = 0.34
_LEGEND_BESIDE: Final = 1.78
_MAP_PT: Final = 8.0
_FOOT_TOP: Final = 7.1
_MOST_ROWS: Final = 40
_TITLE_PTS: Final = (24, 21, 18, 16)
"""Sizes of a title: the largest at which it stands on its line; one that is longer still is cut."""


def laid_out(briefing: Briefing) -> Deck:
    """Return the slides of a document, each with its number, and the numbers of pages in its indexes."""
    slides = [slide for section in briefing.sections for slide in _SECTIONS[section.layout](briefing, section)]
    pages = {slide.section: number for number, slide in reversed(list(enumerate(slides, start=1)))}
    total = len(slides)
    finished = [
        replace(slide, items=(*(_linked(item, pages) for item in slide.items), *_foot(briefing, number, total)))
        for number, slide in enumerate(slides, start=1)
    ]
    return Deck(tuple(finished), briefing.theme.inks, briefing.lang)


def _linked(item: Item, pages: dict[str, int]) -> Item:
    """A table whose rows lead to pages, with their numbers in its last column."""
    if not isinstance(item, Grid) or not item.links:
        return item
    rows = []
    for cells, link in zip(item.rows, item.links, strict=True):
        number = f"{pages.get(link, '')}"
        rows.append((*cells[:-1], replace(cells[-1], text=number, lines=(number,))))
    return replace(item, rows=tuple(rows))


def _foot(briefing: Briefing, number: int, total: int) -> list[Item]:
    if number == 1 and briefing.sections[0].layout == "cover":
        return []
    words = "  ·  ".join(briefing.notes)
    text, lines = fitted(words, WIDE - 1.2, 8, briefing.lang, lines=1)
    high = high_in(1, 8)
    left: Item = Text((EDGE, _FOOT_TOP, WIDE - 1.2, high), text, lines, 8, "muted", role="foot")
    page = f"{number} / {total}"
    place = (WIDTH_IN - EDGE - 1.0, _FOOT_TOP - 0.03, 1.0, high_in(1, 10))
    return [left, Text(place, page, (page,), 10, "muted", align="right", role="number")]


def _head(briefing: Briefing, section: Section, *, again: bool = False) -> tuple[str, list[Item]]:
    theme, lang = briefing.theme, briefing.lang
    title = f"{section.title}{briefing.continued}" if again else section.title
    logo = 1.2 if theme.logo else 0.0
    size = next((one for one in _TITLE_PTS if taken_in(literal(title), one, lang) <= 8.3 - logo), _TITLE_PTS[-1])
    shown, lines = fitted(title, 8.3 - logo, size, lang, lines=1)
    as_of, as_of_lines = fitted(briefing.as_of, 3.3, 10.5, lang, lines=1)
    items: list[Item] = [
        Patch((0.0, 0.42, 0.16, 0.5), "accent"),
        Text(
            (EDGE, 0.42 + high_in(1, _TITLE_PTS[0] - size) / 2, 8.3 - logo, high_in(1, size)),
            shown,
            lines,
            size,
            bold=True,
            role="title",
        ),
        Text((9.48 - logo, 0.66, 3.3, high_in(1, 10.5)), as_of, as_of_lines, 10.5, "muted", align="right"),
        Rule(EDGE, 1.08, WIDE, "rule", 1.0),
    ]
    if briefing.notice:
        notice, notice_lines = fitted(briefing.notice, 3.3, 10.5, lang, lines=1)
        place = (9.48 - logo, 0.4, 3.3, high_in(1, 10.5))
        items.append(Text(place, notice, notice_lines, 10.5, "accent", bold=True, align="right", role="notice"))
    if theme.logo:
        items.append(Logo((WIDTH_IN - EDGE - 1.0, 0.36, 1.0, 0.6), theme.logo, theme.issuer))
    return title, items


def _slides(briefing: Briefing, section: Section, parts: list[list[Item]]) -> list[Slide]:
    made = []
    for place, items in enumerate(parts):
        title, head = _head(briefing, section, again=place > 0)
        made.append(Slide(title, section.id, (*head, *items), first=place == 0))
    return made


def _flow(briefing: Briefing, section: Section) -> list[Slide]:
    flow = Flow(briefing.lang, left=EDGE, width=WIDE)
    flow.put(section.blocks)
    return _slides(briefing, section, flow.slides)


def _map(briefing: Briefing, section: Section) -> list[Slide]:
    """A map with its legend below, and beside it everything else; what does not fit goes on over the whole width."""
    views, others = _parted(section.blocks, MapView)
    if not views:
        return _flow(briefing, section)
    left = EDGE + MAP_WIDE + _GAP
    flow = Flow(briefing.lang, left=left, width=WIDTH_IN - EDGE - left)
    flow.put(others)
    flow.slides[0].insert(0, _map_above_legend(briefing, views[0], BODY_TOP, MAP_WIDE))
    return _slides(briefing, section, flow.slides)


def _map_above_legend(briefing: Briefing, view: MapView, top: float, wide: float) -> MapPicture:
    below = _LEGEND_BELOW if view.marks is None else _MARKS_BELOW
    place = (EDGE, top, wide, BODY_BOTTOM - top - below - 0.06)
    legend = (EDGE, BODY_BOTTOM - below, wide, below)
    columns = 7 if briefing.lang == "zh" else 6
    return MapPicture(place, view.content, view.words, _MAP_PT, legend, columns, view.marks)


def _board(briefing: Briefing, section: Section) -> list[Slide]:
    """Figures over the whole width, below them the map and beside it words and the legend, or below it if crowded."""
    figures, others = _parted(section.blocks, Figures)
    views, rest = _parted(others, MapView)
    top = Flow(briefing.lang, left=EDGE, width=WIDE)
    leads = [one for one in rest if isinstance(one, Words) and one.role == "lead"]
    rest = [one for one in rest if one not in leads]
    top.put([*figures, *leads])
    start, left = top.y + 0.12, EDGE + MAP_WIDE + _GAP
    width = WIDTH_IN - EDGE - left
    flow = Flow(briefing.lang, left=left, width=width, top=start, bottom=BODY_BOTTOM - _LEGEND_BESIDE - 0.1)
    flow.put(rest)
    below = len(flow.slides) > 1
    if below:
        flow = Flow(briefing.lang, left=left, width=width, top=start)
        flow.put(rest)
    legend = (left, BODY_BOTTOM - _LEGEND_BESIDE, width, _LEGEND_BESIDE)
    place = (EDGE, start, MAP_WIDE, BODY_BOTTOM - start)
    maps = [
        _map_above_legend(briefing, view, start, MAP_WIDE)
        if below
        else MapPicture(place, view.content, view.words, _MAP_PT, legend, 4, view.marks)
        for view in views[:1]
    ]
    flow.slides[0][:0] = [*top.slides[0], *maps]
    return _slides(briefing, section, flow.slides)


def _parted(blocks: Iterable[Block], kind: type[One]) -> tuple[list[One], list[Block]]:
    """Blocks of one kind, and the others."""
    every = list(blocks)
    return [one for one in every if isinstance(one, kind)], [one for one in every if not isinstance(one, kind)]


def _single(briefing: Briefing, section: Section) -> list[Slide]:
    """One page: figures over the whole width, the map at the left, tables beside it as long as there is room."""
    figures, others = _parted(section.blocks, Figures)
    views, rest = _parted(others, MapView)
    top = Flow(briefing.lang, left=EDGE, width=WIDE)
    top.put(figures)
    start, wide = top.y + 0.12, MAP_WIDE - 0.6
    left = EDGE + wide + _GAP if views else EDGE
    column = {"left": left, "width": WIDTH_IN - EDGE - left, "top": start}
    most, flow = _MOST_ROWS, Flow(briefing.lang, **column)
    flow.put(rest)
    while len(flow.slides) > 1 and most > 1:
        most -= 1
        flow = Flow(briefing.lang, **column)
        flow.put([_shortened(block, most) for block in rest])
    maps = [_map_above_legend(briefing, view, start, wide) for view in views[:1]]
    return _slides(briefing, section, [[*top.slides[0], *maps, *flow.slides[0]]])


def _shortened(block: Block, most: int) -> Block:
    return replace(block, most=most) if isinstance(block, Table) else block


def _cover(briefing: Briefing, section: Section) -> list[Slide]:
    """The map over the right half, at the left what it is, as of when, and who issues it."""
    theme, (views, rest) = briefing.theme, _parted(section.blocks, MapView)
    wide = (6.6 if views else WIDTH_IN - 1.6) - 0.5
    beside = (7.4, 0.0, WIDTH_IN - 7.4, HEIGHT_IN)
    items: list[Item] = [MapPicture(beside, view.content, view.words, _MAP_PT, bare=True) for view in views[:1]]
    items.append(Patch((0.0, 0.0, 0.28, HEIGHT_IN), "accent"))
    if theme.logo:
        items.append(Logo((0.9, 0.7, 1.8, 1.08), theme.logo, theme.issuer))
    put = partial(_line, briefing, items)
    y = put(briefing.title, (2.05, wide, 14, 3), "muted", role="campaign") + 0.1
    y = put(briefing.short, (y, wide, 34, 3), "ink", bold=True, role="title") + 0.2
    items.append(Patch((0.9, y, 0.9, 0.05), "accent"))
    y = put(briefing.subtitle, (y + 0.2, wide, 20, 2), "accent", bold=True, role="subtitle") + 0.3
    for block in rest:
        if isinstance(block, Words):
            y = put(block.text, (y, wide, 13, 2), "muted") + 0.02
    put(briefing.notice, (0.6, wide, 12, 1), "accent", bold=True, align="right", role="notice")
    put(theme.issuer, (6.35, wide, 13, 2), "ink")
    put("  ·  ".join(briefing.notes), (6.95, wide, 8, 2), "muted", role="foot")
    return [Slide(briefing.name, section.id, tuple(items))]


def _line(briefing: Briefing, items: list[Item], text: str, measure: _Measure, ink: str, **style: Any) -> float:  # noqa: ANN401  fields of Text
    """Add a text to the cover; `measure` is top, width, size and lines at most; return where it ends."""
    top, width, size, most = measure
    if not text:
        return top
    shown, lines = fitted(text, width, size, briefing.lang, lines=most)
    high = high_in(len(lines), size)
    items.append(Text((0.9, top, width, high), shown, lines, size, ink, **style))
    return top + high


_SECTIONS: Final = {"cover": _cover, "board": _board, "map": _map, "flow": _flow, "single": _single}
