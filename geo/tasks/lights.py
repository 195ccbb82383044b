"""Derive lights from due date, latest status, the campaign's rules and an instant.

A finished task has the light of its status. Any other has the worse of two: that of its status, and that of its due
date, which is red from 00:00 of the day after it, local time, and yellow with at most `due_soon_days` days left. A
task without a due date is never late and never due soon.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model.campaign import LightRules, local_day
from geo.model.status import LIGHT_ORDER, Light, Status

LIGHT_RANK: Final = {light: rank for rank, light in enumerate(LIGHT_ORDER)}
_PRESSING: Final = [LIGHT_RANK[Light.RED], LIGHT_RANK[Light.YELLOW]]


def days_left(due: date | None, as_of: datetime, tz: tzinfo) -> int | None:
    """Return calendar days from an instant to a due date: 0 on the day itself, negative when late.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    today = local_day(as_of, tz)
    return None if due is None else (due - today).days


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
    """Return the lights of tasks: the worse of what the status and what the due date says.

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
    rules_of = [Status(one).rule for one in status]
    own = np.fromiter((LIGHT_RANK[rule.light] for rule in rules_of), dtype=np.intp)
    finished = np.fromiter((rule.finished for rule in rules_of), dtype=bool)
    left = days_left_of(due, as_of, tz).to_numpy(dtype=np.float64, na_value=np.inf)
    by_date = np.select([left < 0, left <= rules.due_soon_days], _PRESSING, len(Light))
    return lights_at(np.where(finished, own, np.minimum(own, by_date)))


def worst(lights: Iterable[Light]) -> Light:
    """Return the worst of some lights, none where there are no lights."""
    return min(lights, key=LIGHT_RANK.__getitem__, default=Light.NONE)


def ranks_of(lights: Iterable[str]) -> NDArray[np.intp]:
    """Return the place of each light in `LIGHT_ORDER`: 0 is the worst."""
    return np.fromiter((LIGHT_RANK[Light(light)] for light in lights), dtype=np.intp)


def lights_at(ranks: NDArray[np.intp]) -> NDArray[np.object_]:
    """Return the lights at places of `LIGHT_ORDER`."""
    return np.array(LIGHT_ORDER, dtype=object)[ranks]
