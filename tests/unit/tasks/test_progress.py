from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given

from geo.model.campaign import StatusUpdate, Task, tasks_frame, updates_frame
from geo.model.errors import NaiveInstantError
from geo.model.status import FINISHED, Status
from geo.tasks.joins import latest_status
from geo.tasks.progress import actual_curve, begun_at, finished_since, local_days, planned_curve, undated
from tests.support.strategies import AS_OF, CAMPAIGN, World, worlds

HOUR_LATER = timedelta(hours=1)


def task(number: str, due: date | None) -> Task:
    return Task(number, "services", "", "一", "roads", (), None, due, "low", ())


def update(task: str, status: Status, day: int, hour: int = 9) -> StatusUpdate:
    """A report at an hour of a day of September in Shanghai."""
    at = datetime(2020, 9, day, hour, 30, tzinfo=CAMPAIGN.tz)
    return StatusUpdate(f"U{day:02}{hour:02}{task}", task, "", status, 0, "", "", "", "", "roads", at)


TASKS = tasks_frame(
    [task("T1", date(2020, 9, 3)), task("T2", date(2020, 9, 3)), task("T3", date(2019, 12, 1)), task("T4", None)]
)
UPDATES = updates_frame(
    [
        update("T1", Status.NOT_STARTED, 1),
        update("T1", Status.IN_PROGRESS, 2),
        update("T1", Status.DONE, 3),
        update("T2", Status.DONE, 3, hour=23),
        update("T1", Status.IN_PROGRESS, 5),
        update("T2", Status.ACCEPTED, 6),
        update("T1", Status.DONE, 7),
        update("T9", Status.DONE, 7),
        update("T3", Status.DONE, 20),
    ]
)
END_OF_8TH = CAMPAIGN.instant_of(date(2020, 9, 8))


def test_a_task_is_planned_from_its_due_date_on() -> None:
    planned = planned_curve(TASKS, CAMPAIGN)["planned"]
    assert (planned.loc["2020-01-01"], planned.loc["2020-09-02"], planned.loc["2020-09-03"]) == (1, 1, 3)
    assert (planned.index[0], planned.index[-1]) == (pd.Timestamp(CAMPAIGN.start), pd.Timestamp(CAMPAIGN.end))


def test_tasks_without_due_date_are_named() -> None:
    assert undated(TASKS) == ("T4",)
    assert planned_curve(TASKS, CAMPAIGN)["planned"].iloc[-1] == len(TASKS) - 1


def test_a_reopened_task_falls_back_and_rises_again() -> None:
    actual = actual_curve(TASKS, UPDATES, CAMPAIGN, END_OF_8TH).loc["2020-09-01":]
    assert actual["finished"].tolist() == [0, 0, 2, 2, 1, 1, 2, 2]
    assert actual["accepted"].tolist() == [0, 0, 0, 0, 0, 1, 1, 1]


def test_the_last_day_counts_up_to_the_instant() -> None:
    noon = datetime(2020, 9, 3, 12, tzinfo=CAMPAIGN.tz)
    assert actual_curve(TASKS, UPDATES, CAMPAIGN, noon)["finished"].iloc[-1] == 1
    assert actual_curve(TASKS, UPDATES, CAMPAIGN, noon).index[-1] == pd.Timestamp("2020-09-03")


def test_the_day_is_that_of_the_campaign() -> None:
    before_midnight_in_utc = datetime(2020, 9, 2, 16, 30, tzinfo=UTC)
    late = updates_frame([StatusUpdate("U1", "T1", "", Status.DONE, 0, "", "", "", "", "", before_midnight_in_utc)])
    actual = actual_curve(TASKS, late, CAMPAIGN, END_OF_8TH)["finished"]
    assert (actual.loc["2020-09-02"], actual.loc["2020-09-03"]) == (0, 1)


def test_nothing_was_done_before_the_campaign() -> None:
    before = CAMPAIGN.instant_of(CAMPAIGN.start - timedelta(days=1))
    assert actual_curve(TASKS, UPDATES, CAMPAIGN, before).empty
    assert actual_curve(TASKS, UPDATES.iloc[:0], CAMPAIGN, END_OF_8TH)["finished"].max() == 0


def test_finished_since_the_last_time_that_it_was_finished() -> None:
    since = local_days(finished_since(TASKS, UPDATES, END_OF_8TH), CAMPAIGN.tz)
    assert since.dropna().dt.day.to_dict() == {"T1": 7, "T2": 3}
    since = local_days(finished_since(TASKS, UPDATES, CAMPAIGN.instant_of(date(2020, 9, 5))), CAMPAIGN.tz)
    assert since.dropna().dt.day.to_dict() == {"T2": 3}


def test_a_report_counts_from_its_very_instant_on() -> None:
    at = UPDATES["reported_at"].iloc[2].to_pydatetime()
    assert finished_since(TASKS, UPDATES, at)["T1"] == at
    assert pd.isna(finished_since(TASKS, UPDATES, at - timedelta(microseconds=1))["T1"])


def test_begun_with_the_first_report_of_more_than_nothing() -> None:
    begun = local_days(begun_at(TASKS, UPDATES, END_OF_8TH), CAMPAIGN.tz)
    assert begun.dropna().dt.day.to_dict() == {"T1": 2, "T2": 3}


def test_without_tasks_and_reports_all_is_zero() -> None:
    nothing = TASKS.iloc[:0]
    assert planned_curve(nothing, CAMPAIGN)["planned"].max() == 0
    assert finished_since(TASKS, UPDATES.iloc[:0], END_OF_8TH).isna().all()
    assert begun_at(nothing, UPDATES, END_OF_8TH).empty


@pytest.mark.parametrize("count", [finished_since, begun_at])
def test_a_naive_instant_is_refused(count: Callable[[pd.DataFrame, pd.DataFrame, datetime], pd.Series]) -> None:
    with pytest.raises(NaiveInstantError):
        count(TASKS, UPDATES, datetime(2020, 9, 3))  # noqa: DTZ001  the fault under test


@given(worlds())
def test_the_curve_ends_where_the_board_stands(world: World) -> None:
    tasks, updates = tasks_frame(world.tasks), updates_frame(world.updates)
    for as_of in (AS_OF, AS_OF - 5 * HOUR_LATER):
        status = latest_status(updates, as_of)["status"].reindex(tasks.index)
        finished = status.isin([str(one) for one in FINISHED])
        last = actual_curve(tasks, updates, CAMPAIGN, as_of).iloc[-1]
        assert (last["finished"], last["accepted"]) == (finished.sum(), (status == "accepted").sum())
        assert (finished_since(tasks, updates, as_of).notna() == finished).all()


@given(worlds())
def test_every_day_of_the_curve_is_the_count_of_its_evening(world: World) -> None:
    tasks, updates = tasks_frame(world.tasks), updates_frame(world.updates)
    day = date(2020, 9, 15)
    curve = actual_curve(tasks, updates, CAMPAIGN, CAMPAIGN.instant_of(date(2020, 9, 20)))["finished"]
    evening = finished_since(tasks, updates, CAMPAIGN.instant_of(day)).notna().sum()
    assert curve.loc[pd.Timestamp(day)] == evening


def test_what_was_finished_before_the_campaign_counts_from_its_first_day_on() -> None:
    at = datetime(2019, 12, 20, tzinfo=UTC)
    early = updates_frame([StatusUpdate("U1", "T1", "", Status.ACCEPTED, 100, "", "", "", "", "roads", at)])
    actual = actual_curve(TASKS, early, CAMPAIGN, CAMPAIGN.instant_of(CAMPAIGN.start + timedelta(days=2)))
    assert actual["finished"].tolist() == actual["accepted"].tolist() == [1, 1, 1]
