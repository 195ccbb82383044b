"""Define incidents and drills, and fold what was written of them into their state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from locales import Label, Text


class IncidentKind(StrEnum):
    """What happened."""

    TRAFFIC = "traffic"
    CROWD = "crowd"
    FACILITY = "facility"
    POWER = "power"
    FLOODING = "flooding"
    WEATHER = "weather"
    FIRE = "fire"
    MEDICAL = "medical"
    ORDER = "order"
    OTHER = "other"


class Severity(StrEnum):
    """How grave it is, gravest first: the four levels of the Emergency Response Law of the PRC (2007), article 3."""

    EXTREME = "extreme"
    MAJOR = "major"
    SERIOUS = "serious"
    ORDINARY = "ordinary"


class IncidentAct(StrEnum):
    """What is written of an incident."""

    OPEN = "open"
    ENTRY = "entry"
    CLOSE = "close"


INCIDENT_LABELS: Final[Mapping[IncidentKind, Label]] = MappingProxyType(
    {
        IncidentKind.TRAFFIC: Text("Traffic jam or accident"),
        IncidentKind.CROWD: Text("Crowding"),
        IncidentKind.FACILITY: Text("Facility failure"),
        IncidentKind.POWER: Text("Power failure"),
        IncidentKind.FLOODING: Text("Flooding"),
        IncidentKind.WEATHER: Text("Severe weather"),
        IncidentKind.FIRE: Text("Fire"),
        IncidentKind.MEDICAL: Text("Medical emergency"),
        IncidentKind.ORDER: Text("Public order"),
        IncidentKind.OTHER: Text("Other"),
    },
)
SEVERITY_LABELS: Final[Mapping[Severity, Label]] = MappingProxyType(
    {
        Severity.EXTREME: Text("Extremely serious (I)"),
        Severity.MAJOR: Text("Major (II)"),
        Severity.SERIOUS: Text("Serious (III)"),
        Severity.ORDINARY: Text("Ordinary (IV)"),
    },
)


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """Hold one act of an incident: `kind`, `severity`, place and `drill` are those of the opening, else empty.

    `lon`, `lat` are WGS-84 degrees. `seq` orders the acts.
    """

    incident: str
    act: IncidentAct
    text: str
    at: datetime
    who: str
    seq: int
    kind: IncidentKind | None = None
    severity: Severity | None = None
    lon: float = 0.0
    lat: float = 0.0
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one entry of an incident's timeline."""

    act: IncidentAct
    text: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Hold an incident at an instant.

    `number` counts incidents and drills apart, from 1; `seq` is that of the last act.
    `entries` are all acts, oldest first, opening and closing included; `closed_at` is None while it is
    open.
    """

    id: str
    number: int
    kind: IncidentKind
    severity: Severity
    lon: float
    lat: float
    drill: bool
    entries: tuple[Entry, ...]
    seq: int
    closed_at: datetime | None = None

    @property
    def opened_at(self) -> datetime:
        """Instant of the opening."""
        return self.entries[0].at

    @property
    def text(self) -> str:
        """What was said at the opening."""
        return self.entries[0].text

    @property
    def result(self) -> str:
        """What was said at the closing, empty while it is open."""
        return self.entries[-1].text if self.closed_at else ""


def incidents(events: Iterable[IncidentEvent], as_of: datetime | None = None) -> tuple[Incident, ...]:
    """Return the incidents known at an instant: open ones first, graver ones first, then the newest.

    Parameters
    ----------
    events
        In any order; those of an incident that was never opened or is closed already are passed over.
    as_of
        Aware instant; None for all.
    """
    found: dict[str, Incident] = {}
    counts = {True: 0, False: 0}
    for event in sorted(events, key=lambda one: one.seq):
        if as_of is not None and event.at > as_of:
            continue
        entry = Entry(event.act, event.text, event.at, event.who)
        known = found.get(event.incident)
        if known is None:
            if event.act is IncidentAct.OPEN and event.kind is not None and event.severity is not None:
                counts[event.drill] += 1
                found[event.incident] = _opened(event, entry, counts[event.drill])
        elif known.closed_at is None and event.act is not IncidentAct.OPEN:
            closed = event.at if event.act is IncidentAct.CLOSE else None
            found[event.incident] = replace(known, entries=(*known.entries, entry), seq=event.seq, closed_at=closed)
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    return tuple(sorted(found.values(), key=lambda one: (one.closed_at is not None, ranks[one.severity], -one.seq)))


def _opened(event: IncidentEvent, entry: Entry, number: int) -> Incident:
    kind, severity = event.kind or IncidentKind.OTHER, event.severity or Severity.ORDINARY
    return Incident(event.incident, number, kind, severity, event.lon, event.lat, event.drill, (entry,), event.seq)
