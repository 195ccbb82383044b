"""Hold chainage, side and offset along corridors made by hand in metres."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point, Polygon, box

from data.campaign.load import load_campaign
from geo.model.campaign import FEATURE_CRS
from geo.space import chainage
from geo.space.chainage import SIDE_LABELS, Passage, Side, along, axis_of, chainage_text
from geo.space.crs import from_metric

CAMPAIGN = Path(__file__).parents[3] / "data" / "campaigns" / "ciie2020"
ORIGIN = np.array([624_000.0, 3_452_000.0])
EAST = LineString([(0, 0), (1_000, 0)])
BENT = LineString([(0, 0), (500, 0), (500, 500)])


def on_earth(shape: object) -> object:
    return shapely.transform(shape, lambda points: np.column_stack(from_metric(*(points + ORIGIN).T)))


def passages(corridor: object, *shapes: object, within_m: float = 50.0) -> tuple[Passage, ...]:
    frame = gpd.GeoDataFrame(geometry=[on_earth(shape) for shape in shapes], crs=FEATURE_CRS)
    return along(on_earth(corridor), frame, within_m=within_m)


def told(corridor: object, *shapes: object, within_m: float = 50.0) -> list[tuple[int, float, str, float]]:
    found = passages(corridor, *shapes, within_m=within_m)
    return [(one.place, round(one.at_m, 1), str(one.side), round(one.offset_m, 1)) for one in found]


@pytest.mark.parametrize(("metres", "text"), [(0, "K0+000"), (350.4, "K0+350"), (999.6, "K1+000"), (12_034, "K12+034")])
def test_a_chainage_is_written_in_kilometres_and_metres(metres: float, text: str) -> None:
    assert chainage_text(metres) == text


def test_points_stand_in_order_with_side_and_offset() -> None:
    assert told(EAST, Point(700, -20), Point(350, 30), Point(100, 0), Point(500, 51)) == [
        (2, 100.0, "on", 0.0),
        (1, 350.0, "left", 30.0),
        (0, 700.0, "right", 20.0),
    ]


def test_the_other_direction_counts_from_the_other_end_and_swaps_the_sides() -> None:
    assert told(EAST.reverse(), Point(350, 30)) == [(0, 650.0, "right", 30.0)]


def test_before_the_start_and_beyond_the_end_the_axis_is_thought_on() -> None:
    found = told(EAST, Point(-30, 10), Point(1_020, -10), Point(1_040, 0))
    assert [(at, side) for _, at, side, _ in found] == [(0.0, "left"), (1_000.0, "right"), (1_000.0, "on")]
    assert found[2][3] == 40.0


def test_at_a_bend_the_sides_are_those_of_both_legs() -> None:
    assert told(BENT, Point(470, 20), Point(530, -20)) == [(0, 470.0, "left", 20.0), (1, 500.0, "right", 36.1)]


def test_a_crossing_line_gives_the_chainage_of_each_crossing() -> None:
    zigzag = LineString([(200, -200), (300, 200), (600, 200), (700, -200)])
    (found,) = passages(EAST, zigzag)
    assert found.crossings_m == pytest.approx((250, 650), abs=0.01)
    assert (found.at_m, found.offset_m) == pytest.approx((250, 0), abs=0.01)
    assert found.side == Side.ON


def test_a_line_that_runs_along_the_axis_gives_both_ends() -> None:
    (found,) = passages(EAST, LineString([(400, 0), (500, 0), (600, 0)]))
    assert (found.crossings_m[0], found.crossings_m[-1]) == pytest.approx((400, 600), abs=0.01)


def test_a_parallel_line_lies_beside_the_stretch_within_reach() -> None:
    (found,) = passages(EAST, LineString([(300, 500), (300, 30), (800, 30)]))
    assert (found.from_m, found.to_m) == pytest.approx((300, 800), abs=0.1)
    assert found.side == Side.LEFT
    assert found.offset_m == pytest.approx(30, abs=0.01)
    assert found.crossings_m == ()


def test_an_area_is_crossed_at_its_edges() -> None:
    (found,) = passages(EAST, box(200, -80, 400, 80))
    assert found.crossings_m == pytest.approx((200, 400), abs=0.01)
    assert (found.from_m, found.to_m) == pytest.approx((200, 400), abs=0.1)


def test_an_area_around_the_whole_corridor_begins_at_its_start() -> None:
    (found,) = passages(EAST, box(-100, -100, 1_100, 100))
    assert (found.at_m, found.side, found.crossings_m) == (0.0, Side.ON, ())
    assert (found.from_m, found.to_m) == pytest.approx((0, 1_000), abs=0.01)


def test_parts_that_continue_one_another_are_joined_in_their_direction() -> None:
    parts = MultiLineString([[(500, 0), (1_000, 0)], [(0, 0), (500, 0)]])
    assert told(parts, Point(100, 10), Point(700, 10)) == [(0, 100.0, "left", 10.0), (1, 700.0, "left", 10.0)]


def test_a_gap_between_parts_has_no_length() -> None:
    parts = MultiLineString([[(0, 0), (300, 0)], [(700, 0), (1_000, 0)]])
    assert told(parts, Point(200, 10), Point(800, -10)) == [(0, 200.0, "left", 10.0), (1, 400.0, "right", 10.0)]


@pytest.mark.parametrize("shape", [Point(0, 0), Polygon(), None, LineString([(1, 1), (1, 1)])])
def test_what_is_no_line_has_no_chainage(shape: object) -> None:
    with pytest.raises(ValueError, match="choose a corridor"):
        axis_of(shape)


@given(st.floats(0, 1_000), st.floats(-49, 49).filter(lambda off: abs(off) > 0.1))
def test_any_point_beside_a_straight_corridor_is_found_where_it_was_put(at_m: float, off: float) -> None:
    (found,) = passages(EAST, Point(at_m, off))
    assert (found.at_m, found.offset_m) == pytest.approx((at_m, abs(off)), abs=0.01)
    assert found.side == (Side.LEFT if off > 0 else Side.RIGHT)


def test_every_corridor_of_the_campaign_can_be_walked_along() -> None:
    features = load_campaign(CAMPAIGN).features
    corridors = features[features["layer"] == "corridors"]
    for key, shape in corridors.geometry.items():
        found = along(shape, features.drop(index=key))
        assert [one.at_m for one in found] == sorted(one.at_m for one in found)
        assert all(one.from_m <= one.at_m <= one.to_m and one.offset_m <= 50 for one in found)
    assert set(SIDE_LABELS) == set(Side)


@pytest.mark.parametrize(
    ("off", "side", "offset_m"), [(0.005, Side.ON, 0.0), (0.02, Side.LEFT, 0.02), (-0.02, Side.RIGHT, 0.02)]
)
def test_less_than_a_centimetre_is_on_the_line(off: float, side: Side, offset_m: float) -> None:
    (found,) = passages(EAST, Point(400, off))
    assert found.side == side
    assert found.offset_m == pytest.approx(offset_m, abs=2e-4)


def test_an_area_over_the_start_begins_there_and_one_just_beyond_it_at_its_edge() -> None:
    over, beyond = passages(EAST, box(-50, -20, 300, 20), box(0.5, -20, 300, 20))
    assert (over.at_m, over.from_m) == (0.0, 0.0)
    assert over.crossings_m == pytest.approx((300,), abs=0.01)
    assert beyond.at_m == pytest.approx(0.5, abs=0.01)
    assert beyond.crossings_m == pytest.approx((0.5, 300), abs=0.01)


def test_a_line_that_crosses_and_ends_elsewhere_lies_where_it_crosses_first() -> None:
    (found,) = passages(EAST, LineString([(900, 30), (900, -30), (200, -30), (200, 30)]))
    assert found.at_m == pytest.approx(200, abs=0.01)
    assert found.crossings_m == pytest.approx((200, 900), abs=0.01)


def test_a_line_along_the_axis_is_told_by_both_of_its_ends_once() -> None:
    beside = LineString([(400, 0), (450, 0), (520, 0), (600, 0), (600, 40), (700, -40)])
    assert chainage._crossings(EAST, beside) == [400.0, 600.0, 650.0]  # noqa: SLF001  in metres, without rounding


def test_parts_that_run_against_each_other_are_not_joined() -> None:
    parts = MultiLineString([[(0, 0), (500, 0)], [(1_000, 0), (500, 0)]])
    assert told(parts, Point(100, 10), Point(900, 10)) == [(0, 100.0, "left", 10.0), (1, 600.0, "right", 10.0)]


def test_along_three_parts_the_count_goes_on_from_part_to_part() -> None:
    parts = MultiLineString([[(0, 0), (300, 0)], [(500, 0), (700, 0)], [(900, 0), (1_000, 0)]])
    found = told(parts, Point(300, 5), Point(600, 5), Point(950, -5), Point(1_010, -5))
    assert found == [
        (0, 300.0, "left", 5.0),
        (1, 400.0, "left", 5.0),
        (2, 550.0, "right", 5.0),
        (3, 600.0, "right", 11.2),
    ]


def test_a_point_on_the_axis_has_no_crossing_and_lies_on_the_line() -> None:
    (found,) = passages(EAST, Point(250, 0))
    assert (found.crossings_m, found.side, found.offset_m) == ((), Side.ON, 0.0)
    assert found.from_m == found.to_m == pytest.approx(250, abs=0.01)
