"""Remember where somebody wanted to go while an identity provider asks who they are: a signed cookie, for ten minutes.

Streamlit's way to a provider ends at the home page, whatever was asked for. The cookie brings nobody in; all that it
says is a path of this server.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from services.access.keys import secret_key

COOKIE: Final = "onemap_way"
SECONDS: Final = 600
_SKEW_S: Final = 300
"""How far the clock of another server may be ahead."""
_CHARACTERS_MAX: Final = 4000


class WaysBack:
    """Write and read such cookies.

    Parameters
    ----------
    secret
        Signs them.
    """

    def __init__(self, secret: bytes) -> None:
        self._serializer = URLSafeSerializer(
            secret, salt="onemap.way", signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        )

    def cookie(self, path: str, now: datetime) -> str:
        """Value of the cookie for a path; letters, digits, ``-``, ``_`` and ``.``."""
        return str(self._serializer.dumps([path, int(now.timestamp())]))

    def path(self, cookie: str | None, now: datetime) -> str | None:
        """The path that a cookie names; None where it is not ours or late."""
        if not cookie or len(cookie) > _CHARACTERS_MAX:
            return None
        try:
            path, issued = self._serializer.loads(cookie)
            fresh = issued - _SKEW_S <= now.timestamp() < issued + SECONDS
        except (BadData, TypeError, ValueError):  # forged, or of a version with other fields
            return None
        return path if fresh and isinstance(path, str) else None


@cache
def open_ways_back() -> WaysBack:
    """The ways back of this installation.

    Raises
    ------
    SecretKeyError
        If there is no key to sign with.
    """
    return WaysBack(secret_key())
