"""Back everything up into one file while people go on writing."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from data.campaign.campaign_toml import read_campaign
from data.campaign.files import SourceFile, read_files
from data.campaign.load import CAMPAIGN_FILE, FILES
from data.store.dump import Snapshot, snapshot
from data.store.sql import SqlStore
from geo.model.errors import CampaignError
from geo.model.status import Label
from services.operations.atomic_write import whole_file
from services.operations.backup_form import MANIFEST, BackupError, Entry, Manifest, Progress
from services.reports.photo_storage import PhotoShelf

_ROWS_AT_ONCE: Final = 1_000
_NOTHING: Final = Label(
    "数据库中没有任何记录，没有可备份的内容。请核对 DATABASE_URL 与 VAR_DIR，或先运行 cli.py init。",
    "The database holds no writes, so there is nothing to back up. "
    "Check DATABASE_URL and VAR_DIR, or run cli.py init first.",
)


def make_backup(
    path: Path,
    store: SqlStore,
    shelf: PhotoShelf,
    campaign_dir: Path,
    *,
    now: datetime,
    force: bool = False,
    progress: Progress = lambda _step, _done, _total: None,
) -> Manifest:
    """Write a backup that holds every write acknowledged before it began, and none by halves.

    Parameters
    ----------
    path
        The file to make; it appears when it is complete.
    store, shelf, campaign_dir
        What goes into it: all rows of one instant, the photos that they name, the files of the campaign.
    now
        The real instant.
    force
        Whether a file of that name is replaced.
    progress
        Is told how far it is.

    Raises
    ------
    OverwriteError
        There is such a file and `force` is false.
    BackupError
        Nobody ever wrote into the store.
    StoreUnavailableError
        The database or the shelf of photos does not answer.
    OSError
        The file cannot be written.
    """
    with whole_file(path, force=force) as file, ZipFile(file, "w") as archive, snapshot(store) as seen:
        if not seen.version:
            raise BackupError(_NOTHING)
        packer = _Packer(archive, now, progress)
        files = read_files(campaign_dir, FILES)
        manifest = Manifest(
            now.isoformat(), campaign_id(files[CAMPAIGN_FILE]), seen.revision, seen.version, dict(seen.counts)
        )
        packer.add_rows(seen)
        manifest.missing_photos.extend(packer.add_photos(shelf))
        for name, one in files.items():
            if one.content is not None:
                packer.add(f"campaign/{name}", [one.content])
        manifest.files.update(packer.entries)
        packer.add(MANIFEST, [manifest.to_json()])
    return manifest


def campaign_id(file: SourceFile) -> str:
    """The id that a campaign.toml gives; empty where it cannot be used."""
    try:
        return read_campaign(file)[0].id
    except CampaignError:
        return ""


class _Packer:
    """Put files into an archive and note their hashes."""

    def __init__(self, archive: ZipFile, now: datetime, progress: Progress) -> None:
        self._archive = archive
        self._when = now.timetuple()[:6]
        self._progress = progress
        self._digests: dict[str, None] = {}
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, packed: int = ZIP_DEFLATED) -> None:
        member = ZipInfo(name, self._when)
        member.compress_type = packed
        digest, size = hashlib.sha256(), 0
        with self._archive.open(member, "w", force_zip64=True) as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.entries[name] = Entry(digest.hexdigest(), size)

    def add_rows(self, seen: Snapshot) -> None:
        done, total = 0, sum(seen.counts.values())
        for table, count in seen.counts.items():
            self.add(f"database/{table}.jsonl", self._lines(seen, table, done, total))
            done += count
        self._progress("rows", total, total)

    def add_photos(self, shelf: PhotoShelf) -> list[str]:
        """Add the photos that the rows name, and return the digests of those that are not there."""
        missing = []
        for number, digest in enumerate(self._digests):
            self._progress("photos", number, len(self._digests))
            content = shelf.get(digest)
            if content is None:
                missing.append(digest)
            else:
                self.add(f"photos/{digest}.jpg", [content], packed=ZIP_STORED)
        self._progress("photos", len(self._digests), len(self._digests))
        return missing

    def _lines(self, seen: Snapshot, table: str, done: int, total: int) -> Iterator[bytes]:
        columns = seen.columns(table)
        yield _line(columns)
        photo = columns.index("digest") if table == "photos" else None
        rows = seen.rows(table)
        while some := list(itertools.islice(rows, _ROWS_AT_ONCE)):
            if photo is not None:
                self._digests |= dict.fromkeys(str(row[photo]) for row in some)
            self._progress("rows", done, total)
            done += len(some)
            yield b"".join(map(_line, some))


def _line(values: list[object] | list[str]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
