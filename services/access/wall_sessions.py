"""Keep walls open: whoever opens one at a screen gives it a pass that lasts for weeks and only allows to look.

A pass is a session by rules and a key of its own, so that it opens nothing but the wall. It ends with the session it
came from: with signing out there or everywhere, a new password, a disabled account.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from services.access.keys import derive, secret_key
from services.access.sessions import Sessions

WALL_COOKIE: Final = "onemap_wall"
WALL_DAYS: Final = 30
"""A wall hangs for the weeks of an expo; after so many days somebody signs in at it again."""


def wall_sessions(secret: bytes) -> Sessions:
    """The sessions of walls, signed with a key derived from a secret."""
    key = bytes.fromhex(derive(secret, "wall"))
    return Sessions(key, idle_minutes=WALL_DAYS * 24 * 60, absolute_hours=WALL_DAYS * 24)


@cache
def open_wall_sessions() -> Sessions:
    """The sessions of walls of this process.

    Raises
    ------
    SecretKeyError
        If there is no key to sign with.
    """
    return wall_sessions(secret_key())
