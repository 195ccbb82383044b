"""Read the GeoJSON layers and the background of a campaign."""

import json
from collections.abc import Mapping
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from data.campaign.files import SourceFile, place_in, text_of
from geo.model.campaign import Campaign
from geo.model.kinds import Layer
from geo.validation.codes import ProblemCode
from geo.validation.features import check_context, check_features, with_zones
from geo.validation.problem import Place, Problem, ProblemLog

LAYER_FILES: Final = {layer: f"{layer.value}.geojson" for layer in Layer}
CONTEXT_FILE: Final = "context.geojson"
_LEVELS_MAX: Final = 32
_DIGITS_MAX: Final = 4000
_GEOGRAPHIC: Final = ("CRS84", ":4326", ":4490")


def read_features(
    files: Mapping[str, SourceFile],
    campaign: Campaign,
) -> tuple[gpd.GeoDataFrame, dict[str, Place], list[Problem]]:
    """Return the sound features of all layers with their zones from geometry.

    Returns
    -------
    The features; where each feature stands that has an id and is not used, by id; every problem.
    """
    problems: list[Problem] = []
    frames = []
    rows: dict[str, Place] = {}
    for layer, file in LAYER_FILES.items():
        raw, found = read_collection(files[file])
        frame, faults = check_features(raw, layer, file, campaign, taken=rows)
        problems += [*found, *faults]
        frames.append(frame)
        rows |= {key: (file, row) for key, row in _ordinals(raw).items() if key not in rows}
    features, differing = with_zones(pd.concat(frames), rows)
    left_out = {key: place for key, place in rows.items() if key not in features.index}
    return features, left_out, problems + differing


def read_context(file: SourceFile, campaign: Campaign) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Return the sound drawings of the background, and every problem of their file."""
    raw, found = read_collection(file)
    frame, faults = check_context(raw, file.name, campaign)
    return frame, found + faults


def read_collection(file: SourceFile) -> tuple[list[object], list[Problem]]:
    """Return the features of a GeoJSON file as they were read, and the problems of the file."""
    log = ProblemLog(file.name)
    text = text_of(file, log)
    features = None if text is None else _features_of(text, log)
    return features or [], log.in_order()


def _features_of(text: str, log: ProblemLog) -> list[object] | None:
    try:
        tree = _parsed(text)
    except json.JSONDecodeError as error:
        log.add(ProblemCode.NOT_JSON, row=None, **place_in(text, error.pos))
        return None
    except RecursionError:
        log.add(ProblemCode.TOO_DEEP)
        return None
    if not isinstance(tree, dict) or tree.get("type") != "FeatureCollection":
        top = tree.get("type", "") if isinstance(tree, dict) else type(tree).__name__
        log.add(ProblemCode.NOT_FEATURE_COLLECTION, column="type", value=str(top))
        return None
    features = tree.get("features")
    if not isinstance(features, list):
        log.add(ProblemCode.NOT_FEATURE_COLLECTION, column="features", value=type(features).__name__)
        return None
    if (crs := _crs_name(tree)) and not crs.endswith(_GEOGRAPHIC):
        log.add(ProblemCode.WRONG_CRS, column="crs", value=crs)
        return None
    return features


def _parsed(text: str) -> Any:  # noqa: ANN401  any JSON value
    """Return what a JSON text holds.

    Raises
    ------
    RecursionError
        It is nested deeper than any GeoJSON.
    """
    tree = json.loads(text, parse_int=_whole)
    if _is_deeper_than(_LEVELS_MAX, tree):
        raise RecursionError(f"nested more than {_LEVELS_MAX} levels deep")
    return _without_surrogates(tree) if "\\ud" in text or "\\uD" in text else tree


def _whole(digits: str) -> float:
    """Return a number without a fraction; Python refuses to read an endless one, which is no place on earth."""
    return int(digits) if len(digits) <= _DIGITS_MAX else float(digits)


def _is_deeper_than(levels: int, tree: object) -> bool:
    """Return whether lists and objects are nested deeper than any GeoJSON, and than recursion bears."""
    nodes = [tree]
    for _ in range(levels):
        nodes = [
            child
            for node in nodes
            for child in (node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
            if isinstance(child, dict | list)
        ]
        if not nodes:
            return False
    return True


def _crs_name(tree: Mapping[str, Any]) -> str:
    """Return the name in the member `crs` of older GeoJSON, empty where there is none."""
    crs = tree.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return str(name if name is not None else crs or "")


def _without_surrogates(value: Any) -> Any:  # noqa: ANN401  any JSON value
    r"""Replace halves of characters, which JSON can write (`\ud800`) but UTF-8 cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def _ordinals(raw: list[object]) -> dict[str, int]:
    """Return the ordinal of the first feature of each id."""
    found: dict[str, int] = {}
    for row, item in enumerate(raw, start=1):
        properties = item.get("properties") if isinstance(item, dict) else None
        if isinstance(properties, dict) and isinstance(properties.get("id"), str):
            found.setdefault(properties["id"], row)
    return found
