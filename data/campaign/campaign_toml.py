"""Read campaign.toml, which must be right, since nothing can be shown without it."""

import math
import re
import tomllib
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo

from data.campaign.files import SourceFile, place_in, text_of
from geo.model.campaign import DEFAULT_JOINT, Campaign, Category, Extent, JointRules, LightRules, Phase
from geo.model.status import Label
from geo.model.supervision import DEFAULT_RULES, SupervisionRules
from geo.space.crs import is_metric
from geo.validation.codes import ProblemCode
from geo.validation.problem import CampaignError, Problem, ProblemLog

_STOPPED: Final = re.compile(r"at line (\d+), column (\d+)")
_ENDLESS: Final = re.compile(r"[0-9_]{4000}")
_TEXT: Final = '"…"'
_DAY: Final = "2030-09-30"
_EXTENT: Final = "[120.0, 30.0, 121.0, 31.0]"
_INSTANT: Final = "[2030-09-15T14:00:00+08:00]"
REPLY_DAYS_MAX: Final = 366
JOINT_M_MAX: Final = 5000
_LON_LAT_MAX: Final = (180.0, 90.0, 180.0, 90.0)


def read_campaign(file: SourceFile) -> tuple[Campaign, list[Problem]]:
    """Return the campaign, and the warnings of its file.

    Raises
    ------
    CampaignError
        The file is missing, no TOML, or lacks a key, or a value cannot be used.
    """
    log = ProblemLog(file.name)
    text = text_of(file, log)
    if text is None:
        raise CampaignError(log.in_order()[0])
    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise CampaignError(Problem(ProblemCode.TOO_DEEP, file.name)) from error
    except ValueError as error:  # TOMLDecodeError, and an endless number
        log.add(ProblemCode.NOT_TOML, row=None, **place_in(text, _index_of(error, text)))
        raise CampaignError(log.in_order()[-1]) from error
    return _campaign(_Table(file.name, "", values)), log.in_order()


def _index_of(error: ValueError, text: str) -> int:
    """Return where in a text the parser of TOML stopped, which it tells in its message only."""
    if told := _STOPPED.search(str(error)):
        before = text.split("\n")[: int(told[1]) - 1]
        return sum(len(line) + 1 for line in before) + int(told[2]) - 1
    endless = _ENDLESS.search(text)
    return endless.start() if endless else len(text)


class _Table:
    """Take typed values out of one table of a TOML file; what is wrong is named."""

    def __init__(self, file: str, prefix: str, values: dict[str, Any]) -> None:
        self.file = file
        self.prefix = prefix
        self.values = values

    def fail(self, code: ProblemCode, key: str, allowed: str) -> NoReturn:
        value = "" if code == ProblemCode.MISSING_KEY else _written(self.values[key])
        raise CampaignError(Problem(code, self.file, None, self.prefix + key, value, {"allowed": allowed}))

    def get(self, key: str, allowed: str, is_type: Callable[[Any], bool]) -> Any:  # noqa: ANN401  any TOML value
        if key not in self.values:
            self.fail(ProblemCode.MISSING_KEY, key, allowed)
        if not is_type(self.values[key]):
            self.fail(ProblemCode.WRONG_TYPE, key, allowed)
        return self.values[key]

    def text(self, key: str, allowed: str = _TEXT) -> str:
        text: str = self.get(key, allowed, lambda value: isinstance(value, str))
        if not text.strip():
            self.fail(ProblemCode.BAD_SETTING, key, allowed)
        return text

    def label(self, key: str) -> Label:
        return Label(self.text(f"{key}_zh"), self.text(f"{key}_en"))

    def flag(self, key: str) -> bool:
        return bool(self.get(key, "true", lambda value: isinstance(value, bool)))

    def days(self, key: str, example: str, *, most: float = math.inf) -> int:
        days: int = self.get(key, example, lambda value: isinstance(value, int) and not isinstance(value, bool))
        if not 0 <= days <= most:
            self.fail(ProblemCode.BAD_SETTING, key, example)
        return days

    whole = days
    """A whole number of anything that cannot be negative is read like one of days."""

    def day(self, key: str, *, not_before: date = date.min) -> date:
        day: date = self.get(key, _DAY, lambda value: isinstance(value, date) and not isinstance(value, datetime))
        if day < not_before:
            self.fail(ProblemCode.BAD_SETTING, key, f">= {not_before.isoformat()}")
        return day

    def extent(self, key: str) -> Extent:
        sides = self.get(key, _EXTENT, _is_four_numbers)
        west, south, east, north = (float(side) for side in sides)
        in_range = all(abs(side) <= most for side, most in zip(sides, _LON_LAT_MAX, strict=True))
        if not (in_range and west < east and south < north):
            self.fail(ProblemCode.BAD_SETTING, key, _EXTENT)
        return west, south, east, north

    def instants(self, key: str) -> tuple[datetime, ...]:
        instants = self.get(key, _INSTANT, lambda value: isinstance(value, list))
        if not all(isinstance(one, datetime) and one.tzinfo is not None for one in instants):
            self.fail(ProblemCode.WRONG_TYPE, key, _INSTANT)
        return tuple(one.astimezone(UTC) for one in instants)

    def table(self, key: str) -> "_Table":
        values = self.get(key, "{ … }", lambda value: isinstance(value, dict))
        return _Table(self.file, f"{self.prefix}{key}.", values)

    def tables(self, key: str) -> list["_Table"]:
        example = f"[[{key}]]"
        rows = self.get(
            key,
            example,
            lambda value: isinstance(value, list) and all(isinstance(x, dict) for x in value),
        )
        if not rows:
            self.fail(ProblemCode.BAD_SETTING, key, example)
        return [_Table(self.file, f"{self.prefix}{key}[{number}].", row) for number, row in enumerate(rows, start=1)]


def _written(value: object) -> str:
    """Return a value as TOML writes it, as far as a sentence needs it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_plainly, value))}]"
    return _plainly(value)


def _plainly(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_four_numbers(value: object) -> bool:
    sides = value if isinstance(value, list) else []
    return len(sides) == len(_LON_LAT_MAX) and all(type(side) in (int, float) for side in sides)


def _campaign(top: _Table) -> Campaign:
    start = top.day("start")
    opening = top.day("opening", not_before=start)
    lights = top.table("lights")
    return Campaign(
        id=top.text("id"),
        name=top.label("name"),
        short=top.label("short"),
        tz=_time_zone(top),
        metric_crs=_metric_crs(top),
        extent=top.extent("extent"),
        view=top.extent("view"),
        sample=top.flag("sample"),
        start=start,
        end=top.day("end", not_before=start),
        deadline=top.day("deadline", not_before=start),
        opening=opening,
        closing=top.day("closing", not_before=opening),
        demonstration=top.day("demonstration", not_before=start),
        meetings=top.instants("meetings"),
        supervising_unit=top.text("supervising_unit"),
        lights=LightRules(lights.days("due_soon_days", "7"), lights.days("stale_days", "14")),
        phases=_phases(top),
        categories=tuple(Category(key, table.label("name")) for key, table in _by_id(top.tables("categories"))),
        attribution=_attribution(top.table("attribution")),
        supervision=_supervision(top),
        joint=_joint(top),
    )


def _attribution(table: _Table) -> Label:
    return Label(table.text("zh"), table.text("en"))


def _supervision(top: _Table) -> SupervisionRules:
    """Return the rules of supervision; what is not written is as in `DEFAULT_RULES`."""
    if "supervision" not in top.values:
        return DEFAULT_RULES
    table = top.table("supervision")
    days = {
        rung: table.days(f"{rung}_days", str(usual), most=REPLY_DAYS_MAX) if f"{rung}_days" in table.values else usual
        for rung, usual in DEFAULT_RULES.reply_days.items()
    }
    prefix = table.label("prefix") if {"prefix_zh", "prefix_en"} & table.values.keys() else DEFAULT_RULES.prefix
    return SupervisionRules(MappingProxyType(days), prefix)


def _joint(top: _Table) -> JointRules:
    """Return the thresholds of joint action in metres; what is not written is as in `DEFAULT_JOINT`."""
    if "joint" not in top.values:
        return DEFAULT_JOINT
    table = top.table("joint")
    usual = asdict(DEFAULT_JOINT)
    metres = {key: table.whole(key, str(usual[key]), most=JOINT_M_MAX) for key in usual if key in table.values}
    return replace(DEFAULT_JOINT, **metres)


def _phases(top: _Table) -> tuple[Phase, ...]:
    phases = []
    for key, table in _by_id(top.tables("phases")):
        start = table.day("start")
        phases.append(Phase(key, table.label("name"), start, table.day("end", not_before=start)))
    return tuple(phases)


def _by_id(tables: list[_Table]) -> list[tuple[str, _Table]]:
    seen: dict[str, _Table] = {}
    for table in tables:
        key = table.text("id")
        if key in seen:
            table.fail(ProblemCode.BAD_SETTING, "id", _TEXT)
        seen[key] = table
    return list(seen.items())


def _time_zone(top: _Table) -> ZoneInfo:
    example = '"Asia/Shanghai"'
    name = top.text("timezone", example)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        top.fail(ProblemCode.BAD_SETTING, "timezone", example)


def _metric_crs(top: _Table) -> str:
    example = '"EPSG:4549"'
    crs = top.text("metric_crs", example)
    if not is_metric(crs):
        top.fail(ProblemCode.BAD_SETTING, "metric_crs", example)
    return crs
