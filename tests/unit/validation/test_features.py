"""Features are judged at the exact edge of what is allowed."""

from __future__ import annotations

import math
from typing import Any

import pytest

from geo.model.campaign import SIGN_MAX
from geo.model.kinds import Layer
from geo.validation.codes import ProblemCode
from geo.validation.features import check_context, check_features
from geo.validation.problem import Problem
from tests.support.strategies import CAMPAIGN

WEST, SOUTH, EAST, NORTH = CAMPAIGN.extent
HERE = [(WEST + EAST) / 2, (SOUTH + NORTH) / 2]


def feature(place: list[float] | None = None, **properties: object) -> dict[str, Any]:
    """A sound node, but for the properties given."""
    named = {"id": "N1", "kind": "terminal", "name_zh": "枢纽", "name_en": "Hub", "accuracy_m": 5, "plausible": True}
    geometry = {"type": "Point", "coordinates": place or HERE}
    return {"type": "Feature", "properties": named | properties, "geometry": geometry}


def problems(*raw: object, layer: Layer = Layer.NODES) -> list[Problem]:
    return check_features(raw, layer, "nodes.geojson", CAMPAIGN)[1]


def codes(*raw: object) -> list[ProblemCode]:
    return [one.code for one in problems(*raw)]


@pytest.mark.parametrize("place", [[WEST, SOUTH], [WEST, NORTH], [EAST, SOUTH], [EAST, NORTH]])
def test_the_corners_of_the_extent_lie_in_it(place: list[float]) -> None:
    assert codes(feature(place)) == []


@pytest.mark.parametrize(("lon", "lat"), [(WEST, SOUTH), (WEST, NORTH), (EAST, SOUTH), (EAST, NORTH)])
def test_a_corner_the_wrong_way_round_is_recognised(lon: float, lat: float) -> None:
    assert codes(feature([lat, lon])) == [ProblemCode.SWAPPED_LON_LAT]


@pytest.mark.parametrize(
    "place",
    [
        [math.nextafter(WEST, 0), SOUTH],
        [WEST, math.nextafter(SOUTH, 0)],
        [math.nextafter(EAST, 200), NORTH],
        [EAST, math.nextafter(NORTH, 90)],
        [180.0, 90.0],
        [-180.0, -90.0],
    ],
)
def test_a_hair_beyond_the_extent_is_outside_it(place: list[float]) -> None:
    assert codes(feature(place)) == [ProblemCode.OUTSIDE_EXTENT]


@pytest.mark.parametrize("place", [[180.1, 31.2], [121.3, 90.1], [-180.1, 31.2], [-500_000.0, 3_400_000.0]])
def test_what_is_nowhere_on_earth_is_taken_for_metres(place: list[float]) -> None:
    assert codes(feature(place)) == [ProblemCode.COORDINATES_IN_METRES]


def test_the_first_point_outside_is_named_with_its_feature() -> None:
    line = {"type": "LineString", "coordinates": [HERE, [WEST - 1, SOUTH], [WEST - 2, SOUTH]]}
    (found,) = problems(feature(id=" N9 ") | {"geometry": line})
    assert found.value == f"{WEST - 1:.12g}, {SOUTH:.12g}"
    assert (found.params["feature"], found.row) == ("N9", 1)
    assert problems(feature(), feature(id="  ") | {"geometry": line})[0].params["feature"] == "#2"


@pytest.mark.parametrize("accuracy_m", [0.001, 1, 999_999, 999_999.9])
def test_an_accuracy_above_nothing_and_below_a_thousand_kilometres_is_taken(accuracy_m: float) -> None:
    frame, found = check_features([feature(accuracy_m=accuracy_m)], Layer.NODES, "n", CAMPAIGN)
    assert (found, frame["accuracy_m"].tolist()) == ([], [accuracy_m])


@pytest.mark.parametrize("accuracy_m", [0, -1, 1_000_000, True, "5", None, math.nan])
def test_what_is_no_accuracy_is_told_and_unknown(accuracy_m: object) -> None:
    frame, found = check_features([feature(accuracy_m=accuracy_m)], Layer.NODES, "n", CAMPAIGN)
    assert ([one.code for one in found], frame["accuracy_m"].isna().tolist()) == ([ProblemCode.BAD_ACCURACY], [True])


@pytest.mark.parametrize(("length", "kept"), [(SIGN_MAX, True), (SIGN_MAX + 1, False)])
def test_a_sign_of_the_greatest_length_is_kept_and_a_longer_one_left_out(length: int, *, kept: bool) -> None:
    frame, found = check_features([feature(sign="字" * length)], Layer.NODES, "n", CAMPAIGN)
    assert ([one.code for one in found], frame["sign"].tolist()) == (
        ([], ["字" * length]) if kept else ([ProblemCode.LONG_SIGN], [""])
    )


def test_an_infinite_number_is_told_from_a_geometry_that_is_broken() -> None:
    broken = [{"type": "Point", "coordinates": one} for one in ([math.inf], ["x", 31.2], [[1.0, math.nan], "x"])]
    found = [codes(feature() | {"geometry": one}) for one in broken]
    assert found == [[ProblemCode.NOT_FINITE], [ProblemCode.BROKEN_GEOMETRY], [ProblemCode.NOT_FINITE]]


def test_of_what_stands_twice_the_first_is_kept() -> None:
    frame, found = check_features([feature(sign="一"), feature(sign="二")], Layer.NODES, "n", CAMPAIGN)
    assert ([one.code for one in found], frame["sign"].tolist()) == ([ProblemCode.DUPLICATE_ID], ["一"])
    taken = check_features([feature()], Layer.NODES, "n", CAMPAIGN, taken=("N1",))[1]
    assert [one.code for one in taken] == [ProblemCode.DUPLICATE_ID]


@pytest.mark.parametrize(
    "raw", [None, [], {}, {"type": "Feature", "properties": []}, {"type": "Point", "properties": {}}]
)
def test_what_is_no_feature_is_told_with_its_place(raw: object) -> None:
    found = problems(feature(), raw)
    assert [(one.code, one.row) for one in found] == [(ProblemCode.NOT_A_FEATURE, 2)]


def test_the_background_keeps_what_can_be_drawn() -> None:
    raw = [feature(kind="street"), feature(kind="moon"), feature(kind="street", accuracy_m=0), None]
    frame, found = check_context(raw, "context.geojson", CAMPAIGN)
    assert [(one.code, one.row) for one in found] == [
        (ProblemCode.UNKNOWN_KIND, 2),
        (ProblemCode.BAD_ACCURACY, 3),
        (ProblemCode.NOT_A_FEATURE, 4),
    ]
    assert (frame["kind"].tolist(), frame["name_zh"].tolist()) == (["street"] * 2, ["枢纽"] * 2)
