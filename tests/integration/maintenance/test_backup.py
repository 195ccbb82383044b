"""A backup taken while people write holds all they were told is stored, and restoring is all or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from services.maintenance.backup import BackupError
from tests.support.fixtures_backup import (
    DIGEST,
    IMAGE,
    Site,
    Writers,
    empty_site,
    site,
    site_at,
    without_the_clock,
)
from tests.support.postgres import Postgres
from tests.support.store_samples import ACCOUNT, CAMPAIGN, update, write

__all__ = ["empty_site", "site"]

ROOT = Path(__file__).parents[3]
DIE = """
import os, signal, sys
from pathlib import Path
from tests.support.fixtures_backup import site_at

def die(step, done, total):
    if step == "rows" and done == total:
        os.kill(os.getpid(), signal.SIGKILL)

site_at(sys.argv[1], Path(sys.argv[2]), filled=False).restore(Path(sys.argv[3]), force=True, progress=die)
"""


def test_a_backup_under_load_holds_every_update_acknowledged_before_it(
    site: Site, database: str, tmp_path: Path
) -> None:
    with Writers(database) as writers:
        writers.wait_for(30)
        before = list(writers.acknowledged)
        manifest = site.back_up(tmp_path / "b.zip")
        writers.wait_for(len(before) + 30)
    later = set(site.notes())
    site.restore(tmp_path / "b.zip", force=True)
    restored = [note for note in site.notes() if note.startswith("load")]
    assert len(before) >= 30
    assert set(before) <= set(restored) < later
    assert manifest.tables["writes"] == manifest.version


def test_what_is_restored_is_what_was_backed_up(site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    content = site.content()
    site.store.append_update(CAMPAIGN, update(note="later"), write("later", minutes=5))
    site.restore(tmp_path / "b.zip", force=True)
    assert site.content() == content


def test_a_backup_of_either_database_fills_the_other(site: Site, empty_site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    empty_site.restore(tmp_path / "b.zip")
    assert empty_site.content() == site.content()
    assert empty_site.storage.get(DIGEST) == IMAGE


def test_a_backup_of_sqlite_fills_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    source = site_at(f"sqlite:///{tmp_path / 'onemap.sqlite'}", tmp_path, filled=True)
    source.back_up(tmp_path / "b.zip")
    with postgres.database() as url:
        target = site_at(url, tmp_path, filled=False)
        target.restore(tmp_path / "b.zip")
        assert target.content() == source.content()
        target.store.close()


def test_people_go_on_writing_after_a_restore(site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    newest = site.store.append_update(CAMPAIGN, update(note="later"), write("later", minutes=5)).seq
    site.restore(tmp_path / "b.zip", force=True)
    version = site.store.campaign_version(CAMPAIGN)
    receipt = site.store.append_update(CAMPAIGN, update(note="again"), write("later", minutes=6))
    assert newest < version < receipt.seq
    assert not receipt.repeated
    assert "again" in site.notes()


def test_a_restore_is_recorded_and_ends_all_sessions(site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    last = site.store.version()
    site.restore(tmp_path / "b.zip", force=True)
    new = site.store.events(since=last)
    assert [(one.kind, one.subject) for one in new] == [("restore", "database"), ("sign-out", ACCOUNT.name)]
    assert new[0].detail["version"] == str(last)


def test_the_rows_are_guarded_again_after_a_restore(site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    site.restore(tmp_path / "b.zip", force=True)
    with site.store.engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.exec_driver_sql("UPDATE status_updates SET percent = 1")


def test_a_backup_of_an_older_revision_is_brought_up_to_date(site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    content = site.content(real_instants=False)
    without_the_clock(tmp_path / "b.zip")
    site.restore(tmp_path / "b.zip", force=True)
    assert site.content(real_instants=False) == content
    with site.store.engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.exec_driver_sql("DELETE FROM photos")


def test_a_killed_restore_leaves_the_old_state(site: Site, database: str, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    site.store.append_update(CAMPAIGN, update(note="later"), write("later", minutes=5))
    content, version = site.content(), site.store.version()
    arguments = [sys.executable, "-c", DIE, database, str(site.folder), str(tmp_path / "b.zip")]
    killed = subprocess.run(arguments, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert site.content() == content
    assert site.store.version() == version
    assert not site.store.append_update(CAMPAIGN, update(), write("goes on", minutes=6)).repeated


def test_an_interrupted_restore_leaves_database_and_files(site: Site, tmp_path: Path) -> None:
    site.back_up(tmp_path / "b.zip")
    (site.campaign / "tasks.csv").write_text("id\n")
    content = site.content()
    with pytest.raises(KeyboardInterrupt):
        site.restore(tmp_path / "b.zip", force=True, progress=interrupt)
    assert site.content() == content
    assert (site.campaign / "tasks.csv").read_text() == "id\n"
    assert list(site.campaign.glob(".*")) == []


def interrupt(step: str, done: int, total: int) -> None:
    if step == "rows" and done == total:
        raise KeyboardInterrupt


def test_a_photo_without_its_file_is_told(site: Site, tmp_path: Path) -> None:
    next((site.folder / "photos").rglob("*.jpg")).unlink()
    assert site.back_up(tmp_path / "b.zip").missing_photos == [DIGEST]


def test_nothing_is_left_of_a_backup_that_failed(site: Site, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        site.back_up(tmp_path / "b.zip", progress=interrupt)
    assert [path.name for path in tmp_path.iterdir() if "b.zip" in path.name] == []


def test_an_empty_database_is_not_backed_up(empty_site: Site, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="DATABASE_URL"):
        empty_site.back_up(tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()
