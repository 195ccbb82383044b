"""Look at a database without changing it, and bring it to the newest revision, one server at a time."""

from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, make_url, select, text
from sqlalchemy.exc import ArgumentError

from data.store.engine import MIGRATION_LOCK, Writer, connect, translated
from data.store.reads import greatest
from data.store.schema import PHOTOS, WRITES
from geo.model.errors import StoreUnavailableError


@dataclass(frozen=True, slots=True)
class SchemaInspection:
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


def inspect_schema(url: str) -> SchemaInspection:
    """Return what there is at the address of a database.

    Raises
    ------
    StoreUnavailableError
        It does not answer, or the address names no database that is supported.
    """
    place, file = _place(url)
    if file is not None and not file.is_file():
        return SchemaInspection(place, found=False, newest=newest_revision())
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


def _look(connection: Connection, place: str) -> SchemaInspection:
    newest = newest_revision()
    revision = MigrationContext.configure(connection).get_current_revision() or ""
    if revision != newest:
        return SchemaInspection(place, found=True, newest=newest, revision=revision)
    return SchemaInspection(
        place=place,
        found=True,
        newest=newest,
        revision=revision,
        version=greatest(connection, WRITES.c.seq),
        digests=frozenset(connection.execute(select(PHOTOS.c.digest).distinct()).scalars()),
        faults=_faults(connection),
    )


def _faults(connection: Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with its own file; PostgreSQL has no such question."""
    if connection.dialect.name != "sqlite":
        return ()
    answers = connection.execute(text("PRAGMA quick_check(5)")).scalars().all()
    return tuple(one for one in answers if one != "ok")


FOLDER: Final = Path(__file__).parent / "migrations"

_one_thread = RLock()  # alembic keeps what it runs in module globals


def migrate(engine: Engine, revision: str = "head") -> None:
    """Run the revisions that a database lacks, in one transaction and alone.

    Several servers may start at once: the first does it, the others wait and find it done.

    Raises
    ------
    StoreUnavailableError
        The database has a revision that this program does not know: a newer one made it.
    """
    script = _scripts()
    wanted = script.get_current_head() if revision == "head" else revision
    with engine.connect() as connection:
        if _revision_of(connection, script) == wanted:
            return
    with _one_thread, Writer(engine, key=MIGRATION_LOCK).begin() as connection:
        if _revision_of(connection, script) != wanted:
            upgrade(connection, revision)


def upgrade(connection: Connection, revision: str) -> None:
    """Run the revisions up to one that a database lacks, in the transaction that is under way.

    Raises
    ------
    StoreUnavailableError
        This program does not know the revision: a newer one made it.
    """
    script = _scripts()
    if revision != "head":
        _demand_known(revision, script)
    config = _config()
    config.attributes["connection"] = connection
    with _one_thread:
        command.upgrade(config, revision)


def newest_revision() -> str:
    """Return the revision that this program uses."""
    return _scripts().get_current_head() or ""


def knows(revision: str) -> bool:
    """Tell whether this program can bring a database of a revision to the newest."""
    return revision in _known(_scripts())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _revision_of(connection: Connection, script: ScriptDirectory) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None:
        _demand_known(found, script)
    return found


def _demand_known(revision: str, script: ScriptDirectory) -> None:
    if revision not in _known(script):
        known = sorted(_known(script))
        raise StoreUnavailableError(f"the database has revision {revision!r}; this program knows {known}")


def _known(script: ScriptDirectory) -> set[str]:
    return {one.revision for one in script.walk_revisions()}
