"""Hash and check passwords with Argon2id, and make passwords that are used once.

Source of the parameters: RFC 9106 (memory-hard, salt of 128 bits) and OWASP's Password Storage Cheat Sheet, whose
least setting is 19 MiB and two passes; here 32 MiB and three, about 60 ms on one core of 2020.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from locales import Text
from services.access.errors import PasswordError

CHARACTERS_MIN: Final = 10
BYTES_MAX: Final = 1024
_DISTINCT_MIN: Final = 4
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without characters that are mistaken for others on paper: i, l, o, 0 and 1."""
_GROUPS, _GROUP_CHARACTERS = 4, 5

_HASHER: Final = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)

_TOO_LONG: Final = Text(
    "The password is too long; it may have {bytes_max} bytes. Shorten it and try again.", bytes_max=BYTES_MAX
)
_TOO_SHORT: Final = Text(
    "The password is too short; it needs {characters_min} characters. A few unrelated words make a good one.",
    characters_min=CHARACTERS_MIN,
)
_TOO_PLAIN: Final = Text(
    "The password is too easy to guess: it repeats itself or holds your user name. Choose another one."
)
_UNREADABLE: Final = Text("The password holds a character that cannot be used. Choose another one.")


def check_new_password(password: str, name: str) -> None:
    """Accept a password that somebody chose.

    Parameters
    ----------
    password
        At least `CHARACTERS_MIN` characters and at most `BYTES_MAX` bytes of UTF-8.
    name
        Name of the account, which the password must not hold.

    Raises
    ------
    PasswordError
        If it is too long, too short, too plain or no text.
    """
    size_bytes = _size_bytes(password)
    if size_bytes is None:
        raise PasswordError(_UNREADABLE)
    if size_bytes > BYTES_MAX:
        raise PasswordError(_TOO_LONG)
    if len(password) < CHARACTERS_MIN:
        raise PasswordError(_TOO_SHORT)
    if len(set(password)) < _DISTINCT_MIN or name.casefold() in password.casefold():
        raise PasswordError(_TOO_PLAIN)


def hash_password(password: str) -> str:
    """Hash a password, in the PHC format that carries its own salt and parameters.

    Raises
    ------
    PasswordError
        If it has more than `BYTES_MAX` bytes, before anything is hashed.
    """
    size_bytes = _size_bytes(password)
    if size_bytes is None or size_bytes > BYTES_MAX:
        raise PasswordError(_TOO_LONG if size_bytes else _UNREADABLE)
    return _HASHER.hash(_normal(password))


def verify_password(password_hash: str, password: str) -> bool:
    """Tell whether a password is the one that was hashed; one beyond `BYTES_MAX` bytes is not, and is not hashed."""
    size_bytes = _size_bytes(password)
    if size_bytes is None or size_bytes > BYTES_MAX:
        return False
    try:
        return _HASHER.verify(password_hash, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def spend_time(password: str) -> None:
    """Check a password against a hash that fits none, so that an unknown account answers as late as a known one."""
    verify_password(_hash_of_nobody(), password)


def one_time_password() -> str:
    """Make a password of 99 bits that can be read from paper, such as ``k7mwp-…``."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_CHARACTERS)) for _ in range(_GROUPS))
    return "-".join(groups)


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _normal(password: str) -> str:
    """Let one password be one, whichever input method typed it: Unicode NFKC, as NIST SP 800-63B asks."""
    return unicodedata.normalize("NFKC", password)


def _size_bytes(password: str) -> int | None:
    try:
        return len(password.encode())
    except UnicodeEncodeError:  # half a surrogate pair
        return None
