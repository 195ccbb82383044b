from dataclasses import replace
from datetime import UTC, datetime, timedelta

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded
from geo.model.campaign import StatusUpdate, updates_frame
from geo.model.errors import NaiveInstantError
from geo.model.status import FINISHED, Light, Status
from geo.tasks.joins import Board, build_board, latest_status
from geo.tasks.lights import worst
from geo.validation.features import zones_of
from tests.support.strategies import AS_OF, CAMPAIGN, World, light_of, updates, worlds


def naive_latest(world: World, task: str) -> StatusUpdate | None:
    seen = [one for one in world.updates if one.task == task and one.reported_at <= AS_OF]
    return max(seen, key=lambda one: (one.reported_at, len(one.id), one.id), default=None)


def board_of(loaded: Loaded, as_of: datetime) -> Board:
    return build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of)


@given(worlds())
def test_no_feature_or_task_is_lost_or_doubled(world: World) -> None:
    board = world.board()
    assert list(board.features.index) == list(world.features.index)
    assert list(board.tasks.index) == [task.id for task in world.tasks]


@given(worlds())
def test_every_link_to_a_known_feature_stands_once(world: World) -> None:
    board = world.board()
    linked = list(board.links.itertuples(index=False, name=None))
    expected = {(task.id, feature) for task in world.tasks for feature in task.features}
    assert sorted(linked) == sorted(pair for pair in expected if pair[1] in world.features.index)


@given(worlds())
def test_both_sides_of_a_link_tell_the_same(world: World) -> None:
    board = world.board()
    by_task = {(key, one) for key, ones in board.tasks["features"].items() for one in ones}
    by_feature = {(one, key) for key, ones in board.features["tasks"].items() for one in ones}
    assert by_task == by_feature == set(board.links.itertuples(index=False, name=None))


@given(worlds())
def test_what_has_no_partner_has_none_on_either_side(world: World) -> None:
    board = world.board()
    known = set(world.features.index)
    used = {feature for task in world.tasks for feature in task.features}
    lonely = [task.id for task in world.tasks if not known & set(task.features)]
    assert [key for key, ones in board.tasks["features"].items() if not ones] == lonely
    idle = [feature for feature in world.features.index if feature not in used]
    assert [key for key, ones in board.features["tasks"].items() if not ones] == idle


@given(worlds())
def test_each_task_has_its_latest_status_and_its_light(world: World) -> None:
    board = world.board()
    for task in world.tasks:
        latest = naive_latest(world, task.id)
        status = latest.status if latest else Status.NOT_STARTED
        row = board.tasks.loc[task.id]
        assert (row["status"], row["percent"]) == (status, latest.percent if latest else 0)
        assert row["light"] == light_of(status=status, due=task.due, as_of=AS_OF, rules=CAMPAIGN.lights, tz=CAMPAIGN.tz)


@given(worlds())
def test_a_feature_takes_the_worst_light_of_its_tasks(world: World) -> None:
    board = world.board()
    for feature, row in board.features.iterrows():
        linked = board.tasks.loc[list(row["tasks"])]
        assert row["light"] == worst(Light(light) for light in linked["light"]), feature
        assert row["open_tasks"] == sum(status not in FINISHED for status in linked["status"])


@given(st.lists(updates, max_size=15), st.integers(-12, 12))
def test_updates_after_the_instant_are_not_seen(found: list[StatusUpdate], hours: int) -> None:
    as_of = AS_OF + timedelta(hours=hours)
    seen = [one for one in found if one.reported_at <= as_of]
    latest = latest_status(updates_frame(found), as_of)
    assert sorted(latest.index) == sorted({one.task for one in seen})
    assert all(latest["reported_at"] <= as_of)


def test_of_two_updates_at_one_instant_the_later_id_wins() -> None:
    first = StatusUpdate("U9999", "T01", "", Status.DONE, 100, "", "", "", "", "roads", AS_OF)
    frame = updates_frame([replace(first, id="U10000", status=Status.BLOCKED), first])
    assert list(frame.index) == ["U9999", "U10000"]
    assert latest_status(frame, AS_OF).loc["T01", "status"] == Status.BLOCKED


@pytest.mark.parametrize(
    ("as_of", "lights"),
    [
        (datetime(2020, 1, 1, tzinfo=UTC), ["none", "none", "none", "none"]),
        (datetime(2020, 8, 31, 15, 59, tzinfo=UTC), ["green", "red", "green", "none"]),
        (datetime(2020, 9, 14, tzinfo=UTC), ["yellow", "red", "done", "green"]),
        (datetime(2020, 9, 30, 16, tzinfo=UTC), ["red", "red", "done", "red"]),
    ],
)
def test_the_board_of_any_past_day(loaded: Loaded, as_of: datetime, lights: list[str]) -> None:
    board = board_of(loaded, as_of)
    assert list(board.tasks["light"]) == lights
    by_feature = dict(zip(board.features.index, board.features["light"], strict=True))
    assert [by_feature[key] for key in ("C01", "C02", "N03", "C03")] == lights
    assert by_feature["Z1"] == Light.NONE


def test_a_task_without_update_has_not_started_and_says_nothing(loaded: Loaded) -> None:
    row = board_of(loaded, datetime(2020, 1, 1, tzinfo=UTC)).tasks.loc["T02"]
    assert (row["status"], row["percent"], row["note"], row["reported_by"]) == ("not_started", 0, "", "")
    assert row["reported_at"] is pd.NaT
    assert row["days_left"] == 243


def test_an_instant_without_time_zone_is_refused(loaded: Loaded) -> None:
    with pytest.raises(NaiveInstantError, match="has no time zone"):
        board_of(loaded, datetime(2020, 9, 15))  # noqa: DTZ001  the case


def test_a_touch_is_not_enough_to_lie_in_a_zone(loaded: Loaded) -> None:
    zones = loaded.features[loaded.features["layer"] == "zones"]
    shapes = {
        "along the border": shapely.LineString([(121.3, 31.185), (121.3, 31.195)]),
        "up to the border": shapely.LineString([(121.29, 31.185), (121.3, 31.185)]),
        "on the border": shapely.Point(121.3, 31.19),
        "inside": shapely.Point(121.31, 31.19),
        "across": shapely.box(121.295, 31.185, 121.305, 31.187),
        "far away": shapely.Point(121.35, 31.19),
    }
    features = gpd.GeoDataFrame({"layer": "nodes"}, index=list(shapes), geometry=list(shapes.values()))
    found = zones_of(features, zones).tolist()
    assert found == [(), ("Z1",), (), ("Z2",), ("Z1", "Z2"), ()]
