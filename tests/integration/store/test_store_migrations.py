"""Upgrade databases of older revisions, refuse those of newer ones, and start several servers at once."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from data.store.engine import connect
from data.store.migrate import migrate
from data.store.schema import METADATA
from data.store.sql import SqlStore, open_store
from geo.model.errors import StoreUnavailableError
from tests.support.postgres import Postgres
from tests.support.store_processes import send, started
from tests.support.store_samples import CAMPAIGN, NOW, UPDATE, seeded, write

FIRST_REVISION = "0001"
SERVERS = 3
ROUNDS = 5


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Make databases, of each kind, that nobody has opened yet."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            numbers = iter(range(100))
            yield lambda: f"sqlite:///{tmp_path / 'a folder' / f'{next(numbers)}%20.sqlite'}"
        else:
            server: Postgres = request.getfixturevalue("postgres")
            yield lambda: stack.enter_context(server.database(template="template0"))


@pytest.fixture
def old(new_database: Callable[[], str], tmp_path: Path) -> Iterator[tuple[str, SqlStore]]:
    """A database of the first revision, with the small campaign in it."""
    url = new_database()
    new = open_store(f"sqlite:///{tmp_path / 'new.sqlite'}")
    seeded(new, tmp_path / "campaign")
    store = SqlStore(connect(url))
    migrate(store.engine, FIRST_REVISION)
    with new.engine.connect() as source, store.engine.begin() as connection:
        for table in METADATA.sorted_tables:
            if rows := [of_first_revision(dict(row)) for row in source.execute(select(table)).mappings()]:
                connection.execute(insert(table), rows)
    new.close()
    yield url, store
    store.close()


def of_first_revision(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the program of then stored it; the databases count `writes.seq` and `id` themselves."""
    if "at_utc" in row:
        row["at_utc"] = row.pop("known_at")
        del row["seq"]
    return {name: value for name, value in row.items() if name != "id"}


def change(store: SqlStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE status_updates SET note = 'changed'"))


def test_a_database_of_an_older_revision_is_upgraded_with_all_it_holds(old: tuple[str, SqlStore]) -> None:
    url, before = old
    store = open_store(url)
    assert store.updates(CAMPAIGN).equals(before.updates(CAMPAIGN))
    assert {(entry.stored_at, entry.seq) for entry in store.history(CAMPAIGN, "T01")} == {(NOW, 1)}
    assert store.append_update(CAMPAIGN, UPDATE, write(based_on=1)).seq == 2
    store.close()


def test_the_upgraded_database_refuses_what_the_older_one_allowed(old: tuple[str, SqlStore]) -> None:
    url, store = old
    change(store)
    open_store(url).close()
    with pytest.raises(IntegrityError, match="never changed"):
        change(store)
    with pytest.raises(IntegrityError, match="never changed"), store.engine.begin() as connection:
        connection.execute(text("DELETE FROM writes"))


def test_the_revisions_make_the_tables_that_the_code_expects(new_database: Callable[[], str]) -> None:
    store = open_store(new_database())
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    store.close()


def test_a_database_of_a_newer_revision_is_refused(new_database: Callable[[], str]) -> None:
    url = new_database()
    store = open_store(url)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreUnavailableError, match="9999"):
        open_store(url)


def test_servers_that_start_together_make_and_seed_a_database_once(new_database: Callable[[], str]) -> None:
    servers = [started("start") for _ in range(SERVERS)]
    for url in [new_database() for _ in range(ROUNDS)]:
        for server in servers:
            send(server, url)
    texts = [server.communicate()[0] for server in servers]
    assert [server.returncode for server in servers] == [0] * SERVERS
    found = [json.loads(line) for text in texts for line in text.splitlines()]
    assert len(found) == SERVERS * ROUNDS
    assert {tuple(after) for _, *after in found} == {(1, 4, 8)}


def test_only_the_owner_can_read_a_new_file(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'var' / 'onemap.sqlite'}").close()
    assert (tmp_path / "var" / "onemap.sqlite").stat().st_mode & 0o077 == 0
