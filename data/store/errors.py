"""Translate what databases and their drivers raise into the store's errors: the one place."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
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
