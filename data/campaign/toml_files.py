"""Read campaign.toml and the template of briefings: msgspec fills their classes, what it refuses is named by key.

OneMapError
└── TemplateError (ValueError)   a template of briefings cannot be used: file, key, value and remedy
"""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import reduce
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, NoReturn, TypeVar
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

import msgspec

from data.campaign.files import SourceFile, place_in, read_files, text_of
from geo.model.campaign import DEFAULT_JOINT, Campaign, Extent
from geo.model.errors import OneMapError
from geo.model.supervision import DEFAULT_RULES, SupervisionRules
from geo.space.crs import is_metric
from geo.validation.codes import ProblemCode
from geo.validation.problem import CampaignError, Problem, ProblemLog
from locales import Name

T = TypeVar("T")

_STOPPED: Final = re.compile(r"at line (\d+), column (\d+)")
_ENDLESS: Final = re.compile(r"[0-9_]{4000}")
_REFUSED: Final = re.compile(r"(.+?)(?: - at `\$(.*)`)?", re.DOTALL)
_FIELD: Final = re.compile(r"Object missing required field `(.+)`")
_NO_TEXT: Final = "Expected text"
_STEP: Final = re.compile(r"\.([\w-]+)|\[(\d+)\]")
_LABELS: Final = frozenset({"name", "short", "prefix", "title", "issuer"})
"""What stands in a file as two keys, such as name_zh and name_en."""

REPLY_DAYS_MAX: Final = 366
JOINT_M_MAX: Final = 5000
_MOST: Final = MappingProxyType({"lights": math.inf, "supervision": REPLY_DAYS_MAX, "joint": JOINT_M_MAX})
_LON_LAT_MAX: Final = (180.0, 90.0, 180.0, 90.0)
_TEXT: Final = re.compile(r"(?:.*[._])?(?:id|supervising_unit|zh|en)")
_DAYS: Final = MappingProxyType({f"{rung}_days": days for rung, days in DEFAULT_RULES.reply_days.items()})
_Supervision = msgspec.defstruct(
    "_Supervision", [*((key, int, usual) for key, usual in _DAYS.items()), ("prefix", Name, DEFAULT_RULES.prefix)]
)
_EXAMPLES: Final = MappingProxyType(
    dict.fromkeys(("start", "end", "deadline", "opening", "closing", "demonstration"), "2030-09-30")
    | dict.fromkeys(("extent", "view"), "[120.0, 30.0, 121.0, 31.0]")
    | dict.fromkeys(("lights", "attribution", "supervision", "joint"), "{ … }")
    | {"timezone": '"Asia/Shanghai"', "metric_crs": '"EPSG:4549"', "sample": "true"}
    | {"meetings": "[2030-09-15T14:00:00+08:00]", "phases": "[[phases]]", "categories": "[[categories]]"}
    | {
        key: str(usual)
        for key, usual in ({"due_soon_days": 7, "stale_days": 14} | _DAYS | asdict(DEFAULT_JOINT)).items()
    }
)
"""By key what an error gives as an example; texts have none."""

DEFAULT: Final = Path(__file__).with_name("briefing.toml")
KINDS: Final = ("briefing", "one-page", "evaluation")
COVER: Final = "cover"
LOGO_BYTES_MAX: Final = 5_000_000
DAYS_MAX: Final = 366
INKS: Final = ("accent", "ink", "muted", "rule", "land")
ZONE_GAP: Final = "{zone}"
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_SHORT: Final = r"\A\s*(?=\S(?:.{0,198}\S)?\s*\Z)"
"""At most 200 characters, spaces around them not counted."""
_Line = Annotated[str, msgspec.Meta(pattern=rf"(?s){_SHORT}[^{{}}]*\Z")]
_ZoneLine = Annotated[str, msgspec.Meta(pattern=rf"(?s){_SHORT}(?:[^{{}}]|\{{zone\}})*\Z")]
_LineOrNone = Annotated[str, msgspec.Meta(pattern=rf"(?s)\A\s*\Z|{_SHORT}[^{{}}]*\Z")]
_Colour = Annotated[str, msgspec.Meta(pattern=r"\A\s*#[0-9A-Fa-f]{6}\s*\Z")]
_Ahead = Annotated[int, msgspec.Meta(ge=1, le=DAYS_MAX)]


class TemplateError(OneMapError, ValueError):
    """Say why a template cannot be used."""

    def __init__(self, problem: Problem) -> None:
        """Wrap the problem of one key."""
        super().__init__(problem.sentence_text)
        self.problem = problem


class _FileError(ValueError):
    """Carry the problem of a file to who knows which file it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.column)
        self.problem = problem


def read_campaign(file: SourceFile) -> tuple[Campaign, list[Problem]]:
    """Return the campaign, and the warnings of its file.

    Raises
    ------
    CampaignError
        The file is missing, no TOML, or lacks a key, or a value cannot be used.
    """
    log = ProblemLog(file.name)
    try:
        values = _parsed(file, log)
        return _campaign(_Filler(file.name, _EXAMPLES), values), log.in_order()
    except _FileError as error:
        raise CampaignError(error.problem) from error


def _campaign(filler: "_Filler", values: dict[str, Any]) -> Campaign:
    rules = values.get("supervision", {})
    rest = {key: value for key, value in values.items() if key != "supervision"}
    campaign = filler.fill(rest, Campaign)
    own: Any = filler.fill(rules, _Supervision, "supervision")
    for key, value in _leaves(values):
        most = _MOST.get(key.partition(".")[0])
        blank = isinstance(value, str) and _TEXT.fullmatch(key) and not value.strip()
        if blank or (most is not None and isinstance(value, int) and not 0 <= value <= most):
            filler.fail(ProblemCode.BAD_SETTING, key, value)
    for key, value, example in _misfits(campaign, values):
        filler.fail(ProblemCode.BAD_SETTING, key, value, example)
    if any(one.tzinfo is None for one in campaign.meetings):
        filler.fail(ProblemCode.WRONG_TYPE, "meetings", values["meetings"])
    days = {rung: getattr(own, f"{rung}_days") for rung in DEFAULT_RULES.reply_days}
    return replace(
        campaign,
        meetings=tuple(one.astimezone(UTC) for one in campaign.meetings),
        supervision=SupervisionRules(MappingProxyType(days), own.prefix),
    )


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401  any TOML value
    """Every value that is no table, with its key; tables of a list are numbered from 1."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, one in enumerate(value, start=1):
            yield from _leaves(one, f"{key}[{number}]")
    else:
        yield key, value


def _misfits(campaign: Campaign, values: dict[str, Any]) -> Iterator[tuple[str, object, str]]:
    """Key and value of what a campaign cannot be shown with, and an example where that depends on other keys."""
    if not is_metric(campaign.metric_crs):
        yield "metric_crs", campaign.metric_crs, ""
    yield from ((key, values[key], "") for key in ("extent", "view") if not _is_extent(getattr(campaign, key)))
    spans = [(f"phases[{place}].end", one.start, one.end) for place, one in enumerate(campaign.phases, start=1)]
    spans += [(key, campaign.start, getattr(campaign, key)) for key in ("opening", "end", "deadline", "demonstration")]
    spans += [("closing", campaign.opening, campaign.closing)]
    yield from ((key, day, f">= {since.isoformat()}") for key, since, day in spans if day < since)
    for name, rows in (("phases", campaign.phases), ("categories", campaign.categories)):
        ids = [one.id for one in rows]
        yield from ((f"{name}[{at + 1}].id", one, "") for at, one in enumerate(ids) if one in ids[:at])
        if not ids:
            yield name, [], ""


def _is_extent(sides: Extent) -> bool:
    west, south, east, north = sides
    in_range = all(abs(side) <= most for side, most in zip(sides, _LON_LAT_MAX, strict=True))
    return in_range and west < east and south < north


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
    issuer: Name
    names: Mapping[str, Name]
    sections: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, Name]
    next_days: int
    early_days: int

    @property
    def known(self) -> tuple[str, ...]:
        """Ids of all sections."""
        return (COVER, *self.titles)


class _Words(msgspec.Struct):
    zh: _Line
    en: _Line


class _WordsOrNone(msgspec.Struct):
    zh: _LineOrNone
    en: _LineOrNone


class _Look(msgspec.Struct):
    accent: _Colour
    ink: _Colour
    muted: _Colour
    rule: _Colour
    land: _Colour
    latin: _Line
    east_asian: _Line
    logo: _LineOrNone
    styles: _Line
    issuer: _WordsOrNone


class _ZoneWords(msgspec.Struct):
    zh: _ZoneLine
    en: _ZoneLine


class _Section(msgspec.Struct):
    title: _Words


class _ZoneSection(msgspec.Struct):
    title: _ZoneWords


_SECTIONS: Final[Mapping[str, Any]] = MappingProxyType({"zones": _ZoneSection})
"""Sections whose title may name what it is of; of all others it is `_Section`."""


class _Document(_Section):
    sections: tuple[str, ...]


class _Numbers(msgspec.Struct):
    next_days: _Ahead
    early_days: _Ahead


def read_template(path: Path | None = None) -> Template:
    """Return a template; what it leaves out is as in the default one.

    Raises
    ------
    TemplateError
        It cannot be read, is no TOML, or holds a key or a value that cannot be used.
    """
    path = path or DEFAULT
    try:
        default, chosen = (_parsed(_file(one), ProblemLog(one.name)) for one in (DEFAULT, path))
        usual = {key: f'"{text or "…"}"' if isinstance(text, str) else str(text) for key, text in _leaves(default)}
        examples = {f"{kind}.sections": f'["{next(iter(default["sections"]))}"]' for kind in KINDS}
        filler = _Filler(path.name, usual | examples)
        values = _completed(filler, chosen, default)
        own_styles = "styles" in chosen.get("look", {})
        return _template(filler, values, path.parent, path.parent if own_styles else DEFAULT.parent)
    except _FileError as error:
        raise TemplateError(error.problem) from error


def _template(filler: "_Filler", values: dict[str, Any], folder: Path, styles_folder: Path) -> Template:
    look = filler.fill(values["look"], _Look, "look")
    numbers = filler.fill(values["numbers"], _Numbers, "numbers")
    named = {kind: filler.fill(values[kind], _Document, kind) for kind in KINDS}
    titles = {
        key: _label(filler.fill(section, _SECTIONS.get(key, _Section), f"sections.{key}").title)
        for key, section in values["sections"].items()
    }
    for kind, document in named.items():
        _check_sections(filler, f"{kind}.sections", document.sections, (COVER, *titles))
    return Template(
        inks=MappingProxyType({name: getattr(look, name).strip().upper() for name in INKS}),
        latin=look.latin.strip(),
        east_asian=look.east_asian.strip(),
        logo=_logo(filler, folder, look.logo.strip()),
        styles=_styles(filler, styles_folder, look.styles.strip()),
        issuer=_label(look.issuer),
        names=MappingProxyType({kind: _label(document.title) for kind, document in named.items()}),
        sections=MappingProxyType({kind: document.sections for kind, document in named.items()}),
        titles=MappingProxyType(titles),
        next_days=numbers.next_days,
        early_days=numbers.early_days,
    )


def _label(words: _Words | _ZoneWords | _WordsOrNone) -> Name:
    return Name(words.zh.strip(), words.en.strip())


def _completed(filler: "_Filler", chosen: dict[str, Any], default: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return a table with what it leaves out; a key that the default does not have is refused."""
    values = dict(default)
    for key, value in chosen.items():
        if key not in default:
            filler.fail(ProblemCode.BAD_SETTING, prefix + key, value, ", ".join(default))
        values[key] = value
        if isinstance(default[key], dict):
            if not isinstance(value, dict):
                filler.fail(ProblemCode.WRONG_TYPE, prefix + key, value, f"[{prefix}{key}]")
            values[key] = _completed(filler, value, default[key], f"{prefix}{key}.")
    return values


def _check_sections(filler: "_Filler", key: str, sections: tuple[str, ...], known: tuple[str, ...]) -> None:
    wrong = [one for place, one in enumerate(sections) if one not in known or one in sections[:place]]
    if wrong or not sections:
        filler.fail(ProblemCode.BAD_SETTING, key, wrong[0] if wrong else [], ", ".join(known))


def _logo(filler: "_Filler", folder: Path, name: str) -> bytes:
    content = (_file(folder / name).content or b"") if name else b""
    if name and (not content.startswith(_PICTURES) or len(content) > LOGO_BYTES_MAX):
        filler.fail(ProblemCode.BAD_SETTING, "look.logo", name, '"logo.png"')
    return content


def _styles(filler: "_Filler", folder: Path, name: str) -> bytes:
    content = _file(folder / name).content or b""
    if not _is_word(content):
        filler.fail(ProblemCode.BAD_SETTING, "look.styles", name)
    return content


def _is_word(content: bytes) -> bool:
    """Whether it is a Word document that is not larger than a logo may be."""
    try:
        with ZipFile(BytesIO(content)) as file:
            return len(content) <= LOGO_BYTES_MAX and {"word/document.xml", "word/styles.xml"} <= {*file.namelist()}
    except BadZipFile:
        return False


def _file(path: Path) -> SourceFile:
    return read_files(path.parent, [path.name])[path.name]


def _parsed(file: SourceFile, log: ProblemLog) -> dict[str, Any]:
    """Return what a file holds; warnings of its encoding go to the log."""
    text = text_of(file, log)
    if text is None:
        raise _FileError(log.in_order()[0])
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _FileError(Problem(ProblemCode.TOO_DEEP, file.name)) from error
    except ValueError as error:  # TOMLDecodeError, and an endless number
        log.add(ProblemCode.NOT_TOML, row=None, **place_in(text, _index_of(error, text)))
        raise _FileError(log.in_order()[-1]) from error


def _index_of(error: ValueError, text: str) -> int:
    """Return where in a text the parser of TOML stopped, which it tells in its message only."""
    if told := _STOPPED.search(str(error)):
        before = text.split("\n")[: int(told[1]) - 1]
        return sum(len(line) + 1 for line in before) + int(told[2]) - 1
    endless = _ENDLESS.search(text)
    return endless.start() if endless else len(text)


class _Filler:
    """Fill classes from the tables of one file.

    Parameters
    ----------
    file
        Its name.
    examples
        By key, whole or its last part, what is told as an example of a value.
    """

    def __init__(self, file: str, examples: Mapping[str, str]) -> None:
        self._file, self._examples = file, examples

    def fill(self, values: Any, cls: type[T], prefix: str = "") -> T:  # noqa: ANN401  any TOML value
        """Return a table as its class; a text that is no text, or a date that is one, is refused."""
        try:
            return msgspec.convert(_paired(values), cls, dec_hook=_zone, builtin_types=(date, datetime))
        except msgspec.ValidationError as error:
            self._refuse(values, prefix, str(error))

    def _refuse(self, values: Any, prefix: str, message: str) -> NoReturn:  # noqa: ANN401  any TOML value
        """Raise what msgspec tells in its message only: ``Expected `int`, got `str` - at `$.lights.stale_days```."""
        refused = _REFUSED.fullmatch(message)
        reason, path = refused.groups("") if refused else (message, "")
        steps: list[str | int] = [name or int(number) for name, number in _STEP.findall(path)]
        absent = _FIELD.fullmatch(reason)
        if absent:
            steps.append(absent[1])
        elif steps and isinstance(steps[-1], int):
            steps.pop()  # a list is told as one value
        steps = _as_written(steps)
        is_type = ", got " in reason or reason == _NO_TEXT
        code = ProblemCode.MISSING_KEY if absent else ProblemCode.WRONG_TYPE if is_type else ProblemCode.BAD_SETTING
        value = "" if absent else reduce(lambda table, step: table[step], steps, values)
        key = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in (prefix, *steps))
        self.fail(code, key.lstrip("."), value)

    def fail(self, code: ProblemCode, key: str, value: object, allowed: str = "") -> NoReturn:
        """Raise the problem of a key."""
        last = key.rpartition(".")[2]
        allowed = allowed or self._examples.get(key) or self._examples.get(last, '"…"')
        raise _FileError(Problem(code, self._file, None, key, _written(value), {"allowed": allowed}))


def _paired(value: Any) -> Any:  # noqa: ANN401  any TOML value
    """Return values with name_zh and name_en as one table and the time zone as tz, as the classes have them."""
    if isinstance(value, list):
        return [_paired(one) for one in value]
    if not isinstance(value, dict):
        return value
    plain: dict[str, Any] = {}
    pairs: dict[str, dict[str, Any]] = {}
    for key, one in value.items():
        stem, _, lang = key.rpartition("_")
        if stem in _LABELS and lang in {"zh", "en"}:
            pairs.setdefault(stem, {})[lang] = one
        else:
            plain["tz" if key == "timezone" else key] = _paired(one)
    return plain | pairs


def _as_written(steps: list[str | int]) -> list[str | int]:
    """Return the way to a value of `_paired` as the file has it; to a label that is missing, that to its Chinese."""
    if steps and steps[-1] in _LABELS:
        steps = [*steps, "zh"]
    if len(steps) > 1 and steps[-2] in _LABELS:
        steps = [*steps[:-2], f"{steps[-2]}_{steps[-1]}"]
    return ["timezone"] if steps == ["tz"] else steps


def _zone(kind: type, value: object) -> object:
    """Return the time zone of a name; called by msgspec for what it does not know itself."""
    if kind is not ZoneInfo or not isinstance(value, str):
        raise TypeError(_NO_TEXT)
    try:
        return ZoneInfo(value)
    except (KeyError, OSError) as error:
        raise ValueError(value) from error


def _written(value: object) -> str:
    """Return a value as TOML writes it, as far as a sentence needs it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)
