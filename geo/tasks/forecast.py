"""Forecast how many tasks miss a day at the pace of the last four weeks, with an interval.

Assumption: the tasks that are due by the day are finished one by one at a constant mean pace, a
Poisson process, until none of them is left. `k` of them were finished in the last `t` days; how
many more, `Y`, are finished in the `h` days that remain?

Given `k + Y = s` events, each fell into the first `t` of `t + h` days with chance
`p = t / (t + h)`, whatever the pace is. So the value `y` is rejected where

- `P(X >= k | s = k + y) <= a`, which is `F(y; k, p) <= a` (too few), or
- `P(X <= k | s = k + y) <= a`, which is `F(y - 1; k + 1, p) >= 1 - a` (too many),

with `a = (1 - rate) / 2` and `F(y; r, p)` the chance of at most `y` failures before the `r`-th
success, the negative binomial distribution. What is not rejected is the interval
`[min y: F(y; k, p) > a, min y: F(y; k + 1, p) >= 1 - a]`. It holds `Y` with at least the stated
rate for every pace, every `t` and `h`; since counts are whole numbers it is often more.

Source: W. Nelson (1970), Confidence intervals for the ratio of two Poisson means and Poisson
predictor intervals, IEEE Transactions on Reliability R-19, 42-49; the argument by conditioning also
in D. R. Cox and D. V. Hinkley (1974), Theoretical Statistics, section 7.5. With `n` tasks left
`min(Y, n)` are finished; cutting both ends of the interval at `n` keeps what it holds.

The uncertainty of the pace is in it. What is not: that the pace changes. docs/forecast.md says how
often the interval was right in simulated campaigns that keep the assumption, and in some that do not.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model.campaign import Campaign, local_day
from geo.tasks.progress import finished_since

RATE: Final = 0.8
"""Rate at which the interval holds the truth, at least."""

WINDOW_DAYS: Final = 28
"""Days whose pace counts: four weeks."""

_DAY: Final = timedelta(days=1)
_EPSILON: Final = 1e-12


class Outlook(StrEnum):
    """What can be said of a day."""

    AHEAD = "ahead"
    PAST = "past"
    ALL_DONE = "all_done"
    NOTHING_DUE = "nothing_due"
    NO_HISTORY = "no_history"


@dataclass(frozen=True, slots=True)
class Range:
    """Hold a lowest and a highest count, both included."""

    low: int
    high: int


@dataclass(frozen=True, eq=False, slots=True)
class Forecast:
    """Hold what is said of one day, and what it rests on.

    `due`, `done` and `left` count the tasks that are due by the day: all, finished, open at the
    instant. `pace` of them were finished in the last `window_days`; `days_ahead` remain. `misses`
    says how many are not finished at the end of the day, `at_pace` where the mean pace alone leads;
    for a past day both are what was reported. `band` holds by `day` from the instant's day to the
    day how many tasks of the whole campaign are finished: `low`, `at_pace` (float), `high`.
    """

    day: date
    outlook: Outlook
    due: int
    left: int
    pace: int
    window_days: float
    days_ahead: float
    misses: Range | None
    at_pace: float
    rate: float
    band: pd.DataFrame

    @property
    def done(self) -> int:
        """Tasks that are due by the day and finished."""
        return self.due - self.left


def further(count: int, days: float, ahead: float, *, rate: float = RATE, at_most: int | None = None) -> Range:
    """Return how many events the next days bring, after `count` in the last ones.

    Parameters
    ----------
    count
        Events that were counted.
    days, ahead
        How long was counted, > 0, and how long the forecast reaches, both in days.
    rate
        Least share of forecasts that hold, 0 to 1.
    at_most
        How many can come at all; any number by default.
    """
    if ahead <= 0 or at_most == 0:
        return Range(0, 0)
    tail = (1 - rate) / 2
    chance = days / (days + ahead)
    size = at_most if at_most is not None else 64
    while True:
        low = int((_chances(count, chance, size) <= tail + _EPSILON).sum()) if count else 0
        high = int((_chances(count + 1, chance, size) < 1 - tail - _EPSILON).sum())
        if at_most is not None or high <= size:
            return Range(min(low, size), min(high, size))
        size *= 4


def forecast(
    tasks: pd.DataFrame,
    updates: pd.DataFrame,
    campaign: Campaign,
    *,
    day: date,
    as_of: datetime,
    rate: float = RATE,
) -> Forecast:
    """Return how many of the tasks that are due by a day miss it.

    Parameters
    ----------
    tasks
        With `due`. Tasks that are due later, or have no due date, cannot miss the day.
    updates
        All of them, in the order of `geo.model.campaign.updates_frame`.
    campaign
        Its time zone says when the day ends; what was before its first day is no history.
    day, as_of
        The day, and the aware instant at which one stands.
    rate
        Least share of forecasts that hold, 0 to 1.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    since = finished_since(tasks, updates, min(as_of, campaign.instant_of(day)))
    counted = since[tasks["due"] <= pd.Timestamp(day)]
    left, base = int(counted.isna().sum()), int(since.notna().sum())
    ahead, window = _spans(campaign, day, as_of)
    pace = int((counted > pd.Timestamp(as_of) - pd.Timedelta(days=WINDOW_DAYS)).sum())
    outlook = _outlook(len(counted), left, ahead, window)
    band = _band(outlook, base, left, (pace, window), (as_of, day), campaign, rate)
    low_high, at_pace = _misses(outlook, left, base, band)
    return Forecast(
        day=day,
        outlook=outlook,
        due=len(counted),
        left=left,
        pace=pace,
        window_days=window,
        days_ahead=ahead,
        misses=low_high,
        at_pace=at_pace,
        rate=rate,
        band=band,
    )


def _spans(campaign: Campaign, day: date, as_of: datetime) -> tuple[float, float]:
    """Return the days that remain to the end of a day, and the days of the campaign whose pace counts."""
    ahead = (campaign.instant_of(day) - as_of) / _DAY
    window = (as_of - campaign.instant_of(campaign.start - _DAY)) / _DAY
    return max(ahead, 0.0), min(max(window, 0.0), float(WINDOW_DAYS))


def _outlook(due: int, left: int, ahead: float, window: float) -> Outlook:
    if not due:
        return Outlook.NOTHING_DUE
    if ahead <= 0:
        return Outlook.PAST
    if not left:
        return Outlook.ALL_DONE
    return Outlook.AHEAD if window > 0 else Outlook.NO_HISTORY


def _misses(outlook: Outlook, left: int, base: int, band: pd.DataFrame) -> tuple[Range | None, float]:
    if outlook is Outlook.AHEAD:
        last = band.iloc[-1]
        most, least = int(last["high"]) - base, int(last["low"]) - base
        return Range(left - most, left - least), left - (float(last["at_pace"]) - base)
    if outlook is Outlook.NO_HISTORY:
        return None, float(left)
    return Range(left, left), float(left)


def _band(
    outlook: Outlook,
    base: int,
    left: int,
    seen: tuple[int, float],
    span: tuple[datetime, date],
    campaign: Campaign,
    rate: float,
) -> pd.DataFrame:
    as_of, day = span
    count, window = seen
    today = local_day(as_of, campaign.tz)
    days = pd.date_range(today, day if outlook is Outlook.AHEAD else today - _DAY, name="day", unit="us")
    aheads = [max((campaign.instant_of(one.date()) - as_of) / _DAY, 0.0) for one in days]
    ranges = [further(count, window, ahead, rate=rate, at_most=left) for ahead in aheads]
    return pd.DataFrame(
        {
            "low": [base + one.low for one in ranges],
            "at_pace": [base + min(count / window * ahead, float(left)) for ahead in aheads],
            "high": [base + one.high for one in ranges],
        },
        index=days,
    )


def _chances(successes: int, chance: float, size: int) -> NDArray[np.float64]:
    """Return the chance of at most 0, 1, …, `size` failures before a number of successes."""
    failures = np.arange(1, size + 1)
    steps = np.log((successes + failures - 1) / failures) + np.log1p(-chance)
    logs = successes * np.log(chance) + np.concatenate(([0.0], np.cumsum(steps)))
    return np.cumsum(np.exp(logs))
