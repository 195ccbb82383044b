"""Keep the store in SQLite or PostgreSQL."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, Engine, text

from data.store import reads as sql_history
from data.store import reads as sql_people
from data.store import reads as sql_reads
from data.store import reads as sql_supervision
from data.store import writes as sql_writes
from data.store.content import check_content, fingerprint, seeds_of, tasks_of, updates_of
from data.store.engine import Writer, connect, translated
from data.store.migrate import migrate
from data.store.rows import Account, Event, HistoryEntry, NewUpdate, Photo, Receipt, Write
from data.store.writes import Draft
from geo.model.supervision import SupervisionEvent


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

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with translated(), self._writer.begin() as connection:
            yield connection

    def version(self) -> int:
        """Return the number of the last write."""
        with self._read() as connection:
            return sql_reads.read_version(connection)

    def campaign_version(self, campaign: str) -> int:
        """Return the number of the campaign's last write."""
        with self._read() as connection:
            return sql_reads.read_campaign_version(connection, campaign)

    def ledger_version(self, campaign: str) -> int:
        """Return the number of the last write that defined a task."""
        with self._read() as connection:
            return sql_reads.read_ledger_version(connection, campaign)

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
        drafts = [(Draft("supervision", campaign, act.task, own, now, act), act) for act, own in acts]
        with self._write() as connection:
            receipt = sql_writes.seed(connection, Draft("seed", campaign, "", once, now, None), ledger, reports)
            if not receipt.repeated:
                sql_supervision.seed_supervision(connection, drafts)
        return receipt

    def append_update(self, campaign: str, update: NewUpdate, write: Write) -> Receipt:
        """Store one report."""
        draft = self._draft("update", campaign, update.task, write, update)
        check_content(update.written_at)
        with self._write() as connection:
            return sql_writes.append_reports(connection, draft, [], [update])

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
            return sql_writes.append_reports(connection, draft, ledger, updates)

    def append_supervision(self, campaign: str, event: SupervisionEvent, write: Write) -> Receipt:
        """Store one act of supervision."""
        draft = self._draft("supervision", campaign, event.task, write, event)
        with self._write() as connection:
            return sql_supervision.append_supervision(connection, draft, event)

    def append_account(self, account: Account, write: Write) -> Receipt:
        """Store a new version of an account."""
        check_content(account, write)
        draft = Draft("account", "", account.name, write, self._real_now(), account)
        with self._write() as connection:
            return sql_people.append_account(connection, draft, account)

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
            return sql_people.append_event(connection, draft, kind, detail)

    def tasks(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the tasks as they were defined."""
        with self._read() as connection:
            return sql_reads.read_tasks(connection, campaign, as_of)

    def latest_updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the last update of each task."""
        with self._read() as connection:
            return sql_reads.read_latest_updates(connection, campaign, as_of)

    def updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return all updates."""
        with self._read() as connection:
            return sql_reads.read_updates(connection, campaign, as_of)

    def history(self, campaign: str, task: str) -> tuple[HistoryEntry, ...]:
        """Return all that was written of a task."""
        with self._read() as connection:
            return sql_history.read_history(connection, campaign, task)

    def supervision(self, campaign: str, as_of: datetime | None = None) -> tuple[SupervisionEvent, ...]:
        """Return the acts of supervision."""
        with self._read() as connection:
            return sql_supervision.read_supervision(connection, campaign, as_of)

    def account(self, name: str) -> Account | None:
        """Return the last version of an account."""
        with self._read() as connection:
            return sql_people.read_account(connection, name)

    def accounts(self) -> tuple[Account, ...]:
        """Return the last version of every account."""
        with self._read() as connection:
            return sql_people.read_accounts(connection)

    def events(
        self,
        kind: str | None = None,
        *,
        subject: str | None = None,
        since: int = 0,
        campaign: str | None = None,
    ) -> tuple[Event, ...]:
        """Return events."""
        with self._read() as connection:
            return sql_people.read_events(connection, kind, subject, since, campaign)

    def photos(self, campaign: str, task: str) -> tuple[Photo, ...]:
        """Return the photos of a task."""
        with self._read() as connection:
            return sql_reads.read_photos(connection, campaign, task)

    def photo_task(self, digest: str) -> tuple[str, str] | None:
        """Return campaign and task of a photo."""
        with self._read() as connection:
            return sql_reads.read_photo_task(connection, digest)

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
