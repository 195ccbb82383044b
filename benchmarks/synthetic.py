"""Write campaign folders of any size: made-up corridors and tasks amid the zones, nodes and units of a real one.

The same size gives the same bytes, so that numbers of two days can be compared.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from data.campaign.load import load_campaign
from geo.model.campaign import TASK_COLUMNS, UPDATE_COLUMNS
from geo.model.kinds import Layer, kinds_of
from geo.validation.features import zones_of
from settings import DEFAULT_CAMPAIGN

SEED = 20200915
VERTICES = 10
STEP_DEGREES = 0.0009
"""About 90 m, so that a corridor is some 800 m long, as those of the campaign are."""
TURN_RADIANS = 0.35
MARGIN_DEGREES = 0.001
CORRIDORS_PER_TASK = 50
TASKS_LEAST, TASKS_MOST = 44, 400
UPDATES_PER_TASK = 8
COPIED = ("campaign.toml", "zones.geojson", "nodes.geojson", "context.geojson", "units.csv")
COURSES = (
    ("not_started", "in_progress", "in_progress", "in_progress", "in_progress", "in_progress", "done", "accepted"),
    (
        "in_progress",
        "in_progress",
        "blocked",
        "in_progress",
        "in_progress",
        "in_progress",
        "in_progress",
        "in_progress",
    ),
    ("not_started", "not_started", "in_progress", "in_progress", "blocked", "blocked", "blocked", "blocked"),
    (*("in_progress",) * 7, "done"),
    ("not_started",) * UPDATES_PER_TASK,
    ("in_progress",) * UPDATES_PER_TASK,
)
"""Statuses that tasks run through, so that every status and every light occurs on the demonstration date."""


def write_synthetic(folder: Path, corridors: int) -> Path:
    """Write a valid campaign with this many corridors and return its folder.

    Parameters
    ----------
    folder
        Made where it does not exist; files of the same names are written anew.
    corridors
        How many; tasks grow with them from 44 to 400, eight updates each, and every corridor belongs to a task.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(DEFAULT_CAMPAIGN / name, folder / name)
    rng = np.random.default_rng(SEED)
    model = load_campaign(DEFAULT_CAMPAIGN)
    lines = polylines(corridors, model.campaign.extent, rng)
    (folder / "corridors.geojson").write_text(_collection(lines, model.features, rng), encoding="utf-8")
    nodes = list(model.features.index[model.features["layer"] == "nodes"])
    tasks = list(_tasks(corridors, nodes, list(model.units.index), [one.id for one in model.campaign.categories]))
    _write_table(folder / "tasks.csv", TASK_COLUMNS, tasks)
    _write_table(folder / "updates.csv", UPDATE_COLUMNS, _updates(tasks, rng))
    return folder


def polylines(count: int, extent: Sequence[float], rng: np.random.Generator) -> NDArray[np.object_]:
    """Lines of ten vertices that bend gently, all inside an extent of west, south, east, north in degrees."""
    west, south, east, north = extent
    heading = rng.uniform(0, 2 * np.pi, (count, 1)) + rng.normal(0, TURN_RADIANS, (count, VERTICES)).cumsum(axis=1)
    steps = np.stack([np.cos(heading), np.sin(heading)], axis=-1) * STEP_DEGREES
    start = rng.uniform((west, south), (east, north), (count, 1, 2))
    points = start + steps.cumsum(axis=1)
    low, high = np.array([west, south]) + MARGIN_DEGREES, np.array([east, north]) - MARGIN_DEGREES
    points += np.maximum(low - points.min(axis=1), 0)[:, None] - np.maximum(points.max(axis=1) - high, 0)[:, None]
    lines: NDArray[np.object_] = shapely.linestrings(points.round(6))
    return lines


def task_count(corridors: int) -> int:
    """How many tasks a campaign of this many corridors has."""
    return min(max(corridors // CORRIDORS_PER_TASK, TASKS_LEAST), TASKS_MOST)


def _corridor_ids(count: int) -> list[str]:
    return [f"C{number:02d}" for number in range(1, count + 1)]


def _collection(lines: NDArray[np.object_], features: gpd.GeoDataFrame, rng: np.random.Generator) -> str:
    ids = _corridor_ids(len(lines))
    kinds = rng.choice([kind.value for kind in kinds_of(Layer.CORRIDORS)], len(lines))
    frame = gpd.GeoDataFrame({"layer": "corridors"}, geometry=lines, index=ids, crs=features.crs)
    zones = zones_of(frame, features[features["layer"] == "zones"])
    rows = zip(ids, kinds.tolist(), zones, lines.tolist(), strict=True)
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(_feature(*row) for row in rows) + "\n]}\n"


def _feature(key: str, kind: str, zones: tuple[str, ...], line: shapely.LineString) -> str:
    properties = {
        "id": key,
        "kind": kind,
        "name_zh": f"示例路{key[1:]}号",
        "name_en": f"Made-up corridor {key[1:]}",
        "zones": zones,
        "source": "made up for the benchmark",
        "accuracy_m": 10,
        "plausible": False,
    }
    tree = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(line)}
    return json.dumps(tree, ensure_ascii=False)


def _tasks(corridors: int, nodes: list[str], units: list[str], categories: list[str]) -> Iterator[dict[str, Any]]:
    """Each corridor and node in one task, in turn; due dates spread over the months around the demonstration date."""
    count = task_count(corridors)
    features = _corridor_ids(corridors) + nodes
    for number in range(count):
        start = date(2020, 4, 1) + timedelta(days=number % 90)
        yield {
            "id": f"T{number + 1:02d}",
            "category": categories[number % len(categories)],
            "title_zh": f"示例任务{number + 1}",
            "title_en": f"Made-up task {number + 1}",
            "lead_unit": units[number % len(units)],
            "supporting_units": ";".join({units[(number + 5) % len(units)], units[(number + 11) % len(units)]}),
            "planned_start": start.isoformat(),
            "due": (date(2020, 8, 20) + timedelta(days=number * 7 % 60)).isoformat(),
            "priority": ("high", "medium", "low")[number % 3],
            "features": ";".join(features[number::count]),
        }


def _updates(tasks: Iterable[dict[str, Any]], rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    first = datetime(2020, 4, 20, 1, tzinfo=UTC)
    number = 0
    for place, task in enumerate(tasks):
        for step, status in enumerate(COURSES[place % len(COURSES)]):
            number += 1
            late = status == "blocked"
            yield {
                "id": f"U{number:04d}",
                "task": task["id"],
                "feature": "",
                "status": status,
                "percent": 100 if status in {"done", "accepted"} else 0 if status == "not_started" else 5 + 10 * step,
                "note": f"第{step + 1}次报告",
                "difficulty_kind": "pipelines" if late else "",
                "difficulty": "管线未迁" if late else "",
                "suggestion": "尽快协调" if late else "",
                "unit": "adm-coordination" if status == "accepted" else task["lead_unit"],
                "reported_at": (first + timedelta(days=18 * step, minutes=int(rng.integers(0, 600)))).isoformat(),
            }


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
