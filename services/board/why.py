"""Say why a light of a feature or task is what it is."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from geo.model.status import Light
from geo.tasks.attention_words import why_feature, why_lights
from locales import Label
from services.campaign.context import CampaignContext


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
