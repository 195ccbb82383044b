"""Say what a document for a meeting holds: sections of figures, words, tables, maps and curves; nothing of its look.

Every format is made from this alone: slides and pages by `exports.document.layout`, a Word document as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from geo.model.status import Lang, Light
from geo.tasks.changes import Direction
from layers.paper.curve import Curve
from layers.paper.page import KeyFigure, MapContent

Align = Literal["left", "center", "right"]
Layout = Literal["cover", "board", "map", "flow", "single"]
"""How its slides are set: `board` has its figures over the whole width, `single` is one page whatever it holds."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold key figures, drawn large."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a paragraph; a `lead` is what a listener should remember, a `note` is small print."""

    text: str
    role: Literal["lead", "body", "note", "head"] = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one cell: its text, a second line in small print, a light before it, and how loud it is."""

    text: str
    note: str = ""
    light: Light | None = None
    ink: str = "ink"
    bold: bool = False
    share: float | None = None
    """Part of a bar under the text that is filled, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Column:
    """Hold the head of a column, and its share of the width."""

    title: str
    weight: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table; `empty` is said where it has no row, `most` rows are shown and the rest is counted (0: all)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    most: int = 0
    more: str = ""
    links: tuple[str, ...] = ()
    """For each row, the id of the section that it leads to, for an index; empty: it leads nowhere."""

    @property
    def shown(self) -> tuple[tuple[Cell, ...], ...]:
        """Rows that are shown."""
        return self.rows[: self.most] if self.most else self.rows

    @property
    def rest(self) -> str:
        """How many rows are not shown, in words; empty where all are."""
        return self.more.format(n=len(self.rows) - len(self.shown)) if len(self.rows) > len(self.shown) else ""


@dataclass(frozen=True, slots=True, eq=False)
class MapView:
    """Hold a map; with `marks` it shows what changed, by id of feature, and not the lights."""

    content: MapContent
    words: str
    marks: Mapping[str, Direction] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CurveView:
    """Hold the curve of progress, and what it shows in words."""

    curve: Curve
    words: str


Block = Figures | Words | Table | MapView | CurveView


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """Hold one section."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    layout: Layout = "flow"


@dataclass(frozen=True, slots=True)
class Theme:
    """Hold what a customer's template says of the look: colours by name, fonts, a logo, who issues it."""

    inks: Mapping[str, str]
    latin: str
    east_asian: str
    logo: bytes = b""
    issuer: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Briefing:
    """Hold a whole document.

    Parameters
    ----------
    title, short, subtitle
        What it is about, the same in few words, and what it is.
    as_of, notice
        The instant whose state it shows, and “sample data”, “drill” or nothing, in words.
    notes
        Small print: data version, who exported and when, where the map comes from.
    sections
        In their order.
    continued
        Added to the title of a page that goes on.
    """

    title: str
    short: str
    subtitle: str
    lang: Lang
    as_of: str
    notice: str
    notes: tuple[str, ...]
    made_at: datetime
    theme: Theme
    sections: tuple[Section, ...]
    continued: str

    @property
    def name(self) -> str:
        """Title and subtitle together."""
        return " · ".join(part for part in (self.title, self.subtitle) if part)
