"""Gather what the page of progress shows: the planned and the actual curve, the schedule and the forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from geo.model.campaign import Campaign
from geo.tasks.forecast import Forecast, Outlook, forecast
from geo.tasks.joins import Board
from geo.tasks.lights import local_day
from geo.tasks.progress import actual_curve, begun_at, finished_since, local_days, planned_curve, undated
from services.campaign.context import Desk


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


def progress_of(desk: Desk, board: Board) -> Progress:
    """Gather the progress of a campaign as of a board.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and its updates were not read before.
    """
    return progress(board.tasks, desk.updates(board.as_of), desk.campaign, board.as_of)


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
