"""Slow down who guesses passwords, by account and by address.

Failures are events of the store: replicas share them, and a restart forgives nothing. Attempts that are refused here
are not stored, so a flood of them neither fills the database nor wakes the pages that wait for a new version.
A process checks few passwords at once (server/auth.py), so guessing in parallel gains as many attempts and no more.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Final

from data.store.protocol import Store
from data.store.rows import Author, Event, Source, Write
from services.access.errors import ThrottledError
from services.access.keys import derive, secret_key
from services.access.sessions import SIGN_IN

REFUSED: Final = "sign-in-refused"
REFUSED_FROM: Final = "sign-in-refused-from"
WINDOW: Final = timedelta(hours=1)
_REMEMBERED: Final = 8192


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures within `WINDOW` are free; each further one doubles the wait, from 1 s up to `longest_s`."""

    free: int
    longest_s: int

    def wait_s(self, failures: int) -> int:
        """Seconds to wait after the last failure."""
        over = failures - self.free
        return 0 if over < 0 else min(self.longest_s, 2 ** min(over, 30))


ACCOUNT_LIMIT: Final = Limit(free=5, longest_s=60)
"""At most a minute: whoever fails on purpose must not keep the owner out for long."""
ADDRESS_LIMIT: Final = Limit(free=20, longest_s=900)
"""Many people may share an address; who tries many accounts from one is slowed down all the same."""


class Throttle:
    """Remember where in the store the failures of the last hour begin, by subject, so that little is read.

    Parameters
    ----------
    secret
        Hides the names that no account has.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._begins: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._lock = Lock()

    def stand_in(self, name: str) -> str:
        """What stands for a name that no account has: a keyed hash that no account can be called."""
        return "?" + derive(self._secret, "unknown account", name)

    def require(self, store: Store, name: str, address: str, now: datetime) -> None:
        """Let an attempt pass.

        Parameters
        ----------
        store
            Where failures are kept.
        name
            What stands for the account, known or not.
        address
            Where the attempt comes from.
        now
            The real instant.

        Raises
        ------
        ThrottledError
            If the account or the address must wait.
        """
        account = self._recent(store, REFUSED, name, now)
        if account:
            good = store.events(SIGN_IN, subject=name, since=account[0].seq)
            account = [failure for failure in account if not good or failure.seq > good[-1].seq]
        source = self._recent(store, REFUSED_FROM, source_of(address), now)
        wait_s = max(_left_s(ACCOUNT_LIMIT, account, now), _left_s(ADDRESS_LIMIT, source, now))
        if wait_s > 0:
            raise ThrottledError(wait_s)

    def failed(self, store: Store, name: str, address: str, now: datetime) -> None:
        """Record a failure of an account and of an address."""
        author = Author("", "", "", Source.WEB)
        key = secrets.token_hex(16)
        store.append_event(REFUSED, name, {"address": address}, Write(author, f"{REFUSED}:{key}", now, None))
        write = Write(author, f"{REFUSED_FROM}:{key}", now, None)
        store.append_event(REFUSED_FROM, source_of(address), {"account": name}, write)

    def _recent(self, store: Store, kind: str, subject: str, now: datetime) -> list[Event]:
        """Failures of a subject within the window, oldest first."""
        with self._lock:
            begin = self._begins.get((kind, subject), 0)
        events = store.events(kind, subject=subject, since=begin)
        old = [event.seq for event in events if event.at <= now - WINDOW]
        if old:
            self._begin_after(kind, subject, max(old))
        return [event for event in events if event.at > now - WINDOW]

    def _begin_after(self, kind: str, subject: str, seq: int) -> None:
        with self._lock:
            self._begins[kind, subject] = seq
            self._begins.move_to_end((kind, subject))
            while len(self._begins) > _REMEMBERED:
                self._begins.popitem(last=False)


@cache
def open_throttle() -> Throttle:
    """The throttle of this process.

    Raises
    ------
    SecretKeyError
        If there is no secret key.
    """
    return Throttle(secret_key())


def source_of(address: str) -> str:
    """What counts as one source: an IPv4 address; of IPv6 the network of 64 bits, all of which one line has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


def _left_s(limit: Limit, failures: list[Event], now: datetime) -> float:
    if not failures:
        return 0
    return limit.wait_s(len(failures)) - (now - failures[-1].at).total_seconds()
