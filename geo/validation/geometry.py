"""Check geometries at the door: readable, finite, of an allowed type, valid, in the extent."""

import json
from collections.abc import Collection, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.model.campaign import Extent
from geo.validation.problem import ProblemCode, ProblemLog

_UNREADABLE = (
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
    shapely.errors.ShapelyError,
)
_LON_MAX = 180.0
_LAT_MAX = 90.0


def check_geometries(
    members: Sequence[tuple[int, str, object]],
    *,
    allowed: Collection[str],
    extent: Extent,
    log: ProblemLog,
) -> NDArray[np.object_]:
    """Return the geometries in two dimensions, None for each that cannot be drawn.

    Parameters
    ----------
    members
        Ordinal and id of the feature, and its GeoJSON member `geometry` as it was read.
    allowed
        Geometry types of the layer.
    extent
        West, south, east, north in degrees that every geometry must lie in.
    log
        Takes the first problem of each geometry.
    """
    shapes = np.empty(len(members), dtype=object)
    with np.errstate(invalid="ignore"):  # NaN gets a problem of its own below, not a warning of numpy
        for place, (row, _, member) in enumerate(members):
            shapes[place] = _read(row, member, log)
    readable = ~shapely.is_missing(shapes)
    sound = readable & _sound(shapes, allowed, extent)
    for place in np.flatnonzero(readable & ~sound).tolist():
        row, key, _ = members[place]
        _name_fault(row, key, shapes[place], allowed=allowed, extent=extent, log=log)
    shapes[~sound] = None
    return shapes


def _read(row: int, member: object, log: ProblemLog) -> BaseGeometry | None:
    if member is None:
        log.add(ProblemCode.NO_GEOMETRY, row=row, column="geometry")
        return None
    try:
        geometry = shapely.force_2d(shape(member))
    except _UNREADABLE:
        code = ProblemCode.BROKEN_GEOMETRY if _is_finite(member) else ProblemCode.NOT_FINITE
        log.add(code, row=row, column="geometry", value=json.dumps(member, ensure_ascii=False))
        return None
    if geometry.is_empty:
        log.add(ProblemCode.NO_GEOMETRY, row=row, column="geometry")
        return None
    return geometry


def _is_finite(member: object) -> bool:
    """Return whether no number inside a GeoJSON value is NaN or infinite."""
    if isinstance(member, dict):
        return all(_is_finite(value) for value in member.values())
    if isinstance(member, list):
        return all(_is_finite(value) for value in member)
    return not isinstance(member, float) or bool(np.isfinite(member))


def _sound(shapes: NDArray[np.object_], allowed: Collection[str], extent: Extent) -> NDArray[np.bool_]:
    types = [shapely.GeometryType[name.upper()].value for name in allowed]
    sides = shapely.bounds(shapes)
    inside = (sides[:, :2] >= extent[:2]).all(axis=1) & (sides[:, 2:] <= extent[2:]).all(axis=1)
    right_type = np.isin(shapely.get_type_id(shapes), types)
    return np.asarray(right_type & inside & _finite(shapes) & shapely.is_valid(shapes))


def _finite(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    bad = ~np.isfinite(points).all(axis=1)
    finite = np.ones(len(shapes), dtype=bool)
    finite[owner[bad]] = False
    return finite


def _name_fault(
    row: int,
    key: str,
    geometry: BaseGeometry,
    *,
    allowed: Collection[str],
    extent: Extent,
    log: ProblemLog,
) -> None:
    points = shapely.get_coordinates(geometry)
    if geometry.geom_type not in allowed:
        code, value, allowed_text = (
            ProblemCode.WRONG_GEOMETRY_TYPE,
            geometry.geom_type,
            ", ".join(allowed),
        )
    elif not np.isfinite(points).all():
        code, value, allowed_text = ProblemCode.NOT_FINITE, geometry.wkt, ""
    elif (outside := _outside(points, extent)).any():
        code, allowed_text = _place_fault(points, extent), ", ".join(f"{side:g}" for side in extent)
        value = ", ".join(f"{number:.12g}" for number in points[outside][0])
    else:
        code, value, allowed_text = (
            ProblemCode.INVALID_GEOMETRY,
            shapely.is_valid_reason(geometry),
            "",
        )
    log.add(code, row=row, column="geometry", value=value, allowed=allowed_text, feature=key.strip() or f"#{row}")


def _outside(points: NDArray[np.float64], extent: Extent) -> NDArray[np.bool_]:
    return np.asarray(((points < extent[:2]) | (points > extent[2:])).any(axis=1))


def _place_fault(points: NDArray[np.float64], extent: Extent) -> ProblemCode:
    if not _outside(points[:, ::-1], extent).any():
        return ProblemCode.SWAPPED_LON_LAT
    if (np.abs(points) > (_LON_MAX, _LAT_MAX)).any():
        return ProblemCode.COORDINATES_IN_METRES
    return ProblemCode.OUTSIDE_EXTENT
