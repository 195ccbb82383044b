"""Look at a database without making or changing anything."""

from dataclasses import dataclass
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, make_url, select, text
from sqlalchemy.exc import ArgumentError

from data.store.engine import connect
from data.store.errors import translated
from data.store.migrate import newest_revision
from data.store.reads import read_version
from data.store.schema import PHOTOS


@dataclass(frozen=True, slots=True)
class Look:
    """Hold what was seen of a database.

    `place` is its address without the password. `found` is false where SQLite's file is absent. `revision` is empty in
    a database that was never used; `version`, `digests` (of its photos) and `faults` are only told where it is the
    newest.
    """

    place: str
    found: bool
    newest: str
    revision: str = ""
    version: int = 0
    digests: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether this program can use it as it is."""
        return self.found and self.revision == self.newest


def look(url: str) -> Look:
    """Return what there is at the address of a database.

    Raises
    ------
    StoreUnavailableError
        It does not answer, or the address names no database that is supported.
    """
    place, file = _place(url)
    if file is not None and not file.is_file():
        return Look(place, found=False, newest=newest_revision())
    engine = connect(url)
    try:
        with translated(), engine.connect() as connection:
            return _look(connection, place)
    finally:
        engine.dispose()


def _place(url: str) -> tuple[str, Path | None]:
    """Return the address without its password, and SQLite's file."""
    try:
        parsed = make_url(url)
    except ArgumentError:  # `connect` says what is wrong with it
        return "", None
    sqlite = parsed.get_backend_name() == "sqlite" and parsed.database
    return parsed.render_as_string(), Path(parsed.database) if sqlite and parsed.database else None


def _look(connection: Connection, place: str) -> Look:
    newest = newest_revision()
    revision = MigrationContext.configure(connection).get_current_revision() or ""
    if revision != newest:
        return Look(place, found=True, newest=newest, revision=revision)
    return Look(
        place=place,
        found=True,
        newest=newest,
        revision=revision,
        version=read_version(connection),
        digests=frozenset(connection.execute(select(PHOTOS.c.digest).distinct()).scalars()),
        faults=_faults(connection),
    )


def _faults(connection: Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with its own file; PostgreSQL has no such question."""
    if connection.dialect.name != "sqlite":
        return ()
    told = connection.execute(text("PRAGMA quick_check(5)")).scalars().all()
    return tuple(one for one in told if one != "ok")
