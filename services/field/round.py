"""Plan a round: the stops in an order for walking, the checklist, and the sheet to take along.

A stop is the point of a feature that is nearest to where the round starts. Ways are straight lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from exports.snapshot.snapshot import map_content
from exports.snapshot.words import notice_words
from geo.model.errors import OneMapError
from geo.model.kinds import Layer
from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, LIGHT_ORDER, Light
from geo.space.crs import to_metric
from geo.space.map_links import MapLink, map_links
from geo.space.rank import WALKING_M_PER_S, distance_text, urgency_text, walking_minutes
from geo.space.tour import tour
from geo.tasks.joins import Board
from layers.paper.figure import figure_bytes
from layers.paper.round import STOPS_MOST, RoundPage, RoundStop, draw_round
from locales import NOTHING, Label, Language, Name, Text
from services.campaign.context import CampaignContext, index_of
from services.field.nearby import NearbyQuery, around, main_tasks, urgencies
from services.incidents.incidents import drill_runs

OPEN_WITHIN_M: Final = 1_000.0
"""Radius of "everything open around me"."""
_AROUND_DEG: Final = 1e-6
"""Around the stops, since the extent of a single one cannot be drawn."""

__all__ = ["OPEN_WITHIN_M", "STOPS_MOST", "Round", "Stop", "TooManyStopsError", "open_around", "plan", "sheet"]

_SEEN: Final = Text("{task} {why}: {title}")
_TOO_MANY: Final = Text(
    "A round has at most {most} stops; {count} are chosen. Choose a smaller radius or fewer projects."
)


class TooManyStopsError(OneMapError, ValueError):
    """Say that more stops are chosen than one page and one walk hold.

    OneMapError
    └── TooManyStopsError (ValueError)
    """

    def __init__(self, count: int) -> None:
        """Hold how many were chosen."""
        self.count = count
        super().__init__(_TOO_MANY.fill(most=STOPS_MOST, count=count))


@dataclass(frozen=True, slots=True)
class Stop:
    """Hold one line of the checklist.

    `lon`, `lat` is the place to go to in WGS-84; `leg_m` the way from the stop before, `so_far_m` that from the start;
    `task` the most urgent open task there, empty where there is none; `why` its urgency in a few words.
    """

    number: int
    feature: str
    name: Label
    light: Light
    task: str
    title: Label
    why: Label
    lon: float
    lat: float
    leg_m: float
    so_far_m: float

    def links(self, lang: Language) -> tuple[MapLink, ...]:
        """Return links that open the stop in the map apps of a phone."""
        return map_links(self.lon, self.lat, self.name.get(lang))


@dataclass(frozen=True, slots=True)
class Round:
    """Hold a round: where it starts, its stops in order, its length in metres with the way back where there is one.

    `exact` where no order is shorter.
    """

    start: tuple[float, float]
    stops: tuple[Stop, ...]
    total_m: float
    back: bool
    exact: bool

    @property
    def minutes(self) -> int:
        """Minutes on foot, without the time at the stops."""
        return walking_minutes(self.total_m)


def open_around(
    context: CampaignContext, day: date, asked: NearbyQuery, *, radius_m: float = OPEN_WITHIN_M
) -> tuple[str, ...]:
    """Return the ids of every open project within a radius, nearest first; filters as `asked` says.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and this board was not shown before.
    """
    everything = replace(asked, radius_m=radius_m, number=len(context.loaded.features), open_only=True)
    return tuple(row.feature for row in around(context, day, everything).rows)


def plan(
    context: CampaignContext, day: date, start: tuple[float, float], features: Iterable[str], *, back: bool = False
) -> Round:
    """Put features in an order for walking.

    Parameters
    ----------
    context, day
        The campaign, and the day whose lights and tasks the checklist shows.
    start
        Longitude and latitude in WGS-84.
    features
        Ids; what the campaign does not have, or has no geometry, is left out, and each counts once.
    back
        Whether the round ends where it starts.

    Raises
    ------
    PositionError
        The start is no place.
    TooManyStopsError
        More stops than `STOPS_MOST`.
    StoreUnavailableError
        If the store does not answer and this board was not shown before.
    """
    board, index = context.board(day), index_of(context)
    chosen = np.zeros(len(board.features), dtype=bool)
    chosen[[at for at in board.features.index.get_indexer(list(dict.fromkeys(features))) if at >= 0]] = True
    if np.count_nonzero(chosen) > STOPS_MOST:
        raise TooManyStopsError(int(np.count_nonzero(chosen)))
    found = index.nearest(*start, number=STOPS_MOST, mask=chosen)
    crs = context.campaign.metric_crs
    stops = np.column_stack(to_metric(found.lon, found.lat, metric_crs=crs))
    x, y = to_metric(*start, metric_crs=crs)
    walk = tour((float(x), float(y)), stops, back=back)
    places = [(int(found.place[at]), float(found.lon[at]), float(found.lat[at])) for at in walk.order]
    return Round(start, _stops(board, places, walk.legs_m), walk.total_m, back, walk.exact)


def sheet(context: CampaignContext, day: date, walk: Round, lang: Language) -> bytes:
    """Return the round sheet of a plan as PDF: the same plan gives the same bytes, without the time of making.

    Raises
    ------
    ExtentError
        The map cannot be drawn.
    StoreUnavailableError
        If the store does not answer and this board was not shown before.
    """
    board, campaign = context.board(day), context.campaign
    lons, lats = zip(walk.start, *((stop.lon, stop.lat) for stop in walk.stops), strict=True)
    extent = (min(lons) - _AROUND_DEG, min(lats) - _AROUND_DEG, max(lons) + _AROUND_DEG, max(lats) + _AROUND_DEG)
    shown = (board.features["layer"] != Layer.ZONES).to_numpy()
    notice = notice_words(campaign, lang, drill=drill_runs(context), drill_label=Text("DRILL", context="round sheet"))
    title, short = Text("Round sheet").get(lang), campaign.short.get(lang)
    page = RoundPage(
        content=map_content(campaign, board, context.loaded.context, shown, extent, lang),
        title=f"{title} · {short}",
        facts=_facts(walk, day, notice, lang),
        notice=notice,
        footer=(
            Text("Scale and scale bar hold when the page is printed at 100 %.").get(lang),
            Text("data version {version}", version=context.version).get(lang),
        ),
        start=walk.start,
        start_name=Text("Start").get(lang),
        stops=tuple(_on_sheet(stop, lang) for stop in walk.stops),
        back=walk.back,
    )
    metadata = {"Title": f"{title} {short} {day.isoformat()}", "CreationDate": None}
    return figure_bytes(draw_round(page), "pdf", metadata)


def _on_sheet(stop: Stop, lang: Language) -> RoundStop:
    seen = _SEEN.fill(task=stop.task, why=stop.why, title=stop.title).get(lang) if stop.task else ""
    return RoundStop(stop.lon, stop.lat, f"{stop.feature} {stop.name.get(lang)}", seen, stop.light, stop.leg_m)


def _facts(walk: Round, day: date, notice: str, lang: Language) -> tuple[str, ...]:
    """What the head of the sheet says: of which day it is, how long the round is, what the lights mean."""
    total = Text(
        "{stops} stops, {total} in straight lines, about {minutes} min on foot at {speed} m/s; real ways are longer",
        stops=len(walk.stops),
        total=distance_text(walk.total_m),
        minutes=walk.minutes,
        speed=WALKING_M_PER_S,
    )
    if walk.back:
        leg = walk.total_m - sum(stop.leg_m for stop in walk.stops)
        total = Text("{total}; back to the start {leg}", total=total, leg=distance_text(leg))
    as_of = Text("As of {day}", day=day.isoformat()).get(lang)
    lights = "  ".join(f"{LIGHT_GLYPHS[light]} {LIGHT_LABELS[light].get(lang)}" for light in LIGHT_ORDER)
    return f"{as_of} · {notice}" if notice else as_of, total.get(lang), Text("Lights: ").get(lang) + lights


def _stops(board: Board, places: Sequence[tuple[int, float, float]], legs_m: Sequence[float]) -> tuple[Stop, ...]:
    main, urgent = main_tasks(board), urgencies(board)
    stops, so_far = [], 0.0
    for number, ((place, lon, lat), leg) in enumerate(zip(places, legs_m, strict=False), start=1):
        so_far += leg
        feature, task = board.features.iloc[place], main.get(place, -1)
        row = board.tasks.iloc[task] if task >= 0 else None
        stops.append(
            Stop(
                number=number,
                feature=str(board.features.index[place]),
                name=Name(feature["name_zh"], feature["name_en"]),
                light=Light(feature["light"]),
                task="" if row is None else str(row.name),
                title=NOTHING if row is None else Name(row["title_zh"], row["title_en"]),
                why=NOTHING if row is None else urgency_text(urgent[task]),
                lon=lon,
                lat=lat,
                leg_m=leg,
                so_far_m=so_far,
            ),
        )
    return tuple(stops)
