"""Check the sample roster of the 2020 campaign as it is shipped."""

import re
from datetime import UTC, datetime, timedelta

from data.campaign.load import load_campaign
from geo.incidents.duty import dialled, on_duty, posts_of
from settings import DEFAULT_CAMPAIGN

LOADED = load_campaign(DEFAULT_CAMPAIGN)
DUTY, TZ = LOADED.duty, LOADED.campaign.tz


def test_the_roster_has_no_problem_and_stays_small() -> None:
    assert [one for one in LOADED.problems if one.file == "duty.csv"] == []
    assert (DEFAULT_CAMPAIGN / "duty.csv").stat().st_size < 200_000


def test_every_post_is_manned_through_the_days_that_matter_and_every_unit_has_one() -> None:
    noon = datetime(2020, 9, 1, 12, tzinfo=TZ)
    every = posts_of(DUTY)
    for day in range(75):
        assert [one.place for one in on_duty(DUTY, noon + timedelta(days=day)).now] == every
    assert {unit for unit, _, _ in every} == set(LOADED.units.index)


def test_names_are_marked_as_sample_and_numbers_cannot_ring() -> None:
    assert all(re.fullmatch("示例[甲乙丙丁戊己庚辛壬癸]{1,2}", person) for person in DUTY["person"])
    assert all(dialled(phone).startswith("0210000") for phone in DUTY["phone"])
    per_person = DUTY.groupby(["unit", "person"])["phone"].nunique()
    assert set(per_person) == {1}


def test_the_command_centre_comes_first() -> None:
    assert posts_of(DUTY)[0] == ("adm-command", "带班领导", "Duty director")
    assert DUTY["end"].max() >= datetime(2020, 11, 15, 16, tzinfo=UTC)
