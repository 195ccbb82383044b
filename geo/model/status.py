"""Define statuses, lights and difficulties with labels, colours, glyphs and order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Label:
    """Hold one text in both languages of the screen."""

    zh: str
    en: str

    def get(self, lang: Lang) -> str:
        """Return the text in one language, or the other language's text where that one is empty."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class ThemeColour:
    """Hold one colour as `#RRGGBB` for the light and for the dark theme."""

    light: str
    dark: str


class Status(StrEnum):
    """State of a task as its unit reports it."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    ACCEPTED = "accepted"


class Light(StrEnum):
    """Derived signal of a task or feature; never stored."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    NONE = "none"
    DONE = "done"


class DifficultyKind(StrEnum):
    """Kind of difficulty that a unit reports."""

    LAND = "land"
    PIPELINES = "pipelines"
    FUNDS = "funds"
    PERMITS = "permits"
    WEATHER = "weather"
    COORDINATION = "coordination"
    OTHER = "other"


STATUS_ORDER: Final = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.BLOCKED,
    Status.DONE,
    Status.ACCEPTED,
)

FINISHED: Final = frozenset({Status.DONE, Status.ACCEPTED})

LIGHT_ORDER: Final = (Light.RED, Light.YELLOW, Light.GREEN, Light.NONE, Light.DONE)
"""Worst first: a feature takes the first of these that one of its tasks has."""

STATUS_LABELS: Final[Mapping[Status, Label]] = MappingProxyType(
    {
        Status.NOT_STARTED: Label("未开始", "Not started"),
        Status.IN_PROGRESS: Label("推进中", "In progress"),
        Status.BLOCKED: Label("受阻", "Blocked"),
        Status.DONE: Label("已完成", "Done"),
        Status.ACCEPTED: Label("已销号", "Accepted"),
    },
)

LIGHT_LABELS: Final[Mapping[Light, Label]] = MappingProxyType(
    {
        Light.RED: Label("超期或受阻", "Late or blocked"),
        Light.YELLOW: Label("临近到期", "Due soon"),
        Light.GREEN: Label("按计划", "On plan"),
        Light.NONE: Label("未开始", "Not started"),
        Light.DONE: Label("已完成", "Done"),
    },
)

DIFFICULTY_LABELS: Final[Mapping[DifficultyKind, Label]] = MappingProxyType(
    {
        DifficultyKind.LAND: Label("征地腾地", "land"),
        DifficultyKind.PIPELINES: Label("管线搬迁", "pipelines"),
        DifficultyKind.FUNDS: Label("资金", "funds"),
        DifficultyKind.PERMITS: Label("审批手续", "permits"),
        DifficultyKind.WEATHER: Label("天气", "weather"),
        DifficultyKind.COORDINATION: Label("协调配合", "coordination"),
        DifficultyKind.OTHER: Label("其他", "other"),
    },
)

LIGHT_GLYPHS: Final[Mapping[Light, str]] = MappingProxyType(
    {
        Light.RED: "◆",
        Light.YELLOW: "▲",
        Light.GREEN: "●",
        Light.NONE: "○",
        Light.DONE: "✓",
    },
)

LIGHT_COLOURS: Final[Mapping[Light, ThemeColour]] = MappingProxyType(
    {
        Light.RED: ThemeColour("#D23B2E", "#FF7363"),
        Light.YELLOW: ThemeColour("#E8A100", "#FFC02E"),
        Light.GREEN: ThemeColour("#1B8A6B", "#3CC79F"),
        Light.NONE: ThemeColour("#9AA4B2", "#B5BDC8"),
        Light.DONE: ThemeColour("#4A7FB5", "#84B2E0"),
    },
)
