"""Check the features of one GeoJSON file at the door; all problems at once, sound features kept."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.model.campaign import FEATURE_COLUMNS, FEATURE_CRS, KINDS_OF_LAYER, SIGN_MAX, Campaign, ContextKind, Layer
from geo.validation.geometry import check_geometries
from geo.validation.problem import Problem, ProblemCode, ProblemLog
from geo.validation.records import check_name, stand_in

GEOMETRY_TYPES: Final[Mapping[Layer, tuple[str, ...]]] = MappingProxyType(
    {
        Layer.ZONES: ("Polygon",),
        Layer.CORRIDORS: ("LineString", "MultiLineString"),
        Layer.NODES: ("Point", "LineString", "Polygon"),
    },
)
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
    where it was not), for `geo.validation.zones.with_zones` to replace; and the problems by row.
    """
    log = ProblemLog(file)
    entries = _entries(raw, log)
    shapes = _shapes(entries, GEOMETRY_TYPES[layer], campaign, log)
    seen = set(taken)
    columns: dict[str, list[Any]] = {name: [] for name in ("id", *FEATURE_COLUMNS)}
    for entry, geometry in zip(entries, shapes, strict=True):
        key = _id(entry, seen, log)
        kind = _kind(entry, KINDS_OF_LAYER[layer], log)
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
