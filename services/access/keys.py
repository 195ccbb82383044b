"""Hold the secret key that signs sessions and forms: from the settings, or made once and kept in a file."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Final

from services.access.errors import SecretKeyError
from settings import settings

CHARACTERS_MIN: Final = 32
FILE_NAME: Final = "secret.key"
_MODE: Final = 0o600


@cache
def secret_key() -> bytes:
    """The secret key of this installation: ``SECRET_KEY``, else the file in ``VAR_DIR``, made where there is none.

    Raises
    ------
    SecretKeyError
        If it is too short, or the file cannot be read or made.
    """
    chosen = settings()
    return _checked(chosen.secret_key, "SECRET_KEY") if chosen.secret_key else key_of_file(chosen.var_dir / FILE_NAME)


def key_of_file(path: Path) -> bytes:
    """Read the key in a file; make it where there is none, readable by its owner alone.

    Processes that start together agree on one key: it is written aside and then linked, which fails where another
    was faster.

    Raises
    ------
    SecretKeyError
        If the file cannot be read or made, or holds too little.
    """
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(_MODE)
        return _checked(path.read_text("ascii").strip(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = f"cannot use the key in {str(path)!r} ({error}); make its folder writable, or set SECRET_KEY"
        raise SecretKeyError(reason) from error


def derive(secret: bytes, purpose: str, *parts: str) -> str:
    """Keyed hash of some text for one purpose: hexadecimal, 32 characters. It tells nothing about the text."""
    message = "\0".join((purpose, *parts)).encode(errors="surrogatepass")
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:32]


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _checked(text: str, where: str) -> bytes:
    if len(text) < CHARACTERS_MIN:
        reason = f"the key in {where} has {len(text)} characters and needs {CHARACTERS_MIN}; one can be made with: "
        raise SecretKeyError(reason + "python -c 'import secrets; print(secrets.token_hex(32))'")
    return text.encode()
