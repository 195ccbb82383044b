"""Define supervision: the rungs of its ladder, the acts on them, and what one act holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from locales import Label, Text


class EscalationLevel(StrEnum):
    """Step of the ladder, mildest first."""

    REMIND = "remind"
    URGE = "urge"
    SUPERVISE = "supervise"
    CIRCULATE = "circulate"
    CLOSE = "close"


class Act(StrEnum):
    """What is done on a rung: the issuer issues and closes, the addressee receipts and replies."""

    ISSUE = "issue"
    RECEIPT = "receipt"
    REPLY = "reply"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class SupervisionEvent:
    """Hold one act of supervision on a task.

    `unit` is the addressee; `deadline` is the last day for the reply, in the campaign's time zone,
    None where none was set. `at` is the instant (UTC) at which the store learnt of it and `who` the
    name of who wrote it; None and empty until it is stored, as is `seq` 0.
    """

    task: str
    rung: EscalationLevel
    act: Act
    unit: str
    text: str
    deadline: date | None
    at: datetime | None = None
    who: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """Hold the campaign's rules of supervision.

    `reply_days` is, by rung, how many days an addressee is given for the reply; `prefix`
    stands before year and number of a notice.
    """

    reply_days: Mapping[EscalationLevel, int]
    prefix: Label


ESCALATION_LEVELS: Final = (
    EscalationLevel.REMIND,
    EscalationLevel.URGE,
    EscalationLevel.SUPERVISE,
    EscalationLevel.CIRCULATE,
)
"""Rungs that can be issued, mildest first; closing is no rung of its own on a ladder."""

LEVEL_RANK: Final[Mapping[EscalationLevel, int]] = MappingProxyType(
    {rung: rank for rank, rung in enumerate(EscalationLevel)}
)

DEFAULT_RULES: Final = SupervisionRules(
    MappingProxyType(
        {EscalationLevel.REMIND: 5, EscalationLevel.URGE: 3, EscalationLevel.SUPERVISE: 3, EscalationLevel.CIRCULATE: 2}
    ),
    Text("Supervision "),
)
"""What a campaign keeps to that sets no rules of its own: less time on each rung."""

LEVEL_LABELS: Final[Mapping[EscalationLevel, Label]] = MappingProxyType(
    {
        EscalationLevel.REMIND: Text("Remind"),
        EscalationLevel.URGE: Text("Urge"),
        EscalationLevel.SUPERVISE: Text("Supervise"),
        EscalationLevel.CIRCULATE: Text("Circulate"),
        EscalationLevel.CLOSE: Text("Close", context="supervision"),
    },
)

ACT_LABELS: Final[Mapping[Act, Label]] = MappingProxyType(
    {
        Act.ISSUE: Text("Issued"),
        Act.RECEIPT: Text("Received"),
        Act.REPLY: Text("Answered"),
        Act.CLOSE: Text("Closed", context="supervision"),
    },
)


def next_level(rung: EscalationLevel) -> EscalationLevel | None:
    """Return the rung above one, None above the highest."""
    above = ESCALATION_LEVELS[ESCALATION_LEVELS.index(rung) + 1 :] if rung in ESCALATION_LEVELS else ()
    return above[0] if above else None
