"""Lay the map on the sheet: a round scale that fits the extent, degrees as millimetres on paper, and what is seen.

Positions are projected to the campaign's metric CRS and turned by the convergence of its meridians at the middle of the
map, so that true north is up, as on the screen; at Hongqiao, 1.3° east of the central meridian, that is 0.7°.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely import GeometryType

from geo.model.campaign import Extent
from geo.model.errors import OneMapError
from geo.model.kinds import Kind, Layer
from geo.model.status import Light
from geo.space.crs import from_metric, to_metric
from layers.paper.page import SCALES, MapContent
from locales import Text

MARGIN_MM: Final = 8.0
"""So far beyond the frame lines are kept, so that the ends of their strokes are not seen."""
_FARTHEST: Final = 10.0
_STEP: Final = 1e-4


class ExtentError(OneMapError, ValueError):
    """Say that an extent cannot be drawn."""

    def __init__(self, extent: Extent) -> None:
        """Name the extent."""
        self.extent = extent
        super().__init__(
            Text(
                "The extent {given} cannot be drawn. Give west, south, east, north in degrees, within {farthest:g}° "
                "of the campaign's area.",
                given=", ".join(f"{edge:g}" for edge in extent),
                farthest=_FARTHEST,
            )
        )


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Hold a map's place on earth and its size on paper; plane coordinates are millimetres from its middle, y up."""

    lon: float
    lat: float
    scale: int
    width_mm: float
    height_mm: float
    metric_crs: str
    turn: float

    @property
    def reach(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in millimetres."""
        return (-self.width_mm / 2, -self.height_mm / 2, self.width_mm / 2, self.height_mm / 2)

    def plane(self, geometries: Any) -> Any:  # noqa: ANN401  arrays of geometries have no type of their own
        """Geometries in degrees as geometries in millimetres."""
        return shapely.transform(np.asarray(geometries, dtype=object), self.points)

    def clipped(self, geometries: Any) -> Any:  # noqa: ANN401  likewise
        """Plane geometries cut at the frame with a margin; empty ones are kept in their places."""
        left, bottom, right, top = self.reach
        edges = (left - MARGIN_MM, bottom - MARGIN_MM, right + MARGIN_MM, top + MARGIN_MM)
        return shapely.clip_by_rect(geometries, *edges)

    def points(self, degrees: Any) -> Any:  # noqa: ANN401  likewise
        """Rows of lon, lat as rows of x, y in millimetres."""
        x, y = to_metric(degrees[:, 0], degrees[:, 1], metric_crs=self.metric_crs)
        x0, y0 = to_metric(self.lon, self.lat, metric_crs=self.metric_crs)
        east, north = (x - x0) * 1000 / self.scale, (y - y0) * 1000 / self.scale
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        return np.column_stack((east * cos - north * sin, east * sin + north * cos))

    def degrees(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Longitude and latitude of a place on the map."""
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        east, north = x_mm * cos + y_mm * sin, -x_mm * sin + y_mm * cos
        x0, y0 = to_metric(self.lon, self.lat, metric_crs=self.metric_crs)
        factor = self.scale / 1000
        lon, lat = from_metric(x0 + east * factor, y0 + north * factor, metric_crs=self.metric_crs)
        return float(lon), float(lat)

    @property
    def seen(self) -> Extent:
        """The extent that the frame shows, in degrees."""
        left, bottom, right, top = self.reach
        corners = [self.degrees(x, y) for x in (left, right) for y in (bottom, top)]
        lons, lats = zip(*corners, strict=True)
        return min(lons), min(lats), max(lons), max(lats)


def fit(extent: Extent, metric_crs: str, near: Extent, *, width_mm: float, height_mm: float) -> MapFrame:
    """Frame an extent at the largest round scale at which all of it is seen.

    Parameters
    ----------
    extent
        What must be seen.
    metric_crs
        The campaign's metric CRS.
    near
        The campaign's extent, which the map must not be unreasonably far from.
    width_mm, height_mm
        Size of the map on paper.

    Raises
    ------
    ExtentError
        The extent is no rectangle in degrees or too far away to be projected.
    """
    _refuse(extent, near)
    west, south, east, north = extent
    lon, lat = (west + east) / 2, (south + north) / 2
    turn = _convergence(lon, lat, metric_crs)
    whole = MapFrame(lon, lat, 1000, width_mm, height_mm, metric_crs, turn)
    corners = whole.points(np.array([(x, y) for x in (west, lon, east) for y in (south, lat, north)]))
    wide_m, high_m = np.ptp(corners, axis=0)
    needed = max(wide_m * 1000 / width_mm, high_m * 1000 / height_mm)
    scale = next((one for one in SCALES if one >= needed), None)
    if scale is None:
        raise ExtentError(extent)
    return MapFrame(lon, lat, scale, width_mm, height_mm, metric_crs, turn)


def _refuse(extent: Extent, near: Extent) -> None:
    west, south, east, north = extent
    sound = all(math.isfinite(edge) for edge in extent) and west < east and south < north
    close = sound and all(
        abs((low + high) / 2 - (near_low + near_high) / 2) <= _FARTHEST
        for low, high, near_low, near_high in ((west, east, near[0], near[2]), (south, north, near[1], near[3]))
    )
    if not close or east - west > 2 * _FARTHEST or north - south > 2 * _FARTHEST:
        raise ExtentError(extent)


def _convergence(lon: float, lat: float, metric_crs: str) -> float:
    """Angle from grid north to true north, clockwise positive, in radians."""
    (x0, x1), (y0, y1) = to_metric([lon, lon], [lat, lat + _STEP], metric_crs=metric_crs)
    return math.atan2(x1 - x0, y1 - y0)


_EDGE_MM: Final = 1.2
AREAS: Final = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in millimetres."""


class Space:
    """Hold what is taken of the map, as rectangles of left, bottom, right, top in millimetres."""

    def __init__(self, reach: Rect) -> None:
        self._reach = reach
        self._boxes = np.empty((0, 4))

    def free(self, box: Rect) -> bool:
        """Whether a box lies in the frame and on nothing that is taken."""
        left, bottom, right, top = box
        edges = self._reach
        if left < edges[0] + _EDGE_MM or bottom < edges[1] + _EDGE_MM:
            return False
        if right > edges[2] - _EDGE_MM or top > edges[3] - _EDGE_MM:
            return False
        taken = self._boxes
        hit = (left < taken[:, 2]) & (right > taken[:, 0]) & (bottom < taken[:, 3]) & (top > taken[:, 1])
        return not bool(hit.any())

    def take(self, box: Rect) -> None:
        """Take a box."""
        self._boxes = np.vstack((self._boxes, box))


def anchor(geometry: Any) -> tuple[float, float]:  # noqa: ANN401  shapely ships no types
    """Point of a plane geometry for its symbol: the middle of a line, the pole of an area, the point itself."""
    if shapely.get_type_id(geometry) in AREAS:
        circle = shapely.maximum_inscribed_circle(geometry, tolerance=0.5)
        x, y = shapely.get_coordinates(circle)[0]
    elif shapely.length(geometry) > 0:
        x, y = shapely.get_coordinates(shapely.line_interpolate_point(longest(geometry), 0.5, normalized=True))[0]
    else:
        x, y = shapely.get_coordinates(geometry)[0]
    return float(x), float(y)


def longest(geometry: Any) -> Any:  # noqa: ANN401  likewise
    """The longest part of a geometry."""
    return max(shapely.get_parts(geometry), key=shapely.length)


@dataclass(frozen=True, slots=True, eq=False)
class ShownFeature:
    """Hold one feature; `geometry` is its part in the frame, `anchor` is where its symbol stands, in millimetres."""

    id: str
    layer: str
    kind: Kind
    light: Light
    name: str
    sign: str
    plausible: bool
    zone: int
    selected: bool
    geometry: Any
    anchor: tuple[float, float]


def shown_features(content: MapContent, frame: MapFrame) -> list[ShownFeature]:
    """Everything of which a part is seen, in the order of the features."""
    features = content.features[content.shown]
    zones = list(content.features.index[content.features["layer"] == Layer.ZONES])
    window = shapely.box(*frame.reach)
    plane = frame.plane(features.geometry.array)
    seen = shapely.clip_by_rect(plane, *frame.reach)
    names = ("layer", "kind", "light", "sign", "plausible")
    columns = (features[name].to_numpy(dtype=object) for name in names)
    titles = zip(*(features[f"name_{lang}"].astype(str) for lang in _languages(content)), strict=True)
    rows = zip(features.index, titles, *columns, strict=True)
    found = []
    for i, (key, (title, other), layer, kind, light, sign, plausible) in enumerate(rows):
        if shapely.is_empty(seen[i]) or not shapely.intersects(plane[i], window):
            continue
        whole = layer == Layer.NODES and shapely.get_dimensions(plane[i]) < 2  # noqa: PLR2004  a line or a point
        at = anchor(plane[i] if whole else seen[i])
        place = zones.index(key) if layer == Layer.ZONES else -1
        found.append(
            ShownFeature(
                *(str(key), str(layer), Kind(kind), Light(light), title or other, str(sign)),
                *(bool(plausible), place, key == content.selected, seen[i], at),
            )
        )
    return found


def _languages(content: MapContent) -> tuple[str, str]:
    return ("zh", "en") if content.lang == "zh" else ("en", "zh")
