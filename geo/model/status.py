"""Define lights, statuses and difficulties: each member is one object that holds all its traits, in order.

Everything else asks the member: whoever adds a status writes it here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, Self

from locales import Text


class Vocabulary(StrEnum):
    """A closed set of words; each is written with its value and the traits that its class annotates, in that order."""

    def __new__(cls, value: str, *traits: object) -> Self:
        """Make the member that is stored and sent as its value."""
        member = str.__new__(cls, value)
        member._value_ = value
        for name, trait in zip(cls.__annotations__, traits, strict=True):
            setattr(member, name, trait)
        return member


@dataclass(frozen=True, slots=True)
class ThemeColour:
    """Hold one colour as `#RRGGBB` for the light and for the dark theme."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class LightStyle:
    """Say how a light is shown.

    Parameters
    ----------
    glyph, colour
        Its sign in a text, and its colour on both themes.
    outline
        SVG path of its shape in a box of 28 × 16.
    letter
        Its letter in the text that holds the lights of all features.
    loudness
        Factor on the widths of a line: quiet when fine, loud when late.
    worth_minutes
        Minutes of walking that a project with this light is worth.
    filled
        Whether the shape is filled; others are drawn as a line.
    """

    glyph: str
    colour: ThemeColour
    outline: str
    letter: str
    loudness: float
    worth_minutes: float
    filled: bool = True


_DIAMOND: Final = "M14 1.5 20.5 8 14 14.5 7.5 8Z"
_TRIANGLE: Final = "M14 2 20.8 14 7.2 14Z"
_DISC: Final = "M14 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11Z"
_RING: Final = "M14 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z"
_TICK: Final = "M8.2 8.4 12.4 12.6 20 3.8"


class Light(Vocabulary):
    """Derived signal of a task or feature, never stored; a feature takes the first that one of its tasks has."""

    label: Text
    style: LightStyle

    RED = (
        "red",
        Text("Late or blocked"),
        LightStyle("◆", ThemeColour("#D23B2E", "#FF7363"), _DIAMOND, "r", 1.55, 20.0),
    )
    YELLOW = (
        "yellow",
        Text("Due soon"),
        LightStyle("▲", ThemeColour("#E8A100", "#FFC02E"), _TRIANGLE, "y", 1.2, 10.0),
    )
    GREEN = (
        "green",
        Text("On plan"),
        LightStyle("●", ThemeColour("#1B8A6B", "#3CC79F"), _DISC, "g", 1.0, 2.0),
    )
    NONE = (
        "none",
        Text("Not started"),
        LightStyle("○", ThemeColour("#9AA4B2", "#B5BDC8"), _RING, "n", 0.9, 1.0, filled=False),
    )
    DONE = (
        "done",
        Text("Done"),
        LightStyle("✓", ThemeColour("#4A7FB5", "#84B2E0"), _TICK, "d", 0.9, -30.0, filled=False),
    )

    @property
    def loud(self) -> bool:
        """Whether it calls for somebody: it is drawn larger, and never without its sign."""
        return self.style.loudness > 1


FULL: Final = 100
"""The percentage of what is finished."""

_OPEN: Final = (0, FULL - 1)
_WHOLE: Final = (FULL, FULL)


@dataclass(frozen=True, slots=True)
class StatusRule:
    """Say what follows from a status.

    Parameters
    ----------
    light
        Its light where no date presses; of a finished task always.
    percents
        Least and greatest percentage that goes with it.
    begun
        Whether work has begun.
    blocked
        Whether something stands in the way; that is told with its kind of difficulty.
    finished
        Whether the work is done, so that no date presses any more.
    accepted
        Whether it is signed off as well.
    """

    light: Light
    percents: tuple[int, int]
    begun: bool = True
    blocked: bool = False
    finished: bool = False
    accepted: bool = False


class Status(Vocabulary):
    """State of a task as its unit reports it, in the order of lists; the first is what a task begins as."""

    label: Text
    rule: StatusRule

    NOT_STARTED = "not_started", Text("Not started"), StatusRule(Light.NONE, (0, 0), begun=False)
    IN_PROGRESS = "in_progress", Text("In progress"), StatusRule(Light.GREEN, _OPEN)
    BLOCKED = "blocked", Text("Blocked"), StatusRule(Light.RED, _OPEN, blocked=True)
    DONE = "done", Text("Done"), StatusRule(Light.DONE, _WHOLE, finished=True)
    ACCEPTED = "accepted", Text("Accepted"), StatusRule(Light.DONE, _WHOLE, finished=True, accepted=True)


@dataclass(frozen=True, slots=True)
class Transition:
    """Hold by which right a task goes from one status to another, and the fields of the report that it demands."""

    right: Literal["report", "accept", "reopen"]
    required_fields: tuple[str, ...] = ()


_DIFFICULTY: Final = ("difficulty_kind", "difficulty")
_REPORT: Final = Transition("report")
_BLOCK: Final = Transition("report", _DIFFICULTY)
_FINISH: Final = Transition("report", ("percent",))
_TAKE_BACK: Final = Transition("report", ("note",))

TRANSITIONS: Final[Mapping[tuple[Status, Status], Transition]] = MappingProxyType(
    {
        (Status.NOT_STARTED, Status.NOT_STARTED): _REPORT,
        (Status.NOT_STARTED, Status.IN_PROGRESS): _REPORT,
        (Status.NOT_STARTED, Status.BLOCKED): _BLOCK,
        (Status.NOT_STARTED, Status.DONE): _FINISH,
        (Status.IN_PROGRESS, Status.NOT_STARTED): _TAKE_BACK,
        (Status.IN_PROGRESS, Status.IN_PROGRESS): _REPORT,
        (Status.IN_PROGRESS, Status.BLOCKED): _BLOCK,
        (Status.IN_PROGRESS, Status.DONE): _FINISH,
        (Status.BLOCKED, Status.NOT_STARTED): _TAKE_BACK,
        (Status.BLOCKED, Status.IN_PROGRESS): _REPORT,
        (Status.BLOCKED, Status.BLOCKED): _BLOCK,
        (Status.BLOCKED, Status.DONE): _FINISH,
        (Status.DONE, Status.IN_PROGRESS): _TAKE_BACK,
        (Status.DONE, Status.BLOCKED): Transition("report", ("note", *_DIFFICULTY)),
        (Status.DONE, Status.DONE): _FINISH,
        (Status.DONE, Status.ACCEPTED): Transition("accept", ("percent",)),
        (Status.ACCEPTED, Status.IN_PROGRESS): Transition("reopen", ("note",)),
    },
)
r"""What is not named is impossible: only a done task is signed off, and a task that was signed off is reopened first.

from \ to       not started   in progress   blocked             done      accepted
not started     report        report        difficulty          100 %     -
in progress     reason        report        difficulty          100 %     -
blocked         reason        report        difficulty          100 %     -
done            -             reason        reason, difficulty  100 %     sign-off, 100 %
accepted        -             reopening,    -                   -         -
                              reason
"""


INITIAL: Final = next(iter(Status))
"""What a task is of which nothing was reported."""

STATUS_ORDER: Final = tuple(Status)
FINISHED: Final = frozenset(status for status in Status if status.rule.finished)
ACCEPTED: Final = frozenset(status for status in Status if status.rule.accepted)
BLOCKED: Final = frozenset(status for status in Status if status.rule.blocked)
NOT_BEGUN: Final = frozenset(status for status in Status if not status.rule.begun)
STATUS_LABELS: Final[Mapping[Status, Text]] = MappingProxyType({status: status.label for status in Status})

LIGHT_ORDER: Final = tuple(Light)
LIGHT_LABELS: Final[Mapping[Light, Text]] = MappingProxyType({light: light.label for light in Light})
LIGHT_GLYPHS: Final[Mapping[Light, str]] = MappingProxyType({light: light.style.glyph for light in Light})
LIGHT_COLOURS: Final[Mapping[Light, ThemeColour]] = MappingProxyType({light: light.style.colour for light in Light})


class DifficultyKind(StrEnum):
    """Kind of difficulty that a unit reports."""

    LAND = "land"
    PIPELINES = "pipelines"
    FUNDS = "funds"
    PERMITS = "permits"
    WEATHER = "weather"
    COORDINATION = "coordination"
    OTHER = "other"


DIFFICULTY_LABELS: Final[Mapping[DifficultyKind, Text]] = MappingProxyType(
    {
        DifficultyKind.LAND: Text("land"),
        DifficultyKind.PIPELINES: Text("pipelines"),
        DifficultyKind.FUNDS: Text("funds"),
        DifficultyKind.PERMITS: Text("permits"),
        DifficultyKind.WEATHER: Text("weather"),
        DifficultyKind.COORDINATION: Text("coordination"),
        DifficultyKind.OTHER: Text("other"),
    },
)
