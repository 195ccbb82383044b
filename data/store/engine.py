"""Connect to SQLite or PostgreSQL, order their writes, and translate what their drivers raise into the store's errors.

Writes begin one after the other, so that commits are in the order of `seq`.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from geo.model.errors import StoreFullError, StoreUnavailableError

_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_AWAY: Final = frozenset(
    {
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    },
)
_POSTGRES_FULL: Final = "53100"
_POSTGRES_AWAY: Final = ("08", "25006", "28", "3D", "53", "55P03", "57", "58", "XX")
"""Beginnings of SQLSTATE codes: connections, read-only, sign-in, no such database, resources, lock timeout,
operator intervention, input and output, corruption (PostgreSQL documentation, appendix A)."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise the store's errors for a database that does not answer or is full; others pass.

    Raises
    ------
    StoreUnavailableError
        The database cannot be reached, is locked for too long or cannot be written.
    StoreFullError
        It has no room.
    """
    try:
        yield
    except StoreUnavailableError:
        raise
    except OSError as error:
        raise (_full(error) if error.errno in _NO_SPACE else _away(error)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        translation = _translation(error)
        if translation is None:
            raise
        raise translation from error


def _translation(error: SQLAlchemyError | sqlite3.Error) -> StoreUnavailableError | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, PoolTimeoutError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return _away(cause or error)
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the upper bytes only say where it happened
        if code == sqlite3.SQLITE_FULL:
            return _full(cause)
        return _away(cause) if code in _SQLITE_AWAY else None
    return _translation_of_postgres(error, cause)


def _translation_of_postgres(error: BaseException, cause: BaseException | None) -> StoreUnavailableError | None:
    if not isinstance(error, DBAPIError) or cause is None:
        return None
    state: str | None = getattr(cause, "sqlstate", None)
    if state == _POSTGRES_FULL:
        return _full(cause)
    if state is None:  # the driver never reached a server, or lost it
        return _away(cause) if type(cause).__name__ in {"OperationalError", "InterfaceError"} else None
    return _away(cause) if state.startswith(_POSTGRES_AWAY) else None


def _full(error: BaseException) -> StoreFullError:
    return StoreFullError(f"{type(error).__name__}: {error}")


def _away(error: BaseException) -> StoreUnavailableError:
    return StoreUnavailableError(f"{type(error).__name__}: {error}")


WAIT_S: Final = 30
"""How long a write waits for those before it."""
WRITE_LOCK: Final = 0x0E_0A_94_01
MIGRATION_LOCK: Final = 0x0E_0A_94_02
"""Keys of PostgreSQL's advisory locks; any number that nobody else in the database takes."""

_SQLITE_PRAGMAS: Final = (
    f"busy_timeout = {WAIT_S * 1000}",
    "journal_mode = WAL",  # readers do not wait for the writer
    "synchronous = FULL",  # what was committed outlives a power cut
    "foreign_keys = ON",
)
_POSTGRES_DEFAULTS: Final = {
    "connect_timeout": 5,
    # a server that went without a word is noticed within 15 seconds
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}
_ALLOWED: Final = "sqlite:///FOLDER/FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
_LOCK: Final = text("SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:key)")


def connect(url: str) -> Engine:
    """Return an engine; of SQLite the folder and file are made, readable by their owner only.

    Raises
    ------
    StoreUnavailableError
        The file cannot be made, or the URL names no database that is supported.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:  # it repeats the URL, and with it the password
        raise StoreUnavailableError(f"the address is no URL of a database; use {_ALLOWED}") from None
    if parsed.get_backend_name() == "postgresql":
        return _postgres(parsed)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StoreUnavailableError(f"{parsed.render_as_string()!r} is not supported; use {_ALLOWED}")
    with translated():
        file = Path(parsed.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    return _sqlite(parsed)


def _postgres(url: URL) -> Engine:
    defaults = {name: value for name, value in _POSTGRES_DEFAULTS.items() if name not in url.query}
    url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, connect_args=defaults, pool_pre_ping=True, pool_timeout=WAIT_S, pool_recycle=1800)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, pool_timeout=WAIT_S, connect_args={"timeout": WAIT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401  SQLAlchemy's own
    connection.isolation_level = None  # the driver begins no transactions of its own; `_begin_sqlite` does
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Writer:
    """Hand out transactions that write: one at a time, over all threads, processes and servers."""

    def __init__(self, engine: Engine, *, key: int = WRITE_LOCK) -> None:
        """Start with no write under way."""
        self._engine = engine.execution_options(writes=True)
        self._key = key
        self._lock = Lock()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Yield a connection that is alone in writing; commit at the end, or nothing where it raises.

        Raises
        ------
        StoreUnavailableError
            Others wrote for longer than `WAIT_S`.
        """
        # The threads of this process wait here in turn: SQLite would make them poll, and on PostgreSQL each would hold
        # a connection of the pool while it waits for the lock, so that neither readers nor others found one.
        if not self._lock.acquire(timeout=WAIT_S):
            raise StoreUnavailableError(f"other threads wrote for longer than {WAIT_S} s")
        try:
            with self._engine.begin() as connection:
                if connection.dialect.name != "sqlite":
                    connection.execute(_LOCK, {"wait": f"{WAIT_S}s", "key": self._key})
                yield connection
        finally:
            self._lock.release()
