"""Read the incidents and drills of a campaign as of any instant; while the database is away, as they were read last."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from data.store.rows import Event
from geo.incidents.incidents import Incident, IncidentAct, IncidentEvent, IncidentKind, Severity, incidents
from geo.model.errors import StoreUnavailableError
from geo.space.position import demand_place
from services.campaign.context import Desk

KIND: Final = "incident"
_KEPT: Final[WeakKeyDictionary[Desk, tuple[IncidentEvent, ...]]] = WeakKeyDictionary()
_log = logging.getLogger("onemap.incidents")


def all_incidents(desk: Desk, as_of: datetime | None = None) -> tuple[Incident, ...]:
    """Incidents and drills as they were known at an instant; None for now.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and they were never read.
    """
    return incidents(_known(desk), as_of)


def drill_runs(desk: Desk) -> bool:
    """Tell whether a drill is open now, so that every screen and export says so; raises as `all_incidents`."""
    return any(one.drill and one.closed_at is None for one in all_incidents(desk))


def _known(desk: Desk) -> tuple[IncidentEvent, ...]:
    try:
        _KEPT[desk] = _read(desk, desk.version)
    except StoreUnavailableError:
        if desk not in _KEPT:
            raise
    return _KEPT[desk]


@lru_cache(maxsize=8)
def _read(desk: Desk, _version: str) -> tuple[IncidentEvent, ...]:
    return tuple(_acts(desk.store.events(KIND, campaign=desk.campaign.id)))


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
    demand_place(lon, lat)
    kind, severity = IncidentKind(detail["kind"]), Severity(detail["severity"])
    return replace(said, kind=kind, severity=severity, lon=lon, lat=lat, drill=bool(detail["drill"]))
