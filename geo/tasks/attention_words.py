"""Put into one sentence what a task needs, and why the light of a task or feature is what it is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import pandas as pd

from geo.model.campaign import Campaign, local_day
from geo.model.kinds import UnitKind
from geo.model.status import (
    ACCEPTED,
    BLOCKED,
    DIFFICULTY_LABELS,
    NOT_BEGUN,
    STATUS_LABELS,
    DifficultyKind,
    Light,
    Status,
)
from geo.model.supervision import EscalationLevel
from geo.tasks.attention import AttentionItem, Reason, ReasonKind, blocked_since
from geo.tasks.joins import Board
from geo.tasks.lights import LIGHT_RANK
from locales import CLAUSES, Label, Name, Text, joined, same


class _Seen(NamedTuple):
    """A row of a board's tasks on a day, with the day since which it is blocked."""

    row: Any
    today: date
    campaign: Campaign
    blocked_on: date | None


def why_lights(board: Board, campaign: Campaign, updates: pd.DataFrame) -> list[Label]:
    """Return for each task of a board, in its order, why its light is what it is.

    Parameters
    ----------
    board, campaign, updates
        As `geo.tasks.attention.attention` takes them.
    """
    today, since = local_day(board.as_of, campaign.tz), blocked_since(board, campaign, updates)
    return [
        why_light(row, today, campaign, blocked_on=since.get(str(task)))
        for task, row in zip(board.tasks.index, board.tasks.itertuples(), strict=True)
    ]


def why_light(row: Any, today: date, campaign: Campaign, *, blocked_on: date | None = None) -> Label:  # noqa: ANN401  a row
    """Return why a task's light is what it is, such as "Red: 5 days overdue".

    Parameters
    ----------
    row
        A row of a board's tasks: its columns are its attributes.
    today, campaign
        Local day of the board, and its campaign.
    blocked_on
        Local day since which each report said that the task is blocked; from its last report without it.
    """
    return _WHY[Light(row.light)](_Seen(row, today, campaign, blocked_on))


def why_feature(lights: Sequence[tuple[str, Light, Label]]) -> Label:
    """Return why a feature's light is what it is, such as "Worst of 3 tasks: T01 red: 5 days overdue".

    Parameters
    ----------
    lights
        Id, light and reason of each of its tasks, in their order; of the worst the first is named.
    """
    if not lights:
        return Text("No light: no task concerns this feature")
    task, light, why = min(lights, key=lambda one: LIGHT_RANK[one[1]])
    if len(lights) == 1:
        return Text("Its only task: {task} {why:small}", task=task, why=why)
    if light is Light.DONE:
        return Text("Done: all {count} tasks are done", count=len(lights))
    return Text("Worst of {count} tasks: {task} {why:small}", count=len(lights), task=task, why=why)


def _red(seen: _Seen) -> Label:
    clauses = []
    if not pd.isna(seen.row.due) and seen.row.due.date() < seen.today:
        due = seen.row.due.date()
        clauses.append(clause(Reason(ReasonKind.OVERDUE, (seen.today - due).days, due)))
    if seen.row.status in BLOCKED:
        on = seen.blocked_on or _reported(seen) or seen.today
        clauses.append(clause(Reason(ReasonKind.BLOCKED, (seen.today - on).days, on, seen.row.difficulty_kind)))
    return Text("Red: {clauses:small}", clauses=joined(clauses, CLAUSES))


def _yellow(seen: _Seen) -> Label:
    soon = seen.campaign.lights.due_soon_days
    within = Text.plural("yellow from {n} day before", "yellow from {n} days before", soon)
    if soon == 0:
        within = Text("yellow on the day itself")
    return Text("Yellow: {clauses:small}", clauses=joined([_due(seen), within], CLAUSES))


def _green(seen: _Seen) -> Label:
    return Text("Green: {clauses:small}", clauses=joined([_status(seen), _due(seen)], CLAUSES))


def _none(seen: _Seen) -> Label:
    clauses = [_status(seen)]
    if not pd.isna(seen.row.planned_start):
        start = seen.row.planned_start.date()
        clauses.append(Text("planned to start on {start}", start=start))
    return Text("No light: {clauses:small}", clauses=joined([*clauses, _due(seen)], CLAUSES))


def _done(seen: _Seen) -> Label:
    on = _reported(seen)
    if seen.row.status in ACCEPTED:
        return Text("Done: signed off on {on}", on=on)
    return Text("Done: reported done on {on}", on=on)


def _status(seen: _Seen) -> Label:
    label, percent = STATUS_LABELS[Status(seen.row.status)], int(seen.row.percent)
    if seen.row.status in NOT_BEGUN:
        return label
    return Text("{label} at {percent}%", label=label, percent=percent)


def _due(seen: _Seen) -> Label:
    if pd.isna(seen.row.due):
        return Text("no due date")
    due = seen.row.due.date()
    said = clause(Reason(ReasonKind.DUE_SOON, (due - seen.today).days, due))
    return Text("{said} ({due})", said=said, due=due)


def _reported(seen: _Seen) -> date | None:
    at = seen.row.reported_at
    return None if pd.isna(at) else local_day(at.to_pydatetime(), seen.campaign.tz)


_WHY: Final[Mapping[Light, Callable[[_Seen], Label]]] = MappingProxyType(
    {Light.RED: _red, Light.YELLOW: _yellow, Light.GREEN: _green, Light.NONE: _none, Light.DONE: _done},
)


_NOTICES: Final[Mapping[EscalationLevel, Text]] = MappingProxyType(
    {
        EscalationLevel.REMIND: Text("reminder"),
        EscalationLevel.URGE: Text("urging notice"),
        EscalationLevel.SUPERVISE: Text("supervision notice"),
        EscalationLevel.CIRCULATE: Text("circular"),
        EscalationLevel.CLOSE: Text("closing notice"),
    },
)


def unit_label(units: pd.DataFrame | None, unit: str) -> Label:
    """Return the short name of a unit as a sentence uses it, its id where it is not known.

    A district is called so in English, where its short name alone would be a place.
    """
    if units is None or unit not in units.index:
        return same(unit)
    row = units.loc[unit]
    short = Name(str(row["short_zh"]), str(row["short_en"]))
    return Text("{short} district", short=short) if row["kind"] == UnitKind.DISTRICT else short


def sentence(need: AttentionItem, units: pd.DataFrame | None) -> Label:
    """Return why a task needs somebody, and who answers: "7 days overdue, no report for 16 days, Changning district".

    Parameters
    ----------
    need
        One entry of `geo.tasks.attention.attention`.
    units
        UNIT_COLUMNS, indexed by id; ids stand for names without it.
    """
    clauses = [clause(reason) for reason in need.reasons]
    for place, reason in enumerate(need.reasons):
        if reason.addressee not in {"", need.unit}:
            clauses[place] = _bracketed(clauses[place], unit_label(units, reason.addressee))
    return one_sentence([*clauses, unit_label(units, need.unit)])


def one_sentence(clauses: Sequence[Label]) -> Label:
    """Return clauses as one sentence without a full stop; the English one begins with a capital."""
    return Text("{clauses:capital}", clauses=joined(clauses, CLAUSES))


def clause(reason: Reason) -> Label:
    """Return one reason as a clause of a sentence."""
    return _CLAUSES[reason.kind](reason)


def _bracketed(label: Label, inner: Label) -> Label:
    return Text("{label} ({inner})", label=label, inner=inner)


def _overdue(reason: Reason) -> Label:
    return Text.plural("{n} day overdue", "{n} days overdue", reason.days)


def _due_soon(reason: Reason) -> Label:
    if reason.days == 0:
        return Text("due today", context="attention")
    return Text.plural("due in {n} day", "due in {n} days", reason.days)


def _blocked(reason: Reason) -> Label:
    label = Text.plural("blocked for {n} day", "blocked for {n} days", reason.days)
    if reason.days == 0:
        label = Text("blocked since today")
    kind = difficulty_label(reason.difficulty_kind)
    return _bracketed(label, kind) if kind else label


def difficulty_label(kind: Any) -> Label | None:  # noqa: ANN401  a cell of a frame
    """Return the name of a kind of difficulty where it says something: not of `other`, nor of none."""
    known = kind in DIFFICULTY_LABELS and kind != DifficultyKind.OTHER
    return DIFFICULTY_LABELS[DifficultyKind(kind)] if known else None


def _stale(reason: Reason) -> Label:
    return Text.plural("no report for {n} day", "no report for {n} days", reason.days)


def _unreported(reason: Reason) -> Label:
    if reason.days == 0:
        return Text("no report since the planned start today")
    return Text.plural(
        "no report since the planned start {n} day ago", "no report since the planned start {n} days ago", reason.days
    )


def _notice(reason: Reason) -> Text:
    return _NOTICES[reason.rung or EscalationLevel.SUPERVISE]


def _reply_overdue(reason: Reason) -> Label:
    return Text.plural(
        "reply to the {notice} {n} day overdue",
        "reply to the {notice} {n} days overdue",
        reason.days,
        notice=_notice(reason),
    )


def _no_receipt(reason: Reason) -> Label:
    if reason.days == 0:
        return Text("{notice} sent today without receipt", notice=_notice(reason))
    return Text.plural(
        "{notice} without receipt for {n} day",
        "{notice} without receipt for {n} days",
        reason.days,
        notice=_notice(reason),
    )


def _no_reply(reason: Reason) -> Label:
    if reason.days == 0:
        return Text("{notice} received today without reply", notice=_notice(reason))
    return Text.plural(
        "{notice} without reply for {n} day", "{notice} without reply for {n} days", reason.days, notice=_notice(reason)
    )


_CLAUSES: Final[Mapping[ReasonKind, Callable[[Reason], Label]]] = MappingProxyType(
    {
        ReasonKind.OVERDUE: _overdue,
        ReasonKind.BLOCKED: _blocked,
        ReasonKind.REPLY_OVERDUE: _reply_overdue,
        ReasonKind.NO_RECEIPT: _no_receipt,
        ReasonKind.NO_REPLY: _no_reply,
        ReasonKind.DUE_SOON: _due_soon,
        ReasonKind.STALE: _stale,
        ReasonKind.UNREPORTED: _unreported,
    },
)
