"""Say what a document holds: sections of figures, words, tables, maps and curves; nothing of its look.

Briefing, evaluation, atlas, view and notice are such documents. Every format is made from this alone:
`exports.document.pptx`, `exports.document.docx` and `exports.document.pdf`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from data.campaign.toml_files import Template
from geo.model.status import LIGHT_ORDER, Light
from geo.tasks.changes import Direction
from layers.paper.curve import Curve
from layers.paper.page import KeyFigure, MapContent
from layers.style import PALETTES, light_colour
from locales import Language

Align = Literal["left", "center", "right"]
Layout = Literal["cover", "board", "map", "flow", "single", "view", "form"]
"""How its slides are set: `board` has its figures over the whole width, `single` is one page whatever it holds, `view`
is a large map with its legend as shapes beside it, `form` a letter without a heading."""
Role = Literal["lead", "body", "note", "head", "campaign", "title", "number", "alarm", "signature"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold key figures, drawn large."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a paragraph; a `lead` is what a listener should remember, a `note` is small print.

    From `campaign` on, roles are those of a form: its letterhead, title, number, a warning, and who signs.
    """

    text: str
    role: Role = "body"


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
    """Hold a table; `empty` stands there where it has no row, `most` rows are shown and the rest is counted (0: all).

    A `list` has a head; `facts` are labels with what they say, and a `box` is such a table with room for pen and seal.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    most: int = 0
    more: str = ""
    links: tuple[str, ...] = ()
    """For each row, the id of the section that it leads to, for an index; empty: it leads nowhere."""
    kind: Literal["list", "facts", "box"] = "list"
    together: bool = False
    """Whether it begins on a new page where it would else run over the end of one."""

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
    """Hold a map and what it shows in words; with `marks` it shows what changed, by id of feature, and not the lights.

    `caption` stands at a map that fills a page; it names `{scale}`.
    """

    content: MapContent
    words: str
    marks: Mapping[str, Direction] | None = None
    caption: str = ""


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
    """Hold what a template says of the look: colours by name, fonts, a logo, who issues it, a .docx with the styles.

    Without fonts, those of the styles stay, and so do their colours.
    """

    inks: Mapping[str, str]
    styles: bytes
    latin: str = ""
    east_asian: str = ""
    logo: bytes = b""
    issuer: str = ""


def theme_of(template: Template, lang: Language, issuer: str = "") -> Theme:
    """The look of a template, with the colours of the lights, which no template changes.

    Parameters
    ----------
    template, lang
        A template, and the language of the document.
    issuer
        Who issues it where the template names nobody.
    """
    lights = {str(light): light_colour(light, "light") for light in LIGHT_ORDER}
    inks = MappingProxyType({**PALETTES["light"], **template.inks, **lights})
    fonts = {"latin": template.latin, "east_asian": template.east_asian}
    return Theme(inks, template.styles, **fonts, logo=template.logo, issuer=template.issuer.get(lang) or issuer)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
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
    page
        Number of a page of a form; it names `{n}`.
    """

    title: str
    short: str
    subtitle: str
    lang: Language
    as_of: str
    notice: str
    notes: tuple[str, ...]
    made_at: datetime
    theme: Theme
    sections: tuple[Section, ...]
    continued: str = ""
    page: str = "{n}"

    @property
    def name(self) -> str:
        """Title and subtitle together."""
        return " · ".join(part for part in (self.title, self.subtitle) if part)
