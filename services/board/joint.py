"""Tell what joint action a feature or a unit needs, each answer computed once for a state of the campaign."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from geo.model.status import FINISHED
from geo.space.joint import Collision, Ground, NearUnit, collisions, near_units, works_at, works_of
from services.campaign.context import Desk

KEPT = 256


def near(desk: Desk, day: date, feature: str) -> tuple[NearUnit, ...]:
    """Units that work near a feature as of a day; raises as ``Desk.board``, and KeyError for an unknown feature."""
    return _near(desk, day, desk.version, feature)


def at_feature(desk: Desk, day: date, feature: str) -> tuple[Collision, ...]:
    """What collides with the works on a feature as of a day; raises as ``near``."""
    return _at_feature(desk, day, desk.version, feature)


def of_unit(desk: Desk, day: date, unit: str) -> tuple[Collision, ...]:
    """What collides with the open tasks that a unit leads or supports, as of a day; raises as ``Desk.board``."""
    return _of_unit(desk, day, desk.version, unit)


def linked(desk: Desk, day: date, feature: str | None) -> list[str]:
    """Features whose works collide with those on a feature, each once; raises as ``near``."""
    found = () if feature is None else at_feature(desk, day, feature)
    return list(dict.fromkeys(one.other_feature for one in found))


@lru_cache(maxsize=2)
def _ground(desk: Desk) -> Ground:
    return Ground.of(desk.loaded.features, desk.campaign.metric_crs)


@lru_cache(maxsize=KEPT)
def _near(desk: Desk, day: date, _version: str, feature: str) -> tuple[NearUnit, ...]:
    return near_units(_ground(desk), desk.board(day), feature, desk.campaign.joint)


@lru_cache(maxsize=KEPT)
def _at_feature(desk: Desk, day: date, _version: str, feature: str) -> tuple[Collision, ...]:
    board = desk.board(day)
    return collisions(_ground(desk), board, works_at(board, feature), desk.campaign.joint)


@lru_cache(maxsize=KEPT)
def _of_unit(desk: Desk, day: date, _version: str, unit: str) -> tuple[Collision, ...]:
    board = desk.board(day)
    tasks = board.tasks[~board.tasks["status"].isin(list(FINISHED))]
    units = zip(tasks.index, tasks["lead_unit"], tasks["supporting_units"], strict=True)
    mine = [task for task, lead, supporting in units if unit in (lead, *supporting)]
    return collisions(_ground(desk), board, works_of(board, mine), desk.campaign.joint)
