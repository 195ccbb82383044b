"""Log incidents and drills, read them as of any instant, and tell who is on duty.

While the database is away, they are as they were read last.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

import geopandas as gpd

from data.store.protocol import Store
from data.store.rows import Event, Receipt, Source, Write
from geo.incidents.duty import OnDuty, Shift, on_duty
from geo.incidents.incidents import Incident, IncidentAct, IncidentEvent, IncidentKind, Severity, incidents
from geo.model.campaign import Campaign
from geo.model.errors import ConflictError, StoreUnavailableError
from geo.model.kinds import Layer
from geo.model.status import FINISHED
from geo.space.position import require_place
from geo.tasks.joins import Board
from locales import Text
from services.access.policy import Action, Person, require
from services.campaign.context import CampaignContext, index_of
from services.reports.forms import FieldError, TransitionError, author_of, tidy_text


def duty_at(context: CampaignContext, day: date) -> OnDuty | None:
    """Who is on duty at the instant that a page of a day shows, and who comes next; None without a roster."""
    return None if context.loaded.duty.empty else on_duty(context.loaded.duty, instant(context, day))


def instant(context: CampaignContext, day: date) -> datetime:
    """The instant that a page of a day shows: now on the day itself, else the day's end."""
    return context.now() if day == context.today() else context.campaign.instant_of(day)


def moves(context: CampaignContext, day: date) -> bool:
    """Whether a page of a day shows the running clock: not of a past day, nor once the campaign is over."""
    return day == context.today() and context.now() != context.campaign.instant_of(day)


KIND: Final = "incident"
_KEPT: Final[WeakKeyDictionary[CampaignContext, tuple[IncidentEvent, ...]]] = WeakKeyDictionary()
_log = logging.getLogger("onemap.incidents")


def all_incidents(context: CampaignContext, as_of: datetime | None = None) -> tuple[Incident, ...]:
    """Incidents and drills as they were known at an instant; None for now.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and they were never read.
    """
    return incidents(_known(context), as_of)


def drill_runs(context: CampaignContext) -> bool:
    """Tell whether a drill is open now, so that every screen and export says so; raises as `all_incidents`."""
    return any(one.drill and one.closed_at is None for one in all_incidents(context))


def _known(context: CampaignContext) -> tuple[IncidentEvent, ...]:
    try:
        _KEPT[context] = _read(context, context.version)
    except StoreUnavailableError:
        if context not in _KEPT:
            raise
    return _KEPT[context]


@lru_cache(maxsize=8)
def _read(context: CampaignContext, _version: str) -> tuple[IncidentEvent, ...]:
    return tuple(_acts(context.store.events(KIND, campaign=context.campaign.id)))


def _acts(events: Iterable[Event]) -> Iterator[IncidentEvent]:
    """What the events say; one that this program cannot read is passed over, since every page asks for all."""
    for event in events:
        try:
            yield _act(event)
        except (KeyError, TypeError, ValueError) as error:
            _log.warning("an event of an incident cannot be read", extra={"seq": event.seq, "reason": repr(error)})


def _act(event: Event) -> IncidentEvent:
    detail = event.detail
    act = IncidentAct(detail["act"])
    said = IncidentEvent(event.subject, act, str(detail["text"]), event.at, event.author.name, event.seq)
    if act is not IncidentAct.OPEN:
        return said
    lon, lat = float(detail["lon"]), float(detail["lat"])
    require_place(lon, lat)
    kind, severity = IncidentKind(detail["kind"]), Severity(detail["severity"])
    return replace(said, kind=kind, severity=severity, lon=lon, lat=lat, drill=bool(detail["drill"]))


TEXT_MAX: Final = 2000
NEAR: Final = 3
_UNITS_WITHIN_M: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold the form of a new incident; `lon`, `lat` are WGS-84 degrees, None where no place was chosen."""

    kind: str
    severity: str
    text: str
    lon: float | None
    lat: float | None
    drill: bool


@dataclass(frozen=True, slots=True)
class Near:
    """Hold one feature near an incident: its id, distance in metres and bearing in degrees (NaN at distance 0)."""

    feature: str
    distance_m: float
    bearing: float


@dataclass(frozen=True, slots=True)
class Around:
    """Hold what is near an incident: nearest nodes and corridors, units at work there, who is on duty."""

    nodes: tuple[Near, ...]
    corridors: tuple[Near, ...]
    units: tuple[str, ...]
    duty: tuple[Shift, ...]


def open_incident(
    store: Store, campaign: Campaign, person: Person | None, opening: Opening, *, key: str, now: datetime
) -> Receipt:
    """Log a new incident or drill; `key` makes it idempotent and is the incident's id.

    Raises
    ------
    NotAllowedError
        The person may not.
    TransitionError
        Something is missing or cannot be used; its demands name the fields.
    StoreUnavailableError
        It could not be stored.
    """
    require(person, Action.LOG_INCIDENT)
    wrong = tuple(_faults(opening, campaign))
    if wrong:
        raise TransitionError(key, wrong)
    detail = {
        "act": str(IncidentAct.OPEN),
        "kind": str(IncidentKind(opening.kind)),
        "severity": str(Severity(opening.severity)),
        "text": tidy_text(opening.text),
        "lon": f"{opening.lon:.7f}",
        "lat": f"{opening.lat:.7f}",
        "drill": "1" if opening.drill else "",
    }
    write = Write(author_of(person, Source.WEB), f"{KIND}:{key}", now)
    return store.append_event(KIND, key, detail, write, campaign=campaign.id)


def add_entry(
    context: CampaignContext,
    person: Person | None,
    incident: str,
    text: str,
    *,
    key: str,
    seen: int,
    close: bool = False,
) -> Receipt:
    """Add an entry to an incident's timeline, or close it with its result.

    Parameters
    ----------
    seen
        `Incident.seq` that the person saw. Entries of several people do not conflict, a closing does.

    Raises
    ------
    NotAllowedError
        The person may not.
    TransitionError
        The text is empty or too long, or the incident is closed or unknown.
    ConflictError
        It is to be closed, and somebody wrote an entry that the person has not seen.
    StoreUnavailableError
        It could not be stored.
    """
    require(person, Action.CLOSE_INCIDENT if close else Action.LOG_INCIDENT)
    known = next((one for one in all_incidents(context) if one.id == incident), None)
    wrong = tuple(_text_faults(text))
    if known is None or known.closed_at is not None:
        wrong += (
            FieldError(
                "incident",
                Text("it is closed or unknown: nothing can be added."),
            ),
        )
    if wrong:
        raise TransitionError(incident, wrong)
    if close and known is not None and known.seq > seen:
        raise ConflictError(incident, current=known.seq, attempted=text, based_on=seen)
    act = IncidentAct.CLOSE if close else IncidentAct.ENTRY
    write = Write(author_of(person, Source.WEB), f"{KIND}:{key}", context.now())
    detail = {"act": str(act), "text": tidy_text(text)}
    return context.store.append_event(KIND, incident, detail, write, campaign=context.campaign.id)


def around(context: CampaignContext, board: Board, lon: float, lat: float, at: datetime) -> Around:
    """What and who is near a place at an instant.

    Units are those of open tasks within 1 km, nearest first; of the roster those on duty come first whose unit is one
    of them.

    Raises
    ------
    PositionError
        The place is nowhere near.
    """
    features = board.features
    index = index_of(context)
    layer = features["layer"]
    near = {
        one: index.nearest(lon, lat, number=NEAR, mask=(layer == one).to_numpy())
        for one in (Layer.NODES, Layer.CORRIDORS)
    }
    found = {
        one: tuple(
            Near(str(features.index[place]), float(metres), float(bearing))
            for place, metres, bearing in zip(hits.place, hits.distance_m, hits.bearing, strict=True)
        )
        for one, hits in near.items()
    }
    units = _units(board, features.index[index.within(lon, lat, radius_m=_UNITS_WITHIN_M).place])
    shifts = on_duty(context.loaded.duty, at).now
    ranks = {unit: rank for rank, unit in enumerate(units)}
    duty = tuple(sorted(shifts, key=lambda shift: ranks.get(shift.unit, len(ranks))))
    return Around(found[Layer.NODES], found[Layer.CORRIDORS], units, duty)


def _units(board: Board, features: gpd.GeoSeries) -> tuple[str, ...]:
    tasks = board.features.loc[list(features), "tasks"]
    open_tasks = board.tasks[~board.tasks["status"].isin(list(FINISHED))]
    order = dict.fromkeys(task for ids in tasks for task in ids if task in open_tasks.index)
    return tuple(dict.fromkeys(str(open_tasks.at[task, "lead_unit"]) for task in order))


def _faults(opening: Opening, campaign: Campaign) -> Iterator[FieldError]:
    if opening.kind not in set(IncidentKind):
        yield FieldError("kind", Text("choose what happened."))
    if opening.severity not in set(Severity):
        yield FieldError("severity", Text("choose how grave it is."))
    yield from _text_faults(opening.text)
    lon, lat = opening.lon, opening.lat
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)):
        yield FieldError("place", Text("click its place on the map."))
        return
    west, south, east, north = campaign.extent
    if not (west <= lon <= east and south <= lat <= north):
        yield FieldError("place", Text("the place is outside the area; click another."))


def _text_faults(text: str) -> Iterator[FieldError]:
    tidy = tidy_text(text)
    if not tidy:
        yield FieldError("text", Text("say what happened."))
    if len(tidy) > TEXT_MAX:
        yield FieldError(
            "text",
            Text("at most {text_max} characters, not {length}.", text_max=TEXT_MAX, length=len(tidy)),
        )
