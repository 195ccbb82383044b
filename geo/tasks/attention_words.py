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
    Label,
    Light,
    Status,
)
from geo.model.supervision import LEVEL_LABELS, EscalationLevel
from geo.tasks.attention import AttentionItem, Reason, ReasonKind, blocked_since
from geo.tasks.joins import Board
from geo.tasks.lights import LIGHT_RANK


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
        return Label("未亮灯：没有任务涉及此要素", "No light: no task concerns this feature")
    task, light, why = min(lights, key=lambda one: LIGHT_RANK[one[1]])
    if len(lights) == 1:
        return Label(f"唯一一项任务 {task} {why.zh}", f"Its only task: {task} {_lower(why.en)}")
    if light is Light.DONE:
        return Label(f"已完成：{len(lights)} 项任务均已完成", f"Done: all {len(lights)} tasks are done")
    return Label(
        f"{len(lights)} 项任务中最紧急的一项：{task} {why.zh}", f"Worst of {len(lights)} tasks: {task} {_lower(why.en)}"
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _headed(zh: str, en: str, clauses: list[Label]) -> Label:
    said = joined(clauses)
    return Label(f"{zh}：{said.zh}", f"{en}: {_lower(said.en)}")


def _red(seen: _Seen) -> Label:
    clauses = []
    if not pd.isna(seen.row.due) and seen.row.due.date() < seen.today:
        due = seen.row.due.date()
        clauses.append(clause(Reason(ReasonKind.OVERDUE, (seen.today - due).days, due)))
    if seen.row.status in BLOCKED:
        on = seen.blocked_on or _reported(seen) or seen.today
        clauses.append(clause(Reason(ReasonKind.BLOCKED, (seen.today - on).days, on, seen.row.difficulty_kind)))
    return _headed("红灯", "Red", clauses)


def _yellow(seen: _Seen) -> Label:
    soon = seen.campaign.lights.due_soon_days
    within = Label(f"到期前 {soon} 天起亮黄灯", f"yellow from {soon} {'day' if soon == 1 else 'days'} before")
    if soon == 0:
        within = Label("到期当天亮黄灯", "yellow on the day itself")
    return _headed("黄灯", "Yellow", [_due(seen), within])


def _green(seen: _Seen) -> Label:
    return _headed("绿灯", "Green", [_status(seen), _due(seen)])


def _none(seen: _Seen) -> Label:
    clauses = [_status(seen)]
    if not pd.isna(seen.row.planned_start):
        start = seen.row.planned_start.date()
        clauses.append(Label(f"计划 {start} 开工", f"planned to start on {start}"))
    return _headed("未亮灯", "No light", [*clauses, _due(seen)])


def _done(seen: _Seen) -> Label:
    on = _reported(seen)
    if seen.row.status in ACCEPTED:
        return Label(f"已完成：{on} 已销号", f"Done: signed off on {on}")
    return Label(f"已完成：{on} 报告完成", f"Done: reported done on {on}")


def _status(seen: _Seen) -> Label:
    label, percent = STATUS_LABELS[Status(seen.row.status)], int(seen.row.percent)
    if seen.row.status in NOT_BEGUN:
        return label
    return Label(f"{label.zh} {percent}%", f"{label.en} at {percent}%")


def _due(seen: _Seen) -> Label:
    if pd.isna(seen.row.due):
        return Label("无完成时限", "no due date")
    due = seen.row.due.date()
    said = clause(Reason(ReasonKind.DUE_SOON, (due - seen.today).days, due))
    return Label(f"{said.zh}（{due}）", f"{said.en} ({due})")


def _reported(seen: _Seen) -> date | None:
    at = seen.row.reported_at
    return None if pd.isna(at) else local_day(at.to_pydatetime(), seen.campaign.tz)


_WHY: Final[Mapping[Light, Callable[[_Seen], Label]]] = MappingProxyType(
    {Light.RED: _red, Light.YELLOW: _yellow, Light.GREEN: _green, Light.NONE: _none, Light.DONE: _done},
)


_NOTICES: Final[Mapping[EscalationLevel, str]] = MappingProxyType(
    {
        EscalationLevel.REMIND: "reminder",
        EscalationLevel.URGE: "urging notice",
        EscalationLevel.SUPERVISE: "supervision notice",
        EscalationLevel.CIRCULATE: "circular",
        EscalationLevel.CLOSE: "closing notice",
    },
)


def days_en(days: int) -> str:
    """Return a number of days in English: "1 day", "2 days"."""
    return f"{days} day" if days == 1 else f"{days} days"


def unit_label(units: pd.DataFrame | None, unit: str) -> Label:
    """Return the short name of a unit as a sentence uses it, its id where it is not known.

    A district is called so in English, where its short name alone would be a place.
    """
    if units is None or unit not in units.index:
        return Label(unit, unit)
    row = units.loc[unit]
    district = " district" if row["kind"] == UnitKind.DISTRICT else ""
    return Label(str(row["short_zh"]), f"{row['short_en']}{district}")


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
    return joined([*clauses, unit_label(units, need.unit)])


def joined(clauses: list[Label]) -> Label:
    """Return clauses as one sentence without a full stop; the English one begins with a capital."""
    en = ", ".join(one.en for one in clauses)
    return Label("，".join(one.zh for one in clauses), en[:1].upper() + en[1:])


def clause(reason: Reason) -> Label:
    """Return one reason as a clause of a sentence."""
    return _CLAUSES[reason.kind](reason)


def _bracketed(label: Label, inner: Label) -> Label:
    return Label(f"{label.zh}（{inner.zh}）", f"{label.en} ({inner.en})")


def _overdue(reason: Reason) -> Label:
    return Label(f"超期 {reason.days} 天", f"{days_en(reason.days)} overdue")


def _due_soon(reason: Reason) -> Label:
    if reason.days == 0:
        return Label("今天到期", "due today")
    return Label(f"还有 {reason.days} 天到期", f"due in {days_en(reason.days)}")


def _blocked(reason: Reason) -> Label:
    label = Label(f"受阻 {reason.days} 天", f"blocked for {days_en(reason.days)}")
    if reason.days == 0:
        label = Label("今天受阻", "blocked since today")
    kind = difficulty_label(reason.difficulty_kind)
    return _bracketed(label, kind) if kind else label


def difficulty_label(kind: Any) -> Label | None:  # noqa: ANN401  a cell of a frame
    """Return the name of a kind of difficulty where it says something: not of `other`, nor of none."""
    known = kind in DIFFICULTY_LABELS and kind != DifficultyKind.OTHER
    return DIFFICULTY_LABELS[DifficultyKind(kind)] if known else None


def _stale(reason: Reason) -> Label:
    return Label(f"{reason.days} 天未报进展", f"no report for {days_en(reason.days)}")


def _unreported(reason: Reason) -> Label:
    if reason.days == 0:
        return Label("计划今天开工，未报进展", "no report since the planned start today")
    return Label(
        f"计划开工已 {reason.days} 天未报进展", f"no report since the planned start {days_en(reason.days)} ago"
    )


def _notice(reason: Reason) -> tuple[str, str]:
    rung = reason.rung or EscalationLevel.SUPERVISE
    return LEVEL_LABELS[rung].zh, _NOTICES[rung]


def _reply_overdue(reason: Reason) -> Label:
    zh, en = _notice(reason)
    return Label(f"{zh}回复超期 {reason.days} 天", f"reply to the {en} {days_en(reason.days)} overdue")


def _no_receipt(reason: Reason) -> Label:
    zh, en = _notice(reason)
    if reason.days == 0:
        return Label(f"{zh}今天发出未签收", f"{en} sent today without receipt")
    return Label(f"{zh} {reason.days} 天未签收", f"{en} without receipt for {days_en(reason.days)}")


def _no_reply(reason: Reason) -> Label:
    zh, en = _notice(reason)
    if reason.days == 0:
        return Label(f"{zh}今天签收未回复", f"{en} received today without reply")
    return Label(f"{zh}签收 {reason.days} 天未回复", f"{en} without reply for {days_en(reason.days)}")


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
