"""A campaign that runs or is to come shows the real time, one that is over its demonstration day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from data.campaign.load import Loaded
from geo.model.errors import NaiveInstantError
from services.campaign.context import CampaignContext, campaign_now
from tests.support.fakes import FakeStore

FIRST = datetime(2019, 12, 31, 16, 0, tzinfo=UTC)  # midnight of 1 January 2020 in Shanghai
LAST = datetime(2020, 12, 31, 15, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("real", [FIRST, datetime(2020, 6, 1, tzinfo=UTC), LAST])
def test_a_running_campaign_shows_the_real_time(loaded: Loaded, real: datetime) -> None:
    assert campaign_now(loaded.campaign, real) == real


@pytest.mark.parametrize("real", [FIRST.replace(hour=15), datetime(2019, 3, 1, tzinfo=UTC)])
def test_a_campaign_that_is_to_come_shows_the_real_time_and_opens_at_its_first_day(
    loaded: Loaded, real: datetime
) -> None:
    desk = CampaignContext(loaded, FakeStore(), lambda: real)
    assert (desk.now(), desk.today()) == (real, loaded.campaign.start)


@pytest.mark.parametrize("real", [LAST.replace(hour=16), datetime(2031, 5, 1, tzinfo=UTC)])
def test_a_campaign_that_is_over_shows_its_demonstration_day(loaded: Loaded, real: datetime) -> None:
    assert campaign_now(loaded.campaign, real) == datetime(2020, 9, 15, 15, 59, 59, 999999, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused(loaded: Loaded) -> None:
    with pytest.raises(NaiveInstantError):
        campaign_now(loaded.campaign, datetime(2020, 6, 1))  # noqa: DTZ001  # that is the point
