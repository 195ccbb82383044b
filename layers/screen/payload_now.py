"""Write what a board says of its day: what needs somebody, the key figures, and why each light is lit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

import pandas as pd

from geo.model.campaign import Campaign
from geo.model.kinds import Layer
from geo.model.supervision import SupervisionEvent
from geo.tasks.attention import attention
from geo.tasks.attention_words import sentence, why_lights
from geo.tasks.joins import Board
from geo.tasks.summary import summarise
from layers.style import LIGHT_LETTERS

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
                "light": LIGHT_LETTERS[need.light],
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
