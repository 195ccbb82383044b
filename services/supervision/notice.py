"""Propose what a notice of supervision says and by when it wants an answer, and make it as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

import pandas as pd

from exports.document.notice import Notice
from geo.model.campaign import Campaign, local_day
from geo.model.status import BLOCKED, FINISHED, STATUS_LABELS, Status
from geo.model.supervision import DEFAULT_RULES, LEVEL_LABELS, EscalationLevel
from geo.supervision.ladder import Ladder, Step, issuable
from locales import Day, Label, Name, Text, same


@dataclass(frozen=True, slots=True)
class Proposal:
    """Hold what is proposed for the next notice."""

    rung: EscalationLevel
    unit: str
    text: Label
    deadline: date


_DAY: Final = Text("yyyy-MM-dd", context="pattern of a day")
_DEMANDS: Final[Mapping[EscalationLevel, Label]] = MappingProxyType(
    {
        EscalationLevel.REMIND: Text("Please keep up the pace, finish in time, and tell where it stands."),
        EscalationLevel.URGE: Text(
            "Please speed the work up at once, and reply what stands in the way, what is done about it and by when."
        ),
        EscalationLevel.SUPERVISE: Text(
            "This is now under supervision. The head of the unit is to decide measures, who answers for them and "
            "by when, and to reply in writing."
        ),
        EscalationLevel.CIRCULATE: Text(
            "Supervision had no effect, so this is circulated to all units. Mend it at once and report on it."
        ),
    },
)


def proposal(
    campaign: Campaign, task: pd.Series, ladder: Ladder | None, rung: EscalationLevel | None, today: date
) -> Proposal:
    """Return what to propose for the next notice on a task.

    Parameters
    ----------
    campaign
        Gives the days for the reply by rung.
    task
        Row of the board's tasks.
    ladder
        Its ladder, None where it was never supervised.
    rung
        Rung that the person chose; None for the one that is due next.
    today
        Day of the notice in the campaign's time zone.
    """
    chosen = rung or next_proposed(ladder)
    unit = ladder.last.unit if ladder and ladder.open else str(task["lead_unit"])
    return Proposal(chosen, unit, notice_text(task, chosen), today + timedelta(days=reply_days(campaign, chosen)))


def next_proposed(ladder: Ladder | None) -> EscalationLevel:
    """Return the rung that a form opens with: the one above a passed deadline, else the lowest that may follow."""
    if ladder is not None and ladder.proposed is not None:
        return ladder.proposed
    return issuable(ladder)[0]


def reply_days(campaign: Campaign, rung: EscalationLevel) -> int:
    """Return how many days the campaign gives for the reply on a rung."""
    return campaign.supervision.reply_days.get(rung, DEFAULT_RULES.reply_days[rung])


def notice_text(task: pd.Series, rung: EscalationLevel) -> Label:
    """Return the text of a notice on a rung, made from the facts of the task."""
    title = Name(str(task["title_zh"]), str(task["title_en"]))
    return Text("“{title}” {facts}. {demand}", title=title, facts=_state(task), demand=_DEMANDS[rung])


def notice_number(campaign: Campaign, step: Step) -> Label:
    """Return the number of a notice: prefix, year in which it was issued, running number of the campaign."""
    year, prefix = step.issued_at.astimezone(campaign.tz).year, campaign.supervision.prefix
    return Text("{prefix}{year}-{number}", prefix=prefix, year=year, number=step.number)


def with_names(ladder: Ladder, names: Mapping[str, str]) -> Ladder:
    """Return a ladder in which people are called by their names instead of their accounts."""

    def named(step: Step) -> Step:
        replies = tuple(replace(reply, who=names.get(reply.who, reply.who)) for reply in step.replies)
        issuer, receiver = (names.get(one, one) for one in (step.issued_by, step.received_by))
        return replace(step, issued_by=issuer, received_by=receiver, replies=replies)

    return replace(
        ladder,
        steps=tuple(map(named, ladder.steps)),
        closed_by=names.get(ladder.closed_by, ladder.closed_by),
        earlier=tuple(with_names(one, names) for one in ladder.earlier),
    )


def _state(task: pd.Series) -> Label:
    percent = int(task["percent"])
    due = None if pd.isna(task["due"]) else task["due"]
    left = None if pd.isna(task["days_left"]) else int(task["days_left"])
    if task["status"] in FINISHED:
        return Text("is reported as done")
    if task["status"] in BLOCKED:
        return Text("is blocked at {percent} %", percent=percent)
    if due is None or left is None:
        return Text("is {percent} % done", percent=percent)
    if left < 0:
        return Text.plural(
            "was due on {day}, is {n} day late and {percent} % done",
            "was due on {day}, is {n} days late and {percent} % done",
            -left,
            day=Day(due.date(), _DAY),
            percent=percent,
        )
    return Text.plural(
        "is due on {day}, in {n} day, and {percent} % done",
        "is due on {day}, in {n} days, and {percent} % done",
        left,
        day=Day(due.date(), _DAY),
        percent=percent,
    )


def notice_of(
    campaign: Campaign, units: pd.DataFrame, facts: pd.Series, as_of: datetime, step: Step, *, drill: bool = False
) -> Notice:
    """Return what the notice of a step says.

    Parameters
    ----------
    campaign, units
        Names of the campaign and of its units.
    facts, as_of
        Row of the board's tasks, and the instant of that board.
    step
        A step of the task's ladder.
    drill
        Whether a drill is running.
    """
    status, percent = Status(facts["status"]), int(facts["percent"])
    finished = status in FINISHED or pd.isna(facts["days_left"])
    word = STATUS_LABELS[status]
    return Notice(
        number=notice_number(campaign, step),
        campaign=campaign.name,
        addressee=_unit(units, step.unit),
        task=str(facts.name),
        title=Name(str(facts["title_zh"]), str(facts["title_en"])),
        rung=LEVEL_LABELS[step.rung],
        state=Text("{word}, {percent} % done", word=word, percent=percent),
        as_of=local_day(as_of, campaign.tz),
        due=None if pd.isna(facts["due"]) else facts["due"].date(),
        days_late=0 if finished else max(0, -int(facts["days_left"])),
        difficulty=str(facts["difficulty"]),
        demand=step.text,
        deadline=step.deadline,
        issuer=_unit(units, campaign.supervising_unit),
        issued_by=step.issued_by,
        issued_on=local_day(step.issued_at, campaign.tz),
        received=(_when(campaign, step.receipt_at), step.received_by),
        replies=tuple(f"{_when(campaign, one.at)} {one.who}：{one.text}" for one in step.replies),
        sample=campaign.sample,
        drill=drill,
    )


def _unit(units: pd.DataFrame, unit: str) -> Label:
    if unit not in units.index:
        return same(unit)
    return Name(*(str(units.loc[unit, name]) for name in ("name_zh", "name_en")))


def _when(campaign: Campaign, instant: datetime | None) -> str:
    return "" if instant is None else f"{instant.astimezone(campaign.tz):%Y-%m-%d %H:%M}"
