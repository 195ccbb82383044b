"""Hold that what is found near a position equals a brute-force computation over all features."""

from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from data.campaign.load import load_campaign
from geo.model.campaign import FEATURE_CRS
from geo.space import nearby
from geo.space.crs import from_metric, to_metric
from geo.space.nearby import Found, Nearby
from geo.space.position import PositionError, PositionKind

CAMPAIGN = Path(__file__).parents[3] / "data" / "campaigns" / "ciie2020"
GEOD = Geod(ellps="GRS80")
WEST, SOUTH, EAST, NORTH = 121.25, 31.13, 121.39, 31.26


@cache
def world(size: int = 2_000) -> gpd.GeoDataFrame:
    """Made-up points, lines and areas, some of them twice, more crowded in the west."""
    rng = np.random.default_rng(5)
    start = rng.beta(1, 3, (size, 2)) * (EAST - WEST, NORTH - SOUTH) + (WEST, SOUTH)
    walk = start[:, None, :] + rng.normal(0, 0.001, (size, 6, 2)).cumsum(axis=1)
    third = size // 3
    shapes = [*shapely.points(start[:third]), *shapely.linestrings(walk[third : 2 * third])]
    shapes += [shapely.convex_hull(shapely.multipoints(one)) for one in walk[2 * third :]]
    shapes[10], shapes[11], shapes[12] = shapes[9], None, shapely.Point()
    return gpd.GeoDataFrame(geometry=shapes, crs=FEATURE_CRS)


@cache
def real() -> gpd.GeoDataFrame:
    return load_campaign(CAMPAIGN).features


@cache
def index(kind: str) -> Nearby:
    return Nearby(FRAMES[kind]())


FRAMES = {"made up": world, "campaign": real}
lons, lats = st.floats(WEST - 0.05, EAST + 0.05), st.floats(SOUTH - 0.05, NORTH + 0.05)


@st.composite
def positions(draw: st.DrawFn, kind: str) -> tuple[float, float]:
    """Anywhere, a vertex of a geometry, or a point inside or on one."""
    shapes = [one for one in FRAMES[kind]().geometry if one is not None and not one.is_empty]
    anywhere = (draw(lons), draw(lats))
    shape = draw(st.sampled_from(shapes))
    vertex = tuple(draw(st.sampled_from(shapely.get_coordinates(shape).tolist())))
    inside = shape.representative_point()
    chosen: tuple[float, float] = draw(st.sampled_from([anywhere, vertex, (inside.x, inside.y)]))
    return chosen


def brute(kind: str, lon: float, lat: float, mask: np.ndarray) -> list[tuple[float, int]]:
    """Distances in the metric CRS of everything allowed, nearest first, with the place in the frame."""
    shapes = np.asarray(FRAMES[kind]().geometry.array, dtype=object)
    flat = shapely.transform(shapes, lambda points: np.column_stack(to_metric(points[:, 0], points[:, 1])))
    distances = shapely.distance(flat, shapely.Point(*to_metric(lon, lat)))
    return sorted((float(distances[at]), int(at)) for at in np.flatnonzero(mask & np.isfinite(distances)))


def pairs(found: Found) -> list[tuple[float, int]]:
    return list(zip(found.distance_m.tolist(), found.place.tolist(), strict=True))


@pytest.mark.parametrize("kind", FRAMES)
@given(data=st.data(), number=st.integers(1, 60), share=st.sampled_from([1.0, 0.5, 0.02, 0.0]))
def test_nearest_equal_brute_force_in_distance_and_order(
    kind: str, data: st.DataObject, number: int, share: float
) -> None:
    lon, lat = data.draw(positions(kind))
    seed = data.draw(st.integers(0, 9))
    mask = np.random.default_rng(seed).random(len(FRAMES[kind]())) < share
    found = index(kind).nearest(lon, lat, number=number, mask=mask)
    assert pairs(found) == brute(kind, lon, lat, mask)[:number]


@pytest.mark.parametrize("kind", FRAMES)
@given(data=st.data(), radius_m=st.floats(0, 8_000))
def test_within_a_radius_equals_brute_force(kind: str, data: st.DataObject, radius_m: float) -> None:
    lon, lat = data.draw(positions(kind))
    everything = np.ones(len(FRAMES[kind]()), dtype=bool)
    expected = [pair for pair in brute(kind, lon, lat, everything) if pair[0] <= radius_m]
    assert pairs(index(kind).within(lon, lat, radius_m=radius_m)) == expected


@pytest.mark.parametrize("kind", FRAMES)
@given(data=st.data())
def test_the_geodesic_to_the_nearest_point_differs_by_less_than_a_thousandth(kind: str, data: st.DataObject) -> None:
    lon, lat = data.draw(positions(kind))
    found = index(kind).nearest(lon, lat, number=30)
    start = np.full(len(found), lon), np.full(len(found), lat)
    bearing, _, geodesic = GEOD.inv(*start, found.lon, found.lat)
    assert np.allclose(found.distance_m, geodesic, rtol=1e-3, atol=1e-6)
    away = found.distance_m > 0
    assert np.allclose(found.bearing[away], np.mod(bearing[away], 360))
    assert np.isnan(found.bearing[~away]).all()


def test_a_place_inside_an_area_is_at_no_distance_and_is_its_own_nearest_point() -> None:
    areas = real()[real().geom_type == "Polygon"]
    inside = areas.geometry.iloc[0].representative_point()
    found = Nearby(areas).nearest(inside.x, inside.y, number=1)
    assert pairs(found) == [(0.0, 0)]
    assert (found.lon[0], found.lat[0]) == (inside.x, inside.y)


def test_equal_distances_stand_in_the_order_of_the_frame() -> None:
    twice = gpd.GeoDataFrame(geometry=[shapely.Point(121.3, 31.2)] * 400, crs=FEATURE_CRS)
    found = Nearby(twice).nearest(121.31, 31.2, number=7)
    assert found.place.tolist() == list(range(7))


def test_the_tree_and_the_long_way_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    through_tree = pairs(index("made up").nearest(121.3, 31.2, number=20))
    monkeypatch.setattr(nearby, "FEW", 10**9)
    assert pairs(index("made up").nearest(121.3, 31.2, number=20)) == through_tree


def test_a_position_far_outside_the_features_is_exact_too() -> None:
    everything = np.ones(len(world()), dtype=bool)
    found = index("made up").nearest(116.4, 39.9, number=5)
    assert pairs(found) == brute("made up", 116.4, 39.9, everything)[:5]


@pytest.mark.parametrize("radius_m", [-1.0, float("nan")])
def test_no_radius_holds_nothing(radius_m: float) -> None:
    assert len(index("campaign").within(121.3, 31.2, radius_m=radius_m)) == 0


@pytest.mark.parametrize("number", [0, -3])
def test_none_asked_for_is_none_found(number: int) -> None:
    assert len(index("made up").nearest(121.3, 31.2, number=number)) == 0


def test_an_empty_frame_has_nothing_near() -> None:
    empty = Nearby(real().iloc[:0])
    assert len(empty.nearest(121.3, 31.2, number=3)) == len(empty.within(121.3, 31.2, radius_m=1e6)) == 0


@pytest.mark.parametrize("place", [(float("nan"), 31.2), (121.3, float("inf")), (181.0, 0.0), (0.0, -90.5), (-150, 0)])
def test_what_is_no_place_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(PositionError):
        index("campaign").nearest(*place, number=1)


def test_what_lies_within_the_accuracy_is_marked() -> None:
    found = index("campaign").nearest(121.301, 31.193, number=20)
    assert found.within(300.0).tolist() == (found.distance_m <= 300.0).tolist()
    assert not found.within(None).any()


def along_a_line(*metres: float | None) -> Nearby:
    """Points so many metres east of a place, None for what has no geometry, NaN for an empty one."""
    x, y = to_metric(121.3, 31.19)
    shapes = [
        None if one is None else shapely.Point() if np.isnan(one) else shapely.Point(*from_metric(x + one, y))
        for one in metres
    ]
    return Nearby(gpd.GeoDataFrame(geometry=shapes, crs=FEATURE_CRS))


def test_what_has_no_geometry_or_an_empty_one_is_never_found() -> None:
    index = along_a_line(None, np.nan, 30.0, None)
    assert index.usable.tolist() == [False, False, True, False]
    assert index.nearest(121.3, 31.19, number=4).place.tolist() == [2]
    assert index.within(121.3, 31.19, radius_m=1e6).place.tolist() == [2]


def test_the_edge_of_a_radius_and_of_the_accuracy_belongs_to_it() -> None:
    index = along_a_line(0.0, 30.0, 60.0)
    (_, near, _) = index.nearest(121.3, 31.19, number=3).distance_m
    assert index.within(121.3, 31.19, radius_m=near).place.tolist() == [0, 1]
    assert index.within(121.3, 31.19, radius_m=np.nextafter(near, 0)).place.tolist() == [0]
    assert index.nearest(121.3, 31.19, number=3).within(near).tolist() == [True, True, False]


def test_no_radius_at_all_holds_what_is_right_there() -> None:
    lon, lat = 121.3, 31.19
    here = Nearby(gpd.GeoDataFrame(geometry=[shapely.box(lon - 1e-3, lat - 1e-3, lon, lat)], crs=FEATURE_CRS))
    assert len(here.within(lon - 5e-4, lat - 5e-4, radius_m=0.0)) == 1


def test_where_the_plane_ends_the_position_is_refused_as_too_far_with_its_kilometres() -> None:
    with pytest.raises(PositionError) as caught:
        along_a_line(0.0, 100.0).nearest(-150.0, 0.0, number=1)
    assert caught.value.problem.kind == PositionKind.FAR
    km = GEOD.inv(-150.0, 0.0, 121.3, 31.19)[2] / 1000
    told = int(caught.value.problem.text.en.split("about ")[1].split(" km")[0].replace(",", ""))
    assert told == pytest.approx(km, abs=1)


@pytest.mark.parametrize("number", [1, 2, 7, 40])
@pytest.mark.parametrize("place", [(121.3, 31.19), (121.0, 31.0), (122.0, 32.0)])
def test_through_the_tree_nothing_near_is_missed_wherever_one_stands(
    monkeypatch: pytest.MonkeyPatch, place: tuple[float, float], number: int
) -> None:
    metres = np.random.default_rng(3).uniform(0, 5_000, 300)
    index = along_a_line(*metres.tolist())
    plain = index.nearest(*place, number=number)
    monkeypatch.setattr(nearby, "FEW", 1)
    through = index.nearest(*place, number=number)
    assert through.place.tolist() == plain.place.tolist()
    assert through.distance_m.tolist() == plain.distance_m.tolist()


@cache
def even(height: float) -> gpd.GeoDataFrame:
    """5,000 points spread evenly over a strip of a height in degrees."""
    places = np.random.default_rng(1).uniform((WEST, SOUTH), (EAST, SOUTH + height), (5_000, 2))
    return gpd.GeoDataFrame(geometry=shapely.points(places), crs=FEATURE_CRS)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many features each circle of a query had whose distance was computed."""
    counts: list[int] = []
    original = Nearby._distances  # noqa: SLF001  what is measured is how little is computed

    def counted(self: Nearby, x: float, y: float, places: np.ndarray) -> np.ndarray:
        counts.append(len(places))
        return original(self, x, y, places)

    monkeypatch.setattr(Nearby, "_distances", counted)
    return counts


@pytest.mark.parametrize(("number", "share", "most"), [(1, 1, 5), (20, 1, 60), (20, 10, 60)])
@pytest.mark.parametrize("height", [0.13, 0.013])
def test_mostly_one_circle_holds_the_nearest_and_little_more(
    measured: list[int], height: float, number: int, share: int, most: int
) -> None:
    spread, mask = Nearby(even(height)), np.arange(5_000) % share == 0
    places = np.random.default_rng(2).uniform((WEST, SOUTH), (EAST, SOUTH + height), (60, 2)).tolist()
    for lon, lat in places:
        assert len(spread.nearest(lon, lat, number=number, mask=mask)) == number
    assert len(measured) < 1.4 * len(places)
    assert sum(measured) < most * len(places)


@pytest.mark.parametrize(("lon", "lat"), [(121.05, 31.19), (121.59, 31.19), (121.32, 30.93), (121.32, 31.46)])
def test_from_outside_the_circle_reaches_just_over_the_edge(measured: list[int], lon: float, lat: float) -> None:
    assert len(Nearby(even(0.13)).nearest(lon, lat, number=20)) == 20
    assert sum(measured) < 300


def test_as_many_as_there_are_and_none_for_none(measured: list[int]) -> None:
    spread = Nearby(even(0.13))
    assert len(spread.nearest(121.3, 31.2, number=6_000)) == 5_000
    assert len(spread.nearest(121.3, 31.2, number=0)) == 0
    assert len(spread.nearest(121.3, 31.2, number=-1)) == 0
    assert measured[0] == 5_000
