"""Kill processes that write, and see that what they acknowledged is there and nothing is half there."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data.store.schema import PHOTOS, STATUS_UPDATES, WRITES
from data.store.sql import SqlStore, open_store
from tests.support.store_processes import started
from tests.support.store_samples import CAMPAIGN, PHOTO, seeded

TIMES = 200


@pytest.fixture
def killed(database: str, tmp_path: Path) -> tuple[SqlStore, list[str]]:
    """A store that was written to by processes which were killed, and the keys that they acknowledged."""
    store = open_store(database)
    seeded(store, tmp_path / "campaign")
    store.close()
    process = started("kill", database, str(TIMES))
    lives = [json.loads(line) for line in process.communicate()[0].splitlines()]
    assert (process.returncode, len(lives)) == (0, TIMES)
    assert all(lives), "every process wrote before it was killed"
    return store, [key for life in lives for key in life]


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(killed: tuple[SqlStore, list[str]]) -> None:
    store, acknowledged = killed
    updates = store.updates(CAMPAIGN).query("seq > 1")
    assert set(acknowledged) <= set(updates["note"])
    assert updates["note"].is_unique
    with store.engine.connect() as connection:
        written = connection.execute(
            select(WRITES.c.key, WRITES.c.seq).where(WRITES.c.seq > 1).order_by(WRITES.c.seq)
        ).all()
        with_photo = select(func.count()).select_from(STATUS_UPDATES).join(PHOTOS)
        complete = connection.execute(with_photo.where(PHOTOS.c.digest == PHOTO.digest)).scalar_one()
    assert [tuple(row) for row in written] == list(zip(updates["note"], updates["seq"], strict=True))
    assert complete == len(updates) <= len(acknowledged) + TIMES
    store.close()
