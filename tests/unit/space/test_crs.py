from collections.abc import Callable
from itertools import product

import eviltransform  # type: ignore[import-untyped]  # ships no types
import numpy as np
import prcoords  # type: ignore[import-untyped]  # ships no types
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.space import crs
from geo.space.crs import Datum, LonLat

CM_IN_DEGREES = 0.01 / 111_320
METRE_IN_DEGREES = 1 / 111_320
PLACES = [(121.3010, 31.1930), (116.4074, 39.9042), (114.0579, 22.5431), (87.6, 43.8)]
SHIFTED = (Datum.GCJ02, Datum.BD09)

hongqiao = st.tuples(st.floats(121.2, 121.4), st.floats(31.1, 31.3))
china = st.tuples(st.floats(72.1, 137.8), st.floats(0.9, 55.8))
points = st.lists(st.one_of(hongqiao, china), min_size=1, max_size=20)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (crs.wgs84_to_gcj02, prcoords.wgs_gcj),
        (crs.gcj02_to_bd09, prcoords.gcj_bd),
        (crs.wgs84_to_bd09, prcoords.wgs_bd),
    ],
)
def test_agrees_with_prcoords(
    ours: Callable[..., LonLat], theirs: Callable[..., tuple[float, float]], place: tuple[float, float]
) -> None:
    lat, lon = theirs(place[::-1])
    assert np.allclose(ours(*place), (lon, lat), rtol=0, atol=CM_IN_DEGREES)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (crs.wgs84_to_gcj02, eviltransform.wgs2gcj),
        (crs.gcj02_to_wgs84, eviltransform.gcj2wgs_exact),
        (crs.gcj02_to_bd09, eviltransform.gcj2bd),
        (crs.wgs84_to_bd09, eviltransform.wgs2bd),
    ],
)
def test_agrees_with_eviltransform(
    ours: Callable[..., LonLat], theirs: Callable[..., tuple[float, float]], place: tuple[float, float]
) -> None:
    lat, lon = theirs(*place[::-1])
    assert np.allclose(ours(*place), (lon, lat), rtol=0, atol=METRE_IN_DEGREES)


def test_shift_at_the_exhibition_centre_is_the_known_one() -> None:
    lon, lat = crs.wgs84_to_gcj02(121.3010, 31.1930)
    assert lon - 121.3010 == pytest.approx(0.00448, abs=5e-6)
    assert lat - 31.1930 == pytest.approx(-0.00200, abs=1e-5)


@given(points, st.sampled_from(list(Datum)), st.sampled_from(list(Datum)))
def test_a_round_trip_ends_within_a_centimetre(places: list[tuple[float, float]], source: Datum, target: Datum) -> None:
    lon, lat = crs.convert(*np.array(places).T, source=Datum.WGS84, target=source)
    there = crs.convert(lon, lat, source=source, target=target)
    back = crs.convert(*there, source=target, target=source)
    assert np.allclose(back, (lon, lat), rtol=0, atol=CM_IN_DEGREES)


@given(points, st.sampled_from(list(product(Datum, Datum))))
def test_an_array_is_converted_as_its_points_are(places: list[tuple[float, float]], way: tuple[Datum, Datum]) -> None:
    source, target = way
    whole = np.column_stack(crs.convert(*np.array(places).T, source=source, target=target))
    single = [crs.convert(*place, source=source, target=target) for place in places]
    assert np.allclose(whole, np.array(single), rtol=0, atol=1e-12)


@pytest.mark.parametrize("datum", SHIFTED)
@pytest.mark.parametrize("place", [(2.35, 48.86), (-74.0, 40.7), (151.2, -33.9)])
def test_nothing_is_shifted_outside_china(datum: Datum, place: tuple[float, float]) -> None:
    assert np.array_equal(crs.convert(*place, source=Datum.WGS84, target=datum), place)
    assert np.array_equal(crs.convert(*place, source=datum, target=Datum.WGS84), place)


@pytest.mark.parametrize(
    ("edge", "beyond"),
    [
        ((72.004, 30.0), (72.0039, 30.0)),
        ((137.8347, 30.0), (137.8348, 30.0)),
        ((110.0, 0.8293), (110.0, 0.8292)),
        ((110.0, 55.8271), (110.0, 55.8272)),
    ],
)
def test_the_edge_of_the_rectangle_is_shifted_and_what_lies_beyond_is_not(
    edge: tuple[float, float], beyond: tuple[float, float]
) -> None:
    assert not np.array_equal(crs.wgs84_to_gcj02(*edge), edge)
    assert np.array_equal(crs.wgs84_to_gcj02(*beyond), beyond)


def test_cgcs2000_is_taken_as_wgs84() -> None:
    place = (121.3, 31.19)
    assert np.array_equal(crs.convert(*place, source=Datum.CGCS2000, target=Datum.WGS84), place)
    through = crs.convert(*place, source=Datum.CGCS2000, target=Datum.BD09)
    assert through == crs.wgs84_to_bd09(*place)


def test_geometries_are_shifted_vertex_by_vertex_and_none_stays_none() -> None:
    line = shapely.LineString([(121.3, 31.19), (121.31, 31.2)])
    shifted, nothing = crs.shift_geometry([line, None], Datum.GCJ02)
    assert nothing is None
    assert shifted.geom_type == "LineString"
    expected = np.column_stack(crs.wgs84_to_gcj02(*shapely.get_coordinates(line).T))
    assert np.array_equal(shapely.get_coordinates(shifted), expected)


def test_metric_origin_is_the_meridian_at_120_degrees_east() -> None:
    lat = np.radians(np.linspace(0, 31, 100_001))
    axis_m, flattening = 6_378_137.0, 1 / 298.257222101
    squared = flattening * (2 - flattening)
    radius_m = axis_m * (1 - squared) / (1 - squared * np.sin(lat) ** 2) ** 1.5
    x, y = crs.to_metric(120.0, 31.0)
    assert x == pytest.approx(500_000, abs=1e-3)
    assert y == pytest.approx(np.trapezoid(radius_m, lat), abs=1e-3)


@given(st.lists(hongqiao, min_size=1, max_size=20))
def test_projecting_forth_and_back_ends_within_a_millimetre(places: list[tuple[float, float]]) -> None:
    lon, lat = np.array(places).T
    back = crs.from_metric(*crs.to_metric(lon, lat))
    assert np.allclose(back, (lon, lat), rtol=0, atol=CM_IN_DEGREES / 10)


def test_length_and_area_are_those_on_the_ellipsoid() -> None:
    geod = Geod(ellps="GRS80")
    line = shapely.LineString([(121.28, 31.18), (121.32, 31.2)])
    area = shapely.box(121.28, 31.18, 121.32, 31.2)
    lengths_m, areas_m2 = crs.measure([line, area])
    assert lengths_m[0] == pytest.approx(geod.geometry_length(line), rel=4e-4)
    assert areas_m2[0] == 0
    assert areas_m2[1] == pytest.approx(geod.geometry_area_perimeter(area)[0], rel=8e-4)


@pytest.mark.parametrize(
    ("name", "metric"),
    [("EPSG:4549", True), ("EPSG:4326", False), ("EPSG:2263", False), ("nonsense", False)],
)
def test_only_a_projection_in_metres_is_metric(name: str, metric: bool) -> None:  # noqa: FBT001  a table's column
    assert crs.is_metric(name) is metric
