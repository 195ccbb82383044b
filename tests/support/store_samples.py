"""Make stores, and things to write into them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.campaign.load import load_campaign
from data.store.protocol import Store
from data.store.rows import Account, Author, NewUpdate, Photo, Source, Write
from data.store.sql import open_store
from geo.model.status import Status
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from tests.support.fakes import FakeStore
from tests.support.fixtures_campaign import write_campaign
from tests.support.postgres import Postgres

CAMPAIGN = "sample"
NOW = datetime(2020, 9, 15, 8, 0, 0, 123456, tzinfo=UTC)
LEAD = Author("wang", "roads", "field_lead", Source.WEB)
PHOTO = Photo("ab" * 32, "image/jpeg", 2048, 1536, 400_000, "现场.jpg")
UPDATE = NewUpdate(
    task="T01",
    feature="C01",
    status=Status.BLOCKED,
    percent=45,
    note="管线未迁",
    difficulty_kind="pipelines",
    difficulty="燃气管",
    suggestion="请协调",
    unit="roads",
    written_at=NOW - timedelta(minutes=3),
)
SUPERVISION = SupervisionEvent("T01", EscalationLevel.URGE, Act.ISSUE, "office", "请一周内开工", NOW.date())
ACCOUNT = Account("wang", "王工", "field_lead", "roads", "argon2…", active=True, must_change=False)


def write(key: str = "", *, minutes: float = 0, based_on: int | None = None, author: Author = LEAD) -> Write:
    """A write at `minutes` after NOW; without a key, one that is named after its minute."""
    return Write(author, key or f"at {minutes}", NOW + timedelta(minutes=minutes), based_on)


def update(**changes: Any) -> NewUpdate:  # noqa: ANN401  any field
    return replace(UPDATE, **changes)


def seeded(store: Store, folder: Path) -> Store:
    """The store with the small campaign of tests/support/fixtures_campaign.py, known to every test as CAMPAIGN."""
    loaded = load_campaign(write_campaign(folder))
    store.seed(CAMPAIGN, loaded.tasks, loaded.updates, write("seed"))
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'var' / 'onemap.sqlite'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A fresh store of each kind."""
    if request.param == "fake":
        yield FakeStore()
    elif request.param == "sqlite":
        yield from _opened(f"sqlite:///{tmp_path / 'onemap.sqlite'}")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.database() as url:
            yield from _opened(url)


def _opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


@pytest.fixture
def store(empty_store: Store, tmp_path: Path) -> Store:
    """A store of each kind with the small campaign."""
    return seeded(empty_store, tmp_path / "campaign")
