"""Hold that a position that cannot be meant is recognised, and that the sentence says what to do."""

from math import inf, nan

import pytest

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
    assert problem.mended == HERE
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
