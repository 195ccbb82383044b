"""Back everything up into one file while people go on writing: a ZIP file of rows, photos, campaign files, and hashes.

    manifest.json            what is in it: `Manifest`
    database/TABLE.jsonl     a line with the names of the columns, then a line for each row
    photos/DIGEST.jpg        the photos that the rows name
    campaign/FILE            the files of the campaign

It is the same whether the database was SQLite or PostgreSQL. The secret key is not in it.

OneMapError
└── BackupError (ValueError)   there is nothing to back up, or a file is no sound backup
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from data.atomic_write import atomic_write
from data.campaign.files import SourceFile, read_files
from data.campaign.load import CAMPAIGN_FILE, FILES
from data.campaign.toml_files import read_campaign
from data.store.dump import Snapshot, snapshot
from data.store.sql import SqlStore
from geo.model.errors import OneMapError, shown
from geo.validation.problem import CampaignError
from locales import Label, Text
from services.reports.photos import PhotoStorage

FORM: Final = "one-map-backup-1"
MANIFEST: Final = "manifest.json"
ROWS: Final = re.compile(r"database/([a-z_]{1,60})\.jsonl")
PHOTO: Final = re.compile(r"photos/([0-9a-f]{64})\.jpg")
CAMPAIGN: Final = re.compile(rf"campaign/({'|'.join(map(re.escape, FILES))})")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_KINDS: Final = {"made_at": str, "campaign": str, "revision": str, "version": int, "tables": dict, "form": str}

Step = Literal["rows", "photos", "check"]
Progress = Callable[[Step, int, int], None]
"""Is told a step, how much of it is done, and how much there is."""


class BackupError(OneMapError, ValueError):
    """Say why there is no backup, or none that can be restored."""


def unsound(file: str, what: Label) -> BackupError:
    """An error that says what is wrong with a backup; nothing was restored from it."""
    name = shown(file)
    return BackupError(
        Text(
            "{name} is no sound backup: {what}. Nothing was restored; take another one, or copy the file anew.",
            name=name,
            what=what,
        )
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold hash and size of one file of a backup."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold what a backup has.

    `version` is the store's and `revision` that of its tables; `tables` are rows by table, `missing_photos` digests
    that rows name and no file had, `files` are the others by name.
    """

    made_at: str
    campaign: str
    revision: str
    version: int
    tables: dict[str, int]
    missing_photos: list[str] = field(default_factory=list)
    files: dict[str, Entry] = field(default_factory=dict)
    form: str = FORM

    @property
    def photos(self) -> list[str]:
        """Digests of the photos."""
        return [match[1] for name in self.files if (match := PHOTO.fullmatch(name))]

    @property
    def campaign_files(self) -> list[str]:
        """Names of the campaign's files."""
        return [match[1] for name in self.files if (match := CAMPAIGN.fullmatch(name))]

    def to_json(self) -> bytes:
        """The manifest as text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest in a text.

    Raises
    ------
    ValueError
        It is none, or of another form, or names files that no backup has.
    """
    try:
        values: Any = json.loads(content)
        files = {str(name): Entry(**entry) for name, entry in values.pop("files").items()}
        manifest = Manifest(**values, files=files)
        fits = [isinstance(values[name], kind) for name, kind in _KINDS.items()]
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(f"it lacks something: {error}") from error
    if manifest.form != FORM:
        raise ValueError(f"its form is {manifest.form!r}, this program reads {FORM!r}")
    if not all(fits):
        raise ValueError("something in it is of the wrong type")
    _check(manifest)
    return manifest


def _check(manifest: Manifest) -> None:
    datetime.fromisoformat(manifest.made_at)
    rows = {match[1] for name in manifest.files if (match := ROWS.fullmatch(name))}
    if rows != set(manifest.tables):
        raise ValueError("its tables are not those of its files")
    for name, entry in manifest.files.items():
        if not any(form.fullmatch(name) for form in (ROWS, PHOTO, CAMPAIGN)):
            raise ValueError(f"it names {name!r}")
        if not _SHA256.fullmatch(entry.sha256):
            raise ValueError(f"it has no hash of {name!r}")


_ROWS_AT_ONCE: Final = 1_000
_NOTHING: Final = Text(
    "The database holds no writes, so there is nothing to back up. Check DATABASE_URL and VAR_DIR, or run "
    "cli.py init first."
)


def make_backup(
    path: Path,
    store: SqlStore,
    storage: PhotoStorage,
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
    store, storage, campaign_dir
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
        The database or the photo storage does not answer.
    OSError
        The file cannot be written.
    """
    with atomic_write(path, force=force) as file, ZipFile(file, "w") as archive, snapshot(store) as seen:
        if not seen.version:
            raise BackupError(_NOTHING)
        packer = _Packer(archive, now, progress)
        files = read_files(campaign_dir, FILES)
        manifest = Manifest(
            now.isoformat(), campaign_id(files[CAMPAIGN_FILE]), seen.revision, seen.version, dict(seen.counts)
        )
        packer.add_rows(seen)
        manifest.missing_photos.extend(packer.add_photos(storage))
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

    def add_photos(self, storage: PhotoStorage) -> list[str]:
        """Add the photos that the rows name, and return the digests of those that are not there."""
        missing = []
        for number, digest in enumerate(self._digests):
            self._progress("photos", number, len(self._digests))
            content = storage.get(digest)
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
