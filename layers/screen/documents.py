"""Write the documents that a renderer in the browser reads: features once per datum and version, the board of a day.

A board is one letter per feature and its tasks, with what needs somebody, the key figures, and why each light is lit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import GeometryType

from geo.model.campaign import Campaign, updates_frame
from geo.model.kinds import Layer
from geo.model.status import Light
from geo.model.supervision import SupervisionEvent
from geo.space.crs import Datum, shift_geometry
from geo.tasks.attention import attention
from geo.tasks.attention_words import sentence, why_lights
from geo.tasks.facets import normalise
from geo.tasks.joins import Board
from geo.tasks.summary import summarise
from layers.style import supervision_column

NEEDS_MAX: Final = 200
"""Most entries of the attention list that are sent; the most urgent ones stand first."""


def attention_rows(
    board: Board, campaign: Campaign, updates: pd.DataFrame, events: Iterable[SupervisionEvent]
) -> list[dict[str, Any]]:
    """Entries of the attention list, most urgent first.

    Returns
    -------
    list
        ``task`` (position on the board), ``light`` (letter), ``since`` (day), ``key``, ``zh`` and ``en`` (why, and who
        answers), ``features`` (ids) and ``reasons`` (kinds).
    """
    places = {task: place for place, task in enumerate(board.tasks.index)}
    rows = []
    for need in islice(attention(board, campaign, updates, events), NEEDS_MAX):
        why = sentence(need, board.units)
        rows.append(
            {
                "task": places[need.task],
                "light": need.light.style.letter,
                "since": need.since.isoformat(),
                "key": need.key,
                "zh": why.zh,
                "en": why.en,
                "features": list(need.features),
                "reasons": [str(reason.kind) for reason in need.reasons],
            }
        )
    return rows


def figures(board: Board, campaign: Campaign) -> dict[str, Any]:
    """Numbers of the row of key figures.

    Returns
    -------
    dict
        ``tasks``; ``lights`` and ``statuses`` (tasks by id); ``zones`` (readiness, from 0 to 1 by zone, in the order of
        the zones among the features, null where a zone has no task); ``deadline`` and ``opening`` (days until then,
        negative afterwards).
    """
    summary = summarise(board, campaign)
    readiness = {group.key: group.readiness for group in summary.by_zone}
    zones = board.features.index[board.features["layer"] == Layer.ZONES]
    return {
        "tasks": summary.total.tasks,
        "lights": {str(light): count for light, count in summary.total.by_light.items()},
        "statuses": {str(status): count for status, count in summary.total.by_status.items()},
        "zones": [readiness.get(zone) for zone in zones],
        "deadline": summary.days_to_deadline,
        "opening": summary.days_to_opening,
    }


def why_table(board: Board, campaign: Campaign, updates: pd.DataFrame) -> dict[str, list[str]]:
    """Why the light of each task is what it is, ``zh`` and ``en``, in the order of the board's tasks."""
    labels = why_lights(board, campaign, updates)
    return {"zh": [label.zh for label in labels], "en": [label.en for label in labels]}


Geometries = NDArray[np.object_]

COORDINATE_DIGITS = 6
"""About 0.1 m: finer than any accuracy that the layers state."""


def features_payload(
    features: gpd.GeoDataFrame, units: pd.DataFrame, context: gpd.GeoDataFrame, campaign: Campaign, datum: Datum
) -> str:
    """Write everything about the features that neither a date nor a report changes.

    Parameters
    ----------
    features
        Features of all layers as ``geo.model.campaign`` describes them.
    units
        UNIT_COLUMNS, index id.
    context
        The context drawing: kind, name_zh, name_en, geometry (EPSG:4326).
    campaign
        Gives attribution, the sample notice and after how many days a task is silent.
    datum
        Datum in which the coordinates are written.

    Returns
    -------
    str
        JSON with ``ids``, ``layer``, ``kind``, ``zh``, ``en``, ``zones`` (positions in ``zoneIds``), ``plausible``,
        ``sign``, ``search``, ``geometry`` (GeoJSON), ``anchor`` ([lon, lat] degrees), and the tables ``unit``,
        ``context`` and ``campaign``.
    """
    zone_ids = list(features.index[features["layer"] == Layer.ZONES])
    document = {
        "ids": list(features.index),
        "layer": [str(layer) for layer in features["layer"]],
        "kind": [str(kind) for kind in features["kind"]],
        "zh": list(features["name_zh"]),
        "en": list(features["name_en"]),
        "zoneIds": zone_ids,
        "zones": [[zone_ids.index(zone) for zone in zones] for zones in features["zones"]],
        "plausible": [int(flag) for flag in features["plausible"]],
        "sign": list(features["sign"]),
        "search": _search(features.index, features["name_zh"], features["name_en"]),
        "unit": {unit: {"zh": row.short_zh, "en": row.short_en} for unit, row in units.iterrows()},
        "campaign": _campaign_table(campaign),
    }
    geometries = _drawn(features, datum)
    drawn = {
        "geometry": _geojson(geometries),
        "anchor": compact_json(anchors(geometries).tolist()),
        "context": _context(context, datum),
    }
    return compact_json(document)[:-1] + "".join(f',"{name}":{text}' for name, text in drawn.items()) + "}"


def compact_json(document: object) -> str:
    """JSON without white space; a NaN or an infinity is an error, since no browser reads it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def anchors(geometries: Geometries) -> NDArray[np.float64]:
    """Point of each geometry for its symbol or label: the middle of a line, the pole of an area, the point itself.

    Returns
    -------
    numpy.ndarray
        One row of lon, lat per geometry, rounded to COORDINATE_DIGITS.
    """
    points = geometries.copy()
    kinds = shapely.get_type_id(geometries)
    lines = np.isin(kinds, (GeometryType.LINESTRING, GeometryType.MULTILINESTRING))
    points[lines] = shapely.line_interpolate_point(_longest_parts(geometries[lines]), 0.5, normalized=True)
    areas = np.isin(kinds, (GeometryType.POLYGON, GeometryType.MULTIPOLYGON))
    points[areas] = shapely.get_point(shapely.maximum_inscribed_circle(geometries[areas], tolerance=1e-4), 0)
    rounded: NDArray[np.float64] = np.round(shapely.get_coordinates(points), COORDINATE_DIGITS)
    return rounded


def board_payload(
    board: Board,
    campaign: Campaign,
    updates: pd.DataFrame | None = None,
    events: Iterable[SupervisionEvent] = (),
) -> str:
    """Write what one as-of day says.

    Parameters
    ----------
    board, campaign
        The board of the day, and its campaign.
    updates
        All updates, in the order of ``updates_frame``: since when a task is blocked is read from them.
    events
        Acts of supervision.

    Returns
    -------
    str
        JSON with ``lights`` (one letter per feature, in the order of the features payload), ``tasks`` (per feature the
        positions of its tasks) and the table ``task``: ``ids``, ``zh``, ``en``, ``category``, ``units`` (lead first),
        ``search`` (id, titles and names of units, normalised), ``status``, ``percent``, ``light``, ``daysLeft`` (null
        without due date), ``silentDays`` (null without report), ``difficulty`` and ``supervision`` (the rung of an open
        ladder, else empty); and ``attention``, ``figures`` and ``why`` as ``layers.screen.documents`` describes them.
    """
    known, acts = updates_frame(()) if updates is None else updates, tuple(events)
    rows = {task: row for row, task in enumerate(board.tasks.index)}
    document = {
        "lights": "".join(Light(light).style.letter for light in board.features["light"]),
        "tasks": [[rows[task] for task in tasks] for tasks in board.features["tasks"]],
        "task": _task_table(board, campaign) | {"supervision": supervision_column(board, campaign, acts)},
        "attention": attention_rows(board, campaign, known, acts),
        "figures": figures(board, campaign),
        "why": why_table(board, campaign, known),
    }
    return compact_json(document)


def _task_table(board: Board, campaign: Campaign) -> dict[str, Any]:
    tasks = board.tasks
    units = zip(tasks["lead_unit"], tasks["supporting_units"], strict=True)
    midnight = pd.Timestamp(board.as_of).tz_convert(campaign.tz).normalize()
    silent = (midnight - tasks["reported_at"].dt.tz_convert(campaign.tz).dt.normalize()).dt.round("D").dt.days
    return {
        "ids": list(tasks.index),
        "zh": list(tasks["title_zh"]),
        "en": list(tasks["title_en"]),
        "category": [str(category) for category in tasks["category"]],
        "units": [[lead, *supporting] for lead, supporting in units],
        "search": board.facets.task_texts,
        "status": [str(status) for status in tasks["status"]],
        "percent": [int(percent) for percent in tasks["percent"]],
        "light": "".join(Light(light).style.letter for light in tasks["light"]),
        "daysLeft": [None if pd.isna(days) else int(days) for days in tasks["days_left"]],
        "silentDays": [None if pd.isna(days) else int(days) for days in silent],
        "difficulty": [text if isinstance(text, str) else "" for text in tasks["difficulty"]],
    }


def _search(*columns: Iterable[str]) -> list[str]:
    """Texts that a search looks through, normalised as by the core, one line per column."""
    return ["\n".join(normalise(text) for text in texts) for texts in zip(*columns, strict=True)]


def _longest_parts(lines: Geometries) -> Geometries:
    parts, owners = shapely.get_parts(lines, return_index=True)
    order = np.lexsort((-shapely.length(parts), owners))
    _, first = np.unique(owners[order], return_index=True)
    longest: Geometries = parts[order][first]
    return longest


def _drawn(frame: gpd.GeoDataFrame, datum: Datum) -> Geometries:
    """Geometries in a datum, rounded to what is written."""
    shifted = shift_geometry(np.asarray(frame.geometry.array, dtype=object), datum)
    rounded: Geometries = shapely.transform(shifted, lambda points: np.round(points, COORDINATE_DIGITS))
    return rounded


def _geojson(geometries: Geometries) -> str:
    return f"[{','.join(shapely.to_geojson(geometries))}]"


def _campaign_table(campaign: Campaign) -> dict[str, Any]:
    return {
        "id": campaign.id,
        "attribution": {"zh": campaign.attribution.zh, "en": campaign.attribution.en},
        "sample": campaign.sample,
        "staleDays": campaign.lights.stale_days,
    }


def _context(context: gpd.GeoDataFrame, datum: Datum) -> str:
    kinds = compact_json([str(kind) for kind in context["kind"]])
    return f'{{"kind":{kinds},"geometry":{_geojson(_drawn(context, datum))}}}'
