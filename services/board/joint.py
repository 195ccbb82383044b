"""Tell what joint action a feature or a unit needs, each answer computed once for a state, and why a light is lit."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from geo.model.status import FINISHED, Light
from geo.space.joint import Collision, NearUnit, SpatialIndex, collisions, near_units, works_at, works_of
from geo.tasks.attention_words import why_feature, why_lights
from locales import Label
from services.campaign.context import CampaignContext

KEPT = 256


def near(context: CampaignContext, day: date, feature: str) -> tuple[NearUnit, ...]:
    """Units that work near a feature as of a day; raises as ``board``, and KeyError for an unknown feature."""
    return _near(context, day, context.version, feature)


def at_feature(context: CampaignContext, day: date, feature: str) -> tuple[Collision, ...]:
    """What collides with the works on a feature as of a day; raises as ``near``."""
    return _at_feature(context, day, context.version, feature)


def of_unit(context: CampaignContext, day: date, unit: str) -> tuple[Collision, ...]:
    """What collides with the open tasks that a unit leads or supports, as of a day; raises as ``board``."""
    return _of_unit(context, day, context.version, unit)


def linked(context: CampaignContext, day: date, feature: str | None) -> list[str]:
    """Features whose works collide with those on a feature, each once; raises as ``near``."""
    found = () if feature is None else at_feature(context, day, feature)
    return list(dict.fromkeys(one.other_feature for one in found))


@lru_cache(maxsize=2)
def _ground(context: CampaignContext) -> SpatialIndex:
    return SpatialIndex.of(context.loaded.features, context.campaign.metric_crs)


@lru_cache(maxsize=KEPT)
def _near(context: CampaignContext, day: date, _version: str, feature: str) -> tuple[NearUnit, ...]:
    return near_units(_ground(context), context.board(day), feature, context.campaign.joint)


@lru_cache(maxsize=KEPT)
def _at_feature(context: CampaignContext, day: date, _version: str, feature: str) -> tuple[Collision, ...]:
    board = context.board(day)
    return collisions(_ground(context), board, works_at(board, feature), context.campaign.joint)


@lru_cache(maxsize=KEPT)
def _of_unit(context: CampaignContext, day: date, _version: str, unit: str) -> tuple[Collision, ...]:
    board = context.board(day)
    tasks = board.tasks[~board.tasks["status"].isin(list(FINISHED))]
    units = zip(tasks.index, tasks["lead_unit"], tasks["supporting_units"], strict=True)
    mine = [task for task, lead, supporting in units if unit in (lead, *supporting)]
    return collisions(_ground(context), board, works_of(board, mine), context.campaign.joint)


def why_of_feature(context: CampaignContext, as_of: datetime, feature: str) -> Label:
    """Why the light of a feature is what it is on the board of an instant; it names the task that decides.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and its updates were not read before.
    """
    board = context.board_at(as_of)
    reasons = _by_task(context, as_of, context.version)
    tasks = board.features.at[feature, "tasks"]
    return why_feature([(task, Light(str(board.tasks.at[task, "light"])), reasons[task]) for task in tasks])


@lru_cache(maxsize=8)
def _by_task(context: CampaignContext, as_of: datetime, _version: str) -> dict[str, Label]:
    board = context.board_at(as_of)
    return dict(
        zip(map(str, board.tasks.index), why_lights(board, context.campaign, context.updates(as_of)), strict=True)
    )
