"""Read the history of one task: every report, definition and act of supervision, and what each changed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from data.store.content import HISTORY_FIELDS, changes
from data.store.people import AUTHOR_COLUMNS, author_of
from data.store.reads import PHOTO_COLUMNS
from data.store.rows import HistoryEntry, HistoryKind, Photo
from data.store.schema import KNOWN_AT, PHOTOS, STATUS_UPDATES, SUPERVISION_EVENTS, TASK_VERSIONS, WRITES


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
