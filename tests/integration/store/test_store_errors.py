"""Take the database away, fill it, lock it, break it: each is told as what it is, and passes."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from data.store.engine import translated
from data.store.sql import SqlStore, open_store
from geo.model.errors import (
    ConflictError,
    OneMapError,
    StoreFullError,
    StoreUnavailableError,
    UnknownTaskError,
    UnstorableTextError,
)
from tests.support.postgres import Postgres
from tests.support.store_samples import CAMPAIGN, UPDATE, seeded, update, write

SECRET = "correct-horse"  # noqa: S105  of no account


@pytest.fixture
def sqlite(tmp_path: Path) -> SqlStore:
    store = open_store(f"sqlite:///{tmp_path / 'onemap.sqlite'}")
    seeded(store, tmp_path / "campaign")
    return store


def run(store: SqlStore, statement: str) -> None:
    with translated(), store.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_full_disk_is_told_and_nothing_is_stored(sqlite: SqlStore) -> None:
    sqlite.close()
    with sqlite.engine.connect() as connection:  # the pool hands this one out again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFullError, match="disk"):
        sqlite.append_update(CAMPAIGN, update(note="长" * 1_000_000), write("big"))
    assert sqlite.version() == 1
    sqlite.close()
    assert sqlite.append_update(CAMPAIGN, update(note="长" * 1_000_000), write("big")).seq == 2
    sqlite.close()


def test_a_full_disk_of_postgresql_is_told(postgres: Postgres) -> None:
    with postgres.database() as url:
        store = open_store(url)
        with pytest.raises(StoreFullError):
            run(store, "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
        store.close()


def test_a_locked_file_is_told(sqlite: SqlStore) -> None:
    file = sqlite.engine.url.database
    assert file
    with sqlite.engine.execution_options(writes=True).begin():
        other = sqlite3.connect(file, timeout=0)
        with pytest.raises(StoreUnavailableError, match="locked"), translated():
            other.execute("BEGIN IMMEDIATE")
        other.close()
    sqlite.close()


@pytest.mark.parametrize("place", ["file/onemap.sqlite", "file", "folder"])
def test_what_is_no_database_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("this is no database, whatever its name says\n" * 100)
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreUnavailableError):
        open_store(f"sqlite:///{tmp_path / place}")


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://user:{SECRET}@127.0.0.1:1/onemap",
        f"postgresql://user:{SECRET}@127.0.0.1:1/onemap",
        f"mysql://user:{SECRET}@127.0.0.1/onemap",
        f"user:{SECRET}@127.0.0.1",
        "sqlite://",
        "",
    ],
)
def test_a_database_that_is_not_there_is_told_without_its_password(url: str) -> None:
    with pytest.raises(StoreUnavailableError) as caught:
        open_store(url)
    assert SECRET not in str(caught.value)


def test_a_database_that_went_is_told_and_found_again(postgres: Postgres, tmp_path: Path) -> None:
    with postgres.database() as url:
        store = open_store(url)
        seeded(store, tmp_path / "campaign")
        with pytest.raises(StoreUnavailableError):
            run(store, "SELECT pg_terminate_backend(pg_backend_pid())")
        assert store.append_update(CAMPAIGN, UPDATE, write()).seq == 2
    with pytest.raises(StoreUnavailableError):
        store.version()
    with pytest.raises(StoreUnavailableError):
        store.ping()
    store.close()


def test_a_mistake_of_our_own_is_no_absent_database(sqlite: SqlStore) -> None:
    with pytest.raises(IntegrityError):
        run(sqlite, "INSERT INTO task_ids VALUES ('sample', 'T01', 1, 1)")
    sqlite.close()


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (ConflictError("T01", current=7, attempted=UPDATE, based_on=3), "7"),
        (ConflictError("T01", current=7, attempted=UPDATE), "7"),
        (StoreUnavailableError("host gone"), "数据库"),
        (StoreFullError("no space"), "磁盘"),
        (UnknownTaskError("T99"), "T99"),
        (UnstorableTextError("a\0b"), "a\\x00b"),
    ],
)
def test_each_error_speaks_both_languages(error: OneMapError, word: str) -> None:
    zh, en = (error.message(lang) for lang in ("zh", "en"))
    assert word in zh
    assert zh != en
    assert str(error).startswith(en)
