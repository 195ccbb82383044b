"""Build small worlds of works in metres, and look for joint action by going through all pairs."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from math import atan2, degrees

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.model.campaign import DEFAULT_JOINT, JointRules, StatusUpdate, Task, tasks_frame, updates_frame
from geo.model.status import FINISHED, Status
from geo.space.joint import Collision, SpatialIndex
from geo.tasks.joins import Board, build_board
from tests.support.strategies import CAMPAIGN

AS_OF = datetime(2020, 9, 15, 15, 59, 59, tzinfo=UTC)
STEP_M = 1.0
Key = tuple[str, str, str, str]


def task(key: str, features: tuple[str, ...], start: date | None = None, due: date | None = None, **more: str) -> Task:
    """A task of the roads bureau."""
    made = Task(key, "services", key, key, "roads", (), start, due, "low", features)
    return replace(made, lead_unit=more.get("lead", "roads"), supporting_units=tuple(more.get("with_", "").split()))


@dataclass(frozen=True)
class Works:
    """Features by id with layer and geometry in metres, tasks on them, and the ids of those that are done."""

    features: dict[str, tuple[str, BaseGeometry]]
    tasks: tuple[Task, ...]
    done: tuple[str, ...] = ()

    @property
    def ground(self) -> SpatialIndex:
        shapes = np.array([shape for _, shape in self.features.values()], dtype=object)
        layers = np.array([layer for layer, _ in self.features.values()], dtype=object)
        ids = pd.Index(list(self.features))
        return SpatialIndex(ids, shapes, layers == "zones", layers == "corridors", shapely.STRtree(shapes))

    @property
    def board(self) -> Board:
        layers = [layer for layer, _ in self.features.values()]
        shapes = [shape for _, shape in self.features.values()]
        features = gpd.GeoDataFrame({"layer": layers}, geometry=shapes, index=pd.Index(list(self.features)))
        updates = [
            StatusUpdate(f"U{at}", key, "", Status.DONE, 100, "", "", "", "", "roads", AS_OF)
            for at, key in enumerate(self.done)
        ]
        return build_board(features, tasks_frame(self.tasks), updates_frame(updates), CAMPAIGN, AS_OF)


def cross_plainly(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two lines share a point that is no end of either."""
    ends = shapely.union_all([one.boundary, other.boundary])
    return not one.intersection(other).difference(ends).is_empty


def beside_plainly(one: BaseGeometry, other: BaseGeometry, rules: JointRules = DEFAULT_JOINT) -> float:
    """How far two lines run beside each other, by looking at every metre of both."""
    return min(_covered(one, other, rules), _covered(other, one, rules))


def _covered(one: BaseGeometry, other: BaseGeometry, rules: JointRules) -> float:
    total = 0.0
    for piece in _pieces(one):
        near = [seg for seg in _pieces(other) if _turn(piece, seg) <= rules.parallel_degrees]
        steps = max(round(piece.length / STEP_M), 1)
        points = [piece.interpolate((at + 0.5) / steps, normalized=True) for at in range(steps)]
        hits = sum(any(point.distance(seg) <= rules.parallel_m for seg in near) for point in points)
        total += piece.length * hits / steps
    return total


def _pieces(line: BaseGeometry) -> list[shapely.LineString]:
    parts = getattr(line, "geoms", [line])
    return [shapely.LineString(ends) for part in parts for ends in pairwise(part.coords) if ends[0] != ends[1]]


def _turn(one: shapely.LineString, other: shapely.LineString) -> float:
    angles = (degrees(atan2(y1 - y0, x1 - x0)) for (x0, y0), (x1, y1) in (one.coords, other.coords))
    first, second = angles
    turn = abs(first - second) % 180
    return min(turn, 180 - turn)


def days_meet(one: pd.Series, other: pd.Series) -> bool:
    """Whether the days of two tasks share one."""
    late, early = pd.Timestamp("2200-01-01"), pd.Timestamp("1900-01-01")
    spans = [(early if pd.isna(t["planned_start"]) else t["planned_start"], t["due"]) for t in (one, other)]
    (s1, e1), (s2, e2) = ((start, late if pd.isna(end) else end) for start, end in spans)
    return any(s1 <= day <= e1 and s2 <= day <= e2 for day in (s1, s2))


def collisions_plainly(works: Works) -> dict[Key, float]:
    """All collisions of a world, by ids in order, with how far the corridors run beside each other."""
    board, found = works.board, {}
    links = list(zip(board.links["task"], board.links["feature"], strict=True))
    for at, (task_id, feature) in enumerate(links):
        for other_id, other in links[at + 1 :]:
            one, two = board.tasks.loc[task_id], board.tasks.loc[other_id]
            (layer, shape), (other_layer, other_shape) = works.features[feature], works.features[other]
            apart = task_id == other_id or feature == other or {layer, other_layer} != {"corridors"}
            if apart or {one["status"], two["status"]} & FINISHED or not days_meet(one, two):
                continue
            length = beside_plainly(shape, other_shape)
            if length >= DEFAULT_JOINT.stretch_m or cross_plainly(shape, other_shape):
                found[ordered(task_id, feature, other_id, other)] = length
    return found


def ordered(task_id: str, feature: str, other_id: str, other: str) -> Key:
    """The ids of a collision, the smaller work first."""
    first, second = sorted([(task_id, feature), (other_id, other)])
    return (*first, *second)


def key_of(one: Collision) -> Key:
    """The ids of a collision, the smaller work first."""
    return ordered(one.task, one.feature, one.other_task, one.other_feature)
