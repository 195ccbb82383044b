"""A campaign that runs shows the real time, one that is over its demonstration day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from geo.errors import NaiveInstantError
from services.clock import now

if TYPE_CHECKING:
    from data.campaign import Loaded

FIRST = datetime(2019, 12, 31, 16, 0, tzinfo=UTC)  # midnight of 1 January 2020 in Shanghai
LAST = datetime(2020, 12, 31, 15, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("real", [FIRST, datetime(2020, 6, 1, tzinfo=UTC), LAST])
def test_a_running_campaign_shows_the_real_time(loaded: Loaded, real: datetime) -> None:
    assert now(loaded.campaign, real) == real


@pytest.mark.parametrize("real", [FIRST.replace(hour=15), LAST.replace(hour=16), datetime(2031, 5, 1, tzinfo=UTC)])
def test_a_campaign_that_is_over_or_to_come_shows_its_demonstration_day(loaded: Loaded, real: datetime) -> None:
    assert now(loaded.campaign, real) == datetime(2020, 9, 15, 15, 59, 59, 999999, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused(loaded: Loaded) -> None:
    with pytest.raises(NaiveInstantError):
        now(loaded.campaign, datetime(2020, 6, 1))  # noqa: DTZ001  # that is the point
