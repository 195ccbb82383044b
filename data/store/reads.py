"""Read tasks, updates, supervision, photos, accounts, events and histories as they were known at an instant.

The last row of each task is found through an index that ends in the order of time, so that it costs
the same however long the history is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, Table, func, insert, select

from data.store.content import HISTORY_FIELDS, changes, stored_tasks_frame, stored_updates_frame
from data.store.rows import Account, Author, Event, HistoryEntry, HistoryKind, Photo, Receipt, Source
from data.store.schema import (
    ACCOUNT_VERSIONS,
    EVENTS,
    KNOWN_AT,
    PHOTOS,
    STATUS_UPDATES,
    SUPERVISION_EVENTS,
    TASK_IDS,
    TASK_VERSIONS,
    WRITES,
)
from data.store.writes import Draft, last_seq, name_tasks, record, refuse_outdated, require_tasks, stored_before
from geo.model.campaign import TASK_COLUMNS, UPDATE_COLUMNS
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent

TASK_VERSION_COLUMNS: Final = (
    TASK_VERSIONS.c.task,
    *(TASK_VERSIONS.c[name] for name in TASK_COLUMNS[1:]),
    TASK_VERSIONS.c.seq,
)
STATUS_UPDATE_COLUMNS: Final = (
    STATUS_UPDATES.c.name,
    *(STATUS_UPDATES.c[name] for name in UPDATE_COLUMNS[1:-1]),
    STATUS_UPDATES.c.known_at,
    STATUS_UPDATES.c.seq,
    STATUS_UPDATES.c.written_at,
)
PHOTO_COLUMNS: Final = tuple(PHOTOS.c[field.name] for field in fields(Photo))


def read_version(connection: Connection) -> int:
    """Return the `seq` of the last write."""
    return connection.execute(select(func.max(WRITES.c.seq))).scalar() or 0


def read_campaign_version(connection: Connection, campaign: str) -> int:
    """Return the `seq` of the campaign's last write; the index of campaigns gives it at once."""
    query = select(func.max(WRITES.c.seq)).where(WRITES.c.campaign == campaign)
    return connection.execute(query).scalar() or 0


def read_ledger_version(connection: Connection, campaign: str) -> int:
    """Return the `seq` of the last write that defined a task."""
    query = select(func.max(TASK_VERSIONS.c.seq)).where(TASK_VERSIONS.c.campaign == campaign)
    return connection.execute(query).scalar() or 0


def read_tasks(connection: Connection, campaign: str, as_of: datetime | None) -> pd.DataFrame:
    """Return the tasks as they were defined at an instant."""
    query = _last_of_each_task(TASK_VERSION_COLUMNS, TASK_VERSIONS, campaign, as_of)
    return stored_tasks_frame(connection.execute(query.order_by(TASK_IDS.c.position)).all())


def read_latest_updates(connection: Connection, campaign: str, as_of: datetime | None) -> pd.DataFrame:
    """Return the last update of each task at an instant."""
    query = _last_of_each_task(STATUS_UPDATE_COLUMNS, STATUS_UPDATES, campaign, as_of)
    return stored_updates_frame(connection.execute(query.order_by(*in_time(STATUS_UPDATES))).all())


def read_updates(connection: Connection, campaign: str, as_of: datetime | None) -> pd.DataFrame:
    """Return all updates at an instant."""
    query = select(*STATUS_UPDATE_COLUMNS).where(*known_by(STATUS_UPDATES, campaign, as_of))
    return stored_updates_frame(connection.execute(query.order_by(*in_time(STATUS_UPDATES))).all())


def read_photos(connection: Connection, campaign: str, task: str) -> tuple[Photo, ...]:
    """Return the photos of a task, oldest first."""
    query = select(*PHOTO_COLUMNS).where(PHOTOS.c.campaign == campaign, PHOTOS.c.task == task)
    return tuple(Photo(*row) for row in connection.execute(query.order_by(PHOTOS.c.id)))


def read_photo_task(connection: Connection, digest: str) -> tuple[str, str] | None:
    """Return campaign and task of the first report that a photo was part of."""
    query = select(PHOTOS.c.campaign, PHOTOS.c.task).where(PHOTOS.c.digest == digest).order_by(PHOTOS.c.id).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.campaign, row.task)


def in_time(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a table's rows: as they became known, then as they were written."""
    return table.c.known_at, table.c.seq, table.c.id


def known_by(table: Table, campaign: str, as_of: datetime | None) -> list[ColumnElement[bool]]:
    """Return what a table's rows of a campaign meet that were known at an instant; None is now and after."""
    own = table.c.campaign == campaign
    return [own] if as_of is None else [own, table.c.known_at <= as_of]


def _last_of_each_task(
    columns: tuple[ColumnElement[Any], ...],
    table: Table,
    campaign: str,
    as_of: datetime | None,
) -> Select[Any]:
    one = table.alias("one")
    last = select(one.c.id).where(one.c.campaign == TASK_IDS.c.campaign, one.c.task == TASK_IDS.c.task)
    if as_of is not None:
        last = last.where(one.c.known_at <= as_of)
    last = last.order_by(*(column.desc() for column in in_time(one))).limit(1)
    newest = last.correlate(TASK_IDS).scalar_subquery()
    query = select(*columns).select_from(TASK_IDS).join(table, table.c.id == newest)
    return query.where(TASK_IDS.c.campaign == campaign)


def read_history(connection: Connection, campaign: str, task: str) -> tuple[HistoryEntry, ...]:
    """Return all that was written of a task, newest first."""
    photos = _photos(connection, campaign, task)
    entries: list[tuple[tuple[Any, ...], HistoryEntry]] = []
    before: Row[Any] | None = None
    for row in _rows(connection, STATUS_UPDATES, campaign, task):
        entries.append(_entry("update", before, row, tuple(photos[row.id])))
        before = row
    before = None
    for row in _rows(connection, TASK_VERSIONS, campaign, task):
        entries.append(_entry("definition", before, row))
        before = row
    entries += [_entry("supervision", None, row) for row in _rows(connection, SUPERVISION_EVENTS, campaign, task)]
    entries.sort(key=lambda pair: pair[0])
    return tuple(entry for _, entry in reversed(entries))


def _rows(connection: Connection, table: Table, campaign: str, task: str) -> Iterator[Row[Any]]:
    columns = [column for column in table.c if column.name != "id"]
    place = table.c.get("id", table.c.seq).label("id")
    instants = (KNOWN_AT.label("clock"), WRITES.c.at_utc)
    query = select(place, *columns, *instants, *AUTHOR_COLUMNS).join(WRITES, WRITES.c.seq == table.c.seq)
    query = query.where(table.c.campaign == campaign, table.c.task == task)
    return iter(connection.execute(query.order_by(table.c.known_at, table.c.seq, place)))


def _photos(connection: Connection, campaign: str, task: str) -> defaultdict[int, list[Photo]]:
    query = select(PHOTOS.c.update_id, *PHOTO_COLUMNS).where(PHOTOS.c.campaign == campaign, PHOTOS.c.task == task)
    found: defaultdict[int, list[Photo]] = defaultdict(list)
    for update, *described in connection.execute(query.order_by(PHOTOS.c.id)):
        found[update].append(Photo(*described))
    return found


def _entry(
    kind: HistoryKind,
    before: Row[Any] | None,
    row: Row[Any],
    photos: tuple[Photo, ...] = (),
) -> tuple[tuple[Any, ...], HistoryEntry]:
    """Return the place of an entry in time, and the entry; a seeded task was known before it was stored."""
    at = row.clock if kind == "definition" else row.known_at
    written_at = row.written_at if kind == "update" else at
    change = changes(before, row, HISTORY_FIELDS[kind])
    entry = HistoryEntry(row.seq, kind, at, author_of(row), written_at, row.at_utc, change, photos)
    return (row.known_at, row.seq, kind != "definition", row.id), entry


AUTHOR_COLUMNS: Final = (
    WRITES.c.who,
    WRITES.c.unit.label("who_unit"),
    WRITES.c.role.label("who_role"),
    WRITES.c.source,
)
_ACCOUNT_COLUMNS: Final = tuple(ACCOUNT_VERSIONS.c[field.name] for field in fields(Account))


def append_account(connection: Connection, draft: Draft, account: Account) -> Receipt:
    """Store a new version of an account.

    Raises
    ------
    ConflictError
        The account was changed since.
    """
    if known := stored_before(connection, draft):
        return known
    last = read_account(connection, account.name)
    refuse_outdated(draft, last.seq if last else 0)
    seq, _ = record(connection, draft)
    connection.execute(insert(ACCOUNT_VERSIONS), asdict(account) | {"seq": seq})
    return Receipt(seq, repeated=False)


def append_event(connection: Connection, draft: Draft, kind: str, detail: Mapping[str, str]) -> Receipt:
    """Store one event."""
    if known := stored_before(connection, draft):
        return known
    seq, _ = record(connection, draft)
    row = {"seq": seq, "kind": kind, "subject": draft.subject, "detail": dict(detail)}
    connection.execute(insert(EVENTS), row)
    return Receipt(seq, repeated=False)


def read_account(connection: Connection, name: str) -> Account | None:
    """Return the last version of an account."""
    versions = ACCOUNT_VERSIONS.c
    query = select(*_ACCOUNT_COLUMNS).where(versions.name == name).order_by(versions.seq.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else Account(*row)


def read_accounts(connection: Connection) -> tuple[Account, ...]:
    """Return the last version of every account, by name."""
    last = select(func.max(ACCOUNT_VERSIONS.c.seq)).group_by(ACCOUNT_VERSIONS.c.name)
    rows = connection.execute(select(*_ACCOUNT_COLUMNS).where(ACCOUNT_VERSIONS.c.seq.in_(last)))
    return tuple(sorted((Account(*row) for row in rows), key=lambda account: account.name))


def read_events(
    connection: Connection,
    kind: str | None,
    subject: str | None,
    since: int,
    campaign: str | None,
) -> tuple[Event, ...]:
    """Return the events of a kind, subject and campaign after `since`, oldest first."""
    at = KNOWN_AT.label("known_at")
    query = select(EVENTS, at, WRITES.c.campaign, *AUTHOR_COLUMNS).join(WRITES, WRITES.c.seq == EVENTS.c.seq)
    query = query.where(EVENTS.c.seq > since).order_by(EVENTS.c.seq)
    if kind is not None:
        query = query.where(EVENTS.c.kind == kind)
    if subject is not None:
        query = query.where(EVENTS.c.subject == subject)
    if campaign is not None:
        query = query.where(WRITES.c.campaign == campaign)
    return tuple(map(_event, connection.execute(query)))


def _event(row: Row[Any]) -> Event:
    detail = MappingProxyType(row.detail)
    return Event(row.kind, row.subject, detail, author_of(row), row.known_at, row.seq, row.campaign)


def author_of(row: Row[Any]) -> Author:
    """Return the author from a row that has `AUTHOR_COLUMNS`."""
    return Author(row.who, row.who_unit, row.who_role, Source(row.source))


_EVENTS: Final = SUPERVISION_EVENTS.c
_COLUMNS: Final = ("task", "rung", "act", "unit", "text", "deadline")


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
    require_tasks(connection, draft.campaign, [event.task])
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
    chosen = [_EVENTS[name] for name in _COLUMNS]
    query = select(*chosen, _EVENTS.known_at, WRITES.c.who, _EVENTS.seq).join(WRITES, WRITES.c.seq == _EVENTS.seq)
    query = query.where(*known_by(SUPERVISION_EVENTS, campaign, as_of))
    rows = connection.execute(query.order_by(_EVENTS.known_at, _EVENTS.seq))
    return tuple(SupervisionEvent(task, EscalationLevel(rung), Act(act), *rest) for task, rung, act, *rest in rows)


def _insert(connection: Connection, campaign: str, event: SupervisionEvent, seq: int, known_at: datetime) -> None:
    chosen = {name: getattr(event, name) for name in _COLUMNS}
    row = chosen | {"rung": str(event.rung), "act": str(event.act)}
    connection.execute(insert(SUPERVISION_EVENTS), row | {"seq": seq, "campaign": campaign, "known_at": known_at})
