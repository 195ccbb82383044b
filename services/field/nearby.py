"""Answer who stands somewhere: which projects are near, which first, and why; find a place by name or coordinates.

The position is in the datum that its sender declares: positions of in-app browsers of Chinese map and chat apps are in
GCJ-02, of Baidu's in BD-09. It is checked before and after it is converted, and nothing is listed from one that cannot
be meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model.kinds import KIND_LABELS, Kind, Layer
from geo.model.status import FINISHED, Light, Status
from geo.space.crs import Datum, convert
from geo.space.nearby import Found
from geo.space.position import PositionProblem, check_position
from geo.space.rank import RankBy, Urgency, direction, explain, order, walking_minutes
from geo.tasks.facets import normalise
from geo.tasks.joins import Board
from geo.tasks.lights import LIGHT_RANK
from locales import NOTHING, Label, Name
from services.campaign.context import CampaignContext, index_of

LANDMARKS_MAX: Final = 6
_NUMBER: Final = r"([+-]?\d{1,4}(?:\.\d{1,12})?)"
_PAIR: Final = re.compile(rf"\s*{_NUMBER}\s*[,，;；\s]\s*{_NUMBER}\s*")


@dataclass(frozen=True, slots=True)
class Landmark:
    """Hold one place: id, names, kind, and a point of it in WGS-84: the middle of a line, a point inside an area."""

    feature: str
    name: Label
    kind: Label
    lon: float
    lat: float


def find(context: CampaignContext, text: str, *, number: int = LANDMARKS_MAX) -> tuple[Landmark, ...]:
    """Return the landmarks whose id or names have all words of a text, best first; the zones for an empty text.

    Best is an id or name that is the text, then one that begins with it, then one that holds it as it stands, then one
    that holds its words; then the shorter name, then the order of the files.
    """
    features, asked = context.loaded.features, normalise(text)
    if not asked:
        places = [place for place, layer in enumerate(features["layer"]) if layer == Layer.ZONES]
        return tuple(_landmark(features, place) for place in places[:number])
    ranked = []
    names = zip(features.index, features["name_zh"], features["name_en"], strict=True)
    for place, texts in enumerate(names):
        told = [normalise(str(one)) for one in texts]
        rank = min(_rank(one, asked) for one in told)
        if rank < _NOT:
            ranked.append((rank, min(len(one) for one in told[1:]), place))
    return tuple(_landmark(features, place) for _, _, place in sorted(ranked)[:number])


def coordinates(text: str) -> tuple[float, float] | None:
    """Return the two numbers of a text such as "121.30, 31.19", None where it is none; which is which is not judged."""
    found = _PAIR.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else None


_NOT: Final = 4


def _rank(name: str, asked: str) -> int:
    if name == asked:
        return 0
    if name.startswith(asked):
        return 1
    if asked in name:
        return 2
    return 3 if all(word in name for word in asked.split()) else _NOT


def _landmark(features: Any, place: int) -> Landmark:  # noqa: ANN401  shapely ships no types
    row, shape = features.iloc[place], features.geometry.iloc[place]
    lines = shape.length > 0 and shape.area == 0
    point = shape.interpolate(0.5, normalized=True) if lines else shape.representative_point()
    return Landmark(
        feature=str(features.index[place]),
        name=Name(row["name_zh"], row["name_en"]),
        kind=KIND_LABELS[row["kind"]],
        lon=float(point.x),
        lat=float(point.y),
    )


Mask = NDArray[np.bool_]

NUMBER: Final = 20
DATUMS: Final = (Datum.WGS84, Datum.GCJ02, Datum.BD09)
"""Datums that a sender may declare."""


@dataclass(frozen=True, slots=True)
class NearbyQuery:
    """Hold a position and what is asked around it.

    `lon` and `lat` are degrees of `datum`; `accuracy_m` is the radius that the device gives, None for a tapped place.
    `radius_m` is None for no limit. `unit` keeps the projects in which it has a task, leading or supporting;
    `open_only` those with a task that is not finished, of that unit where one is named; `kinds` those of these kinds,
    all but zones where it is empty, since whoever stands in a zone stands at 0 m from it.
    """

    lon: float
    lat: float
    accuracy_m: float | None = None
    datum: Datum = Datum.WGS84
    number: int = NUMBER
    radius_m: float | None = None
    by: RankBy = RankBy.NEARNESS
    unit: str = ""
    open_only: bool = True
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NearRow:
    """Hold one project near a position.

    `task` is the most urgent of its tasks that were asked for, empty where it has none; `light` is that of the feature.
    `lon`, `lat` is the nearest point of its geometry in WGS-84; `here` where it may be where the person stands, since
    the position is known no better; `why` says in one line why it stands where it stands.
    """

    feature: str
    name: Label
    kind: Label
    light: Light
    task: str
    title: Label
    distance_m: float
    lon: float
    lat: float
    bearing: float
    direction: Label
    minutes: int
    here: bool
    why: Label


@dataclass(frozen=True, slots=True)
class Around:
    """Hold the answer: rows in order, and the position in WGS-84, None where there is none to use.

    `problem` is what is the matter with the position; `matching` how many projects were asked for, listed or not.
    """

    rows: tuple[NearRow, ...]
    position: tuple[float, float] | None
    problem: PositionProblem | None
    matching: int = 0


def around(context: CampaignContext, day: date, asked: NearbyQuery) -> Around:
    """Return the projects around a position as of the end of a day.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and this board was not shown before.
    """
    position, problem = locate(context, asked)
    if position is None:
        return Around((), None, problem)
    board = context.board(day)
    tasks = main_tasks(board, unit=asked.unit, open_only=asked.open_only)
    mask = _mask(board, asked, tasks)
    found = _found(context, position, asked, mask)
    of_tasks = urgencies(board)
    lights = board.features["light"].tolist()
    urgency = [
        of_tasks[tasks[place]] if place in tasks else Urgency(Light(lights[place])) for place in found.place.tolist()
    ]
    rows = order(asked.by, distance_m=found.distance_m, place=found.place, urgency=urgency)[: max(asked.number, 0)]
    shown = found.at(rows)
    told = [_row(board, shown, at, tasks, urgency[row], asked) for at, row in enumerate(rows.tolist())]
    return Around(tuple(told), position, problem, int(np.count_nonzero(mask)))


def locate(context: CampaignContext, asked: NearbyQuery) -> tuple[tuple[float, float] | None, PositionProblem | None]:
    """Return the position in WGS-84, None where nothing may be measured from it, and what is the matter with it."""
    extent = context.campaign.extent
    problem = check_position(asked.lon, asked.lat, extent=extent)
    if problem:
        return None, problem
    lon, lat = (float(one) for one in convert(asked.lon, asked.lat, source=asked.datum, target=Datum.WGS84))
    problem = check_position(lon, lat, extent=extent, accuracy_m=asked.accuracy_m)
    return (None if problem and problem.blocks else (lon, lat)), problem


def main_tasks(board: Board, *, unit: str = "", open_only: bool = True) -> dict[int, int]:
    """Return for each feature that has a task asked for the most urgent one, both by their places in the board.

    Most urgent is the worst light, then the fewest days left, then the order of the ledger.
    """
    tasks = board.tasks
    wanted = np.ones(len(tasks), dtype=bool)
    if open_only:
        wanted &= ~tasks["status"].isin(list(FINISHED)).to_numpy()
    if unit:
        wanted &= _involved(tasks, unit)
    urgency = urgencies(board)
    ranks = [LIGHT_RANK[one.light] for one in urgency]
    left = [np.inf if one.days_left is None else one.days_left for one in urgency]
    places = dict(zip(board.features.index, range(len(board.features)), strict=True))
    concerned = tasks["features"].tolist()
    found: dict[int, int] = {}
    for task in np.lexsort((left, ranks)).tolist():
        for feature in concerned[task] if wanted[task] else ():
            found.setdefault(places[feature], task)
    return found


def urgencies(board: Board) -> list[Urgency]:
    """Return what makes each task of a board urgent."""
    left = board.tasks["days_left"].to_numpy(dtype=np.float64, na_value=np.nan)
    rows = zip(board.tasks["light"], left.tolist(), board.tasks["status"], strict=True)
    return [
        Urgency(Light(light), None if math.isnan(days) else int(days), Status(status).rule.blocked)
        for light, days, status in rows
    ]


def _involved(tasks: pd.DataFrame, unit: str) -> Mask:
    supports = np.fromiter((unit in units for units in tasks["supporting_units"]), dtype=bool, count=len(tasks))
    return np.asarray((tasks["lead_unit"] == unit).to_numpy() | supports, dtype=bool)


def _mask(board: Board, asked: NearbyQuery, tasks: Mapping[int, int]) -> Mask:
    kinds = board.features["kind"]
    mask = np.array(kinds.isin(list(asked.kinds)) if asked.kinds else kinds != Kind.ZONE, dtype=bool)
    if asked.open_only or asked.unit:
        concerned = np.zeros(len(mask), dtype=bool)
        concerned[list(tasks)] = True
        mask &= concerned
    return mask


def _found(context: CampaignContext, position: tuple[float, float], asked: NearbyQuery, mask: Mask) -> Found:
    """Return what is asked for by distance; all of it where it is put in another order, and cut afterwards."""
    index = index_of(context)
    if asked.radius_m is not None:
        return index.within(*position, radius_m=asked.radius_m, mask=mask)
    number = asked.number if asked.by == RankBy.NEARNESS else int(np.count_nonzero(mask))
    return index.nearest(*position, number=number, mask=mask)


def _row(
    board: Board, found: Found, at: int, tasks: Mapping[int, int], urgency: Urgency, asked: NearbyQuery
) -> NearRow:
    place = int(found.place[at])
    feature, task = board.features.iloc[place], tasks.get(place, -1)
    distance, bearing = float(found.distance_m[at]), float(found.bearing[at])
    title = board.tasks.iloc[task] if task >= 0 else None
    return NearRow(
        feature=str(board.features.index[place]),
        name=Name(feature["name_zh"], feature["name_en"]),
        kind=KIND_LABELS[feature["kind"]],
        light=Light(feature["light"]),
        task=str(board.tasks.index[task]) if task >= 0 else "",
        title=NOTHING if title is None else Name(title["title_zh"], title["title_en"]),
        distance_m=distance,
        lon=float(found.lon[at]),
        lat=float(found.lat[at]),
        bearing=bearing,
        direction=direction(bearing),
        minutes=walking_minutes(distance),
        here=bool(found.within(asked.accuracy_m)[at]),
        why=explain(asked.by, urgency, distance_m=distance, bearing=bearing, accuracy_m=asked.accuracy_m),
    )
