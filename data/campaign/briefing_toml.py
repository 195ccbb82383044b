"""Read the template of briefings: how they look, what they say and in which order; a customer changes it without code.

OneMapError
└── TemplateError (ValueError)   a value cannot be used: file, key, value and mend
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn
from zipfile import BadZipFile, ZipFile

from data.campaign.files import place_in, read_files, text_of
from geo.model.errors import OneMapError
from geo.model.status import Label, Lang
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog

DEFAULT: Final = Path(__file__).with_name("briefing.toml")
KINDS: Final = ("briefing", "one-page", "evaluation")
COVER: Final = "cover"
LOGO_BYTES_MAX: Final = 5_000_000
DAYS_MAX: Final = 366
TEXT_MAX: Final = 200
INKS: Final = ("accent", "ink", "muted", "rule", "land")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_STOPPED: Final = re.compile(r"at line (\d+), column (\d+)")
_GAPS: Final = re.compile(r"[{}]")
ZONE_GAP: Final = "{zone}"


class TemplateError(ValueError, OneMapError):
    """Say why a template cannot be used."""

    def __init__(self, problem: Problem) -> None:
        """Wrap the problem of one key."""
        super().__init__(problem.sentence("en"))
        self.problem = problem

    def message(self, lang: Lang) -> str:
        """Return file, key, value, what is wrong and how to mend it."""
        return self.problem.sentence(lang)


@dataclass(frozen=True, slots=True)
class Template:
    """Hold a template.

    Parameters
    ----------
    inks
        Colours by the names of `INKS`.
    latin, east_asian
        Fonts of slides and Word documents.
    logo
        PNG or JPEG, empty for none.
    styles
        A Word document whose styles, margins, header and footer those of Word are made with.
    issuer
        Who issues it; empty texts for the supervising unit.
    names, sections
        By kind of document its name, and the ids of its sections in their order.
    titles
        Titles of sections by id; that of a zone names it as `{zone}`.
    next_days, early_days
        How far next steps look, and how early a good case is.
    """

    inks: Mapping[str, str]
    latin: str
    east_asian: str
    logo: bytes
    styles: bytes
    issuer: Label
    names: Mapping[str, Label]
    sections: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, Label]
    next_days: int
    early_days: int

    @property
    def known(self) -> tuple[str, ...]:
        """Ids of all sections."""
        return (COVER, *self.titles)


def read_template(path: Path | None = None) -> Template:
    """Return a template; what it leaves out is as in the default one.

    Raises
    ------
    TemplateError
        It cannot be read, is no TOML, or holds a key or a value that cannot be used.
    """
    default = _parsed(DEFAULT)
    chosen = default if path is None else _parsed(path)
    return _Reader(path or DEFAULT, default, chosen).template()


def _parsed(path: Path) -> dict[str, Any]:
    log = ProblemLog(path.name)
    text = text_of(read_files(path.parent, [path.name])[path.name], log)
    if text is None:
        raise TemplateError(log.in_order()[0])
    try:
        return tomllib.loads(text)
    except ValueError as error:
        told = _STOPPED.search(str(error))
        lines = text.split("\n")[: int(told[1]) - 1] if told else []
        index = sum(len(line) + 1 for line in lines) + (int(told[2]) - 1 if told else 0)
        log.add(ProblemCode.NOT_TOML, row=None, **place_in(text, index))
        raise TemplateError(log.in_order()[-1]) from error


class _Reader:
    """Take checked values out of a template, or of the default where it is silent."""

    def __init__(self, path: Path, default: dict[str, Any], chosen: dict[str, Any]) -> None:
        self.path, self.default, self.chosen = path, default, chosen

    def template(self) -> Template:
        """Everything, checked; raises as `read_template`."""
        self._refuse_unknown(self.chosen, self.default, "")
        titles = {key: self._label("sections", key, "title", gaps=key == "zones") for key in self.default["sections"]}
        known = (COVER, *titles)
        return Template(
            inks=MappingProxyType({name: self._colour(name) for name in INKS}),
            latin=self._text("look", "latin"),
            east_asian=self._text("look", "east_asian"),
            logo=self._logo(),
            styles=self._styles(),
            issuer=Label(*(self._text("look", f"issuer_{lang}", least=0) for lang in ("zh", "en"))),
            names=MappingProxyType({kind: self._label(kind, "", "title") for kind in KINDS}),
            sections=MappingProxyType({kind: self._sections(kind, known) for kind in KINDS}),
            titles=MappingProxyType(titles),
            next_days=self._days("next_days"),
            early_days=self._days("early_days"),
        )

    def _refuse_unknown(self, chosen: dict[str, Any], default: dict[str, Any], prefix: str) -> None:
        for key, value in chosen.items():
            if key not in default:
                self._fail(ProblemCode.BAD_SETTING, f"{prefix}{key}", value, ", ".join(default))
            if isinstance(default[key], dict):
                if not isinstance(value, dict):
                    self._fail(ProblemCode.WRONG_TYPE, f"{prefix}{key}", value, f"[{prefix}{key}]")
                self._refuse_unknown(value, default[key], f"{prefix}{key}.")

    def _fail(self, code: ProblemCode, key: str, value: object, allowed: str) -> NoReturn:
        raise TemplateError(Problem(code, self.path.name, None, key, str(value), {"allowed": allowed}))

    def _get(self, *keys: str) -> Any:  # noqa: ANN401  any TOML value
        value: Any = self.chosen
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            return value
        value = self.default
        for key in keys:
            value = value[key]
        return value

    def _text(self, *keys: str, least: int = 1, gaps: bool = False) -> str:
        value, usual, key = self._get(*keys), str(_at(self.default, keys)), ".".join(keys)
        if not isinstance(value, str):
            self._fail(ProblemCode.WRONG_TYPE, key, value, f'"{usual}"')
        bare = value.replace(ZONE_GAP, "") if gaps else value
        if not least <= len(value.strip()) <= TEXT_MAX or _GAPS.search(bare):
            self._fail(ProblemCode.BAD_SETTING, key, value, f'"{usual or "…"}"')
        return value.strip()

    def _label(self, table: str, key: str, stem: str, *, gaps: bool = False) -> Label:
        path = tuple(part for part in (table, key) if part)
        return Label(*(self._text(*path, f"{stem}_{lang}", gaps=gaps) for lang in ("zh", "en")))

    def _colour(self, name: str) -> str:
        value = self._text("look", name)
        if not _COLOUR.fullmatch(value):
            self._fail(ProblemCode.BAD_SETTING, f"look.{name}", value, f'"{self.default["look"][name]}"')
        return value.upper()

    def _days(self, name: str) -> int:
        value, usual = self._get("numbers", name), str(self.default["numbers"][name])
        if not isinstance(value, int) or isinstance(value, bool):
            self._fail(ProblemCode.WRONG_TYPE, f"numbers.{name}", value, usual)
        if not 1 <= value <= DAYS_MAX:
            self._fail(ProblemCode.BAD_SETTING, f"numbers.{name}", value, usual)
        return value

    def _sections(self, kind: str, known: tuple[str, ...]) -> tuple[str, ...]:
        value, key = self._get(kind, "sections"), f"{kind}.sections"
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._fail(ProblemCode.WRONG_TYPE, key, value, f'["{known[1]}"]')
        wrong = [one for place, one in enumerate(value) if one not in known or one in value[:place]]
        if wrong or not value:
            self._fail(ProblemCode.BAD_SETTING, key, wrong[0] if wrong else "[]", ", ".join(known))
        return tuple(value)

    def _logo(self) -> bytes:
        name = self._text("look", "logo", least=0)
        if not name:
            return b""
        file = self.path.parent / name
        content = read_files(file.parent, [file.name])[file.name].content or b""
        if not content.startswith(_PICTURES) or len(content) > LOGO_BYTES_MAX:
            self._fail(ProblemCode.BAD_SETTING, "look.logo", name, '"logo.png"')
        return content

    def _styles(self) -> bytes:
        name, own = self._text("look", "styles"), "styles" in self.chosen.get("look", {})
        file = (self.path if own else DEFAULT).parent / name
        content = read_files(file.parent, [file.name])[file.name].content or b""
        if not _is_word(content):
            self._fail(ProblemCode.BAD_SETTING, "look.styles", name, f'"{self.default["look"]["styles"]}"')
        return content


def _is_word(content: bytes) -> bool:
    """Whether it is a Word document that is not larger than a logo may be."""
    try:
        with ZipFile(BytesIO(content)) as file:
            return len(content) <= LOGO_BYTES_MAX and {"word/document.xml", "word/styles.xml"} <= {*file.namelist()}
    except BadZipFile:
        return False


def _at(values: dict[str, Any], keys: tuple[str, ...]) -> Any:  # noqa: ANN401  any TOML value
    found: Any = values
    for key in keys:
        found = found[key]
    return found
