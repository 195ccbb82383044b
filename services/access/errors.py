"""Define why somebody is not let in or an account not changed; each is also a built-in error and speaks both languages.

OneMapError
├── SecretKeyError (ValueError)             the key that signs sessions cannot be used
└── AccessError
    ├── SignInError (PermissionError)       name or password is wrong, or the account is not active: never which
    ├── ThrottledError (PermissionError)    too many attempts; says how long to wait
    ├── PasswordError (ValueError)          a new password is not accepted
    └── AccountError (ValueError)           an account cannot be added or changed so
"""

from __future__ import annotations

import math
from typing import Final

from geo.model.errors import OneMapError
from locales import Text

_WRONG: Final = Text(
    "Name or password is wrong, or the account is not active. Check both and try again; an administrator "
    "can reset a forgotten password."
)


class SecretKeyError(OneMapError, ValueError):
    """Say why sessions cannot be signed, and how to mend it."""


class AccessError(OneMapError):
    """Refuse, with a reason that may be shown to the reader."""


class SignInError(AccessError, PermissionError):
    """Refuse a sign-in without telling whether the account exists."""

    def __init__(self) -> None:
        """Use the one sentence that all refused sign-ins share."""
        super().__init__(_WRONG)


class ThrottledError(AccessError, PermissionError):
    """Refuse to check a password before the wait is over."""

    def __init__(self, wait_s: float) -> None:
        """Hold the wait, rounded up to whole seconds."""
        self.wait_s = max(1, math.ceil(wait_s))
        super().__init__(
            Text.plural(
                "Too many attempts. Try again in {n} second.",
                "Too many attempts. Try again in {n} seconds.",
                self.wait_s,
            )
        )


class PasswordError(AccessError, ValueError):
    """Refuse a new password."""


class AccountError(AccessError, ValueError):
    """Refuse to add or change an account."""
