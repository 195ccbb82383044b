"""Keep people signed in: a signed cookie names the session, the store says whether it still holds.

The cookie carries what no query is needed for: who, since when, when last active. Whether the account is still
active, has the same password and has not been signed out since is asked of the store with every check, at the price
of one `Store.version` where nothing was written meanwhile.

An open page goes on showing the cookie of its WebSocket's handshake, while the browser has long been given newer ones.
Therefore a process also remembers when each session was seen last. It does so for itself alone: a browser's page and
what it asks beside the page are served by the same process, as the load balancer is sticky.

Whoever opens a wall signed in gives it a pass that lasts for weeks and only allows to look: a session by rules and a
key of its own, so that it opens nothing but the wall. It ends with the session it came from: with signing out there or
everywhere, a new password, a disabled account.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Final, Generic, TypeVar

from itsdangerous import BadData, URLSafeSerializer

from data.store.protocol import Store
from data.store.rows import Account, Author, Source, Write
from services.access.keys import derive, secret_key
from services.access.policy import Person, Role
from settings import settings

MOST: Final = 4096

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """Hold at most `MOST` values; those that were put in longest ago go first."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str, default: Value) -> Value:
        """The value of a name; `default` where there is none any more."""
        with self._lock:
            return self._values.get(name, default)

    def put(self, name: str, value: Value) -> None:
        """Remember the value of a name."""
        with self._lock:
            self._values[name] = value
            self._values.move_to_end(name)
            while len(self._values) > MOST:
                self._values.popitem(last=False)


COOKIE: Final = "onemap_session"
SIGN_IN: Final = "sign-in"
SIGN_OUT: Final = "sign-out"
_COOKIE_CHARACTERS_MAX: Final = 1024
_REFRESH_S: Final = 60
_SKEW_S: Final = 300
"""How far the clock of another server may be ahead."""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in in one browser.

    Parameters
    ----------
    sid
        Its random name.
    name
        Name of the account.
    issued, seen
        Seconds since the epoch when it began and when its person was last active.
    seq
        Number of the store's write that began it; whatever ends sessions "issued before" has a greater one.
    stamp
        Keyed hash of the account's password hash; another password has another.
    by_provider
        Whether an identity provider vouched for its person, who then needs no password here.
    """

    sid: str
    name: str
    issued: int
    seen: int
    seq: int
    stamp: str
    by_provider: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds, and the account that it is of as it stands now."""

    session: Session
    account: Account

    @property
    def must_change(self) -> bool:
        """Whether nothing is allowed before the password is changed."""
        return self.account.must_change and not self.session.by_provider

    @property
    def person(self) -> Person | None:
        """Who acts; None while the password must be changed first."""
        return None if self.must_change else person_of(self.account)


class Sessions:
    """Begin, recognise and end sessions.

    Parameters
    ----------
    secret
        Signs cookies and forms.
    idle_minutes, absolute_hours
        After how long without activity, and after how long at all, a session expires.
    """

    def __init__(self, secret: bytes, *, idle_minutes: int, absolute_hours: int) -> None:
        self._secret = secret
        self._idle_s = idle_minutes * 60
        self._absolute_s = absolute_hours * 3600
        self._serializer = URLSafeSerializer(
            secret, salt="onemap.session", signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        )
        self._known: BoundedCache[tuple[int, SignedIn | None]] = BoundedCache()
        self._seen: BoundedCache[int] = BoundedCache()

    def begin(
        self, store: Store, account: Account, *, address: str, now: datetime, by_provider: bool = False
    ) -> Session:
        """Begin a session of an account whose person was just made sure of, and record the sign-in."""
        sid = secrets.token_urlsafe(18)
        write = Write(author_of(account), f"{SIGN_IN}:{sid}", now, None)
        receipt = store.append_event(SIGN_IN, account.name, {"sid": sid, "address": address}, write)
        instant = int(now.timestamp())
        return Session(sid, account.name, instant, instant, receipt.seq, self._stamp(account), by_provider)

    def adopted(self, signed_in: SignedIn, now: datetime) -> Session:
        """The same session, begun now by the rules of these sessions; it ends with the other one's sign-out."""
        instant = int(now.timestamp())
        return replace(signed_in.session, issued=instant, seen=instant, stamp=self._stamp(signed_in.account))

    def end(self, store: Store, signed_in: SignedIn, *, everywhere: bool, now: datetime) -> None:
        """End a session, or all sessions of its account that were issued until now."""
        sid = signed_in.session.sid
        detail = {"everywhere": "true"} if everywhere else {"sid": sid}
        key = f"{SIGN_OUT}:{'all:' if everywhere else ''}{sid}"
        store.append_event(
            SIGN_OUT, signed_in.account.name, detail, Write(author_of(signed_in.account), key, now, None)
        )

    def cookie(self, session: Session) -> str:
        """Value of the cookie: the session, signed; letters, digits, ``-``, ``_`` and ``.``."""
        return str(self._serializer.dumps(asdict(session)))

    def read(self, cookie: str | None, now: datetime) -> Session | None:
        """The session that a cookie names, if it is signed by us and has not expired; the store is not asked."""
        if not cookie or len(cookie) > _COOKIE_CHARACTERS_MAX:
            return None
        try:
            session = Session(**self._serializer.loads(cookie))
        except (BadData, TypeError):  # forged, or of a version with other fields
            return None
        instant = now.timestamp()
        fresh = session.issued - _SKEW_S <= instant < session.issued + self._absolute_s
        seen = max(session.seen, self._seen.get(session.sid, 0))
        return session if fresh and instant < seen + self._idle_s else None

    def check(self, store: Store, cookie: str | None, now: datetime) -> SignedIn | None:
        """The session that a cookie names and its account, if the session still holds; else None."""
        session = self.read(cookie, now)
        if session is None:
            return None
        version = store.version()
        known_version, known = self._known.get(session.sid, (-1, None))
        if known_version != version:
            known = self._ask(store, session)
            self._known.put(session.sid, (version, known))
        return replace(known, session=session) if known else None

    def last_known(self, cookie: str | None, now: datetime) -> SignedIn | None:
        """What `check` said last in this process of an unexpired session: enough to show the last state, no more."""
        session = self.read(cookie, now)
        if session is None:
            return None
        known = self._known.get(session.sid, (-1, None))[1]
        return replace(known, session=session) if known else None

    def refreshed(self, session: Session, now: datetime) -> Session | None:
        """The session as seen now, which is remembered; None where its cookie says so to the minute and can stay."""
        instant = int(now.timestamp())
        self._seen.put(session.sid, max(instant, self._seen.get(session.sid, 0)))
        return replace(session, seen=instant) if instant - session.seen >= _REFRESH_S else None

    def seconds_left(self, session: Session, now: datetime) -> int:
        """Seconds until the session ends at the latest."""
        return max(0, session.issued + self._absolute_s - int(now.timestamp()))

    def mark(self, session: Session) -> str:
        """What an open page may know a session by; it is of no other use."""
        return derive(self._secret, "mark", session.sid)[:16]

    def token(self, binding: str) -> str:
        """Token for the forms of a session, or of a browser that has none yet; `binding` is a secret of its cookie."""
        return derive(self._secret, "form", binding)

    def token_fits(self, binding: str, token: str) -> bool:
        """Tell whether a form's token belongs to a binding, in constant time."""
        return bool(binding) and hmac.compare_digest(self.token(binding).encode(), token.encode(errors="replace"))

    def _ask(self, store: Store, session: Session) -> SignedIn | None:
        account = store.account(session.name)
        if account is None or not account.active or account.role not in set(Role):
            return None
        if self._stamp(account) != session.stamp:
            return None
        ends = store.events(SIGN_OUT, subject=session.name, since=session.seq)
        ended = any(end.detail.get("everywhere") or end.detail.get("sid") == session.sid for end in ends)
        return None if ended else SignedIn(session, account)

    def _stamp(self, account: Account) -> str:
        return derive(self._secret, "password", account.name, account.password_hash)[:16]


def person_of(account: Account) -> Person:
    """Who acts under an account."""
    return Person(account.name, account.display_name, Role(account.role), account.unit)


def author_of(account: Account) -> Author:
    """Author of what an account's person does in a browser."""
    return Author(account.name, account.unit, account.role, Source.WEB)


@cache
def open_sessions() -> Sessions:
    """The sessions of this process, as the settings say.

    Raises
    ------
    SecretKeyError
        If there is no key to sign with.
    """
    chosen = settings()
    return Sessions(secret_key(), idle_minutes=chosen.session_idle_minutes, absolute_hours=chosen.session_hours)


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
