"""Let people in: by name and password, or by what an identity provider says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from services.access_errors import SignInError
from services.account_rules import SUBJECT_PREFIX, is_name, normal_name, tidy
from services.passwords import spend_time, verify_password
from services.policy import Person, Role
from services.sessions import person_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from data.store import Account, Store
    from services.throttle import Throttle

_NAME_MAX: Final = 255


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
    throttle.demand(store, subject, address, now)
    if account is None:
        spend_time(password)
    elif verify_password(account.password_hash, password) and account.active:
        return account
    throttle.failed(store, subject, address, now)
    raise SignInError


def person_of_oidc(claims: Mapping[str, object], store: Store) -> Person | None:
    """Tell who somebody is whom an OpenID Connect provider has signed in.

    Parameters
    ----------
    claims
        Claims of the identity token. An account is found by ``sub`` (its name is ``sub:`` and the claim), else by
        ``email``, unless the provider says that the address is not verified.
    store
        Where accounts are kept.

    Returns
    -------
    The person of the account; a viewer where there is none; None where the account is disabled or the claims name
    nobody.
    """
    subject = _claim(claims, "sub")
    if not subject:
        return None
    account = _account(store, SUBJECT_PREFIX + subject)
    if account is None and claims.get("email_verified", True) in {True, "true"}:
        account = _account(store, _claim(claims, "email"))
    if account is not None:
        return person_of(account) if account.active else None
    display_name = tidy(_claim(claims, "name") or _claim(claims, "email") or subject)
    return Person(SUBJECT_PREFIX + subject, display_name, Role.VIEWER, "")


def _claim(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) and len(value) <= _NAME_MAX else ""


def _account(store: Store, name: str) -> Account | None:
    known = normal_name(name)
    return store.account(known) if is_name(known) else None
