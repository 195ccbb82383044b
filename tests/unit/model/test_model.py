from datetime import UTC, date, datetime

import pytest

from data.campaign.load import Loaded
from geo.model.campaign import FEATURE_COLUMNS, TASK_COLUMNS, UNIT_COLUMNS, UPDATE_COLUMNS
from geo.model.errors import ConflictError
from locales import Name, same


def test_as_of_a_day_is_its_last_microsecond_in_the_campaigns_time_zone(loaded: Loaded) -> None:
    instant = loaded.campaign.instant_of(date(2020, 9, 15))
    assert instant == datetime(2020, 9, 15, 15, 59, 59, 999999, tzinfo=UTC)
    assert instant.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "nearest"),
    [
        (date(2019, 5, 1), date(2020, 1, 1)),
        (date(2020, 5, 1), date(2020, 5, 1)),
        (date(2021, 5, 1), date(2020, 12, 31)),
    ],
)
def test_a_day_is_clamped_to_the_campaign(loaded: Loaded, day: date, nearest: date) -> None:
    assert loaded.campaign.clamp(day) == nearest


def test_an_unknown_category_is_named_by_its_id(loaded: Loaded) -> None:
    assert loaded.campaign.category_name("services") == Name("配套服务", "Services")
    assert loaded.campaign.category_name("x") == same("x")


def test_frames_have_the_documented_columns(loaded: Loaded) -> None:
    assert tuple(loaded.features.columns) == FEATURE_COLUMNS
    frames = (loaded.units, loaded.tasks, loaded.updates)
    for frame, columns in zip(frames, (UNIT_COLUMNS, TASK_COLUMNS, UPDATE_COLUMNS), strict=True):
        assert (frame.index.name, *frame.columns) == columns


def test_frames_have_the_documented_types(loaded: Loaded) -> None:
    assert loaded.features.crs == "EPSG:4326"
    assert loaded.features["accuracy_m"].dtype == "float64"
    assert loaded.features["plausible"].dtype == "bool"
    assert loaded.tasks["due"].dtype == "datetime64[us]"
    assert loaded.updates["reported_at"].dtype == "datetime64[us, UTC]"
    assert loaded.updates["percent"].dtype == "int64"


@pytest.mark.parametrize(
    ("based_on", "begin"),
    [
        (3, "T01 has a newer version 7; you saw version 3"),
        (None, "This report on T01 was already saved as version 7"),
    ],
)
def test_a_conflict_tells_a_newer_version_from_a_key_that_was_used_before(based_on: int | None, begin: str) -> None:
    error = ConflictError("T01", based_on=based_on, current=7, attempted={})
    assert str(error).startswith(begin)
    assert "T01" in error.message("zh")
