"""Restore a backup: first make sure that it is sound, then replace everything at once."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile

from data.atomic_write import OverwriteError, atomic_write
from data.campaign.files import SourceFile, read_files
from data.campaign.load import CAMPAIGN_FILE
from data.store.dump import TABLES, DumpError, OccupiedError, load
from data.store.migrate import knows
from data.store.rows import Author, Event, Source, Write
from data.store.sql import SqlStore
from geo.model.errors import shown
from locales import Label, Text
from services.access.policy import OPERATOR
from services.access.sessions import SIGN_OUT
from services.maintenance.backup import MANIFEST, BackupError, Manifest, Progress, campaign_id, read_manifest, unsound
from services.reports.photos import PhotoStorage

RESTORED: Final = "restore"
"""Kind of the event that tells of a restored backup."""
MANIFEST_MAX_BYTES: Final = 200_000_000
_CHUNK: Final = 1 << 20
_AUTHOR: Final = Author(OPERATOR.name, OPERATOR.unit, str(OPERATOR.role), Source.CLI)
_BROKEN: Final = Text("it is damaged, or something else")
_OCCUPIED: Final = Text(
    "The database holds writes already; nothing was restored. To replace all of them by the backup, take "
    "a backup of what is there, then add --force."
)


def restore_backup(
    path: Path,
    store: SqlStore,
    storage: PhotoStorage,
    campaign_dir: Path,
    *,
    now: datetime,
    force: bool = False,
    progress: Progress = lambda _step, _done, _total: None,
) -> Manifest:
    """Put back what a backup holds; all sessions end.

    Everything in it is checked before anything is written. Photos come first, under the hash of their content, so
    that one too many does no harm; then all rows in one transaction; last the campaign's files, written beforehand,
    get their names. Interrupted, the old state is still there, and it can be done again.

    Parameters
    ----------
    path
        The backup.
    store, storage, campaign_dir
        Where its rows, photos and files go.
    now
        The real instant.
    force
        Whether writes and files of the campaign that are there are replaced.
    progress
        Is told how far it is.

    Raises
    ------
    OverwriteError
        There are writes or other files of the campaign, and `force` is false; or the folder is another campaign's.
    BackupError
        The file is no sound backup.
    StoreUnavailableError
        The database or the photo storage does not answer.
    OSError
        Files cannot be read or written.
    """
    if store.version() and not force:
        raise OverwriteError(_OCCUPIED)
    with _sound(path.name), path.open("rb") as file, ZipFile(file) as archive:
        manifest = _verified(archive, path.name, progress)
        other = _other_files(archive, manifest, campaign_dir, force=force)
        for number, digest in enumerate(manifest.photos, 1):
            storage.put(digest, archive.read(f"photos/{digest}.jpg"))
            progress("photos", number, len(manifest.photos))
        with ExitStack() as files:
            for name, content in other.items():
                campaign_dir.mkdir(parents=True, exist_ok=True)
                files.enter_context(atomic_write(campaign_dir / name, force=True)).write(content)
            _replace(store, archive, manifest, now, force=force, progress=progress)
    _sign_out_all(store, now)
    return manifest


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Say that a file is no backup where reading it as one fails."""
    try:
        yield
    except OccupiedError as error:
        raise OverwriteError(_OCCUPIED) from error
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, struct.error, zlib.error) as error:
        raise unsound(name, _BROKEN) from error
    except DumpError as error:
        raise unsound(name, Text("its rows do not fit the tables")) from error


def _verified(archive: ZipFile, name: str, progress: Progress) -> Manifest:
    members = {member.filename: member for member in archive.infolist()}
    if MANIFEST not in members or members[MANIFEST].file_size > MANIFEST_MAX_BYTES:
        raise unsound(name, Text("it has no {manifest}", manifest=MANIFEST))
    try:
        manifest = read_manifest(archive.read(MANIFEST))
    except (ValueError, TypeError) as error:
        raise unsound(name, Text("its {manifest} cannot be used ({error})", manifest=MANIFEST, error=error)) from error
    if not knows(manifest.revision) or not set(manifest.tables) <= set(TABLES):
        raise BackupError(_newer(manifest.revision))
    if members.keys() != {MANIFEST, *manifest.files}:
        raise unsound(name, Text("its files are not those of its manifest"))
    _check_hashes(archive, manifest, name, progress)
    return manifest


def _check_hashes(archive: ZipFile, manifest: Manifest, name: str, progress: Progress) -> None:
    total = sum(entry.size_bytes for entry in manifest.files.values())
    done = 0
    for part, entry in manifest.files.items():
        digest, size = hashlib.sha256(), 0
        with archive.open(part) as file:
            while size <= entry.size_bytes and (chunk := file.read(_CHUNK)):
                digest.update(chunk)
                size += len(chunk)
                progress("check", done + size, total)
        if (digest.hexdigest(), size) != (entry.sha256, entry.size_bytes):
            raise unsound(name, Text("{part} does not have the hash that it should", part=part))
        done += size


def _other_files(archive: ZipFile, manifest: Manifest, folder: Path, *, force: bool) -> dict[str, bytes]:
    """Return the campaign's files that differ from those in the folder."""
    there = read_files(folder, manifest.campaign_files)
    contents = {name: archive.read(f"campaign/{name}") for name in there}
    other = {name: content for name, content in contents.items() if content != there[name].content}
    mine = campaign_id(there.get(CAMPAIGN_FILE, SourceFile(CAMPAIGN_FILE, None)))
    if mine and manifest.campaign and mine != manifest.campaign:
        raise OverwriteError(
            Text(
                "The backup is of the campaign {theirs} and CAMPAIGN_DIR holds {mine}. "
                "Set CAMPAIGN_DIR to a folder for it.",
                theirs=shown(manifest.campaign),
                mine=shown(mine),
            )
        )
    replaced = [name for name in other if there[name].content is not None]
    if replaced and not force:
        names = ", ".join(replaced)
        raise OverwriteError(
            Text(
                "{names} in {folder} differ from the backup; nothing was restored. Replace them with --force.",
                names=names,
                folder=folder,
            )
        )
    return other


def _replace(
    store: SqlStore, archive: ZipFile, manifest: Manifest, now: datetime, *, force: bool, progress: Progress
) -> None:
    detail = {"made_at": manifest.made_at, "version": str(manifest.version), "campaign": manifest.campaign}
    event = Event(RESTORED, "database", detail, _AUTHOR, now, 0)
    write = Write(_AUTHOR, f"{RESTORED}:{secrets.token_hex(16)}", now, None)
    with ExitStack() as files:
        rows = _Rows(archive, manifest, files, progress)
        load(store, manifest.revision, rows.of, write, event, replace=force)


class _Rows:
    """Read the rows of a backup table by table."""

    def __init__(self, archive: ZipFile, manifest: Manifest, files: ExitStack, progress: Progress) -> None:
        self._archive = archive
        self._tables = manifest.tables
        self._files = files
        self._progress = progress
        self._done = 0

    def of(self, table: str) -> tuple[list[str], Iterable[list[Any]]]:
        file = self._files.enter_context(self._archive.open(f"database/{table}.jsonl"))
        return json.loads(file.readline()), self._lines(file)

    def _lines(self, file: IO[bytes]) -> Iterator[list[Any]]:
        total = sum(self._tables.values())
        for line in file:
            yield json.loads(line)
            self._done += 1
            self._progress("rows", self._done, total)


def _newer(revision: str) -> Label:
    return Text(
        "A newer version of this program made the backup (revision {revision} of the database). Nothing was "
        "restored; bring this program up to date first.",
        revision=revision,
    )


def _sign_out_all(store: SqlStore, now: datetime) -> None:
    """End the sessions that the restored state may take for valid again."""
    for account in store.accounts():
        write = Write(_AUTHOR, f"{SIGN_OUT}:all:{secrets.token_hex(16)}", now, None)
        store.append_event(SIGN_OUT, account.name, {"everywhere": "true"}, write)
