"""Gather what the page of progress shows: curves, schedule and forecasts, with the sentences about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from geo.model.campaign import Campaign, local_day
from geo.tasks.forecast import WINDOW_DAYS, Forecast, Outlook, Range, forecast
from geo.tasks.joins import Board
from geo.tasks.progress import actual_curve, begun_at, finished_since, local_days, planned_curve, undated
from locales import NOTHING, Day, Label, Text
from services.campaign.context import CampaignContext


def day_name(day: date) -> Label:
    """Name of a day without its year."""
    return Day(day, Text("d MMMM", context="pattern of a day"))


def sentence(one: Forecast) -> Label:
    """The forecast in one sentence."""
    day = day_name(one.day)
    if one.outlook is Outlook.AHEAD and one.misses is not None:
        return _ahead(one, one.misses, day)
    if one.outlook is Outlook.PAST:
        return _past(one.left, day)
    if one.outlook is Outlook.ALL_DONE:
        return Text("All tasks due by {day} are done ({due})", day=day, due=one.due)
    if one.outlook is Outlook.NOTHING_DUE:
        return Text("No task is due by {day}", day=day)
    return Text("The campaign has not begun: there is no forecast yet")


def basis(one: Forecast) -> Label:
    """What the forecast rests on; empty where there is nothing to rest on."""
    if one.outlook is not Outlook.AHEAD:
        return NOTHING
    window, ahead = _days(one.window_days), _days(one.days_ahead)
    return Text(
        "Of {due} tasks due by {day}, {done} are done and {left} open. "
        "Finished in the last {window}: {pace}; {ahead} remain. "
        "While the pace stays as it is, at least {of_ten} of 10 such forecasts hold.",
        day=day_name(one.day),
        due=one.due,
        done=one.done,
        left=one.left,
        window=_counted_days(window),
        pace=one.pace,
        ahead=_counted_days(ahead),
        of_ten=f"{10 * one.rate:g}",
    )


def needed(one: Forecast) -> Label:
    """What it would take that no task misses the day; empty where there is no day ahead."""
    if one.outlook is not Outlook.AHEAD:
        return NOTHING
    tasks, days = _counted_tasks(one.left), _counted_days(_days(one.days_ahead))
    effort = Text("For none to miss it, {tasks} would have to be finished in {days}", tasks=tasks, days=days)
    if not one.pace:
        return Text("{effort}.", effort=effort)
    times = f"{one.left / one.days_ahead / (one.pace / one.window_days):.1f}"
    return Text("{effort}: {times} times the present pace.", effort=effort, times=times)


def _ahead(one: Forecast, misses: Range, day: Label) -> Label:
    pace = _pace(one)
    if misses.high == 0:
        return Text("{pace}, no task misses {day}", pace=pace, day=day)
    if misses.low == misses.high:
        return Text.plural(
            "{pace}, {n} task misses {day}", "{pace}, {n} tasks miss {day}", misses.high, pace=pace, day=day
        )
    return Text("{pace}, {low} to {high} tasks miss {day}", pace=pace, low=misses.low, high=misses.high, day=day)


def _pace(one: Forecast) -> Label:
    days = _days(one.window_days)
    if days == WINDOW_DAYS:
        return Text("At the pace of the last four weeks")
    return Text("At the pace of the last {days}", days=_counted_days(days))


def _past(missed: int, day: Label) -> Label:
    if not missed:
        return Text("No task missed {day}", day=day)
    return Text("{tasks} missed {day}", tasks=_counted_tasks(missed), day=day)


def _days(days: float) -> int:
    return max(1, round(days))


def _counted_days(number: int) -> Label:
    return Text.plural("{n} day", "{n} days", number)


def _counted_tasks(number: int) -> Label:
    return Text.plural("{n} task", "{n} tasks", number, context="without their noun")


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
