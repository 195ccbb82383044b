"""Say what moved between two instants, by default since the last meeting, and put each move into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from geo.model.campaign import Campaign
from geo.model.status import LIGHT_LABELS, STATUS_LABELS
from geo.model.supervision import ACT_LABELS, LEVEL_LABELS, Act
from geo.tasks.changes import Changes, Move, TaskChange, TaskState, changes
from geo.tasks.joins import Board
from locales import NOTHING, Label, Text, joined, same
from services.campaign.context import CampaignContext
from services.reports.forms import FIELD_LABELS

ARROW: Final = "→"


def moved_how(change: TaskChange, move: Move) -> Label:
    """How a task made one of its moves, such as "in progress 45% → blocked 45%"; empty where the move says it all."""
    return _SAID[move](change)


def _from_to(one: Label, other: Label) -> Label:
    return joined((one, other), same(f" {ARROW} "))


def _standing(state: TaskState) -> Label:
    label = STATUS_LABELS[state.status]
    return Text("{label} {percent}%", label=label, percent=state.percent)


def _status(change: TaskChange) -> Label:
    if change.before is None or change.after is None:
        return _standing(change.states[0])
    return _from_to(_standing(change.before), _standing(change.after))


def _percent(change: TaskChange) -> Label:
    if change.before is None or change.after is None:
        return NOTHING
    return same(f"{change.before.percent}% {ARROW} {change.after.percent}%")


def _due(change: TaskChange) -> Label:
    state = change.states[0]
    standing = _standing(state)
    if state.due is None:
        return Text("no due date, {standing:lower}", standing=standing)
    return Text("due on {day}, {standing:lower}", day=state.due, standing=standing)


def _put_off(change: TaskChange) -> Label:
    was, now = (state.due if state else None for state in (change.before, change.after))
    said = _from_to(_day(was), _day(now))
    if was is None or now is None:
        return said
    days = (now - was).days
    if days > 0:
        return Text.plural("{change} ({n} day later)", "{change} ({n} days later)", days, change=said)
    return Text.plural("{change} ({n} day earlier)", "{change} ({n} days earlier)", -days, change=said)


def _day(day: date | None) -> Label:
    return Text("no due date", context="board") if day is None else same(day)


def _steps(change: TaskChange) -> Label:
    said = []
    for step in change.steps:
        rung, act = LEVEL_LABELS[step.rung], ACT_LABELS[step.act]
        said.append(act if step.act is Act.CLOSE else Text("{rung}: {act:lower}", rung=rung, act=act))
    return joined(said)


def _fields(change: TaskChange) -> Label:
    return joined(FIELD_LABELS[name] for name in change.fields)


def _lights(change: TaskChange) -> Label:
    if change.before is None or change.after is None or change.before.light == change.after.light:
        return _status(change)
    return _from_to(LIGHT_LABELS[change.before.light], LIGHT_LABELS[change.after.light])


_SAID: Final[Mapping[Move, Callable[[TaskChange], Label]]] = MappingProxyType(
    {
        Move.NEWLY_LATE: _due,
        Move.NEWLY_BLOCKED: _status,
        Move.REOPENED: _status,
        Move.SLIPPED: _put_off,
        Move.SUPERVISED: _steps,
        Move.DONE: _status,
        Move.ACCEPTED: _status,
        Move.UNBLOCKED: _status,
        Move.STARTED: _status,
        Move.NEWLY_DUE_SOON: _due,
        Move.RECEDED: _percent,
        Move.BROUGHT_FORWARD: _put_off,
        Move.ADDED: _due,
        Move.REMOVED: _status,
        Move.REDEFINED: _fields,
        Move.PROGRESSED: _percent,
        Move.OTHER: _lights,
    },
)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Hold two boards, the instants of which it is about, and what moved between them."""

    since: datetime
    until: datetime
    before: Board
    after: Board
    found: Changes


def meetings_before(campaign: Campaign, until: datetime) -> tuple[datetime, ...]:
    """Meetings that were held before an instant, the last one first."""
    return tuple(sorted((meeting for meeting in campaign.meetings if meeting < until), reverse=True))


def instant_since(campaign: Campaign, day: date | None, until: datetime, now: datetime | None = None) -> datetime:
    """The instant from which changes are told.

    Parameters
    ----------
    campaign
        Its meetings count.
    day
        The day that was chosen; None for the last meeting.
    until
        The instant until which changes are told.
    now
        What the campaign's clock shows, where `until` is the end of a day that still runs: a meeting of this evening
        was not held yet. None: `until`.

    Returns
    -------
    The start of the meeting on that day, else the end of the day; without a day, or with one that does not end before
    ``until``, the last meeting; before the first meeting the end of the campaign's first day.
    """
    held = meetings_before(campaign, min(until, now or until))
    if day is not None:
        on = next((one for one in held if one.astimezone(campaign.tz).date() == day), campaign.instant_of(day))
        if on < until:
            return on
    return held[0] if held else min(campaign.instant_of(campaign.start), until)


def compare(context: CampaignContext, day: date | None, until: datetime) -> Comparison:
    """What moved from the chosen day, or the last meeting, until an instant.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and one of the boards was not shown before.
    """
    since = instant_since(context.campaign, day, until, context.now())
    before, after = context.board_at(since), context.board_at(until)
    found = changes(
        before,
        after,
        supervision_before=context.supervision(since),
        supervision_after=context.supervision(until),
    )
    return Comparison(since, until, before, after, found)
