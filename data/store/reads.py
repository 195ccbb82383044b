"""Read campaigns' tasks, updates, supervision and photos as they were known at an instant.

The last row of each task is found through an index that ends in the order of time, so that it costs
the same however long the history is.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, func, select

from data.store.frames import stored_tasks_frame, stored_updates_frame
from data.store.rows import Photo
from data.store.schema import PHOTOS, STATUS_UPDATES, TASK_IDS, TASK_VERSIONS, WRITES
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
