"""Hold that a position that cannot be meant is recognised, and that the sentence says what to do."""

from math import inf, nan, nextafter

import pytest

from geo.space import position
from geo.space.position import POSITION_TEXTS, PositionKind, check_position, outside_m

EXTENT = (121.25, 31.13, 121.39, 31.26)
HERE = (121.301, 31.193)


@pytest.mark.parametrize(
    ("lon", "lat", "accuracy_m", "kind"),
    [
        (*HERE, None, None),
        (*HERE, 4_999.0, None),
        (121.5, 31.2, 20.0, None),
        (nan, 31.2, None, PositionKind.NOT_A_NUMBER),
        (121.3, inf, None, PositionKind.NOT_A_NUMBER),
        (31.193, 121.301, None, PositionKind.SWAPPED),
        (200.0, 31.2, None, PositionKind.OUT_OF_RANGE),
        (121.3, -91.0, None, PositionKind.OUT_OF_RANGE),
        (0.0, 0.0, None, PositionKind.ZERO),
        (116.4, 39.9, None, PositionKind.FAR),
        (*HERE, 5_001.0, PositionKind.VAGUE),
        (*HERE, nan, PositionKind.VAGUE),
    ],
)
def test_a_position_that_cannot_be_meant_is_recognised(
    lon: float, lat: float, accuracy_m: float | None, kind: PositionKind | None
) -> None:
    problem = check_position(lon, lat, extent=EXTENT, accuracy_m=accuracy_m)
    assert (problem.kind if problem else None) == kind


def test_swapped_coordinates_are_offered_the_right_way_round() -> None:
    problem = check_position(*HERE[::-1], extent=EXTENT)
    assert problem is not None
    assert problem.corrected == HERE
    assert "31.193" in problem.text.en
    assert problem.blocks


def test_a_vague_position_is_a_remark_and_no_barrier() -> None:
    problem = check_position(*HERE, extent=EXTENT, accuracy_m=8_000)
    assert problem is not None
    assert not problem.blocks
    assert "8 公里" in problem.text.zh


@pytest.mark.parametrize("kind", PositionKind)
def test_every_sentence_keeps_the_map_open_as_a_way(kind: PositionKind) -> None:
    assert "地图" in POSITION_TEXTS[kind].zh
    assert "map" in POSITION_TEXTS[kind].en


def test_distance_to_the_extent_is_nothing_inside_and_grows_outside() -> None:
    assert outside_m(*HERE, EXTENT) == 0
    assert outside_m(121.25 - 0.01, 31.2, EXTENT) == pytest.approx(953, abs=2)


def kind_of(lon: float, lat: float, accuracy_m: float | None = None) -> PositionKind | None:
    problem = check_position(lon, lat, extent=EXTENT, accuracy_m=accuracy_m)
    return problem.kind if problem else None


@pytest.mark.parametrize(("lon", "lat"), [(31.13, 121.25), (31.13, 121.39), (31.26, 121.25), (31.26, 121.39)])
def test_the_corners_of_the_extent_are_recognised_the_wrong_way_round(lon: float, lat: float) -> None:
    assert kind_of(lon, lat) == PositionKind.SWAPPED


@pytest.mark.parametrize(("lon", "lat"), [(31.2, 121.24), (31.2, 121.40), (31.12, 121.3), (31.27, 121.3)])
def test_what_would_lie_outside_when_turned_round_is_not_taken_for_swapped(lon: float, lat: float) -> None:
    assert kind_of(lon, lat) == PositionKind.OUT_OF_RANGE


def test_a_longitude_of_90_degrees_may_still_be_a_latitude() -> None:
    problem = check_position(90.0, 10.0, extent=(9.0, 80.0, 11.0, 90.0))
    assert problem is not None
    assert (problem.kind, problem.corrected) == (PositionKind.SWAPPED, (10.0, 90.0))


@pytest.mark.parametrize(("lon", "lat"), [(180.0, 31.2), (-180.0, 31.2), (121.3, 90.0), (121.3, -90.0)])
def test_the_edge_of_the_earth_is_on_it_and_far(lon: float, lat: float) -> None:
    assert kind_of(lon, lat) == PositionKind.FAR
    assert kind_of(lon * 1.001, lat * 1.001) == (PositionKind.OUT_OF_RANGE)


@pytest.mark.parametrize(
    ("degrees", "kind"), [(0.01, PositionKind.ZERO), (-0.01, PositionKind.ZERO), (0.0101, PositionKind.FAR)]
)
def test_a_hundredth_of_a_degree_from_nowhere_is_still_no_fix(degrees: float, kind: PositionKind) -> None:
    assert (kind_of(degrees, 0.0), kind_of(0.0, degrees)) == (kind, kind)


def test_exactly_as_far_as_is_allowed_is_not_too_far(monkeypatch: pytest.MonkeyPatch) -> None:
    away = outside_m(121.5, 31.2, EXTENT)
    monkeypatch.setattr(position, "FAR_M", away)
    assert kind_of(121.5, 31.2) is None
    monkeypatch.setattr(position, "FAR_M", nextafter(away, 0))
    assert kind_of(121.5, 31.2) == PositionKind.FAR


def test_a_far_position_says_how_many_kilometres() -> None:
    problem = check_position(116.4, 39.9, extent=EXTENT)
    assert problem is not None
    assert round(outside_m(116.4, 39.9, EXTENT) / 1000) == 1054
    assert "1,054 公里" in problem.text.zh
    assert "1,054 km" in problem.text.en


@pytest.mark.parametrize(("accuracy_m", "kind", "km"), [
    (5_000.0, None, ""), (8_000_000.0, PositionKind.VAGUE, "8,000"), (inf, PositionKind.VAGUE, "?"),
])  # fmt: skip
def test_a_vague_position_says_how_vague_where_that_is_a_number(
    accuracy_m: float, kind: PositionKind | None, km: str
) -> None:
    problem = check_position(*HERE, extent=EXTENT, accuracy_m=accuracy_m)
    assert (problem.kind if problem else None) == kind
    assert problem is None or f"only good to {km} km" in problem.text.en


def test_degrees_are_written_without_needless_zeros_and_without_losing_needed_ones() -> None:
    problem = check_position(0.5, 100.0, extent=EXTENT)
    assert problem is not None
    assert "Longitude 0.5, latitude 100 is" in problem.text.en
