"""Hold the columns, conditions and orders that the queries of the store share, and read the history of a task.

The last row of each task is found through an index that ends in the order of time, so that it costs
the same however long the history is.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, Table, func, select

from data.store.content import HISTORY_FIELDS, changes
from data.store.rows import Account, Author, HistoryEntry, HistoryKind, Photo, Source
from data.store.schema import (
    ACCOUNT_VERSIONS,
    KNOWN_AT,
    PHOTOS,
    STATUS_UPDATES,
    SUPERVISION_EVENTS,
    TASK_IDS,
    TASK_VERSIONS,
    WRITES,
)
from geo.model.campaign import TASK_COLUMNS, UPDATE_COLUMNS

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
ACCOUNT_COLUMNS: Final = tuple(ACCOUNT_VERSIONS.c[field.name] for field in fields(Account))
AUTHOR_COLUMNS: Final = (
    WRITES.c.who,
    WRITES.c.unit.label("who_unit"),
    WRITES.c.role.label("who_role"),
    WRITES.c.source,
)


def greatest(connection: Connection, column: ColumnElement[int], *conditions: ColumnElement[bool]) -> int:
    """Return the greatest number in a column among the rows that meet the conditions, 0 where there is none."""
    return connection.execute(select(func.max(column)).where(*conditions)).scalar() or 0


def in_time(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a table's rows: as they became known, then as they were written."""
    return table.c.known_at, table.c.seq, table.c.id


def known_by(table: Table, campaign: str, as_of: datetime | None) -> list[ColumnElement[bool]]:
    """Return what a table's rows of a campaign meet that were known at an instant; None is now and after."""
    own = table.c.campaign == campaign
    return [own] if as_of is None else [own, table.c.known_at <= as_of]


def last_of_each_task(
    columns: tuple[ColumnElement[Any], ...],
    table: Table,
    campaign: str,
    as_of: datetime | None,
) -> Select[Any]:
    """Return the query of the last row that each task of a campaign has in a table at an instant."""
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


def author_of(row: Row[Any]) -> Author:
    """Return the author from a row that has `AUTHOR_COLUMNS`."""
    return Author(row.who, row.who_unit, row.who_role, Source(row.source))
