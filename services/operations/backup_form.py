"""Define what a backup looks like: a ZIP file of rows, photos and the campaign's files, with hashes of them all.

    manifest.json            what is in it: `Manifest`
    database/TABLE.jsonl     a line with the names of the columns, then a line for each row
    photos/DIGEST.jpg        the photos that the rows name
    campaign/FILE            the files of the campaign

It is the same whether the database was SQLite or PostgreSQL. The secret key is not in it.

OneMapError
└── BackupError (ValueError)   there is nothing to back up, or a file is no sound backup
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from data.campaign.load import FILES
from geo.model.errors import OneMapError
from geo.model.status import Label, Lang
from geo.validation.problem import shown

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


class BackupError(ValueError, OneMapError):
    """Say why there is no backup, or none that can be restored."""

    def __init__(self, reason: Label) -> None:
        """Hold the reason, a whole sentence."""
        super().__init__(reason.en)
        self.reason = reason

    def message(self, lang: Lang) -> str:
        """Return what is wrong and what to do."""
        return self.reason.get(lang)


def unsound(file: str, what: Label) -> BackupError:
    """An error that says what is wrong with a backup; nothing was restored from it."""
    name = shown(file)
    return BackupError(
        Label(
            f"{name} 不是可用的备份：{what.zh}。没有恢复任何内容；请换一份备份，或重新复制该文件。",
            f"{name} is no sound backup: {what.en}. Nothing was restored; take another one, or copy the file anew.",
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
