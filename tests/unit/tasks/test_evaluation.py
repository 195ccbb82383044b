"""A task is judged by the report that finished it; blocked days run from report to report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from data.campaign.load import Loaded
from geo.model.campaign import StatusUpdate, updates_frame
from geo.model.status import DifficultyKind, Status
from geo.tasks.evaluation import Outcome, Rate, good_cases, obstacles, outcomes, rate, rates_by
from geo.tasks.joins import build_board


def _found(loaded: Loaded, day: date) -> dict[str, Outcome]:
    as_of = loaded.campaign.instant_of(day)
    board = build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of, units=loaded.units)
    return {one.task: one for one in outcomes(board, loaded.campaign, loaded.updates, {"T01"})}


def test_each_task_comes_out_as_its_reports_say(loaded: Loaded) -> None:
    found = _found(loaded, date(2020, 9, 30))
    assert (found["T02"].finished_on, found["T02"].days_late, found["T02"].counts) == (None, 30, True)
    assert found["T02"].blocked_days == (("permits", 60),)
    assert found["T01"].difficulties == ("pipelines",)
    assert found["T01"].supervised
    assert (found["T03"].finished_on, found["T03"].days_late, found["T03"].counts) == (date(2020, 9, 1), None, False)


def test_what_is_open_and_not_yet_due_does_not_count(loaded: Loaded) -> None:
    whole = rate(_found(loaded, date(2020, 8, 15)).values())
    assert whole == Rate("", 4, 0, 0, 0)
    assert whole.share is None


@pytest.mark.parametrize(("days_late", "on_time"), [(-1, True), (0, True), (1, False)])
def test_the_due_date_itself_is_on_time(days_late: int, *, on_time: bool) -> None:
    one = Outcome("T1", "c", "u", date(2020, 9, 1), date(2020, 9, 1), days_late)
    assert (one.on_time, one.counts) == (on_time, True)


def test_good_cases_are_early_never_blocked_and_never_supervised() -> None:
    due, done = date(2020, 9, 10), date(2020, 9, 1)
    every = [
        Outcome("early", "c", "u", due, done, -9),
        Outcome("earlier", "c", "u", due, done, -20),
        Outcome("just", "c", "u", due, done, -2),
        Outcome("blocked", "c", "u", due, done, -9, (("land", 3),)),
        Outcome("supervised", "c", "u", due, done, -9, supervised=True),
        Outcome("open", "c", "u", due, None, -9),
    ]
    assert [one.task for one in good_cases(every, 3)] == ["earlier", "early"]


def test_rates_keep_the_order_of_the_keys_and_leave_out_what_has_no_task(loaded: Loaded) -> None:
    found = _found(loaded, date(2020, 12, 31)).values()
    rates = rates_by(found, "lead_unit", ["parks", "office", "nobody", "roads"])
    assert [(one.key, one.tasks) for one in rates] == [("parks", 1), ("office", 1), ("roads", 2)]


def test_obstacles_add_up_days_and_name_the_late_ones(loaded: Loaded) -> None:
    found = obstacles(_found(loaded, date(2020, 9, 30)).values())
    assert [(one.kind, one.tasks, one.blocked_days, one.late) for one in found] == [
        (DifficultyKind.PERMITS, ("T02",), 60, 1),
        (DifficultyKind.PIPELINES, ("T01",), 0, 1),
    ]


def test_nothing_is_known_before_the_first_report(loaded: Loaded) -> None:
    board = build_board(
        loaded.features, loaded.tasks, loaded.updates.iloc[:0], loaded.campaign, datetime(2020, 1, 1, tzinfo=UTC)
    )
    found = outcomes(board, loaded.campaign, loaded.updates.iloc[:0])
    assert obstacles(found) == ()
    assert good_cases(found) == ()


DUE, DONE = date(2020, 9, 10), date(2020, 9, 1)


def outcome(task: str, days_late: int | None, *, open_: bool = False, **more: object) -> Outcome:
    return replace(Outcome(task, "c", "u", DUE, None if open_ else DONE, days_late), **more)  # type: ignore[arg-type]


def test_a_good_case_is_early_by_as_many_days_as_are_asked_for_and_no_fewer() -> None:
    every = [outcome("two", -2), outcome("three", -3), outcome("four", -4), outcome("undated", None)]
    assert [one.task for one in good_cases(every)] == ["four", "three"]
    assert [one.task for one in good_cases(every, 4)] == ["four"]
    assert [one.task for one in good_cases([outcome("today", 0), outcome("undated", None)], 0)] == ["today"]


def test_a_rate_tells_late_from_open_and_leaves_out_what_does_not_count() -> None:
    every = [
        outcome("early", -1),
        outcome("due", 0),
        outcome("late", 1),
        outcome("overdue", 1, open_=True),
        outcome("due today", 0, open_=True),
        outcome("undated", None),
    ]
    found = rate(every, "roads")
    assert found == Rate("roads", tasks=6, on_time=2, late=1, overdue=1)
    assert (found.counted, found.share) == (4, 0.5)


def test_the_greatest_obstacle_comes_first_and_of_equal_ones_that_with_more_tasks() -> None:
    every = [
        outcome("T1", 1, difficulties=("funds",), blocked_days=(("funds", 2),)),
        outcome("T2", -1, difficulties=("land",), blocked_days=(("land", 2),)),
        outcome("T3", 0, open_=True, difficulties=("land",)),
        outcome("T4", 2, open_=True, difficulties=("permits",), blocked_days=(("permits", 3), ("land", 0))),
    ]
    assert [(str(one.kind), one.tasks, one.blocked_days, one.late) for one in obstacles(every)] == [
        ("permits", ("T4",), 3, 1),
        ("land", ("T2", "T3", "T4"), 2, 1),
        ("funds", ("T1",), 2, 1),
    ]
    assert every[3].blocked == 3


def test_unknown_keys_come_after_those_of_the_report() -> None:
    every = [outcome("T1", 0, lead_unit="new"), outcome("T2", 0, lead_unit="roads")]
    assert [one.key for one in rates_by(every, "lead_unit", ["roads"])] == ["roads", "new"]


def test_days_blocked_run_from_report_to_report_and_the_last_one_to_the_day(loaded: Loaded) -> None:
    at = [datetime(2020, 9, day, 4, tzinfo=UTC) for day in (1, 3, 6, 10)]
    told = [(Status.BLOCKED, "land"), (Status.BLOCKED, ""), (Status.IN_PROGRESS, "funds"), (Status.BLOCKED, "land")]
    rows = [
        StatusUpdate(f"U{n}", "T01", "", status, 50, "", kind, "", "", "roads", when)
        for n, (when, (status, kind)) in enumerate(zip(at, told, strict=True))
    ]
    updates, as_of = updates_frame(rows), datetime(2020, 9, 12, 4, tzinfo=UTC)
    board = build_board(loaded.features, loaded.tasks, updates, loaded.campaign, as_of)
    found = next(one for one in outcomes(board, loaded.campaign, updates) if one.task == "T01")
    assert (dict(found.blocked_days), found.difficulties) == ({"land": 4, "other": 3}, ("land", "funds"))
    before = build_board(loaded.features, loaded.tasks, updates, loaded.campaign, at[3])
    found = next(one for one in outcomes(before, loaded.campaign, updates) if one.task == "T01")
    assert dict(found.blocked_days) == {"land": 2, "other": 3}


def test_a_report_at_the_instant_itself_counts_with_no_day_yet(loaded: Loaded) -> None:
    at = [datetime(2020, 9, day, 4, tzinfo=UTC) for day in (1, 3)]
    rows = [
        StatusUpdate(f"U{n}", "T01", "", Status.BLOCKED, 50, "", kind, "", "", "roads", when)
        for n, (when, kind) in enumerate(zip(at, ("land", ""), strict=True))
    ]
    board = build_board(loaded.features, loaded.tasks, updates_frame(rows), loaded.campaign, at[1])
    found = next(one for one in outcomes(board, loaded.campaign, updates_frame(rows)) if one.task == "T01")
    assert [(str(kind), repr(days)) for kind, days in found.blocked_days] == [("land", "2"), ("other", "0")]
