"""Say what stands where on a slide, in inches from its upper left corner: measured, wrapped, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.model.status import Light
from geo.tasks.changes import Direction
from layers.paper.curve import Curve
from layers.paper.page import MapContent
from locales import Language

WIDTH_IN: Final = 13.333
HEIGHT_IN: Final = 7.5
LINE: Final = 1.3
"""Height of a line in em: the same in every format, since it is set exactly."""
PT_PER_IN: Final = 72.0
_SLACK_IN: Final = 0.001
Place = tuple[float, float, float, float]
"""Left, top, width, height in inches."""
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a text of one style; `lines` is how it is broken where the writer must break it."""

    place: Place
    text: str
    lines: tuple[str, ...]
    size_pt: float
    ink: str = "ink"
    bold: bool = False
    align: Align = "left"
    role: str = "text"

    def at(self, left: float, top: float) -> Text:
        """The same text at a place."""
        return replace(self, place=(left, top, *self.place[2:]))


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold a level line."""

    left: float
    top: float
    width: float
    ink: str = "ink"
    width_pt: float = 0.75


@dataclass(frozen=True, slots=True)
class Patch:
    """Hold a filled rectangle."""

    place: Place
    ink: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold the shape of a light in its colour."""

    place: Place
    light: Light
    size_pt: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """Hold one cell of a table: text and note, broken into lines, and what stands before and under them."""

    text: str
    lines: tuple[str, ...]
    note: str = ""
    note_lines: tuple[str, ...] = ()
    light: Light | None = None
    ink: str = "ink"
    bold: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a table: its head, whole and broken into lines, rows with their heights, widths, all in inches."""

    place: Place
    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    head: tuple[str, ...]
    head_lines: tuple[tuple[str, ...], ...]
    head_high: float
    rows: tuple[tuple[GridCell, ...], ...]
    heights: tuple[float, ...]
    size_pt: float
    note_pt: float
    links: tuple[str, ...] = ()
    """For each row, the id of the section that it leads to; empty: none does."""

    @property
    def high(self) -> float:
        """Height of all of it."""
        return self.head_high + sum(self.heights)

    def rows_in(self, room: float) -> int:
        """How many rows go into a height, head included."""
        left, count = room - self.head_high + _SLACK_IN, 0
        for height in self.heights:
            left -= height
            if left < 0:
                break
            count += 1
        return count

    def cut(self, rows: int) -> tuple[Grid, Grid]:
        """The first rows, and the rest."""
        return self._part(slice(rows)), self._part(slice(rows, None))

    def _part(self, rows: slice) -> Grid:
        return replace(self, rows=self.rows[rows], heights=self.heights[rows], links=self.links[rows])

    def at(self, left: float, top: float) -> Grid:
        """The same table at a place, as wide and high as its cells."""
        return replace(self, place=(left, top, sum(self.widths), self.high))


@dataclass(frozen=True, slots=True, eq=False)
class MapPicture:
    """Hold a map and, where it has one, the place of its legend; with `marks` it shows what changed.

    A legend of one column stands beside the map and may be made of native shapes.
    """

    place: Place
    content: MapContent
    words: str
    em_pt: float
    legend: Place | None = None
    legend_columns: int = 6
    marks: Mapping[str, Direction] | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CurvePicture:
    """Hold the curve of progress."""

    place: Place
    curve: Curve
    words: str
    em_pt: float


@dataclass(frozen=True, slots=True)
class Logo:
    """Hold a customer's logo as PNG or JPEG."""

    place: Place
    content: bytes
    words: str


Item = Text | Rule | Patch | Mark | Grid | MapPicture | CurvePicture | Logo


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """Hold one slide; `section` names where it belongs, for the outline."""

    title: str
    section: str
    items: tuple[Item, ...]
    first: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Deck:
    """Hold all slides with the colours and the language that they share."""

    slides: tuple[Slide, ...]
    inks: Mapping[str, str]
    lang: Language
