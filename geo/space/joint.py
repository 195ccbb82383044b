"""Find joint action: who works near a feature, and works whose times and places collide.

Only open tasks count: what is done disturbs nobody. Distances are those between geometries in the metric CRS.

Two works collide where they belong to different tasks on different corridors, their days share at least one, and
the corridors meet or run side by side:

- **parallel**: at least `stretch_m` of each run beside the other, as `geo.model.campaign` and `geo.space.chainage`
  say.
- **crossing**: they do not, but their insides meet. An end that merely touches is none: there one work ends
  where the other begins, and no traffic has to pass both.

On which level a corridor lies is not looked at: an elevated road closes lanes of the road below it too.

The days of a work are those from its planned start to its due date, both included; a date that is not given bounds
nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.model.campaign import DEFAULT_JOINT, JointRules
from geo.model.kinds import Layer
from geo.model.status import FINISHED
from geo.space.chainage import alongside_m, insides_meet
from geo.space.crs import to_metric
from geo.tasks.joins import Board

Work = tuple[str, str]
"""A task on one of its features: both ids."""

_NO_DAY: Final = np.datetime64("NaT").astype(np.int64)


class Contact(StrEnum):
    """How two corridors come together."""

    CROSSING = "crossing"
    PARALLEL = "parallel"


@dataclass(frozen=True, eq=False)
class SpatialIndex:
    """Hold the geometries of all features in the metric CRS with a tree over them; made once for a campaign's files."""

    ids: pd.Index
    shapes: NDArray[np.object_]
    zone: NDArray[np.bool_]
    corridor: NDArray[np.bool_]
    tree: shapely.STRtree

    @classmethod
    def of(cls, features: gpd.GeoDataFrame, metric_crs: str) -> "SpatialIndex":
        """Project the features (EPSG:4326) and put them into a tree."""

        def projected(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(to_metric(points[:, 0], points[:, 1], metric_crs=metric_crs))

        shapes = np.asarray(shapely.transform(np.asarray(features.geometry.array, dtype=object), projected))
        zone, corridor = ((features["layer"] == layer).to_numpy() for layer in (Layer.ZONES, Layer.CORRIDORS))
        return cls(features.index, shapes, zone, corridor, shapely.STRtree(shapes))

    def place_of(self, feature: str) -> int:
        """Return the place of a feature; it must be one of these."""
        place: Any = self.ids.get_loc(feature)
        return int(place)


@dataclass(frozen=True, slots=True)
class NearTask:
    """Hold an open task of a unit at its nearest feature."""

    task: str
    feature: str
    distance_m: float
    leads: bool


@dataclass(frozen=True, slots=True)
class NearUnit:
    """Hold a unit that works near a feature, with its tasks there, nearest first."""

    unit: str
    tasks: tuple[NearTask, ...]

    @property
    def distance_m(self) -> float:
        """Distance to the nearest of its works."""
        return self.tasks[0].distance_m


@dataclass(frozen=True, slots=True)
class Collision:
    """Hold two works that collide, the one that was asked about first.

    `stretch_m` is how far they run beside each other, 0 where they only cross.
    `first` and `last` are the days that both share, None where neither task bounds them.
    """

    task: str
    feature: str
    other_task: str
    other_feature: str
    contact: Contact
    stretch_m: float
    first: date | None
    last: date | None


def near_units(
    ground: SpatialIndex, board: Board, feature: str, rules: JointRules = DEFAULT_JOINT
) -> tuple[NearUnit, ...]:
    """Return the units that work within `near_m` of a feature, nearest first, then by id.

    Tasks that concern the feature itself are left out: who works there is known. So are zones as places of work:
    what concerns a whole zone is near to everything. A unit works on the tasks that it leads or supports.

    Raises
    ------
    KeyError
        There is no such feature.
    """
    place = ground.place_of(feature)
    found = ground.tree.query(ground.shapes[place], predicate="dwithin", distance=rules.near_m)
    found = found[~ground.zone[found]]
    distance = dict(zip(found.tolist(), shapely.distance(ground.shapes[place], ground.shapes[found]), strict=True))
    own = set(board.features["tasks"].iloc[place])
    nearest: dict[str, tuple[float, str]] = {}
    for near, works in zip(found.tolist(), board.features["tasks"].iloc[found], strict=True):
        for task in works:
            if task not in own:
                here = (float(distance[near]), str(ground.ids[near]))
                nearest[task] = min(here, nearest.get(task, here))
    return tuple(sorted(_by_unit(board, nearest), key=lambda one: (one.distance_m, one.unit)))


def _by_unit(board: Board, nearest: dict[str, tuple[float, str]]) -> Iterator[NearUnit]:
    tasks = board.tasks.loc[list(nearest)]
    tasks = tasks[~tasks["status"].isin(list(FINISHED))]
    of_unit: dict[str, list[NearTask]] = {}
    columns = (tasks.index, tasks["lead_unit"], tasks["supporting_units"])
    for task, lead, supporting in zip(*columns, strict=True):
        distance_m, feature = nearest[task]
        for unit in dict.fromkeys((lead, *supporting)):
            of_unit.setdefault(unit, []).append(NearTask(task, feature, distance_m, unit == lead))
    for unit, works in of_unit.items():
        yield NearUnit(unit, tuple(sorted(works, key=lambda one: (one.distance_m, one.task))))


def works_at(board: Board, feature: str) -> list[Work]:
    """Return the works on one feature; raises KeyError where there is no such feature."""
    return [(task, feature) for task in board.features.loc[feature, "tasks"]]


def works_of(board: Board, tasks: Collection[str]) -> list[Work]:
    """Return the works of some tasks on all of their features, in the order of the board."""
    links = board.links[board.links["task"].isin(list(tasks))]
    return list(zip(links["task"], links["feature"], strict=True))


def collisions(
    ground: SpatialIndex, board: Board, works: Iterable[Work], rules: JointRules = DEFAULT_JOINT
) -> tuple[Collision, ...]:
    """Return what collides with some works, in their order, then by feature and task of the other.

    Where both works are among those asked about, their collision is told once, from the earlier one's side.
    """
    tasks = _Days(board)
    asked = [(task, ground.place_of(feature)) for task, feature in works if task in tasks.open]
    asked = [(task, place) for task, place in asked if ground.corridor[place]]
    contacts = {place: _contacts(ground, place, rules) for _, place in asked}
    found: dict[frozenset[tuple[str, int]], Collision] = {}
    for task, place in asked:
        for other, contact, stretch_m in contacts[place]:
            for other_task in board.features["tasks"].iloc[other]:
                pair = frozenset({(task, place), (other_task, other)})
                shared = tasks.shared(task, other_task)
                if task != other_task and shared is not None and pair not in found:
                    names = (task, str(ground.ids[place]), other_task, str(ground.ids[other]))
                    found[pair] = Collision(*names, contact, stretch_m, *shared)
    return tuple(found.values())


def _contacts(ground: SpatialIndex, place: int, rules: JointRules) -> list[tuple[int, Contact, float]]:
    """Return the corridors that meet one or run beside it, by id, with how and how far."""
    shape = ground.shapes[place]
    near = ground.tree.query(shape, predicate="dwithin", distance=rules.parallel_m)
    near = near[ground.corridor[near] & (near != place)]
    reach = {"within_m": rules.parallel_m, "degrees": rules.parallel_degrees}
    stretch = alongside_m(shape, ground.shapes[near], **reach)
    meets = insides_meet(shape, ground.shapes[near])
    beside = stretch >= rules.stretch_m
    found = [
        (int(other), Contact.PARALLEL if along else Contact.CROSSING, float(length) if along else 0.0)
        for other, meet, along, length in zip(near, meets, beside, stretch, strict=True)
        if meet or along
    ]
    return sorted(found, key=lambda one: str(ground.ids[one[0]]))


class _Days:
    """Tell the days of the open tasks of a board, as numbers of days since 1970."""

    def __init__(self, board: Board) -> None:
        unfinished = ~board.tasks["status"].isin(list(FINISHED)).to_numpy()
        self.open = dict(zip(board.tasks.index[unfinished], np.flatnonzero(unfinished).tolist(), strict=True))
        columns = (board.tasks[name].to_numpy() for name in ("planned_start", "due"))
        self._spans = [column.astype("datetime64[D]").astype(np.int64).tolist() for column in columns]

    def shared(self, one: str, other: str) -> tuple[date | None, date | None] | None:
        """Return the first and last day that two open tasks share; None where there is none or one is not open."""
        if one not in self.open or other not in self.open:
            return None
        starts, ends = ([days[self.open[task]] for task in (one, other)] for days in self._spans)
        first = max((day for day in starts if day != _NO_DAY), default=None)
        last = min((day for day in ends if day != _NO_DAY), default=None)
        apart = first is not None and last is not None and last < first
        return None if apart else (_day(first), _day(last))


def _day(number: int | None) -> date | None:
    return None if number is None else date(1970, 1, 1) + timedelta(days=number)
