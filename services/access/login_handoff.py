"""Let somebody whom an identity provider has signed in through the door: a ticket that holds once, for a minute, here.

Only a page of Streamlit knows what the provider said, and only a route can set the cookie of a session. The page hands
the browser a ticket, which the browser takes to the route. It is bound to the signed cookie in which Streamlit keeps
the provider's word: only the browser that came back from the provider has it, and no script can read it. So nobody can
sign another's browser in as themselves with a ticket of their own, nor use one that was overheard.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from data.store.protocol import Store
from data.store.rows import Account, Write
from geo.model.status import Label
from services.access.errors import AccessError
from services.access.keys import derive, secret_key
from services.access.policy import Role
from services.access.sessions import author_of

TICKET: Final = "ticket"
SECONDS: Final = 60
_SKEW_S: Final = 5
"""How far the clock of another server may be ahead."""
_CHARACTERS_MAX: Final = 2048
_WORD: Final = re.compile(r"_streamlit_user(_+\d+)?")
_COOKIE: Final = re.compile(r"_streamlit_user(_tokens)?(_+\d+)?")
_REFUSED: Final = Label(
    "此次登录已过期、已使用过，或来自另一个浏览器。请重新登录。",
    "This sign-in is out of date, was used before or belongs to another browser. Sign in again.",
)


class TicketError(AccessError, PermissionError):
    """Refuse a ticket without telling what is wrong with it."""

    def __init__(self) -> None:
        """Use the one sentence that all refused tickets share."""
        super().__init__(_REFUSED)


class Tickets:
    """Issue and take tickets.

    Parameters
    ----------
    secret
        Signs them.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._serializer = URLSafeSerializer(
            secret, salt="onemap.ticket", signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        )

    def issue(self, account: Account, cookies: Mapping[str, str], now: datetime) -> str:
        """Ticket of an account for the browser with these cookies; letters, digits, ``-``, ``_`` and ``.``."""
        nonce = secrets.token_urlsafe(18)
        return str(self._serializer.dumps([account.name, nonce, int(now.timestamp()), self._binding(cookies)]))

    def take(self, store: Store, ticket: str, cookies: Mapping[str, str], now: datetime) -> Account:
        """Spend a ticket; of several replicas that are shown it, one takes it.

        Returns
        -------
        Its active account.

        Raises
        ------
        TicketError
            If the ticket is forged, late, spent or another browser's, or its account cannot be used.
        """
        name, nonce = self._read(ticket, cookies, now)
        account = store.account(name)
        if account is None or not account.active or account.role not in set(Role):
            raise TicketError
        write = Write(author_of(account), f"{TICKET}:{nonce}", now, None)
        if store.append_event(TICKET, account.name, {}, write).repeated:
            raise TicketError
        return account

    def _read(self, ticket: str, cookies: Mapping[str, str], now: datetime) -> tuple[str, str]:
        """Name of the account and nonce of a ticket that is ours, fresh, and of this browser."""
        if len(ticket) > _CHARACTERS_MAX or not has_word(cookies):
            raise TicketError
        try:
            name, nonce, issued, binding = self._serializer.loads(ticket)
        except (BadData, TypeError, ValueError) as error:  # forged, or of a version with other fields
            raise TicketError from error
        fresh = issued - _SKEW_S <= now.timestamp() < issued + SECONDS
        if not fresh or not hmac.compare_digest(binding, self._binding(cookies)):
            raise TicketError
        return name, nonce

    def _binding(self, cookies: Mapping[str, str]) -> str:
        word = sorted((name, value) for name, value in cookies.items() if _WORD.fullmatch(name))
        return derive(self._secret, TICKET, *(part for pair in word for part in pair))


def has_word(cookies: Mapping[str, str]) -> bool:
    """Tell whether a browser still holds what the provider said of its person."""
    return any(_WORD.fullmatch(name) for name in cookies)


def provider_cookies(cookies: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the cookies in which Streamlit keeps what the provider said, and its tokens; long ones are split."""
    return tuple(name for name in cookies if _COOKIE.fullmatch(name))


@cache
def open_tickets() -> Tickets:
    """The tickets of this installation.

    Raises
    ------
    SecretKeyError
        If there is no key to sign with.
    """
    return Tickets(secret_key())
