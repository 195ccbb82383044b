r"""Fold the acts of supervision into the ladder on which each task stands at an instant.

A ladder begins with the first rung issued and ends when it is closed; what is issued afterwards begins
a new one. One table says which act may follow which; services ask it before they store an act:

stands \ act    issue             receipt   reply   close
never, closed  any rung          -         -       -
issued         not below         yes       yes     yes
received       not below         -         yes     yes
answered       not below         -         yes     yes

Issuing and closing are the supervising side's, receipt and reply the addressee's. Acts that the table refuses are
passed over, so that whatever a store holds gives a sound ladder. A deadline is a day: it has passed from 00:00 of the
day after, local time.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

from geo.model.campaign import local_day
from geo.model.supervision import (
    ACT_LABELS,
    ESCALATION_LEVELS,
    LEVEL_LABELS,
    LEVEL_RANK,
    Act,
    EscalationLevel,
    SupervisionEvent,
    next_level,
)
from locales import Label, Text, joined


class StepState(StrEnum):
    """Where a ladder stands, as far as it decides what may follow."""

    NONE = "none"
    ISSUED = "issued"
    RECEIVED = "received"
    ANSWERED = "answered"


FOLLOWS: Final[Mapping[StepState, frozenset[Act]]] = MappingProxyType(
    {
        StepState.NONE: frozenset({Act.ISSUE}),
        StepState.ISSUED: frozenset({Act.ISSUE, Act.RECEIPT, Act.REPLY, Act.CLOSE}),
        StepState.RECEIVED: frozenset({Act.ISSUE, Act.REPLY, Act.CLOSE}),
        StepState.ANSWERED: frozenset({Act.ISSUE, Act.REPLY, Act.CLOSE}),
    },
)
"""Which acts may come next."""

TEXT_ACTS: Final = frozenset({Act.ISSUE, Act.REPLY, Act.CLOSE})
"""Acts that must say something."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Say what is wrong with one field of an act: `need` is a sentence that tells what to do."""

    field: str
    need: Label


def permits(standing: StepState, rung: EscalationLevel | None, event: SupervisionEvent) -> bool:
    """Tell whether an act may follow.

    Parameters
    ----------
    standing
        Where the task's ladder stands.
    rung
        Rung of its last step; counts where the ladder is open.
    event
        The act. An answer must name the rung that it answers.
    """
    if event.act not in FOLLOWS[standing]:
        return False
    if event.act is Act.ISSUE:
        return event.rung in ESCALATION_LEVELS and (
            standing is StepState.NONE or rung is None or not _below(event.rung, rung)
        )
    return event.act is Act.CLOSE or event.rung == rung


def issuable(ladder: "Ladder | None") -> tuple[EscalationLevel, ...]:
    """Return the rungs that may be issued next, mildest first."""
    if ladder is None or not ladder.open:
        return ESCALATION_LEVELS
    return tuple(rung for rung in ESCALATION_LEVELS if not _below(rung, ladder.last.rung))


def check_act(
    ladder: "Ladder | None",
    event: SupervisionEvent,
    *,
    units: Collection[str],
    today: date,
) -> tuple[Fault, ...]:
    """Return everything that is wrong with an act before it is stored, empty where nothing is.

    Parameters
    ----------
    ladder
        The task's ladder as it stands, None where it was never supervised.
    event
        The act that somebody wants.
    units
        Lead and supporting units of the task; one of them is addressed.
    today
        Day of the act in the campaign's time zone.
    """
    return (*_order(ladder, event), *_addressee(ladder, event, units), *_content(event, today))


def _below(rung: EscalationLevel, other: EscalationLevel) -> bool:
    return LEVEL_RANK[rung] < LEVEL_RANK[other]


def _order(ladder: "Ladder | None", event: SupervisionEvent) -> Iterator[Fault]:
    standing = StepState.NONE if ladder is None else ladder.standing
    rung = None if ladder is None else ladder.last.rung
    if event.act not in FOLLOWS[standing]:
        yield Fault("act", _impossible(standing, event.act))
    elif not permits(standing, rung, event):
        choices = issuable(ladder) if event.act is Act.ISSUE else tuple(filter(None, (rung,)))
        yield Fault("rung", _wrong_rung(event.rung, choices))


def _addressee(ladder: "Ladder | None", event: SupervisionEvent, units: Collection[str]) -> Iterator[Fault]:
    if event.act is Act.ISSUE and event.unit not in units:
        yield Fault(
            "addressee",
            Text("is the lead or a supporting unit of the task; choose one."),
        )
    if event.act is not Act.ISSUE and ladder is not None and ladder.open and event.unit != ladder.last.unit:
        yield Fault(
            "addressee",
            Text("has changed since; open the task anew and try again."),
        )


def _content(event: SupervisionEvent, today: date) -> Iterator[Fault]:
    if event.act in TEXT_ACTS and not event.text.strip():
        yield Fault("text", _TEXT_NEEDS[event.act])
    if event.act is Act.ISSUE and event.deadline is not None and event.deadline < today:
        yield Fault("deadline", Text("cannot be before {day}.", day=today))
    if event.act is not Act.ISSUE and event.deadline is not None:
        yield Fault("deadline", Text("is set only where a rung is issued."))


def _impossible(standing: StepState, act: Act) -> Label:
    state, name = _STANDINGS[standing], ACT_LABELS[act]
    return Text(
        "{state}, so it cannot be “{name:lower}” now. Open the task anew to see where it stands.",
        state=state,
        name=name,
    )


def _wrong_rung(rung: EscalationLevel, choices: tuple[EscalationLevel, ...]) -> Label:
    names = joined(LEVEL_LABELS[one] for one in choices)
    return Text("cannot be “{rung}”. Choose one of: {names}.", rung=LEVEL_LABELS[rung], names=names)


_TEXT_NEEDS: Final[Mapping[Act, Label]] = MappingProxyType(
    {
        Act.ISSUE: Text("say what is demanded."),
        Act.REPLY: Text("say what was done."),
        Act.CLOSE: Text("say why it is closed."),
    },
)
_STANDINGS: Final[Mapping[StepState, Label]] = MappingProxyType(
    {
        StepState.NONE: Text("No supervision of this task is open"),
        StepState.ISSUED: Text("The supervision has been issued"),
        StepState.RECEIVED: Text("Its receipt has been confirmed"),
        StepState.ANSWERED: Text("It has been answered"),
    },
)


Wait = Literal["receipt", "reply"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold one reply of an addressee."""

    text: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one rung as it was issued to a unit.

    `number` counts what the campaign issued, from 1. `receipt_at` is the first reply's instant where
    nobody confirmed the receipt before. `overdue` tells that the deadline passed before a first reply,
    and stays true when one comes late.
    """

    rung: EscalationLevel
    unit: str
    text: str
    issued_at: datetime
    issued_by: str
    deadline: date | None
    number: int
    seq: int = 0
    receipt_at: datetime | None = None
    received_by: str = ""
    replies: tuple[Answer, ...] = ()
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """Hold the supervision of one task at an instant; days are calendar days in the campaign's time zone.

    `rung` is the highest issued, None where the ladder is closed. `waiting_for` is what the addressee of
    the last step owes, None where nothing, and `days_waiting` counts since it owes that.
    `reply_overdue_days` counts from the last step's deadline while it has no reply. `proposed` is the
    rung above where that deadline has passed; nobody takes it but a person. `seq` is that of the last act,
    and `earlier` are the task's closed ladders, oldest first.
    """

    task: str
    steps: tuple[Step, ...]
    open: bool
    rung: EscalationLevel | None
    waiting_for: Wait | None = None
    waiting_since: datetime | None = None
    days_waiting: int = 0
    reply_overdue_days: int = 0
    proposed: EscalationLevel | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    closing: str = ""
    seq: int = 0
    earlier: tuple["Ladder", ...] = ()

    @property
    def last(self) -> Step:
        """The step that stands; its addressee is who answers."""
        return self.steps[-1]

    @property
    def standing(self) -> StepState:
        """Where the ladder stands, as the rules tell it apart."""
        if not self.open:
            return StepState.NONE
        return _standing(self.last)


def ladders(events: Iterable[SupervisionEvent], as_of: datetime, tz: tzinfo) -> Mapping[str, Ladder]:
    """Return the ladders of the tasks that were ever supervised, by task, as they were known at an instant.

    Parameters
    ----------
    events
        Acts in any order; those without `at` are not stored yet and not known.
    as_of, tz
        Aware instant, and the campaign's time zone.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    today = local_day(as_of, tz)
    builders: dict[str, _LadderBuilder] = {}
    issued = 0
    for event in _known(events, as_of):
        builder = builders.setdefault(event.task, _LadderBuilder())
        if builder.take(event, issued + 1, tz) and event.act is Act.ISSUE:
            issued += 1
    found = {task: builder.ladder(task, today, tz) for task, builder in builders.items() if builder.steps}
    return MappingProxyType(found)


def _known(events: Iterable[SupervisionEvent], as_of: datetime) -> list[SupervisionEvent]:
    known = [(event.at, event.seq, event) for event in events if event.at is not None and event.at <= as_of]
    return [event for _, _, event in sorted(known, key=lambda one: one[:2])]


def _standing(step: Step) -> StepState:
    if step.replies:
        return StepState.ANSWERED
    return StepState.ISSUED if step.receipt_at is None else StepState.RECEIVED


@dataclass(slots=True)
class _LadderBuilder:
    """Gather the acts on one task, in their order."""

    steps: list[Step] = field(default_factory=list)
    closed: SupervisionEvent | None = None
    past: list[tuple[list[Step], SupervisionEvent]] = field(default_factory=list)
    seq: int = 0

    def take(self, event: SupervisionEvent, number: int, tz: tzinfo) -> bool:
        """Take an act, and tell whether the rules let it count."""
        standing = StepState.NONE if self.closed or not self.steps else _standing(self.steps[-1])
        if not permits(standing, self.steps[-1].rung if self.steps else None, event):
            return False
        _TAKERS[event.act](self, event, number, tz)
        self.seq = event.seq
        return True

    def issue(self, event: SupervisionEvent, number: int, _tz: tzinfo) -> None:
        if self.closed:
            self.past.append((self.steps, self.closed))
            self.steps, self.closed = [], None
        at = _at(event)
        step = Step(event.rung, event.unit, event.text, at, event.who, event.deadline, number, event.seq)
        self.steps.append(step)

    def receipt(self, event: SupervisionEvent, _number: int, _tz: tzinfo) -> None:
        self.steps[-1] = replace(self.steps[-1], receipt_at=event.at, received_by=event.who)

    def reply(self, event: SupervisionEvent, _number: int, tz: tzinfo) -> None:
        step, at = self.steps[-1], _at(event)
        if step.receipt_at is None:
            step = replace(step, receipt_at=at, received_by=event.who)
        late = step.overdue or (not step.replies and _passed(step.deadline, local_day(at, tz)) > 0)
        self.steps[-1] = replace(step, replies=(*step.replies, Answer(event.text, at, event.who)), overdue=late)

    def close(self, event: SupervisionEvent, _number: int, tz: tzinfo) -> None:
        self.steps = _aged(self.steps, local_day(_at(event), tz), tz)
        self.closed = event

    def ladder(self, task: str, today: date, tz: tzinfo) -> Ladder:
        """Return the ladder at the end of what was taken."""
        earlier = tuple(_closed(task, steps, event) for steps, event in self.past)
        if self.closed:
            return replace(_closed(task, self.steps, self.closed), seq=self.seq, earlier=earlier)
        ladder = _open(task, _aged(self.steps, today, tz), today, tz)
        return replace(ladder, seq=self.seq, earlier=earlier)


_TAKERS: Final = MappingProxyType(
    {
        Act.ISSUE: _LadderBuilder.issue,
        Act.RECEIPT: _LadderBuilder.receipt,
        Act.REPLY: _LadderBuilder.reply,
        Act.CLOSE: _LadderBuilder.close,
    },
)


def _at(event: SupervisionEvent) -> datetime:
    assert event.at is not None  # noqa: S101  `_known` leaves out all others
    return event.at


def _passed(deadline: date | None, today: date) -> int:
    """Return the days since a deadline, 0 where it has not passed or there is none."""
    return 0 if deadline is None else max(0, (today - deadline).days)


def _aged(steps: list[Step], today: date, tz: tzinfo) -> list[Step]:
    """Return steps with their deadlines told; a step is due until the next one is issued."""
    ends = [*(local_day(step.issued_at, tz) for step in steps[1:]), today]
    return [
        step if step.replies else replace(step, overdue=_passed(step.deadline, end) > 0)
        for step, end in zip(steps, ends, strict=True)
    ]


def _open(task: str, steps: list[Step], today: date, tz: tzinfo) -> Ladder:
    last = steps[-1]
    waiting: Wait | None = None if last.replies else "receipt" if last.receipt_at is None else "reply"
    since = None if waiting is None else (last.receipt_at or last.issued_at)
    late = 0 if last.replies else _passed(last.deadline, today)
    return Ladder(
        task=task,
        steps=tuple(steps),
        open=True,
        rung=last.rung,
        waiting_for=waiting,
        waiting_since=since,
        days_waiting=0 if since is None else (today - local_day(since, tz)).days,
        reply_overdue_days=late,
        proposed=next_level(last.rung) if late else None,
    )


def _closed(task: str, steps: list[Step], event: SupervisionEvent) -> Ladder:
    return Ladder(
        task=task,
        steps=tuple(steps),
        open=False,
        rung=None,
        closed_at=event.at,
        closed_by=event.who,
        closing=event.text,
        seq=event.seq,
    )
