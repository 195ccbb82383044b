"""Tell what lies along a corridor, in order, with chainage, side, light and the most urgent task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from geo.model.status import Light
from geo.space.chainage import SIDE_LABELS, Passage, Side, along, axis_of, chainage_text
from geo.space.crs import measure
from geo.space.rank import distance_text
from geo.tasks.joins import Board
from locales import NOTHING, Label, Name, Text
from services.campaign.context import CampaignContext
from services.field.nearby import main_tasks

_KEPT: Final = 16
_LONG_M: Final = 20.0
"""What lies along less of the axis than this is told with one chainage."""
_LINES: Final = {"LineString", "MultiLineString"}


@dataclass(frozen=True, slots=True)
class AlongRow:
    """Hold one feature along a corridor: `at` is its chainage, `where` the side and how far, or that it crosses."""

    feature: str
    name: Label
    light: Light
    at: str
    where: Label
    task: str
    title: Label


def is_corridor(context: CampaignContext, feature: str) -> bool:
    """Whether a feature is a line, along which something can lie."""
    features = context.loaded.features
    return feature in features.index and str(features.geometry[feature].geom_type) in _LINES


def along_corridor(context: CampaignContext, day: date, feature: str) -> tuple[AlongRow, ...]:
    """Return what lies along a corridor as of the end of a day, from its start to its end.

    Raises
    ------
    ValueError
        It is no corridor.
    StoreUnavailableError
        If the store does not answer and this board was not shown before.
    """
    board = context.board(day)
    tasks = main_tasks(board, open_only=False)
    return tuple(_row(board, passage, place, tasks.get(place, -1)) for passage, place in _passages(context, feature))


def length_m(context: CampaignContext, feature: str) -> float:
    """Length of a corridor in metres; raises ValueError where it is none."""
    shape: Any = axis_of(context.loaded.features.geometry[feature])
    return float(measure([shape], metric_crs=context.campaign.metric_crs)[0][0])


@lru_cache(maxsize=_KEPT)
def _passages(context: CampaignContext, feature: str) -> tuple[tuple[Passage, int], ...]:
    """Passages with their places in the frame of all features; geometry does not change with the day."""
    features = context.loaded.features
    others = features[features.index != feature]
    found = along(features.geometry[feature], others, metric_crs=context.campaign.metric_crs)
    places = features.index.get_indexer(others.index)
    return tuple((passage, int(places[passage.place])) for passage in found)


def _row(board: Board, passage: Passage, place: int, task: int) -> AlongRow:
    feature = board.features.iloc[place]
    title = board.tasks.iloc[task] if task >= 0 else None
    return AlongRow(
        feature=str(board.features.index[place]),
        name=Name(feature["name_zh"], feature["name_en"]),
        light=Light(feature["light"]),
        at=_at(passage),
        where=_where(passage),
        task="" if title is None else str(title.name),
        title=NOTHING if title is None else Name(title["title_zh"], title["title_en"]),
    )


def _at(passage: Passage) -> str:
    if passage.to_m - passage.from_m < _LONG_M:
        return chainage_text(passage.at_m)
    return f"{chainage_text(passage.from_m)} – {chainage_text(passage.to_m)}"


def _where(passage: Passage) -> Label:
    if passage.crossings_m:
        return Text("crosses")
    side = SIDE_LABELS[passage.side]
    if passage.side == Side.ON:
        return side
    far = distance_text(passage.offset_m)
    return Text("{side}, {far}", side=side, far=far)
