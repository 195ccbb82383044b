"""Give tests of backups an installation on each database, and a writer that does not stop while they are taken."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self
from zipfile import ZipFile

import pytest

from data.store.sql import SqlStore, open_store
from services.maintenance.backup import Manifest, make_backup
from services.maintenance.restore import restore_backup
from services.reports.photos import FolderShelf
from tests.support.fixtures_campaign import write_campaign
from tests.support.store_samples import ACCOUNT, CAMPAIGN, NOW, PHOTO, SUPERVISION, seeded, update, write

IMAGE = b"\xff\xd8 as good as a photo"
DIGEST = hashlib.sha256(IMAGE).hexdigest()
TASKS = ("T01", "T02", "T03", "T04")


@dataclass
class Site:
    """One installation: a database, photos, the files of the campaign."""

    store: SqlStore
    folder: Path

    @property
    def storage(self) -> FolderShelf:
        return FolderShelf(self.folder / "photos")

    @property
    def campaign(self) -> Path:
        return self.folder / "campaign"

    def back_up(self, path: Path, **options: Any) -> Manifest:  # noqa: ANN401  those of the service
        return make_backup(path, self.store, self.storage, self.campaign, now=NOW, **options)

    def restore(self, path: Path, **options: Any) -> Manifest:  # noqa: ANN401  likewise
        return restore_backup(path, self.store, self.storage, self.campaign, now=NOW, **options)

    def notes(self) -> list[str]:
        return [str(note) for note in self.store.updates(CAMPAIGN)["note"]]

    def content(self, *, real_instants: bool = True) -> tuple[object, ...]:
        """Everything that can be asked of the store, but the versions that tell of restoring."""
        store = self.store
        frames = (store.tasks(CAMPAIGN), store.updates(CAMPAIGN), store.latest_updates(CAMPAIGN))
        told = [entry for task in TASKS for entry in store.history(CAMPAIGN, task)]
        told = told if real_instants else [replace(entry, stored_at=entry.at) for entry in told]
        events = [one for one in store.events() if one.kind not in {"restore", "sign-out"}]
        return [frame.to_csv() for frame in frames], told, store.supervision(CAMPAIGN), store.accounts(), events


def site_at(url: str, folder: Path, *, filled: bool) -> Site:
    """An installation that is empty, or has one of everything that can be written."""
    site = Site(open_store(url), folder)
    if not filled:
        return site
    seeded(site.store, site.campaign)
    site.storage.put(DIGEST, IMAGE)
    photos = (type(PHOTO)(DIGEST, "image/jpeg", 4, 3, len(IMAGE), "现场.jpg"),)
    site.store.append_update(CAMPAIGN, update(photos=photos), write("with photo", minutes=1))
    site.store.append_supervision(CAMPAIGN, SUPERVISION, write("act", minutes=2))
    site.store.append_account(ACCOUNT, write("account", minutes=3))
    site.store.append_event("sign-in", "wang", {"address": "::1", "字": "值"}, write("event", minutes=4))
    return site


@pytest.fixture
def site(database: str, tmp_path: Path) -> Iterator[Site]:
    """A filled installation on each database."""
    site = site_at(database, tmp_path / "site", filled=True)
    yield site
    site.store.close()


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """A new installation on SQLite, whose campaign has the same files."""
    write_campaign(tmp_path / "new" / "campaign")
    site = site_at(f"sqlite:///{tmp_path / 'new' / 'onemap.sqlite'}", tmp_path / "new", filled=False)
    yield site
    site.store.close()


@dataclass
class Writers:
    """Threads that report without a pause; what was acknowledged is noted in that order."""

    url: str
    acknowledged: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(3)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, count: int) -> None:
        while len(self.acknowledged) < count and any(thread.is_alive() for thread in self._threads):
            self._stop.wait(0.01)

    def _run(self, number: int) -> None:
        store = open_store(self.url)
        count = 0
        while not self._stop.is_set():
            note = f"load {number}-{count}"
            store.append_update(CAMPAIGN, update(task=TASKS[count % 4], note=note), write(note))
            self.acknowledged.append(note)
            count += 1
        store.close()


def rewrite(name: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    """Change, or leave out, one file of a backup, as somebody would who knows what a ZIP file is."""

    def damage(path: Path) -> None:
        with ZipFile(path) as archive:
            contents = {one: archive.read(one) for one in archive.namelist()}
        with ZipFile(path, "w") as archive:
            for one, content in contents.items():
                new = change(content) if one == name else content
                if new is not None:
                    archive.writestr(one, new)

    return damage


def with_manifest(**values: object) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps(json.loads(content) | values).encode()


def without_the_clock(path: Path) -> None:
    """Make a backup what the program of the first revision would have made of the same writes."""
    with ZipFile(path) as archive:
        names, *rows = map(json.loads, archive.read("database/writes.jsonl").splitlines())
    real, clock = names.index("at_utc"), names.index("known_at")
    for row in rows:
        row[real] = row[clock]
    older = [[cell for place, cell in enumerate(row) if place != clock] for row in (names, *rows)]
    forge_rows(path, older, table="writes")
    rewrite("manifest.json", with_manifest(revision="0001"))(path)


def forge_rows(path: Path, rows: list[list[object]], table: str = "photos") -> None:
    """Replace a table's rows by others, with their right hash."""
    name, content = f"database/{table}.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    entry = {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
    rewrite(name, lambda _: content)(path)
    with ZipFile(path) as archive:
        files = json.loads(archive.read("manifest.json"))["files"] | {name: entry}
    rewrite("manifest.json", with_manifest(files=files))(path)
