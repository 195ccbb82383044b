"""Count what the plan says and what was reported, day by day, and when each task began and ended.

A day counts as a whole: the planned curve has a task from its due date on, the actual curve from
the day of the report that finished it. What is reopened falls back on the day of that report. Days
are of the campaign's time zone and stand as naive midnights, as `due` does.
"""

from datetime import datetime, tzinfo
from typing import Final

import pandas as pd

from geo.model.campaign import Campaign, local_day
from geo.model.errors import NaiveInstantError
from geo.model.status import ACCEPTED, FINISHED, NOT_BEGUN

_FINISHED: Final = [str(status) for status in FINISHED]
_ACCEPTED: Final = [str(status) for status in ACCEPTED]
_NOT_BEGUN: Final = [str(status) for status in NOT_BEGUN]


def undated(tasks: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of tasks without a due date: no day of the planned curve has them."""
    return tuple(tasks.index[tasks["due"].isna()])


def planned_curve(tasks: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """Return how many tasks should be done by the end of each day of a campaign.

    Parameters
    ----------
    tasks
        With `due`; tasks without one are in `undated`, not here.
    campaign
        Its days are the index.

    Returns
    -------
    `planned` (int) by `day`. What was due before the campaign counts from its first day on.
    """
    days = pd.date_range(campaign.start, campaign.end, name="day", unit="us")
    due = tasks["due"].dropna()
    due = due.where(due >= days[0], days[0])
    return pd.DataFrame({"planned": due.value_counts().reindex(days, fill_value=0).cumsum().astype("int64")})


def actual_curve(tasks: pd.DataFrame, updates: pd.DataFrame, campaign: Campaign, as_of: datetime) -> pd.DataFrame:
    """Return how many tasks were finished at the end of each day up to an instant.

    Parameters
    ----------
    tasks
        Reports of other tasks do not count.
    updates
        All of them, in the order of `geo.model.campaign.updates_frame`.
    campaign
        Its first day is the first of the index, its time zone says what a day is.
    as_of
        Aware instant; its day is the last of the index.

    Returns
    -------
    `finished` (done or accepted) and `accepted` among them (int) by `day`; no row for an instant
    before the campaign. The last row is what the board of the instant counts.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    days = pd.date_range(campaign.start, local_day(as_of, campaign.tz), name="day", unit="us")
    seen = _seen(tasks, updates, as_of)
    counted = {"finished": _FINISHED, "accepted": _ACCEPTED}
    columns = {name: _count_by_day(seen, statuses, days, campaign.tz) for name, statuses in counted.items()}
    return pd.DataFrame(columns, index=days)


def finished_since(tasks: pd.DataFrame, updates: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Return since when each task is finished, in UTC, NaT for tasks that are open at an instant.

    Of a task that was reopened and finished again the last time counts; that it was accepted after
    it was done changes nothing. Parameters and errors are those of `actual_curve`.
    """
    seen = _seen(tasks, updates, as_of)
    finished = seen["status"].isin(_FINISHED)
    began = seen["reported_at"].where(finished & ~_before(seen, finished)).groupby(seen["task"]).last()
    now = finished.groupby(seen["task"]).last().astype(bool)
    return began.where(now).reindex(tasks.index).rename("finished_since")


def begun_at(tasks: pd.DataFrame, updates: pd.DataFrame, as_of: datetime) -> pd.Series:
    """Return the first report of each task that says more than not started, in UTC, NaT where there is none.

    Parameters and errors are those of `actual_curve`.
    """
    seen = _seen(tasks, updates, as_of)
    begun = seen[~seen["status"].isin(_NOT_BEGUN)].drop_duplicates("task")
    return begun.set_index("task")["reported_at"].reindex(tasks.index).rename("begun_at")


def local_days(instants: pd.Series, tz: tzinfo) -> pd.Series:
    """Return the calendar days of instants as naive midnights, NaT for NaT."""
    days: pd.Series = instants.dt.tz_convert(tz).dt.normalize().dt.tz_localize(None)
    return days


def _seen(tasks: pd.DataFrame, updates: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    if as_of.tzinfo is None:
        raise NaiveInstantError(as_of)
    known = updates["task"].isin(tasks.index) & (updates["reported_at"] <= pd.Timestamp(as_of))
    return updates[known]


def _before(seen: pd.DataFrame, inside: pd.Series) -> pd.Series:
    """Return for each report whether its task was in a set of statuses before it."""
    return inside.groupby(seen["task"]).shift(fill_value=False).astype(bool)


def _count_by_day(seen: pd.DataFrame, statuses: list[str], days: pd.DatetimeIndex, tz: tzinfo) -> pd.Series:
    if not len(days):
        return pd.Series(0, index=days, dtype="int64")
    inside = seen["status"].isin(statuses)
    moves = inside.astype("int64") - _before(seen, inside).astype("int64")
    day = local_days(seen["reported_at"], tz)
    return moves.groupby(day.where(day >= days[0], days[0])).sum().reindex(days, fill_value=0).cumsum().astype("int64")
