"""Derive lights from due date, latest status, the campaign's rules and an instant.

The rule, in this order: done or accepted is done; blocked is red; from 00:00 of the day after the
due date, local time, is red; at most `due_soon_days` days left is yellow; not started is none; all
else is green. A task without a due date is never late and never due soon.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model.campaign import LightRules, local_day
from geo.model.status import FINISHED, LIGHT_ORDER, Light, Status

LIGHT_RANK: Final = {light: rank for rank, light in enumerate(LIGHT_ORDER)}


def days_left(due: date | None, as_of: datetime, tz: tzinfo) -> int | None:
    """Return calendar days from an instant to a due date: 0 on the day itself, negative when late.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    today = local_day(as_of, tz)
    return None if due is None else (due - today).days


def light_of(
    *,
    status: Status,
    due: date | None,
    as_of: datetime,
    rules: LightRules,
    tz: tzinfo,
) -> Light:
    """Return the light of one task.

    Parameters
    ----------
    status
        Latest status as of the instant.
    due
        Last day on which it may be done, in the campaign's time zone; None where there is none.
    as_of
        Aware instant.
    rules, tz
        Rules and time zone of the campaign.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    left = days_left(due, as_of, tz)
    if status in FINISHED:
        return Light.DONE
    if status == Status.BLOCKED or (left is not None and left < 0):
        return Light.RED
    if left is not None and left <= rules.due_soon_days:
        return Light.YELLOW
    return Light.NONE if status == Status.NOT_STARTED else Light.GREEN


def days_left_of(due: pd.Series, as_of: datetime, tz: tzinfo) -> pd.Series:
    """Return `days_left` of many due dates.

    Parameters
    ----------
    due
        datetime64 at midnight without time zone, NaT where there is none.
    as_of, tz
        Aware instant, and the campaign's time zone.

    Returns
    -------
    Int64 of the same index, NA where there is no due date.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    today = pd.Timestamp(local_day(as_of, tz))
    return (due - today).dt.days.astype("Int64")


def lights_of(
    *,
    status: Sequence[str] | pd.Series,
    due: pd.Series,
    as_of: datetime,
    rules: LightRules,
    tz: tzinfo,
) -> NDArray[np.object_]:
    """Return the lights of many tasks, each equal to what `light_of` says.

    Parameters
    ----------
    status
        Latest statuses, in the order of `due`.
    due
        datetime64 at midnight without time zone, NaT where there is none.
    as_of, rules, tz
        Aware instant, and rules and time zone of the campaign.

    Returns
    -------
    Array of `Light` in the order of `due`.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    state = np.asarray(status, dtype=object)
    left = days_left_of(due, as_of, tz).to_numpy(dtype=np.float64, na_value=np.inf)
    cases = (
        (np.isin(state, list(FINISHED)), Light.DONE),
        ((state == Status.BLOCKED) | (left < 0), Light.RED),
        (left <= rules.due_soon_days, Light.YELLOW),
        (state == Status.NOT_STARTED, Light.NONE),
    )
    ranks = np.select(
        [case for case, _ in cases],
        [LIGHT_RANK[light] for _, light in cases],
        default=LIGHT_RANK[Light.GREEN],
    )
    return lights_at(ranks)


def worst(lights: Iterable[Light]) -> Light:
    """Return the worst of some lights, none where there are no lights."""
    return min(lights, key=LIGHT_RANK.__getitem__, default=Light.NONE)


def ranks_of(lights: Iterable[str]) -> NDArray[np.intp]:
    """Return the place of each light in `LIGHT_ORDER`: 0 is the worst."""
    return np.fromiter((LIGHT_RANK[Light(light)] for light in lights), dtype=np.intp)


def lights_at(ranks: NDArray[np.intp]) -> NDArray[np.object_]:
    """Return the lights at places of `LIGHT_ORDER`."""
    return np.array(LIGHT_ORDER, dtype=object)[ranks]
