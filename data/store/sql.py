"""Keep the store in SQLite or PostgreSQL."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, func, insert, select, text

from data.store.content import (
    check_content,
    fingerprint,
    seeds_of,
    stored_tasks_frame,
    stored_updates_frame,
    tasks_of,
    updates_of,
)
from data.store.engine import Writer, connect, translated
from data.store.migrate import migrate
from data.store.reads import (
    ACCOUNT_COLUMNS,
    AUTHOR_COLUMNS,
    PHOTO_COLUMNS,
    STATUS_UPDATE_COLUMNS,
    TASK_VERSION_COLUMNS,
    author_of,
    greatest,
    in_time,
    known_by,
    last_of_each_task,
    read_history,
)
from data.store.rows import Account, Event, HistoryEntry, NewUpdate, Photo, Receipt, Write
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
from data.store.writes import (
    SUPERVISION_FIELDS,
    Draft,
    add_act,
    append_reports,
    last_seq,
    name_tasks,
    record,
    refuse_outdated,
    require_tasks,
    seed,
    stored_before,
)
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent


def real_now() -> datetime:
    """Return what the clock of this machine shows, in UTC."""
    return datetime.now(UTC)


def open_store(url: str) -> "SqlStore":
    """Open a database, made and brought to the newest revision where needed.

    Parameters
    ----------
    url
        `sqlite:///var/onemap.sqlite` or `postgresql+psycopg://USER:PASSWORD@HOST/DATABASE`.

    Raises
    ------
    StoreUnavailableError
        The database cannot be reached or made, or a newer version of this program made it.
    """
    with ExitStack() as undo, translated():
        store = SqlStore(connect(url))
        undo.callback(store.close)
        migrate(store.engine)
        undo.pop_all()
        return store


class SqlStore:
    """Do what `data.store.protocol.Store` says; there is its documentation."""

    def __init__(self, engine: Engine, real_now: Callable[[], datetime] = real_now) -> None:
        """Take a database of the newest revision, and a clock: writes are stamped by it, whatever `Write.now` says."""
        self.engine = engine
        self._real_now = real_now
        self._writer = Writer(engine)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with translated(), self.engine.connect() as connection:
            yield connection

    def _rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        with self._read() as connection:
            return connection.execute(query).all()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with translated(), self._writer.begin() as connection:
            yield connection

    def version(self) -> int:
        """Return the number of the last write."""
        with self._read() as connection:
            return greatest(connection, WRITES.c.seq)

    def campaign_version(self, campaign: str) -> int:
        """Return the number of the campaign's last write; the index of campaigns gives it at once."""
        with self._read() as connection:
            return greatest(connection, WRITES.c.seq, WRITES.c.campaign == campaign)

    def ledger_version(self, campaign: str) -> int:
        """Return the number of the last write that defined a task."""
        with self._read() as connection:
            return greatest(connection, TASK_VERSIONS.c.seq, TASK_VERSIONS.c.campaign == campaign)

    def seed(
        self,
        campaign: str,
        tasks: pd.DataFrame,
        updates: pd.DataFrame,
        write: Write,
        *,
        supervision: Sequence[SupervisionEvent] = (),
    ) -> Receipt:
        """Store a campaign's files once."""
        once = replace(write, key=f"seed:{campaign}")
        ledger, reports, acts = tasks_of(tasks), updates_of(updates), seeds_of(supervision, once)
        check_content(campaign, ledger, reports, once)
        now = self._real_now()
        with self._write() as connection:
            receipt = seed(connection, Draft("seed", campaign, "", once, now, None), ledger, reports)
            for act, own in [] if receipt.repeated else acts:
                seq, _ = record(connection, Draft("supervision", campaign, act.task, own, now, act))
                name_tasks(connection, campaign, [act.task], seq)
                add_act(connection, campaign, act, seq, own.now)
        return receipt

    def append_update(self, campaign: str, update: NewUpdate, write: Write) -> Receipt:
        """Store one report."""
        draft = self._draft("update", campaign, update.task, write, update)
        check_content(update.written_at)
        with self._write() as connection:
            return append_reports(connection, draft, [], [update])

    def append_ledger(
        self,
        campaign: str,
        tasks: pd.DataFrame,
        updates: Sequence[NewUpdate],
        write: Write,
    ) -> Receipt:
        """Store new versions of tasks, and reports."""
        ledger = tasks_of(tasks)
        named = [one.task for one in updates] + [task.id for task in ledger]
        draft = self._draft("ledger", campaign, next(iter(named), ""), write, (*ledger, *updates))
        check_content([one.written_at for one in updates])
        with self._write() as connection:
            return append_reports(connection, draft, ledger, updates)

    def append_supervision(self, campaign: str, event: SupervisionEvent, write: Write) -> Receipt:
        """Store one act of supervision."""
        draft = self._draft("supervision", campaign, event.task, write, event)
        with self._write() as connection:
            if known := stored_before(connection, draft):
                return known
            require_tasks(connection, campaign, [event.task])
            refuse_outdated(draft, last_seq(connection, SUPERVISION_EVENTS, campaign, [event.task]))
            seq, at = record(connection, draft)
            add_act(connection, campaign, event, seq, at)
            return Receipt(seq, repeated=False)

    def append_account(self, account: Account, write: Write) -> Receipt:
        """Store a new version of an account."""
        check_content(account, write)
        draft = Draft("account", "", account.name, write, self._real_now(), account)
        with self._write() as connection:
            if known := stored_before(connection, draft):
                return known
            versions = ACCOUNT_VERSIONS.c
            refuse_outdated(draft, greatest(connection, versions.seq, versions.name == account.name))
            seq, _ = record(connection, draft)
            connection.execute(insert(ACCOUNT_VERSIONS), asdict(account) | {"seq": seq})
            return Receipt(seq, repeated=False)

    def append_event(
        self,
        kind: str,
        subject: str,
        detail: Mapping[str, str],
        write: Write,
        *,
        campaign: str = "",
    ) -> Receipt:
        """Store one event."""
        check_content(kind, subject, detail, write, campaign)
        draft = Draft("event", campaign, subject, write, self._real_now(), detail)
        with self._write() as connection:
            if known := stored_before(connection, draft):
                return known
            seq, _ = record(connection, draft)
            row = {"seq": seq, "kind": kind, "subject": subject, "detail": dict(detail)}
            connection.execute(insert(EVENTS), row)
            return Receipt(seq, repeated=False)

    def tasks(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the tasks as they were defined."""
        query = last_of_each_task(TASK_VERSION_COLUMNS, TASK_VERSIONS, campaign, as_of)
        return stored_tasks_frame(self._rows(query.order_by(TASK_IDS.c.position)))

    def latest_updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the last update of each task."""
        query = last_of_each_task(STATUS_UPDATE_COLUMNS, STATUS_UPDATES, campaign, as_of)
        return stored_updates_frame(self._rows(query.order_by(*in_time(STATUS_UPDATES))))

    def updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return all updates."""
        query = select(*STATUS_UPDATE_COLUMNS).where(*known_by(STATUS_UPDATES, campaign, as_of))
        return stored_updates_frame(self._rows(query.order_by(*in_time(STATUS_UPDATES))))

    def history(self, campaign: str, task: str) -> tuple[HistoryEntry, ...]:
        """Return all that was written of a task."""
        with self._read() as connection:
            return read_history(connection, campaign, task)

    def supervision(self, campaign: str, as_of: datetime | None = None) -> tuple[SupervisionEvent, ...]:
        """Return the acts of supervision."""
        acts = SUPERVISION_EVENTS.c
        query = select(*(acts[name] for name in SUPERVISION_FIELDS), acts.known_at, WRITES.c.who, acts.seq)
        query = query.join(WRITES, WRITES.c.seq == acts.seq).where(*known_by(SUPERVISION_EVENTS, campaign, as_of))
        rows = self._rows(query.order_by(acts.known_at, acts.seq))
        return tuple(SupervisionEvent(task, EscalationLevel(rung), Act(act), *rest) for task, rung, act, *rest in rows)

    def account(self, name: str) -> Account | None:
        """Return the last version of an account."""
        versions = ACCOUNT_VERSIONS.c
        query = select(*ACCOUNT_COLUMNS).where(versions.name == name).order_by(versions.seq.desc()).limit(1)
        return next((Account(*row) for row in self._rows(query)), None)

    def accounts(self) -> tuple[Account, ...]:
        """Return the last version of every account."""
        last = select(func.max(ACCOUNT_VERSIONS.c.seq)).group_by(ACCOUNT_VERSIONS.c.name)
        rows = self._rows(select(*ACCOUNT_COLUMNS).where(ACCOUNT_VERSIONS.c.seq.in_(last)))
        return tuple(sorted((Account(*row) for row in rows), key=lambda account: account.name))

    def events(
        self,
        kind: str | None = None,
        *,
        subject: str | None = None,
        since: int = 0,
        campaign: str | None = None,
    ) -> tuple[Event, ...]:
        """Return events."""
        columns, at = EVENTS.c, KNOWN_AT.label("known_at")
        query = select(EVENTS, at, WRITES.c.campaign, *AUTHOR_COLUMNS).join(WRITES, WRITES.c.seq == columns.seq)
        wanted = ((columns.kind, kind), (columns.subject, subject), (WRITES.c.campaign, campaign))
        query = query.where(columns.seq > since, *(column == value for column, value in wanted if value is not None))
        return tuple(
            Event(
                row.kind, row.subject, MappingProxyType(row.detail), author_of(row), row.known_at, row.seq, row.campaign
            )
            for row in self._rows(query.order_by(columns.seq))
        )

    def photos(self, campaign: str, task: str) -> tuple[Photo, ...]:
        """Return the photos of a task."""
        query = select(*PHOTO_COLUMNS).where(PHOTOS.c.campaign == campaign, PHOTOS.c.task == task)
        return tuple(Photo(*row) for row in self._rows(query.order_by(PHOTOS.c.id)))

    def photo_task(self, digest: str) -> tuple[str, str] | None:
        """Return campaign and task of a photo."""
        query = select(PHOTOS.c.campaign, PHOTOS.c.task).where(PHOTOS.c.digest == digest).order_by(PHOTOS.c.id).limit(1)
        return next(((row.campaign, row.task) for row in self._rows(query)), None)

    def ping(self) -> None:
        """Ask the database for nothing."""
        with self._read() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _draft(self, kind: str, campaign: str, subject: str, write: Write, attempted: object) -> Draft:
        check_content(write)
        mark = fingerprint(kind, campaign, attempted, write.author.name)
        return Draft(kind, campaign, subject, write, self._real_now(), attempted, mark)
