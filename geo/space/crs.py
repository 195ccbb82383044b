"""Convert between WGS-84, CGCS2000, GCJ-02, BD-09 and the metric CRS, on whole arrays.

GCJ-02 is the shifted datum of Chinese web maps, BD-09 a further shift of it. Neither is published;
the formulas are those that all open implementations share (first seen in "EvilTransform", 2013),
accurate to the metre against the maps themselves. The inverses are iterated, so that a round trip
is exact to well below 1 cm. Outside a rough rectangle around China, from the same source, nothing
is shifted; within a kilometre of its edge a point outside it may come back shifted. CGCS2000 and
WGS-84 differ by decimetres and are taken as one.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

Degrees = NDArray[np.float64]
LonLat = tuple[Degrees, Degrees]

METRIC_CRS: Final = "EPSG:4549"

_GEOGRAPHIC: Final = "EPSG:4490"
_CHINA: Final = (72.004, 0.8293, 137.8347, 55.8271)
_AXIS_M: Final = 6378245.0
_ECCENTRICITY_2: Final = 0.00669342162296594323
_BD_SHIFT: Final = (0.0065, 0.006)
_BD_WAVES: Final = np.pi * 3000.0 / 180.0
_ROUNDS: Final = 8


class Datum(StrEnum):
    """Datum of a longitude and latitude in degrees."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    """Convert WGS-84 degrees to GCJ-02."""
    return _forward(_gcj02_of, *_degrees(lon, lat))


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    """Convert GCJ-02 degrees to WGS-84: the inverse of `wgs84_to_gcj02`, to well below 1 cm."""
    return _inverse(_gcj02_of, *_degrees(lon, lat))


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    """Convert GCJ-02 degrees to BD-09."""
    return _forward(_bd09_of, *_degrees(lon, lat))


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    """Convert BD-09 degrees to GCJ-02: the inverse of `gcj02_to_bd09`, to well below 1 cm."""
    return _inverse(_bd09_of, *_degrees(lon, lat))


def wgs84_to_bd09(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    """Convert WGS-84 degrees to BD-09."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    """Convert BD-09 degrees to WGS-84."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


_TO_WGS84: Final = MappingProxyType({Datum.GCJ02: gcj02_to_wgs84, Datum.BD09: bd09_to_wgs84})
_FROM_WGS84: Final = MappingProxyType({Datum.GCJ02: wgs84_to_gcj02, Datum.BD09: wgs84_to_bd09})


def convert(lon: ArrayLike, lat: ArrayLike, *, source: Datum, target: Datum) -> LonLat:
    """Convert degrees from one datum to another.

    Parameters
    ----------
    lon, lat
        Degrees, scalars or arrays of one shape.
    source, target
        Datum that they are in, and the datum wanted.

    Returns
    -------
    Two float64 arrays of the shape of the input.
    """
    degrees = _degrees(lon, lat)
    if source == target:
        return degrees
    if source in _TO_WGS84:
        degrees = _TO_WGS84[source](*degrees)
    return _FROM_WGS84[target](*degrees) if target in _FROM_WGS84 else degrees


def shift_geometry(geometries: ArrayLike, datum: Datum) -> NDArray[np.object_]:
    """Shift WGS-84 geometries to another datum, for drawing them on a map of that datum.

    Parameters
    ----------
    geometries
        Shapely geometries in WGS-84 degrees.
    datum
        Datum wanted.

    Returns
    -------
    New geometries in the same order; None stays None.
    """

    def shifted(points: Degrees) -> Degrees:
        return np.column_stack(convert(points[:, 0], points[:, 1], source=Datum.WGS84, target=datum))

    return np.asarray(shapely.transform(np.asarray(geometries, dtype=object), shifted))


def to_metric(lon: ArrayLike, lat: ArrayLike, *, metric_crs: str = METRIC_CRS) -> LonLat:
    """Project WGS-84 or CGCS2000 degrees to x (east) and y (north) in metres."""
    x, y = _transformer(metric_crs).transform(*_degrees(lon, lat))
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def from_metric(x: ArrayLike, y: ArrayLike, *, metric_crs: str = METRIC_CRS) -> LonLat:
    """Return the longitude and latitude in degrees of x (east) and y (north) in metres."""
    lon, lat = _transformer(metric_crs).transform(*_degrees(x, y), direction="INVERSE")
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def measure(geometries: ArrayLike, *, metric_crs: str = METRIC_CRS) -> tuple[Degrees, Degrees]:
    """Return length in metres (perimeter of areas) and area in square metres of WGS-84 geometries.

    In a 3-degree zone, 1.5 degrees off its meridian, lengths are too long by at most 0.04 %.
    """

    def projected(points: Degrees) -> Degrees:
        return np.column_stack(to_metric(points[:, 0], points[:, 1], metric_crs=metric_crs))

    flat = shapely.transform(np.asarray(geometries, dtype=object), projected)
    return np.asarray(shapely.length(flat)), np.asarray(shapely.area(flat))


def is_metric(crs: str) -> bool:
    """Return whether a text names a projected CRS in metres."""
    try:
        named = CRS.from_user_input(crs)
    except CRSError:
        return False
    return named.is_projected and all(axis.unit_name == "metre" for axis in named.axis_info)


@lru_cache(maxsize=4)
def _transformer(metric_crs: str) -> Transformer:
    return Transformer.from_crs(_GEOGRAPHIC, metric_crs, always_xy=True)


def _degrees(lon: ArrayLike, lat: ArrayLike) -> LonLat:
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def _in_china(lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    west, south, east, north = _CHINA
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _forward(shift: Callable[[Degrees, Degrees], LonLat], lon: Degrees, lat: Degrees) -> LonLat:
    inside = _in_china(lon, lat)
    new_lon, new_lat = shift(lon, lat)
    return np.where(inside, new_lon, lon), np.where(inside, new_lat, lat)


def _inverse(shift: Callable[[Degrees, Degrees], LonLat], lon: Degrees, lat: Degrees) -> LonLat:
    """Solve `shift(p) == (lon, lat)` by adding to p what is missing; each round gains digits."""
    guess_lon, guess_lat = lon, lat
    for _ in range(_ROUNDS):
        new_lon, new_lat = shift(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + (lon - new_lon), guess_lat + (lat - new_lat)
    inside = _in_china(guess_lon, guess_lat)
    return np.where(inside, guess_lon, lon), np.where(inside, guess_lat, lat)


def _waves(value: Degrees, *terms: tuple[float, float]) -> Degrees:
    total = np.zeros_like(value)
    for height, length in terms:
        total = total + height * np.sin(value * np.pi / length)
    return total * 2.0 / 3.0


def _gcj02_of(lon: Degrees, lat: Degrees) -> LonLat:
    x, y = lon - 105.0, lat - 35.0
    common = _waves(x, (20.0, 1.0 / 6.0), (20.0, 0.5))
    root = np.sqrt(np.abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + common + _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + common + _waves(x, (20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0))
    radians = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY_2 * np.sin(radians) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY_2) / (magic * np.sqrt(magic))
    parallel_m = _AXIS_M / np.sqrt(magic) * np.cos(radians)
    return lon + np.degrees(east / parallel_m), lat + np.degrees(north / meridian_m)


def _bd09_of(lon: Degrees, lat: Degrees) -> LonLat:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_WAVES)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_WAVES)
    return radius * np.cos(angle) + _BD_SHIFT[0], radius * np.sin(angle) + _BD_SHIFT[1]
