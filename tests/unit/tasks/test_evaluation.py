"""A task is judged by the report that finished it; blocked days run from report to report."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from data.campaign.load import Loaded
from geo.model.status import DifficultyKind
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
