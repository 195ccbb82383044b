"""Check the features of one GeoJSON file where they enter; all problems at once, sound features kept."""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.model.campaign import FEATURE_COLUMNS, FEATURE_CRS, SIGN_MAX, Campaign, Extent
from geo.model.kinds import ContextKind, Layer, kinds_of
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog
from geo.validation.tables import check_name, stand_in

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


def with_zones(features: gpd.GeoDataFrame, rows: dict[str, tuple[str, int]]) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Return the features with zones from geometry, and a problem where a file says otherwise.

    Parameters
    ----------
    features
        Features of all layers, `zones` as they were written, None where they were not.
    rows
        File and ordinal of each feature, by id.
    """
    computed = zones_of(features, features[features["layer"] == Layer.ZONES])
    problems = [
        Problem(
            ProblemCode.ZONES_DIFFER,
            *rows[key],
            column="zones",
            value=", ".join(written),
            params={"expected": ", ".join(zones)},
        )
        for key, written, zones in zip(features.index, features["zones"], computed, strict=True)
        if written is not None and set(written) != set(zones)
    ]
    return features.assign(zones=computed), problems


CONTEXT_TYPES: Final = ("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
CONTEXT_COLUMNS: Final = ("kind", "name_zh", "name_en", "source", "accuracy_m", "geometry")
_ACCURACY_MAX_M: Final = 1e6
_DTYPES: Final = {"zones": "object", "accuracy_m": "float64", "plausible": "bool"}


@dataclass(frozen=True, slots=True)
class _Entry:
    row: int
    properties: Mapping[str, Any]
    geometry: object


def check_features(
    raw: Sequence[object],
    layer: Layer,
    file: str,
    campaign: Campaign,
    *,
    taken: Collection[str] = (),
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Return the sound features of a layer and every problem of its file.

    Parameters
    ----------
    raw
        The `features` of a GeoJSON FeatureCollection, as they were read.
    layer, file
        Layer that they are of, and the file's name for the problems.
    campaign
        Its extent must hold every geometry.
    taken
        Ids that other layers use.

    Returns
    -------
    Frame as `geo.model.campaign` describes it, in the order of the file, but `zones` as it was written (None
    where it was not), for `geo.validation.features.with_zones` to replace; and the problems by row.
    """
    log = ProblemLog(file)
    entries = _entries(raw, log)
    shapes = _shapes(entries, layer.geometry_types, campaign, log)
    seen = set(taken)
    columns: dict[str, list[Any]] = {name: [] for name in ("id", *FEATURE_COLUMNS)}
    for entry, geometry in zip(entries, shapes, strict=True):
        key = _id(entry, seen, log)
        kind = _kind(entry, kinds_of(layer), log)
        row = {"layer": layer.value, **_described(entry, key or "", log)}
        if key is not None and kind is not None and geometry is not None:
            _append(columns, {**row, "id": key, "kind": kind, "geometry": geometry})
    index = pd.Index(columns.pop("id"), name="id", dtype="str")
    return _geo_frame(columns, index), log.in_order()


def check_context(raw: Sequence[object], file: str, campaign: Campaign) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Return the sound drawings of the background (`CONTEXT_COLUMNS`), and every problem."""
    log = ProblemLog(file)
    entries = _entries(raw, log)
    shapes = _shapes(entries, CONTEXT_TYPES, campaign, log)
    columns: dict[str, list[Any]] = {name: [] for name in CONTEXT_COLUMNS}
    for entry, geometry in zip(entries, shapes, strict=True):
        kind = _kind(entry, tuple(ContextKind), log)
        names = {name: _text(entry, name) for name in ("name_zh", "name_en", "source")}
        if kind is not None and geometry is not None:
            accuracy = _accuracy(entry, log)
            _append(columns, {**names, "kind": kind, "accuracy_m": accuracy, "geometry": geometry})
    return _geo_frame(columns, pd.RangeIndex(len(columns["kind"]))), log.in_order()


def _entries(raw: Sequence[object], log: ProblemLog) -> list[_Entry]:
    entries = []
    for row, item in enumerate(raw, start=1):
        properties = item.get("properties") if isinstance(item, dict) else None
        if isinstance(item, dict) and item.get("type") == "Feature" and isinstance(properties, dict | None):
            entries.append(_Entry(row, properties or {}, item.get("geometry")))
        else:
            log.add(ProblemCode.NOT_A_FEATURE, row=row, value=str(item))
    return entries


def _shapes(entries: Sequence[_Entry], allowed: Collection[str], campaign: Campaign, log: ProblemLog) -> np.ndarray:
    members = [(entry.row, _text(entry, "id"), entry.geometry) for entry in entries]
    return check_geometries(members, allowed=allowed, extent=campaign.extent, log=log)


def _append(columns: dict[str, list[Any]], row: Mapping[str, Any]) -> None:
    for name, cells in columns.items():
        cells.append(row[name])


def _geo_frame(columns: dict[str, list[Any]], index: pd.Index) -> gpd.GeoDataFrame:
    shapes = np.empty(len(index), dtype=object)
    shapes[:] = columns.pop("geometry")
    data = {name: pd.Series(cells, index=index, dtype=_DTYPES.get(name, "str")) for name, cells in columns.items()}
    return gpd.GeoDataFrame(data, geometry=shapes, crs=FEATURE_CRS, index=index)


def _text(entry: _Entry, name: str) -> str:
    value = entry.properties.get(name)
    return value if isinstance(value, str) else ""


def _id(entry: _Entry, seen: set[str], log: ProblemLog) -> str | None:
    key = _text(entry, "id")
    if not key.strip():
        log.add(
            ProblemCode.MISSING_ID,
            row=entry.row,
            column="id",
            value=str(entry.properties.get("id", "")),
        )
        return None
    if key in seen:
        log.add(ProblemCode.DUPLICATE_ID, row=entry.row, column="id", value=key)
        return None
    seen.add(key)
    return key


def _kind(entry: _Entry, allowed: Collection[str], log: ProblemLog) -> str | None:
    kind = entry.properties.get("kind", "")
    if isinstance(kind, str) and kind in allowed:
        return kind
    log.add(
        ProblemCode.UNKNOWN_KIND,
        row=entry.row,
        column="kind",
        value=str(kind),
        allowed=", ".join(allowed),
    )
    return None


def _described(entry: _Entry, key: str, log: ProblemLog) -> dict[str, Any]:
    return {
        **_names(entry, key, log),
        "zones": _zones(entry),
        "source": _text(entry, "source"),
        "source_zh": _text(entry, "source_zh"),
        "accuracy_m": _accuracy(entry, log),
        "plausible": _plausible(entry, log),
        "sign": _sign(entry, log),
        "bounding_roads_zh": _text(entry, "bounding_roads_zh"),
        "bounding_roads_en": _text(entry, "bounding_roads_en"),
    }


def _names(entry: _Entry, key: str, log: ProblemLog) -> dict[str, str]:
    names = {name: _text(entry, name) for name in ("name_zh", "name_en")}
    for name, text in names.items():
        check_name(text, row=entry.row, column=name, log=log)
    name_zh, name_en = stand_in(names["name_zh"], names["name_en"], key)
    return {"name_zh": name_zh, "name_en": name_en}


def _zones(entry: _Entry) -> tuple[str, ...] | None:
    zones = entry.properties.get("zones")
    if zones is None:
        return None
    return tuple(str(zone) for zone in zones) if isinstance(zones, list) else (str(zones),)


def _accuracy(entry: _Entry, log: ProblemLog) -> float:
    value = entry.properties.get("accuracy_m", "")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and 0 < value < _ACCURACY_MAX_M:
        return float(value)
    log.add(ProblemCode.BAD_ACCURACY, row=entry.row, column="accuracy_m", value=str(value))
    return math.nan


def _plausible(entry: _Entry, log: ProblemLog) -> bool:
    value = entry.properties.get("plausible", "")
    if isinstance(value, bool):
        return value
    log.add(ProblemCode.BAD_PLAUSIBLE, row=entry.row, column="plausible", value=str(value))
    return True


def _sign(entry: _Entry, log: ProblemLog) -> str:
    sign = _text(entry, "sign")
    if len(sign) <= SIGN_MAX:
        return sign
    log.add(ProblemCode.LONG_SIGN, row=entry.row, column="sign", value=sign, allowed=str(SIGN_MAX))
    return ""


def zones_of(features: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> pd.Series:
    """Return for each feature the zones that it lies in, from geometry.

    A feature lies in a zone where their interiors meet, that is where their common part has a
    length or an area; a mere touch is not enough, and a point must lie inside. The relation of
    interiors is the same in degrees as in metres. A zone lies in itself only.

    Parameters
    ----------
    features
        Features of all layers in EPSG:4326, indexed by id, with `layer`.
    zones
        The zones among them; their order is the order of the ids.

    Returns
    -------
    Tuples of zone ids, indexed like `features`.
    """
    shapes = np.asarray(features.geometry.array, dtype=object)
    areas = np.asarray(zones.geometry.array, dtype=object)
    where, zone = shapely.STRtree(shapes).query(areas, predicate="intersects")[::-1]
    meets = ~shapely.touches(shapes[where], areas[zone])
    found: list[list[str]] = [[] for _ in shapes]
    for place, number in sorted(zip(where[meets].tolist(), zone[meets].tolist(), strict=True)):
        found[place].append(str(zones.index[number]))
    own = (features["layer"] == Layer.ZONES).to_numpy()
    ids = features.index.to_numpy()
    tuples = [(str(ids[i]),) if own[i] else tuple(found[i]) for i in range(len(shapes))]
    return pd.Series(tuples, index=features.index, dtype=object, name="zones")
