"""Let people in: by name and password, or by what an identity provider says of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from data.store.protocol import Store
from data.store.rows import Account, Write
from geo.model.errors import ConflictError
from services.access.accounts import SUBJECT_PREFIX, is_name, normal_name, tidy
from services.access.errors import SignInError
from services.access.passwords import spend_time, verify_password
from services.access.policy import Role
from services.access.sessions import author_of
from services.access.throttle import Throttle

_NAME_MAX: Final = 255
_NO_PASSWORD: Final = "!"  # noqa: S105  no hash, so that no password fits it

_METADATA: Final = "server_metadata_url"


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider, as it stands in ``.streamlit/secrets.toml``.

    Parameters
    ----------
    called
        What the reader calls it.
    redirect_uri
        Address of this server to which it sends people back; empty where none is set.
    client
        ``client_id``, ``client_secret``, ``server_metadata_url`` and, where set, ``client_kwargs``.
    """

    called: str
    redirect_uri: str
    client: Mapping[str, Any]

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the file without which it cannot be asked."""
        needed = ("redirect_uri", "client_id", "client_secret", _METADATA)
        return tuple(key for key in needed if not {"redirect_uri": self.redirect_uri, **self.client}.get(key))


def providers_of(auth: object, *, port: int) -> dict[str, Provider]:
    """Identity providers by the name of their section.

    Parameters
    ----------
    auth
        The section ``[auth]``. What stands in it directly is named ``default`` and called like its host; sections of
        its own (``[auth.name]``) are called like them.
    port
        This server's, which is put for ``{port}`` in ``redirect_uri``.
    """
    if not isinstance(auth, Mapping):
        return {}
    sections = {"default": auth, **{name: one for name, one in auth.items() if isinstance(one, Mapping)}}
    keys = ("client_id", "client_secret", _METADATA, "client_kwargs")
    return {
        name: Provider(
            urlsplit(str(one[_METADATA])).netloc if one is auth else name,
            str(one.get("redirect_uri", auth.get("redirect_uri", ""))).replace("{port}", str(port)),
            {key: one[key] for key in keys if key in one},
        )
        for name, one in sections.items()
        if _METADATA in one
    }


def authenticate(store: Store, throttle: Throttle, name: str, password: str, *, address: str, now: datetime) -> Account:
    """Let somebody in by name and password.

    Returns
    -------
    Their active account. A refusal is the same, and as late, whether the account is unknown, disabled or the password
    wrong. Of an unknown name only a keyed hash is recorded, since people type passwords into the wrong field.

    Raises
    ------
    ThrottledError
        If the account or the address must wait; no password is checked.
    SignInError
        If they are not let in.
    """
    known = normal_name(name)
    account = store.account(known) if is_name(known) else None
    subject = account.name if account else throttle.stand_in(known)
    throttle.require(store, subject, address, now)
    if account is None:
        spend_time(password)
    elif verify_password(account.password_hash, password) and account.active:
        return account
    throttle.failed(store, subject, address, now)
    raise SignInError


def account_of_oidc(claims: Mapping[str, object], store: Store, now: datetime) -> Account | None:
    """Find the account of somebody whom an OpenID Connect provider has signed in; a stranger gets that of a viewer.

    Parameters
    ----------
    claims
        Claims of the identity token, whose signature, issuer, audience and age were checked. An account is found by
        ``sub`` (its name is ``sub:`` and the claim), else by ``email``, if the provider says in ``email_verified`` that
        the address is the person's own.
    store
        Where accounts are kept.
    now
        The instant.

    Returns
    -------
    The account; None where it is disabled, or the claims name nobody.
    """
    name = normal_name(SUBJECT_PREFIX + _claim(claims, "sub"))
    if not is_name(name):
        return None
    account = store.account(name) or _account_of_address(claims, store) or _stranger(claims, name, store, now)
    return account if account is not None and account.active else None


def _account_of_address(claims: Mapping[str, object], store: Store) -> Account | None:
    """Account that is named like the person's e-mail address; a name without ``@``, such as ``admin``, is none."""
    name = normal_name(_claim(claims, "email"))
    said = claims.get("email_verified")
    verified = said is True or said == "true"
    return store.account(name) if verified and "@" in name and is_name(name) else None


def _stranger(claims: Mapping[str, object], name: str, store: Store, now: datetime) -> Account | None:
    """Add the account of somebody seen for the first time, once, also where two pages do so at the same time."""
    display_name = tidy(_claim(claims, "name") or _claim(claims, "email") or name.removeprefix(SUBJECT_PREFIX))
    account = Account(name, display_name, str(Role.VIEWER), "", _NO_PASSWORD, active=True, must_change=False)
    with suppress(ConflictError):  # another page was faster
        store.append_account(account, Write(author_of(account), f"oidc:{name}", now, 0))
    return store.account(name)


def _claim(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) and len(value) <= _NAME_MAX else ""
