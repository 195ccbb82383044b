"""Write and read acts of supervision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from data.store.reads import known_by
from data.store.rows import Receipt
from data.store.schema import SUPERVISION_EVENTS, WRITES
from data.store.writes import Draft, demand_tasks, last_seq, name_tasks, record, refuse_outdated, stored_before
from geo.model.supervision import Act, Rung, SupervisionEvent

_EVENTS: Final = SUPERVISION_EVENTS.c
_TOLD: Final = ("task", "rung", "act", "unit", "text", "deadline")


def append_supervision(connection: Connection, draft: Draft, event: SupervisionEvent) -> Receipt:
    """Store one act of supervision.

    Raises
    ------
    UnknownTaskError
        The campaign has no such task.
    ConflictError
        The task was supervised since.
    """
    if known := stored_before(connection, draft):
        return known
    demand_tasks(connection, draft.campaign, [event.task])
    refuse_outdated(draft, last_seq(connection, SUPERVISION_EVENTS, draft.campaign, [event.task]))
    seq, at = record(connection, draft)
    _insert(connection, draft.campaign, event, seq, at)
    return Receipt(seq, repeated=False)


def seed_supervision(connection: Connection, acts: Iterable[tuple[Draft, SupervisionEvent]]) -> None:
    """Store acts that come with a campaign's files, each under a write of its own and known since its own `at`."""
    for draft, event in acts:
        seq, _ = record(connection, draft)
        name_tasks(connection, draft.campaign, [event.task], seq)
        _insert(connection, draft.campaign, event, seq, draft.write.now)


def read_supervision(connection: Connection, campaign: str, as_of: datetime | None) -> tuple[SupervisionEvent, ...]:
    """Return the acts of supervision at an instant."""
    told = [_EVENTS[name] for name in _TOLD]
    query = select(*told, _EVENTS.known_at, WRITES.c.who, _EVENTS.seq).join(WRITES, WRITES.c.seq == _EVENTS.seq)
    query = query.where(*known_by(SUPERVISION_EVENTS, campaign, as_of))
    rows = connection.execute(query.order_by(_EVENTS.known_at, _EVENTS.seq))
    return tuple(SupervisionEvent(task, Rung(rung), Act(act), *rest) for task, rung, act, *rest in rows)


def _insert(connection: Connection, campaign: str, event: SupervisionEvent, seq: int, known_at: datetime) -> None:
    told = {name: getattr(event, name) for name in _TOLD}
    row = told | {"rung": str(event.rung), "act": str(event.act)}
    connection.execute(insert(SUPERVISION_EVENTS), row | {"seq": seq, "campaign": campaign, "known_at": known_at})
