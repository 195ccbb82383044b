"""Bring a database to the newest revision, one server at a time."""

from pathlib import Path
from threading import RLock
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from data.store.engine import MIGRATION_LOCK, Writer
from geo.model.errors import StoreUnavailableError

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
