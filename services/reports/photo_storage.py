"""Keep photos by the hash of their content, whole or not at all."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from data.atomic_write import atomic_write, settle
from geo.model.errors import StoreFullError, StoreUnavailableError
from settings import settings

PHOTOS: Final = "photos"
"""Folder of photos in `VAR_DIR`."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class PhotoStorage(Protocol):
    """Keep the bytes of photos. A digest is the SHA-256 of the content as 64 lower-case hexadecimal digits."""

    def put(self, digest: str, content: bytes) -> None:
        """Keep a photo; what is kept already stays as it is. When this returns, the photo survives a power cut.

        Raises
        ------
        StoreUnavailableError
            If it cannot be kept; `StoreFullError` where there is no room. Nothing is kept then.
        """

    def get(self, digest: str) -> bytes | None:
        """Return a photo, or None where there is none under this digest.

        Raises
        ------
        StoreUnavailableError
            If it is there but cannot be read.
        """


def is_digest(text: str) -> bool:
    """Tell whether a text has the form of a digest; nothing else may become part of a path."""
    return _DIGEST.fullmatch(text) is not None


class FolderShelf:
    """Keep photos as `ab/<digest>.jpg` in a folder, `ab` being the first two digits.

    Several processes and machines may share the folder: a file appears under its name only when it is complete.

    Parameters
    ----------
    folder
        Made when the first photo is put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, digest: str, content: bytes) -> None:
        """Write beside the final name, wait for the disk, then rename.

        Raises
        ------
        StoreUnavailableError
            If it cannot be kept; `StoreFullError` where there is no room. Nothing is kept then.
        ValueError
            If `digest` is not that of the content.
        """
        if sha256(content).hexdigest() != digest:
            raise ValueError(f"digest {digest!r} is not the SHA-256 of the content")
        path = self._path(digest)
        with _translated():
            if path.is_file() and path.stat().st_size == len(content):
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(path, force=True) as file:
                file.write(content)
            settle(self._folder)

    def get(self, digest: str) -> bytes | None:
        """Return a photo, or None where there is none under this digest.

        Raises
        ------
        StoreUnavailableError
            If it is there but cannot be read.
        """
        if not is_digest(digest):
            return None
        with _translated():
            try:
                return self._path(digest).read_bytes()
            except FileNotFoundError:
                return None

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.jpg"


def open_photo_storage() -> FolderShelf:
    """The storage in the folder that the settings name for what the program writes."""
    return FolderShelf(settings().var_dir / PHOTOS)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = StoreFullError if error.errno in _FULL else StoreUnavailableError
        raise kind(f"photo storage: {error}") from error
