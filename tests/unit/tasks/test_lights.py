from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.campaign import LightRules
from geo.model.errors import NaiveInstantError, OneMapError
from geo.model.status import FINISHED, Light, Status
from geo.tasks.lights import LIGHT_RANK, days_left, lights_of, worst
from tests.support.strategies import light_of

TZ = ZoneInfo("Asia/Shanghai")
RULES = LightRules(due_soon_days=7, stale_days=14)
DUE = date(2020, 9, 30)

statuses = st.sampled_from(list(Status))
open_statuses = st.sampled_from([status for status in Status if status not in FINISHED])
days = st.dates(date(2019, 12, 1), date(2021, 2, 1))
instants = st.datetimes(datetime(2020, 1, 1), datetime(2021, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants naive bounds
rules = st.builds(LightRules, st.integers(0, 30), st.just(14))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=TZ)


@pytest.mark.parametrize(
    ("status", "days_before", "light"),
    [
        (Status.NOT_STARTED, 30, Light.NONE),
        (Status.NOT_STARTED, 7, Light.YELLOW),
        (Status.NOT_STARTED, -1, Light.RED),
        (Status.IN_PROGRESS, 8, Light.GREEN),
        (Status.IN_PROGRESS, 7, Light.YELLOW),
        (Status.IN_PROGRESS, 0, Light.YELLOW),
        (Status.IN_PROGRESS, -1, Light.RED),
        (Status.BLOCKED, 30, Light.RED),
        (Status.DONE, -30, Light.DONE),
        (Status.ACCEPTED, -30, Light.DONE),
    ],
)
def test_light_follows_status_and_days_left(status: Status, days_before: int, light: Light) -> None:
    as_of = noon(DUE - timedelta(days=days_before))
    assert light_of(status=status, due=DUE, as_of=as_of, rules=RULES, tz=TZ) == light
    assert days_left(DUE, as_of, TZ) == days_before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_task_is_late_from_midnight_after_its_due_day_local_time(due: date) -> None:
    midnight = datetime.combine(due + timedelta(days=1), time(), tzinfo=TZ).astimezone(UTC)
    just_before = midnight - timedelta(microseconds=1)
    lights = [
        light_of(status=Status.IN_PROGRESS, due=due, as_of=as_of, rules=RULES, tz=TZ)
        for as_of in (just_before, midnight)
    ]
    assert lights == [Light.YELLOW, Light.RED]


@given(open_statuses, st.none() | days, instants, instants, rules)
def test_time_alone_only_makes_a_light_worse(
    status: Status, due: date | None, one: datetime, other: datetime, light_rules: LightRules
) -> None:
    earlier, later = (
        light_of(status=status, due=due, as_of=as_of, rules=light_rules, tz=TZ) for as_of in sorted((one, other))
    )
    assert LIGHT_RANK[later] <= LIGHT_RANK[earlier]


@given(st.sampled_from(list(FINISHED)), st.none() | days, instants, rules)
def test_what_is_finished_is_never_red(
    status: Status, due: date | None, as_of: datetime, light_rules: LightRules
) -> None:
    assert light_of(status=status, due=due, as_of=as_of, rules=light_rules, tz=TZ) is Light.DONE


@given(instants, rules)
def test_without_a_due_date_nothing_is_late_or_due_soon(as_of: datetime, light_rules: LightRules) -> None:
    lights = {
        status: light_of(status=status, due=None, as_of=as_of, rules=light_rules, tz=TZ)
        for status in (Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED)
    }
    assert list(lights.values()) == [Light.NONE, Light.GREEN, Light.RED]
    assert days_left(None, as_of, TZ) is None


def light_by_the_rule(status: Status, left: int | None, soon: int) -> Light:
    """The rule as it is written down, line by line."""
    if status in {Status.DONE, Status.ACCEPTED}:
        return Light.DONE
    if status is Status.BLOCKED or (left is not None and left < 0):
        return Light.RED
    if left is not None and left <= soon:
        return Light.YELLOW
    return Light.NONE if status is Status.NOT_STARTED else Light.GREEN


@given(st.lists(st.tuples(statuses, st.none() | days), max_size=20), instants, rules)
def test_many_lights_are_what_each_is_alone(
    tasks: list[tuple[Status, date | None]], as_of: datetime, light_rules: LightRules
) -> None:
    due = pd.Series(np.array([due for _, due in tasks], dtype="datetime64[D]")).astype("datetime64[us]")
    status = [status.value for status, _ in tasks]
    lights = lights_of(status=status, due=due, as_of=as_of, rules=light_rules, tz=TZ)
    soon = light_rules.due_soon_days
    assert list(lights) == [light_by_the_rule(status, days_left(due, as_of, TZ), soon) for status, due in tasks]


@given(st.lists(st.sampled_from(list(Light))))
def test_the_worst_light_is_the_first_of_the_order(lights: list[Light]) -> None:
    expected = min(lights, key=lambda light: LIGHT_RANK[light]) if lights else Light.NONE
    assert worst(lights) == expected


def test_an_instant_without_time_zone_is_refused() -> None:
    naive = datetime(2020, 9, 15)  # noqa: DTZ001  the case
    with pytest.raises(NaiveInstantError, match="2020-09-15T00:00:00' has no time zone") as caught:
        light_of(status=Status.DONE, due=DUE, as_of=naive, rules=RULES, tz=TZ)
    assert isinstance(caught.value, OneMapError)
