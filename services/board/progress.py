"""Gather what the page of progress shows: curves, schedule and forecasts, with the sentences about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd

from geo.model.campaign import Campaign, local_day
from geo.model.status import Label
from geo.tasks.forecast import WINDOW_DAYS, Forecast, Outlook, Range, forecast
from geo.tasks.joins import Board
from geo.tasks.progress import actual_curve, begun_at, finished_since, local_days, planned_curve, undated
from services.campaign.context import CampaignContext

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def day_name(day: date) -> Label:
    """Name of a day without its year."""
    return Label(f"{day.month} 月 {day.day} 日", f"{day.day} {_MONTHS[day.month - 1]}")


def sentence(one: Forecast) -> Label:
    """The forecast in one sentence."""
    day = day_name(one.day)
    if one.outlook is Outlook.AHEAD and one.misses is not None:
        return _ahead(one, one.misses, day)
    if one.outlook is Outlook.PAST:
        return _past(one.left, day)
    if one.outlook is Outlook.ALL_DONE:
        zh = f"{day.zh}前到期的 {one.due} 项任务已全部完成"
        return Label(zh, f"All tasks due by {day.en} are done ({one.due})")
    if one.outlook is Outlook.NOTHING_DUE:
        return Label(f"没有任务在 {day.zh}前到期", f"No task is due by {day.en}")
    return Label("保障行动尚未开始，无法预测", "The campaign has not begun: there is no forecast yet")


def basis(one: Forecast) -> Label:
    """What the forecast rests on; empty where there is nothing to rest on."""
    if one.outlook is not Outlook.AHEAD:
        return Label("", "")
    window, ahead = _days(one.window_days), _days(one.days_ahead)
    of_ten = f"{10 * one.rate:g}"
    return Label(
        f"{day_name(one.day).zh}前到期 {one.due} 项，已完成 {one.done} 项，未完成 {one.left} 项；近 {window} 天完成 "
        f"{one.pace} 项，尚余 {ahead} 天。只要进度不变，10 次预测中至少 {of_ten} 次落在此区间。",
        f"Of {one.due} tasks due by {day_name(one.day).en}, {one.done} are done and {one.left} open. "
        f"Finished in the last {_counted(window, 'day')}: {one.pace}; {_counted(ahead, 'day')} remain. "
        f"While the pace stays as it is, at least {of_ten} of 10 such forecasts hold.",
    )


def needed(one: Forecast) -> Label:
    """What it would take that no task misses the day; empty where there is no day ahead."""
    if one.outlook is not Outlook.AHEAD:
        return Label("", "")
    ahead = _days(one.days_ahead)
    zh = f"若要全部按期完成，须在 {ahead} 天内完成 {one.left} 项"
    en = f"For none to miss it, {_counted(one.left, 'task')} would have to be finished in {_counted(ahead, 'day')}"
    if not one.pace:
        return Label(f"{zh}。", f"{en}.")
    times = f"{one.left / one.days_ahead / (one.pace / one.window_days):.1f}"
    return Label(f"{zh}，为目前进度的 {times} 倍。", f"{en}: {times} times the present pace.")


def _ahead(one: Forecast, misses: Range, day: Label) -> Label:
    zh, en = _pace(one)
    if misses.high == 0:
        return Label(f"{zh}，预计 {day.zh}前可全部完成", f"{en}, no task misses {day.en}")
    if misses.low == misses.high:
        verb = "misses" if misses.high == 1 else "miss"
        return Label(
            f"{zh}，预计 {misses.high} 项任务 {day.zh}前不能完成",
            f"{en}, {_counted(misses.high, 'task')} {verb} {day.en}",
        )
    return Label(
        f"{zh}，预计 {misses.low} 至 {misses.high} 项任务 {day.zh}前不能完成",
        f"{en}, {misses.low} to {misses.high} tasks miss {day.en}",
    )


def _pace(one: Forecast) -> tuple[str, str]:
    days = _days(one.window_days)
    if days == WINDOW_DAYS:
        return "按近四周进度", "At the pace of the last four weeks"
    return f"按近 {days} 天进度", f"At the pace of the last {_counted(days, 'day')}"


def _past(missed: int, day: Label) -> Label:
    if not missed:
        return Label(f"{day.zh}前到期的任务均已按期完成", f"No task missed {day.en}")
    return Label(f"{missed} 项任务 {day.zh}前未完成", f"{_counted(missed, 'task')} missed {day.en}")


def _days(days: float) -> int:
    return max(1, round(days))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(frozen=True, eq=False, slots=True)
class Progress:
    """Hold plan, reports and forecasts as of one instant.

    `curve` holds by `day` of the campaign `planned` and `finished`, and the band of the last
    forecast as `low`, `at_pace` and `high`; NaN where there is none. `schedule` holds the tasks of
    the board with `begun` and `finished` (local days, NaT where not yet), by category and due date.
    """

    day: date
    curve: pd.DataFrame
    schedule: pd.DataFrame
    forecasts: tuple[Forecast, ...]
    undated: tuple[str, ...]

    @property
    def forecast(self) -> Forecast:
        """The forecast of the next day that matters: of the deadline, and then of the opening."""
        return self.forecasts[-1]


def progress_of(context: CampaignContext, board: Board) -> Progress:
    """Gather the progress of a campaign as of a board.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and its updates were not read before.
    """
    return progress(board.tasks, context.updates(board.as_of), context.campaign, board.as_of)


def progress(tasks: pd.DataFrame, updates: pd.DataFrame, campaign: Campaign, as_of: datetime) -> Progress:
    """Gather the progress of tasks from all updates, as ``progress_of``."""
    forecasts = [forecast(tasks, updates, campaign, day=campaign.deadline, as_of=as_of)]
    if forecasts[0].outlook is Outlook.PAST:
        forecasts.append(forecast(tasks, updates, campaign, day=campaign.opening, as_of=as_of))
    curves = (
        planned_curve(tasks, campaign),
        actual_curve(tasks, updates, campaign, as_of)[["finished"]],
        forecasts[-1].band,
    )
    return Progress(
        day=local_day(as_of, campaign.tz),
        curve=pd.concat(curves, axis="columns", sort=True),
        schedule=_schedule(tasks, updates, campaign, as_of),
        forecasts=tuple(forecasts),
        undated=undated(tasks),
    )


def _schedule(tasks: pd.DataFrame, updates: pd.DataFrame, campaign: Campaign, as_of: datetime) -> pd.DataFrame:
    order = [category.id for category in campaign.categories]
    place = {category: number for number, category in enumerate(order)}
    rows = tasks.assign(
        begun=local_days(begun_at(tasks, updates, as_of), campaign.tz),
        finished=local_days(finished_since(tasks, updates, as_of), campaign.tz),
        place=[place.get(category, len(order)) for category in tasks["category"]],
        number=tasks.index,
    )
    return rows.sort_values(["place", "due", "number"]).drop(columns=["place", "number"])
