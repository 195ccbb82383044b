"""Find where a name may stand: along a line, around a symbol, inside an area."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any, Final, Literal

import numpy as np
import shapely
from shapely import GeometryType

from geo.model.kinds import Kind, Layer
from geo.model.status import Light
from layers.paper.frame import MapFrame
from layers.paper.page import MapContent

SHARES: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88)
"""Along a line, from its middle outwards."""
FARTHER_MM: Final = (4.0, 7.0, 11.0, 16.0, 22.0, 29.0)
TURNS: Final = (35, -35, 145, -145, 10, -10, 170, -170, 60, -60, 120, -120)
"""Degrees from east in which a name at the end of a line is tried."""
SHIFTS_MM: Final = (0.0, 7.0, -7.0, 14.0, -14.0, 21.0, -21.0, 30.0, -30.0)
_EDGE_MM: Final = 1.2
_AREAS: Final = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)

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


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a point in millimetres, which edge of the name stands there, and whether a line must lead to it."""

    x: float
    y: float
    align: Literal["left", "center", "right"] = "center"
    leader: bool = False


def anchor(geometry: Any) -> tuple[float, float]:  # noqa: ANN401  shapely ships no types
    """Point of a plane geometry for its symbol: the middle of a line, the pole of an area, the point itself."""
    if shapely.get_type_id(geometry) in _AREAS:
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


def along(geometry: Any) -> list[Place]:  # noqa: ANN401  likewise
    """Places on the longest seen part of a line."""
    if shapely.get_type_id(geometry) in _AREAS or shapely.length(geometry) == 0:
        return [Place(*anchor(geometry))]
    line = longest(geometry)
    points = shapely.line_interpolate_point(line, list(SHARES), normalized=True)
    return [Place(float(x), float(y)) for x, y in shapely.get_coordinates(points)]


def around(at: tuple[float, float], radius: float) -> list[Place]:
    """Places beside a symbol: right, left, below, above."""
    x, y = at
    side, end = radius * 1.5 + 0.8, radius * 1.2 + 2.6
    return [
        Place(x + side, y, "left"),
        Place(x - side, y, "right"),
        Place(x, y - end),
        Place(x, y + end),
        Place(x + side, y - end / 2, "left"),
        Place(x + side, y + end / 2, "left"),
        Place(x - side, y - end / 2, "right"),
        Place(x - side, y + end / 2, "right"),
    ]


def farther(at: tuple[float, float], radius: float) -> list[Place]:
    """Places around a symbol to which a line must lead: nearer ones first."""
    x, y = at
    places = []
    for distance in FARTHER_MM:
        for degrees in TURNS:
            dx, dy = cos(radians(degrees)), sin(radians(degrees))
            reach = radius * 1.4 + distance
            places.append(Place(x + dx * reach, y + dy * reach, "left" if dx > 0 else "right", leader=True))
    return places


def inside(geometry: Any) -> list[Place]:  # noqa: ANN401  likewise
    """Places around the pole of an area."""
    x, y = anchor(geometry)
    return [Place(x + dx, y + dy) for dy in SHIFTS_MM for dx in (0.0, 18.0, -18.0)]


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
