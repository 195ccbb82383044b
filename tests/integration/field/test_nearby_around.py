"""Hold what a person at a place is told: which projects, in which order, and what is wrong with a position."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from data.campaign.load import load_campaign
from geo.model.status import LIGHT_ORDER
from geo.space.crs import Datum, convert
from geo.space.position import PositionKind
from geo.space.rank import RankBy
from services.campaign.context import CampaignContext, index_of
from services.field.nearby import Around, NearbyQuery, around
from services.field.round import open_around
from tests.support.fakes import FakeStore

CAMPAIGN = Path(__file__).parents[3] / "data" / "campaigns" / "ciie2020"
DAY = date(2020, 9, 15)
HERE = (121.301, 31.193)


@cache
def desk() -> CampaignContext:
    return CampaignContext(load_campaign(CAMPAIGN), FakeStore())


def ask(*place: float, **more: object) -> Around:
    return around(desk(), DAY, NearbyQuery(*(place or HERE), **more))  # type: ignore[arg-type]  # names are checked by Asked


def test_the_nearest_open_projects_stand_first_with_their_most_urgent_task() -> None:
    found = ask(number=10)
    distances = [row.distance_m for row in found.rows]
    assert distances == sorted(distances)
    board = desk().board(DAY)
    for row in found.rows:
        assert board.features.loc[row.feature, "open_tasks"] > 0
        assert board.tasks.loc[row.task, "light"] == row.light
    assert found.matching > len(found.rows)


def test_by_urgency_no_light_stands_before_a_worse_one() -> None:
    ranks = [LIGHT_ORDER.index(row.light) for row in ask(by=RankBy.URGENCY, number=200).rows]
    assert ranks == sorted(ranks)


def test_zones_are_listed_only_when_asked_for() -> None:
    assert not {row.feature[0] for row in ask(number=200, open_only=False).rows} & {"Z"}
    zones = ask(number=200, open_only=False, kinds=frozenset({"zone"})).rows
    assert {row.feature for row in zones} == {"Z1", "Z2", "Z3"}
    assert zones[0].distance_m == 0


def test_a_unit_is_shown_its_own_open_projects_only() -> None:
    board = desk().board(DAY)
    unit = str(board.tasks["lead_unit"].mode().iloc[0])
    rows = ask(unit=unit, number=200).rows
    assert rows
    for row in rows:
        task = board.tasks.loc[row.task]
        assert unit in {task["lead_unit"], *task["supporting_units"]}
    assert ask(unit="nobody").rows == ()


def test_without_the_filter_finished_projects_are_listed_too() -> None:
    assert ask(open_only=False, number=200).matching == sum(desk().loaded.features["layer"] != "zones")
    assert ask(open_only=True).matching < ask(open_only=False).matching


@pytest.mark.parametrize("by", RankBy)
def test_a_radius_keeps_what_lies_within_it(by: RankBy) -> None:
    rows = ask(radius_m=500.0, number=200, by=by).rows
    assert rows
    assert max(row.distance_m for row in rows) <= 500
    assert set(open_around(desk(), DAY, NearbyQuery(*HERE), radius_m=500)) == {row.feature for row in rows}


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_position_in_another_datum_gives_the_same_list(datum: Datum) -> None:
    lon, lat = (float(one) for one in convert(*HERE, source=Datum.WGS84, target=datum))
    shifted, plain = ask(lon, lat, datum=datum), ask()
    assert shifted.position == pytest.approx(HERE, abs=1e-7)
    assert [row.feature for row in shifted.rows] == [row.feature for row in plain.rows]
    assert ask(lon, lat).rows != plain.rows


def test_what_lies_within_the_accuracy_says_so() -> None:
    rows = ask(accuracy_m=100.0).rows
    assert [row.here for row in rows] == [row.distance_m <= 100 for row in rows]
    assert all(row.why.zh.startswith("就在") for row in rows if row.here)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ((float("nan"), 31.2), PositionKind.NOT_A_NUMBER),
        ((0.0, 0.0), PositionKind.ZERO),
        ((31.193, 121.301), PositionKind.SWAPPED),
        ((116.4, 39.9), PositionKind.FAR),
    ],
)
def test_nothing_is_listed_from_a_position_that_cannot_be_meant(place: tuple[float, float], kind: PositionKind) -> None:
    found = ask(*place, datum=Datum.GCJ02)
    assert (found.rows, found.position) == ((), None)
    assert found.problem is not None
    assert found.problem.kind == kind


def test_a_vague_position_lists_and_warns() -> None:
    found = ask(accuracy_m=9_000.0)
    assert found.rows
    assert found.problem is not None
    assert found.problem.kind == PositionKind.VAGUE


def test_the_index_is_built_once_a_desk() -> None:
    assert index_of(desk()) is index_of(desk())
