"""Tell which tasks somebody may report on from where they stand, the likeliest first, and what each move demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.model.kinds import Layer
from geo.model.status import FINISHED, Light, Status
from locales import Label, Name
from services.access.policy import Person
from services.campaign.context import CampaignContext, index_of
from services.reports.transitions import allowed_moves, required_fields

_NOWHERE: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Move:
    """Hold a status that may be reported, the fields that it demands and its least and greatest percentage."""

    status: Status
    required_fields: tuple[str, ...]
    percents: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold one task that may be reported on; `feature` is the nearest of its features, `based_on` what was seen of it.

    `distance_m` is None where no position is known.
    """

    task: str
    title: Label
    feature: str
    name: Label
    light: Light
    status: Status
    percent: int
    moves: tuple[Move, ...]
    based_on: int
    distance_m: float | None


def report_choices(
    context: CampaignContext, person: Person | None, position: tuple[float, float] | None
) -> tuple[Choice, ...]:
    """Return the tasks that a person may report on now: open ones first, of their unit first, then the nearest.

    What concerns a whole zone comes after what stands in it: whoever is inside a zone is at 0 m from it.

    Parameters
    ----------
    position
        Longitude and latitude in WGS-84; None: the order of the ledger.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and this board was not shown before.
    """
    board = context.board(context.today())
    if context.ledger.from_files or person is None:
        return ()
    far = _distances(context, position)
    seen = _last_seen(context)
    made = [
        (rank, _choice(board.features, row, moves, far, seen.get(str(row.name), 0)))
        for place, (_, row) in enumerate(board.tasks.iterrows())
        for moves in [_moves(person, row)]
        for rank in [(row["status"] in FINISHED, person.unit not in _units(row), place)]
        if moves
    ]
    zones = set(board.features.index[board.features["layer"] == Layer.ZONES])
    made.sort(key=lambda pair: (*pair[0][:2], pair[1].feature in zones, _far(pair[1]), pair[0][2]))
    return tuple(choice for _, choice in made)


def _distances(context: CampaignContext, position: tuple[float, float] | None) -> Mapping[str, float]:
    if position is None:
        return {}
    features = context.loaded.features
    found = index_of(context).nearest(*position, number=len(features))
    return dict(zip(features.index[found.place], found.distance_m.tolist(), strict=True))


def _last_seen(context: CampaignContext) -> Mapping[str, int]:
    """Return the last `seq` of each task's reports, those of later days too, as `services.reports.reports.last_seq`."""
    store, campaign = context.store, context.campaign.id
    seen: dict[str, int] = {}
    for frame in (store.latest_updates(campaign), store.latest_updates(campaign, context.now())):
        for task, seq in zip(frame["task"], frame["seq"], strict=True):
            seen[str(task)] = max(seen.get(str(task), 0), int(seq))
    return seen


def _moves(person: Person, row: pd.Series) -> tuple[Move, ...]:
    current = Status(row["status"])
    return tuple(
        Move(status, required_fields(current, status), status.rule.percents)
        for status in allowed_moves(person, _units(row), current)
    )


def _units(row: pd.Series) -> tuple[str, ...]:
    return (str(row["lead_unit"]), *map(str, row["supporting_units"]))


def _choice(
    features: pd.DataFrame, row: pd.Series, moves: tuple[Move, ...], far: Mapping[str, float], based_on: int
) -> Choice:
    mine = sorted(row["features"], key=lambda one: far.get(one, _NOWHERE))
    nearest = mine[0] if mine else ""
    told: Any = features.loc[nearest] if nearest else {"name_zh": "", "name_en": ""}
    return Choice(
        task=str(row.name),
        title=Name(row["title_zh"], row["title_en"]),
        feature=nearest,
        name=Name(told["name_zh"], told["name_en"]),
        light=Light(row["light"]),
        status=Status(row["status"]),
        percent=int(row["percent"]),
        moves=moves,
        based_on=based_on,
        distance_m=far.get(nearest),
    )


def _far(choice: Choice) -> float:
    return _NOWHERE if choice.distance_m is None else choice.distance_m
