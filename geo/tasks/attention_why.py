"""Say in one sentence, in both languages, why a light of a task or a feature is what it is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import pandas as pd

from geo.model.campaign import Campaign
from geo.model.status import STATUS_LABELS, Label, Light, Status
from geo.tasks.attention import Reason, ReasonKind, blocked_since
from geo.tasks.attention_words import clause, joined
from geo.tasks.joins import Board
from geo.tasks.lights import LIGHT_RANK, local_day


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
    if seen.row.status == Status.BLOCKED:
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
    if seen.row.status == Status.ACCEPTED:
        return Label(f"已完成：{on} 已销号", f"Done: signed off on {on}")
    return Label(f"已完成：{on} 报告完成", f"Done: reported done on {on}")


def _status(seen: _Seen) -> Label:
    label, percent = STATUS_LABELS[Status(seen.row.status)], int(seen.row.percent)
    if seen.row.status == Status.NOT_STARTED:
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
