"""Joint action: who works near, and what collides; against a plain search, and by hand."""

import math
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from data.campaign.load import Loaded
from geo.model.campaign import DEFAULT_JOINT, Task
from geo.model.status import FINISHED
from geo.space.chainage import alongside_m
from geo.space.joint import Contact, SpatialIndex, collisions, near_units, works_at, works_of
from tests.support.joint_world import Works, beside_plainly, collisions_plainly, cross_plainly, key_of, task

MAY, JUNE, JULY = date(2020, 5, 1), date(2020, 6, 1), date(2020, 7, 1)
ROAD = LineString([(0, 0), (1000, 0)])

points = st.tuples(st.integers(0, 24), st.integers(0, 12)).map(lambda at: (at[0] * 25.0, at[1] * 25.0))
lines = st.lists(points, min_size=2, max_size=4, unique=True).map(LineString).filter(lambda line: line.is_simple)
shapes = st.one_of(
    *[st.tuples(st.just("corridors"), lines)] * 5,
    st.tuples(st.just("nodes"), points.map(Point)),
    st.tuples(st.just("zones"), points.map(lambda at: Point(at).buffer(80))),
)
starts = st.none() | st.dates(date(2020, 6, 1), date(2020, 6, 5))
dues = st.none() | st.dates(date(2020, 6, 3), date(2020, 6, 8))


@st.composite
def worlds(draw: st.DrawFn) -> Works:
    features = {f"F{at}": shape for at, shape in enumerate(draw(st.lists(shapes, min_size=5, max_size=7)))}
    some = st.lists(st.sampled_from(sorted(features)), min_size=1, max_size=3, unique=True).map(tuple)
    made = st.builds(
        lambda on, start, due, lead, others: task("", on, start, due, lead=lead, with_=" ".join(others)),
        some,
        starts,
        dues,
        st.sampled_from(["roads", "parks"]),
        st.lists(st.sampled_from(["roads", "office"]), unique=True),
    )
    tasks = draw(st.lists(made, min_size=4, max_size=6))
    named = tuple(_named(one, f"T{at}") for at, one in enumerate(tasks))
    done = draw(st.lists(st.sampled_from([one.id for one in named]), max_size=1, unique=True))
    return Works(features, named, tuple(done))


def _named(one: Task, key: str) -> Task:
    return task(key, one.features, one.planned_start, one.due, lead=one.lead_unit, with_=" ".join(one.supporting_units))


def found_in(works: Works) -> dict[Any, Any]:
    board = works.board
    return {key_of(one): one for one in collisions(works.ground, board, works_of(board, list(board.tasks.index)))}


@given(worlds())
def test_collisions_are_those_of_a_search_over_all_pairs(works: Works) -> None:
    expected, found = collisions_plainly(works), found_in(works)
    assume(not any(abs(length - DEFAULT_JOINT.stretch_m) < 3 for length in lengths_of(works)))
    assert set(found) == set(expected)
    assert all(abs(found[key].stretch_m - length) < 4 for key, length in expected.items() if length > 103)
    assert all((found[key].contact == Contact.PARALLEL) == (length > 100) for key, length in expected.items())


def lengths_of(works: Works) -> list[float]:
    corridors = [shape for layer, shape in works.features.values() if layer == "corridors"]
    return [beside_plainly(one, other) for one, other in combinations(corridors, 2)]


@given(worlds())
def test_what_a_feature_or_a_task_has_is_its_part_of_all(works: Works) -> None:
    board, ground, every = works.board, works.ground, found_in(works)
    for feature in works.features:
        here = {key_of(one) for one in collisions(ground, board, works_at(board, feature))}
        assert here == {key for key in every if feature in (key[1], key[3])}
    for one in board.tasks.index:
        here = {key_of(hit) for hit in collisions(ground, board, works_of(board, [one]))}
        assert here == {key for key in every if one in (key[0], key[2])}


@given(worlds(), st.sampled_from([0.0, 100.0, 500.0]))
def test_near_units_are_those_of_a_search_over_all_features(works: Works, near_m: float) -> None:
    board, rules = works.board, type(DEFAULT_JOINT)(near_m=int(near_m))
    for feature, (_, shape) in works.features.items():
        expected: dict[str, dict[str, float]] = {}
        for key, row in board.tasks.iterrows():
            far = [shape.distance(works.features[on][1]) for on in row["features"] if works.features[on][0] != "zones"]
            if far and min(far) <= near_m and feature not in row["features"] and row["status"] not in FINISHED:
                for unit in {row["lead_unit"], *row["supporting_units"]}:
                    expected.setdefault(unit, {})[str(key)] = min(far)
        found = near_units(works.ground, board, feature, rules)
        assert {unit.unit: {hit.task: hit.distance_m for hit in unit.tasks} for unit in found} == expected
        assert [unit.distance_m for unit in found] == sorted(min(tasks.values()) for tasks in expected.values())


@given(lines, lines)
def test_how_far_lines_run_beside_each_other_is_what_every_metre_says(one: LineString, other: LineString) -> None:
    found = alongside_m(one, np.array([other], dtype=object), within_m=60, degrees=30)[0]
    assert found == pytest.approx(beside_plainly(one, other), abs=8)


TURNED = LineString([(500, -300), (500, 300)])
CASES: list[tuple[str, BaseGeometry, str]] = [
    ("crossing at a right angle", TURNED, "crossing"),
    ("crossing at 45 degrees", LineString([(300, -200), (700, 200)]), "crossing"),
    ("crossing at 10 degrees", LineString([(0, -88), (1000, 88)]), "parallel"),
    ("parallel at 59 m", LineString([(0, 59), (1000, 59)]), "parallel"),
    ("parallel the other way", LineString([(1000, 59), (0, 59)]), "parallel"),
    ("parallel at 61 m", LineString([(0, 61), (1000, 61)]), ""),
    ("parallel for 101 m of it", LineString([(400, 30), (501, 30)]), "parallel"),
    ("shorter than 100 m", LineString([(400, 30), (499, 30)]), ""),
    ("sharing a stretch of 50 m", LineString([(950, 0), (1400, 0)]), "parallel"),
    ("sharing a stretch of 20 m", LineString([(980, 0), (1400, 0)]), "crossing"),
    ("one goes on where the other ends", LineString([(1000, 0), (2000, 0)]), ""),
    ("one ends at the other", LineString([(500, 0), (500, 400)]), ""),
    ("corners touch", LineString([(1000, 0), (1000, 400)]), ""),
    ("in two parts", MultiLineString([[(0, 40), (60, 40)], [(500, 40), (560, 40)]]), "parallel"),
    ("far away", LineString([(0, 2000), (1000, 2000)]), ""),
]


@pytest.mark.parametrize(("shape", "contact"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_corridors_collide_or_do_not(shape: BaseGeometry, contact: str) -> None:
    features = {"C1": ("corridors", ROAD), "C2": ("corridors", shape)}
    works = Works(features, (task("T1", ("C1",), MAY, JULY), task("T2", ("C2",), JUNE, JULY)))
    assert [str(one.contact) for one in found_in(works).values()] == ([contact] if contact else [])


def crossing(first: Task, second: Task, *done: str, layer: str = "corridors") -> list[Any]:
    """Collisions of two tasks on roads that cross: C1 and C2."""
    return list(found_in(Works({"C1": ("corridors", ROAD), "C2": (layer, TURNED)}, (first, second), done)).values())


def test_the_last_day_of_one_and_the_first_of_the_other_collide() -> None:
    [one] = crossing(task("T1", ("C1",), MAY, JUNE), task("T2", ("C2",), JUNE, JULY))
    assert (one.task, one.feature, one.other_task, one.other_feature) == ("T1", "C1", "T2", "C2")
    assert (one.first, one.last, one.stretch_m) == (JUNE, JUNE, 0)


def test_works_one_day_apart_do_not_collide() -> None:
    assert crossing(task("T1", ("C1",), MAY, date(2020, 5, 31)), task("T2", ("C2",), JUNE, JULY)) == []
    assert crossing(task("T1", ("C1",), date(2020, 7, 2), None), task("T2", ("C2",), JUNE, JULY)) == []


def test_a_date_that_is_not_given_bounds_nothing() -> None:
    [one] = crossing(task("T1", ("C1",), MAY, None), task("T2", ("C2",), None, None))
    assert (one.first, one.last) == (MAY, None)


def test_one_task_one_feature_what_is_done_and_nodes_do_not_collide() -> None:
    second = task("T2", ("C2",), MAY, JULY)
    assert crossing(task("T1", ("C1", "C2"), MAY, JULY), task("T2", (), MAY, JULY)) == []
    assert crossing(task("T1", ("C2",), MAY, JULY), second) == []
    assert crossing(task("T1", ("C1",), MAY, JULY), second, "T2") == []
    assert crossing(task("T1", ("C1",), MAY, JULY), second, layer="nodes") == []


NEIGHBOURS = Works(
    {
        "C1": ("corridors", ROAD),
        "N1": ("nodes", Point(500, 500)),
        "N2": ("nodes", Point(500, 501)),
        "N3": ("nodes", Polygon([(0, 100), (10, 100), (10, 110)])),
        "Z1": ("zones", ROAD.buffer(900)),
    },
    (
        task("T1", ("C1",)),
        task("T2", ("N1", "N2"), lead="parks", with_="office"),
        task("T3", ("N3", "N1"), lead="office"),
        task("T4", ("N2", "Z1"), lead="far"),
    ),
)


def test_who_works_near_stands_nearest_first_with_the_nearest_feature() -> None:
    found = near_units(NEIGHBOURS.ground, NEIGHBOURS.board, "C1")
    flat = [(u.unit, u.distance_m, [(t.task, t.feature, t.leads) for t in u.tasks]) for u in found]
    office = [("T3", "N3", True), ("T2", "N1", False)]
    assert flat == [("office", 100, office), ("parks", 500, [("T2", "N1", True)])]


def test_distances_are_in_metres_of_the_ground(loaded: Loaded) -> None:
    ground = SpatialIndex.of(loaded.features, loaded.campaign.metric_crs)
    bridge, guide = (ground.shapes[ground.place_of(key)] for key in ("N01", "N02"))
    assert bridge.length == pytest.approx(95, abs=1)
    assert bridge.distance(guide) == pytest.approx(1842, abs=10)
    assert cross_plainly(ground.shapes[ground.place_of("C01")], TURNED) is False


def test_a_corridor_that_is_crossed_has_no_stretch_and_one_of_just_the_length_asked_for_runs_beside() -> None:
    works = Works(
        {
            "F1": ("corridors", ROAD),
            "F2": ("corridors", LineString([(-50, 20), (50, 20), (50, -20)])),
            "F3": ("nodes", Point(0, 5)),
        },
        (task("T1", ("F1",)), task("T2", ("F2",)), task("T3", ("F3",))),
    )
    told = []
    for stretch_m in (65, 66):
        rules = replace(DEFAULT_JOINT, parallel_m=25, parallel_degrees=20, stretch_m=stretch_m)
        (found,) = collisions(works.ground, works.board, [("T1", "F1")], rules)
        told.append((found.contact, found.stretch_m))
    assert told == [(Contact.PARALLEL, 65.0), (Contact.CROSSING, 0.0)]


def test_lines_turned_by_exactly_as_much_as_is_allowed_still_run_beside_each_other() -> None:
    slope = np.array([LineString([(0, 0), (100, 100)])], dtype=object)
    found = [alongside_m(ROAD, slope, within_m=200.0, degrees=degrees)[0] for degrees in (45.0, 44.999)]
    assert found[0] == pytest.approx(2**0.5 * 100)
    assert found[1] == 0


@pytest.mark.parametrize(
    ("beside", "metres"),
    [
        ([(0, 10), (1000, 10)], 1000.0),
        ([(200, 0), (300, 0)], 140.0),
        ([(200, 20), (300, 20)], 100.0),
        ([(1010, 0), (1100, 0)], 10.0),
        ([(200, 21), (300, 21)], 0.0),
        ([(100, 10), (200, 10), (200, 10), (300, 10)], 234.64),
    ],
)
def test_how_far_a_line_runs_beside_a_road(beside: list[tuple[float, float]], metres: float) -> None:
    other = np.array([LineString(beside)], dtype=object)
    found = alongside_m(ROAD, other, within_m=20.0, degrees=10.0)[0]
    assert found == pytest.approx(min(metres, LineString(beside).length), abs=0.01)


def test_several_lines_are_measured_each_for_itself() -> None:
    lines_beside = [LineString([(at, 5), (at + 50 * size, 5)]) for size, at in ((1, 0), (2, 300), (3, 600))]
    others = np.array([*lines_beside, LineString([(0, 500), (9, 500)])], dtype=object)
    found = alongside_m(ROAD, others, within_m=10.0, degrees=5.0)
    assert found.tolist() == pytest.approx([50.0, 100.0, 150.0, 0.0])
    turned = alongside_m(ROAD.reverse(), others[::-1], within_m=10.0, degrees=5.0)
    assert turned.tolist() == pytest.approx([0.0, 150.0, 100.0, 50.0])


def test_the_index_of_a_campaign_knows_its_zones_and_corridors(loaded: Loaded) -> None:
    index = SpatialIndex.of(loaded.features, loaded.campaign.metric_crs)
    assert list(index.ids[index.zone]) == ["Z1", "Z2"]
    assert list(index.ids[index.corridor]) == list(loaded.features.index[loaded.features["layer"] == "corridors"])


def _straight(line: LineString) -> list[LineString]:
    return [LineString(pair) for pair in pairwise(line.coords)]


def _bearing(piece: LineString) -> float:
    (x, y), (to_x, to_y) = piece.coords
    return math.degrees(math.atan2(to_y - y, to_x - x)) % 180


def _beside(pieces: list[LineString], others: list[LineString], within_m: float, degrees: float) -> float:
    """Length of pieces within a distance of one of others that has about the same direction, by buffers."""
    total = 0.0
    for piece in pieces:
        turns = [abs(_bearing(piece) - _bearing(other)) for other in others]
        near = [
            other.buffer(within_m, quad_segs=256)
            for other, turn in zip(others, turns, strict=True)
            if min(turn, 180 - turn) <= degrees
        ]
        total += shapely.intersection(piece, shapely.union_all(near)).length
    return total


def test_what_runs_beside_is_what_buffers_cut_out() -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        one = LineString(rng.uniform(0, 100, (4, 2)))
        others = [LineString(rng.uniform(0, 100, (4, 2))) for _ in range(3)]
        found = alongside_m(one, np.array(others, dtype=object), within_m=15.0, degrees=40.0)
        for other, metres in zip(others, found, strict=True):
            mine, theirs = _straight(one), _straight(other)
            expected = min(_beside(mine, theirs, 15.0, 40.0), _beside(theirs, mine, 15.0, 40.0))
            assert metres == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("y", [-20.0, 0.0, 20.0])
def test_a_longer_parallel_road_at_the_very_limit_runs_beside(y: float) -> None:
    other = np.array([LineString([(-500, y), (1_500, y)])], dtype=object)
    assert alongside_m(ROAD, other, within_m=20.0, degrees=1.0)[0] == pytest.approx(1_000)
