"""Write a file whole or not at all, and refuse to write over one unless told to.

OneMapError
└── OverwriteError (FileExistsError)   something is there already that was not to be replaced
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from geo.model.errors import OneMapError
from locales import Text

PART: Final = ".part"
"""Ends the name of what is not written to its end."""


class OverwriteError(OneMapError, FileExistsError):
    """Say what is there already, and how to replace it."""


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse a path that is taken.

    Raises
    ------
    OverwriteError
        Something is there and `force` is false.
    """
    if path.exists() and not force:
        raise OverwriteError(
            Text(
                "{path!r} is there already; nothing was written. Take another name, or replace it with --force.",
                path=str(path),
            )
        )


@contextmanager
def atomic_write(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Yield a file, readable by its owner alone, that appears under its name when everything is on the disk.

    Parameters
    ----------
    path
        The name that it gets at the end; where the block raises, there is no file, or the one that was there.
    force
        Whether a file of that name is replaced.

    Raises
    ------
    OverwriteError
        Something is there and `force` is false.
    OSError
        It cannot be written.
    """
    refuse_existing(path, force=force)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        refuse_existing(path, force=force)
        part.replace(path)
        settle(path.parent)
    finally:
        part.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Wait until a new name in a folder is on the disk too; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
