"""Find the features that are nearest to a position, or within a radius of it, exactly and in a total order.

Geometries are projected once to the metric CRS and stand in an STRtree. A distance is that of the plane, from the
position to the nearest point of the geometry, 0 inside an area; within 1.5 degrees of the meridian of a 3-degree zone
it differs from the geodesic by at most 0.04 %. Order is by distance, then by place in the frame, so that equal
distances stand in the same order every time.

How k nearest stay exact under a mask: all features within r of the position have an envelope that meets the square of
half-side r around it. The tree gives these, the mask thins them, and the distances of the rest are computed. Where at
least k of them lie within r, no feature outside can be among the k nearest; else r grows. Outside all features, r is
counted from the rectangle around them. Where the mask leaves few, the tree is of no use and all of them are measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from geo.model.campaign import Extent
from geo.space.crs import METRIC_CRS, from_metric, to_metric
from geo.space.position import PositionError, PositionKind, outside_m, problem_of, require_place

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEW: Final = 256
"""So many features, or four times as many as are asked for, are measured one by one faster than through the tree."""

_GROWTH: Final = 2.0
_MARGIN: Final = 1.3
"""How much wider than the density suggests the first circle is: then it is mostly the last one, too."""
_GEOD: Final = Geod(ellps="GRS80")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Hold features in the order of their distance: one array each, all of one length.

    `place` is the place in the frame; `distance_m` the distance; `lon`, `lat` the nearest point of the geometry, which
    is the position itself where that lies on or inside; `bearing` the direction to it in degrees clockwise from true
    north, NaN where the distance is 0.
    """

    place: NDArray[np.intp]
    distance_m: Numbers
    lon: Numbers
    lat: Numbers
    bearing: Numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self.place)

    def within(self, accuracy_m: float | None) -> Mask:
        """Which may be where the position is, since that is known no better; none where its accuracy is not known."""
        return self.distance_m <= accuracy_m if accuracy_m is not None else np.zeros(len(self), dtype=bool)

    def at(self, rows: NDArray[np.intp]) -> Found:
        """Return some of them, in the order of the rows given."""
        return Found(self.place[rows], self.distance_m[rows], self.lon[rows], self.lat[rows], self.bearing[rows])


class Nearby:
    """Index the geometries of one frame.

    Parameters
    ----------
    features
        In EPSG:4326; points, lines and polygons, single or multi. What has no geometry or an empty one is never found.
    metric_crs
        Projected CRS in metres, that of the campaign.
    """

    def __init__(self, features: gpd.GeoDataFrame, *, metric_crs: str = METRIC_CRS) -> None:
        self.metric_crs = metric_crs
        self.flat = _projected(features, metric_crs)
        self.usable: Mask = np.isfinite(shapely.bounds(self.flat)).all(axis=1)
        self._tree = shapely.STRtree(self.flat)
        self._extent = _bounds_of(np.asarray(features.geometry.array, dtype=object)[self.usable])
        self._bounds = _bounds_of(self.flat[self.usable])
        self._per_m2 = _density(self.flat[self.usable])

    def nearest(self, lon: float, lat: float, *, number: int, mask: Mask | None = None) -> Found:
        """Return the nearest features.

        Parameters
        ----------
        lon, lat
            Position in WGS-84 degrees.
        number
            How many at most; fewer where there are fewer.
        mask
            Which features count, aligned with the frame; all where it is None.

        Raises
        ------
        PositionError
            The position is not finite, nowhere on Earth, or where the metric CRS has no coordinates.
        """
        x, y = self._at(lon, lat)
        allowed = self._allowed(mask)
        places, distances = self._candidates(x, y, number, allowed)
        order = np.lexsort((places, distances))[: max(number, 0)]
        return self._found((lon, lat), (x, y), places[order], distances[order])

    def within(self, lon: float, lat: float, *, radius_m: float, mask: Mask | None = None) -> Found:
        """Return all features within a radius, its edge included; nothing for a radius below 0 or NaN.

        Raises
        ------
        PositionError
            The position is not finite, nowhere on Earth, or where the metric CRS has no coordinates.
        """
        x, y = self._at(lon, lat)
        places = self._square(x, y, radius_m, self._allowed(mask))
        distances = self._distances(x, y, places)
        inside = distances <= radius_m
        places, distances = places[inside], distances[inside]
        order = np.lexsort((places, distances))
        return self._found((lon, lat), (x, y), places[order], distances[order])

    def _at(self, lon: float, lat: float) -> tuple[float, float]:
        require_place(lon, lat)
        x, y = (float(one) for one in to_metric(lon, lat, metric_crs=self.metric_crs))
        if not np.isfinite(x + y):
            raise PositionError(problem_of(PositionKind.FAR, km=f"{outside_m(lon, lat, self._extent) / 1000:,.0f}"))
        return x, y

    def _allowed(self, mask: Mask | None) -> Mask:
        return self.usable if mask is None else self.usable & np.asarray(mask, dtype=bool)

    def _candidates(self, x: float, y: float, number: int, allowed: Mask) -> tuple[NDArray[np.intp], Numbers]:
        """Return places and distances among which the nearest are: see the head of the module."""
        left = int(np.count_nonzero(allowed))
        if left <= max(FEW, 4 * number):
            places = np.flatnonzero(allowed)
            return places, self._distances(x, y, places)
        outside, inside = self._outside(x, y), self._first_radius(number, left)
        while True:
            places = self._square(x, y, outside + inside, allowed)
            distances = self._distances(x, y, places)
            if np.count_nonzero(distances <= outside + inside) >= number:
                return places, distances
            inside *= _GROWTH

    def _first_radius(self, number: int, left: int) -> float:
        """Return the radius of a circle that holds somewhat more than are asked for, where they are spread evenly."""
        return _MARGIN * float(np.sqrt(max(number, 1) / (np.pi * self._per_m2 * left)))

    def _outside(self, x: float, y: float) -> float:
        """Return the distance to the rectangle around all features, 0 inside."""
        west, south, east, north = self._bounds
        return float(np.hypot(max(west - x, 0.0, x - east), max(south - y, 0.0, y - north)))

    def _square(self, x: float, y: float, radius: float, allowed: Mask) -> NDArray[np.intp]:
        """Return the places allowed whose envelope meets the square around a point."""
        around = shapely.box(x - radius, y - radius, x + radius, y + radius)
        places: NDArray[np.intp] = np.asarray(self._tree.query(around), dtype=np.intp)
        return places[allowed[places]]

    def _distances(self, x: float, y: float, places: NDArray[np.intp]) -> Numbers:
        return np.asarray(shapely.distance(self.flat[places], shapely.Point(x, y)), dtype=np.float64)

    def _found(
        self, lonlat: tuple[float, float], xy: tuple[float, float], places: NDArray[np.intp], distances: Numbers
    ) -> Found:
        links = shapely.shortest_line(self.flat[places], shapely.Point(xy))
        ends = shapely.get_coordinates(shapely.get_point(links, 0))
        lon, lat = from_metric(ends[:, 0], ends[:, 1], metric_crs=self.metric_crs)
        here = distances == 0
        lon, lat = np.where(here, lonlat[0], lon), np.where(here, lonlat[1], lat)
        start = np.full(len(places), lonlat[0]), np.full(len(places), lonlat[1])
        bearing = np.where(here, np.nan, np.mod(_GEOD.inv(*start, lon, lat)[0], 360.0))
        return Found(places, distances, lon, lat, bearing)


def _projected(features: gpd.GeoDataFrame, metric_crs: str) -> NDArray[np.object_]:
    def flat(points: Numbers) -> Numbers:
        return np.column_stack(to_metric(points[:, 0], points[:, 1], metric_crs=metric_crs))

    shapes = np.asarray(features.geometry.array, dtype=object)
    return np.asarray(shapely.transform(shapely.force_2d(shapes), flat), dtype=object)


def _bounds_of(shapes: NDArray[np.object_]) -> Extent:
    west, south, east, north = shapely.total_bounds(shapes).tolist() if len(shapes) else (0.0,) * 4
    return west, south, east, north


def _density(shapes: NDArray[np.object_]) -> float:
    """Return the share of all features that a square metre holds in their midst.

    The midst is the rectangle of the middle half in each direction, so that one outlier does not make it look empty.
    """
    if not len(shapes):
        return 1.0
    west, south, east, north = shapely.bounds(shapes).T
    sides = [np.ptp(np.percentile((low + high) / 2, (25, 75))) for low, high in ((west, east), (south, north))]
    return 0.25 / max(float(sides[0] * sides[1]), 1.0)
