"""The interval equals what is worked out by hand, and says at the edges what can be said."""

from datetime import date, datetime, timedelta
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.campaign import StatusUpdate, Task, tasks_frame, updates_frame
from geo.model.status import Status
from geo.tasks.forecast import Forecast, Outlook, Range, forecast, further
from tests.support.strategies import AS_OF, CAMPAIGN

DEADLINE = CAMPAIGN.deadline


def task(number: int, due: date | None = DEADLINE) -> Task:
    return Task(f"T{number}", "services", "", "一", "roads", (), None, due, "low", ())


def report(number: int, days_ago: float, status: Status = Status.DONE) -> StatusUpdate:
    at = AS_OF.replace(microsecond=999999) - timedelta(days=days_ago)
    return StatusUpdate(f"U{days_ago}-{number}", f"T{number}", "", status, 0, "", "", "", "", "roads", at)


def said(tasks: list[Task], reports: list[StatusUpdate], day: date = DEADLINE, *, on: date | None = None) -> Forecast:
    as_of = CAMPAIGN.instant_of(on or date(2020, 9, 15))
    return forecast(tasks_frame(tasks), updates_frame(reports), CAMPAIGN, day=day, as_of=as_of)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0, 3),  # 1/2, 3/4, 7/8, 15/16 for at most 0, 1, 2, 3 more: 15/16 is the first above 0.9
        (1, 0, 5),  # 1/4, 1/2, 11/16, 13/16, 57/64, 120/128: the sixth is the first above 0.9
        (4, 1, 9),  # low: 1/16 for none is at most 0.1, 1/16 + 4/32 for at most one is more
    ],
)
def test_as_long_ahead_as_back_is_like_tossing_a_coin(count: int, low: int, high: int) -> None:
    assert further(count, 28, 28) == Range(low, high)


def test_a_third_of_the_time_ahead_is_like_three_of_four() -> None:
    """None in 27 days, 9 ahead: at most 0 more 3/4, at most 1 more 15/16."""
    assert further(0, 27, 9) == Range(0, 1)


@given(st.integers(0, 30), st.integers(1, 60), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_the_interval_is_what_binomial_tests_do_not_reject(count: int, ahead: int, rate: float) -> None:
    """Worked out the other way: from how the events of both spans fall into the first."""
    chance, tail = 28 / (28 + ahead), (1 - rate) / 2

    def kept(more: int) -> bool:
        all_ = count + more
        parts = [comb(all_, k) * chance**k * (1 - chance) ** (all_ - k) for k in range(all_ + 1)]
        return sum(parts[count:]) > tail and sum(parts[: count + 1]) > tail

    values = [more for more in range(400) if kept(more)]
    assert further(count, 28, ahead, rate=rate) == Range(values[0], values[-1])


def test_a_campaign_by_hand() -> None:
    """Four of ten in four weeks, four weeks remain: 1 to 9 more, cut at the 6 that are left; so 0 to 5 miss."""
    reports = [report(number, 10) for number in range(4)]
    one = said([task(number, date(2020, 10, 13)) for number in range(10)], reports, date(2020, 10, 13))
    assert (one.outlook, one.due, one.done, one.left) == (Outlook.AHEAD, 10, 4, 6)
    assert (one.pace, one.window_days, one.days_ahead) == (4, 28, 28)
    assert (one.misses, one.at_pace) == (Range(0, 5), 2)


def test_only_tasks_that_are_due_by_the_day_can_miss_it() -> None:
    tasks = [task(1), task(2, DEADLINE + timedelta(days=1)), task(3, None)]
    one = said(tasks, [report(2, 3), report(3, 3)])
    assert (one.due, one.left, one.pace) == (1, 1, 0)
    assert one.misses == Range(0, 1)


def test_what_was_finished_before_the_four_weeks_is_no_pace() -> None:
    tasks = [task(number) for number in range(4)]
    assert said(tasks, [report(1, 28), report(2, 27.99), report(3, 40)]).pace == 1


def test_what_was_reopened_is_no_pace() -> None:
    tasks = [task(1), task(2)]
    one = said(tasks, [report(1, 9), report(1, 2, Status.IN_PROGRESS)])
    assert (one.pace, one.left) == (0, 2)


def test_the_band_starts_at_what_is_done_and_ends_at_the_interval() -> None:
    tasks = [task(number) for number in range(12)]
    one = said(tasks, [report(number, 10) for number in range(5)])
    assert one.misses is not None
    assert one.band.iloc[0].tolist() == [5, 5, 5]
    assert one.band.iloc[-1].tolist() == [12 - one.misses.high, 12 - one.at_pace, 12 - one.misses.low]
    assert one.band["low"].is_monotonic_increasing
    assert (one.band["low"] <= one.band["at_pace"]).all()


def test_all_done_misses_nothing() -> None:
    one = said([task(1)], [report(1, 3)])
    assert (one.outlook, one.misses, len(one.band)) == (Outlook.ALL_DONE, Range(0, 0), 0)


def test_nothing_due_misses_nothing() -> None:
    one = said([task(1, None)], [])
    assert (one.outlook, one.due, one.misses) == (Outlook.NOTHING_DUE, 0, Range(0, 0))


def test_of_a_past_day_it_tells_what_was_reported() -> None:
    reports = [report(1, 3), report(2, -20)]
    one = said([task(number) for number in range(3)], reports, on=date(2020, 10, 10))
    assert (one.outlook, one.misses, one.days_ahead) == (Outlook.PAST, Range(2, 2), 0)
    assert said([task(1)], [], on=DEADLINE).outlook is Outlook.PAST


def test_before_the_campaign_nothing_is_known() -> None:
    one = said([task(1)], [], on=CAMPAIGN.start - timedelta(days=1))
    assert (one.outlook, one.misses, one.window_days) == (Outlook.NO_HISTORY, None, 0)


def test_a_young_campaign_counts_the_days_that_it_has() -> None:
    one = said([task(number) for number in range(9)], [], on=CAMPAIGN.start + timedelta(days=6))
    assert one.window_days == pytest.approx(7)
    assert one.misses == Range(0, 9)


def test_the_same_input_gives_the_same_forecast() -> None:
    tasks, reports = [task(number) for number in range(20)], [report(number, 2) for number in range(3)]
    first, second = said(tasks, reports), said(tasks, reports)
    assert (first.misses, first.at_pace) == (second.misses, second.at_pace)
    assert first.band.equals(second.band)


def test_thousands_of_tasks_do_not_overflow() -> None:
    one = further(5000, 28, 28)
    assert one.low < 5000 < one.high
    assert one.high - one.low < 400


@pytest.mark.parametrize(
    "as_of",
    [
        CAMPAIGN.instant_of(DEADLINE) - timedelta(hours=12),
        CAMPAIGN.instant_of(CAMPAIGN.start - timedelta(days=1)) + timedelta(hours=12),
    ],
)
def test_half_a_day_ahead_or_of_history_is_enough(as_of: datetime) -> None:
    one = forecast(tasks_frame([task(1)]), updates_frame([]), CAMPAIGN, day=DEADLINE, as_of=as_of)
    assert one.outlook is Outlook.AHEAD
