"""Keep the accounts of people: add, disable, reset, let in, change the password. Every change is a new version."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from data.store.protocol import Store
from data.store.rows import Account, Author, Source, Write
from geo.model.errors import shown
from locales import Label, Text
from services.access.errors import AccountError, PasswordError, SignInError
from services.access.passwords import check_new_password, hash_password, one_time_password, verify_password
from services.access.policy import OPERATOR, Action, Person, Role, require
from services.access.sessions import SIGN_OUT, author_of

_NAME: Final = re.compile(r"\w[\w.@+-]{1,63}")
_SUBJECT: Final = re.compile(r"sub:[!-~]{1,255}")
SUBJECT_PREFIX: Final = "sub:"
"""Begins the name of an account that is known by the ``sub`` claim of an identity provider; its case counts."""
_DISPLAY_MAX: Final = 80

LAST_ADMINISTRATOR: Final = Text("This is the last active administrator and cannot be disabled. Add another one first.")
LAST_ADMINISTRATOR_STAYS: Final = Text(
    "This is the last active administrator and cannot take another role. Add another one first."
)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account as somebody typed it; `unit` and `display_name` may be empty."""

    name: str
    role: str
    unit: str = ""
    display_name: str = ""


def normal_name(name: str) -> str:
    """One spelling of a name: NFKC, without spaces around, in small letters but for what follows ``sub:``."""
    text = unicodedata.normalize("NFKC", name[:512]).strip()
    return text if text.startswith(SUBJECT_PREFIX) else text.casefold()


def is_name(name: str) -> bool:
    """Tell whether a name in its normal spelling can be that of an account."""
    return bool(_NAME.fullmatch(name) or _SUBJECT.fullmatch(name))


def tidy(text: str) -> str:
    """A text for the screen: one line, printable, at most 80 characters."""
    printable = "".join(character if character.isprintable() else " " for character in text[:512])
    return " ".join(printable.split())[:_DISPLAY_MAX]


def check(new: NewAccount, units: Collection[str] | None) -> tuple[str, Role]:
    """Name in its normal spelling and role of a new account.

    Raises
    ------
    AccountError
        If name, role or unit cannot be used; `units` None leaves the unit unchecked.
    """
    name = normal_name(new.name)
    if not is_name(name):
        raise AccountError(_bad_name(new.name))
    role = next((role for role in Role if role == new.role), None)
    if role is None:
        raise AccountError(_bad_role(new.role))
    if role.of_a_unit and not new.unit:
        raise AccountError(_no_unit(role))
    if new.unit and units is not None and new.unit not in units:
        raise AccountError(_bad_unit(new.unit, units))
    return name, role


def taken(name: str) -> Label:
    """Say that there is an account of this name."""
    return Text("There is an account {name} already. Choose another.", name=shown(name))


def unknown(name: str) -> Label:
    """Say that there is no account of this name."""
    return Text("There is no account {name}. Look at the list of accounts.", name=shown(name))


def _bad_name(name: str) -> Label:
    return Text(
        "{name} cannot name an account; take 2 to 64 letters, digits or . @ + - _, beginning with no sign.",
        name=shown(name),
    )


def _no_unit(role: Role) -> Label:
    return Text("A {role:lower} needs a unit, whose tasks they report on. Give the id of one.", role=role.label)


def _bad_role(role: str) -> Label:
    allowed = ", ".join(Role)
    return Text("There is no role {role}; take one of {allowed}.", role=shown(role), allowed=allowed)


def _bad_unit(unit: str, units: Collection[str]) -> Label:
    allowed = ", ".join(sorted(filter(None, units)))
    return Text("There is no unit {unit}; take one of {allowed}.", unit=shown(unit), allowed=allowed)


FIRST_ADMINISTRATOR: Final = "admin"

_SAME: Final = Text("The new password is the current one. Choose another one.")


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes accounts, by which way, when; `key` makes the act idempotent."""

    by: Person
    source: Source
    now: datetime
    key: str = field(default_factory=lambda: secrets.token_hex(16))

    def write(self, based_on: int | None, *, part: str = "") -> Write:
        """What the store wants to know; an act that writes twice names the part."""
        author = Author(self.by.name, self.by.unit, str(self.by.role), self.source)
        return Write(author, f"account:{self.key}{part and ':' + part}", self.now, based_on)


@dataclass(frozen=True, slots=True)
class OneTime:
    """An account and the password that opens it once, to be handed over; it is kept nowhere."""

    account: Account
    password: str = field(repr=False)


def first_administrator(store: Store, now: datetime) -> OneTime | None:
    """Make the first administrator where there is no account at all.

    Returns
    -------
    The account and its one-time password, to be printed in the terminal; None where there are accounts already, also
    where another process has just made the first.
    """
    if store.accounts():
        return None
    password = one_time_password()
    account = Account(
        FIRST_ADMINISTRATOR,
        "Administrator",
        str(Role.ADMINISTRATOR),
        "",
        hash_password(password),
        active=True,
        must_change=True,
    )
    act = Act(OPERATOR, Source.CLI, now, key="first-administrator")
    receipt = store.append_account(account, act.write(None))
    return None if receipt.repeated else OneTime(replace(account, seq=receipt.seq), password)


def add_account(store: Store, new: NewAccount, act: Act, *, units: Collection[str] | None = None) -> OneTime:
    """Add an account with a one-time password.

    Parameters
    ----------
    store
        Where accounts are kept.
    new
        Name, role, unit and display name as somebody typed them.
    act
        Who adds it.
    units
        Ids of the units that there are; None leaves that unchecked.

    Raises
    ------
    NotAllowedError
        If who acts may not manage accounts.
    AccountError
        If the name, role or unit cannot be used, or the name is taken.
    """
    require(act.by, Action.MANAGE_USERS)
    name, role = check(new, units)
    if store.account(name) is not None:
        raise AccountError(taken(name))
    password = one_time_password()
    account = Account(
        name,
        tidy(new.display_name) or name,
        str(role),
        new.unit,
        hash_password(password),
        active=True,
        must_change=True,
    )
    return OneTime(_store(store, account, act, based_on=0), password)


def change_account(
    store: Store, account: Account, new: NewAccount, act: Act, *, units: Collection[str] | None = None
) -> Account:
    """Change role, unit and display name of an account; rights follow with whatever they do next.

    Parameters
    ----------
    account
        The account as it was seen when the change was decided.
    new
        What it becomes; its name stays that of `account`.
    units
        As for `add_account`; the account may keep the unit that it has.

    Raises
    ------
    NotAllowedError
        If who acts may not manage accounts.
    AccountError
        If the role or unit cannot be used, or nobody would be left to administer.
    ConflictError
        If the account was changed meanwhile.
    """
    require(act.by, Action.MANAGE_USERS)
    _, role = check(replace(new, name=account.name), None if units is None else {*units, account.unit})
    if account.role == Role.ADMINISTRATOR != role and account.active and not _other_administrators(store, account.name):
        raise AccountError(LAST_ADMINISTRATOR_STAYS)
    display_name = tidy(new.display_name) or account.name
    changed = replace(account, display_name=display_name, role=str(role), unit=new.unit)
    return account if changed == account else _store(store, changed, act, based_on=account.seq)


def disable_account(store: Store, name: str, act: Act) -> Account:
    """Close an account and end its sessions. Disabling it again changes nothing.

    Raises
    ------
    NotAllowedError
        If who acts may not manage accounts.
    AccountError
        If there is no such account, or it is the last active administrator.
    """
    require(act.by, Action.MANAGE_USERS)
    account = find_account(store, name)
    if not account.active:
        return account
    if account.role == Role.ADMINISTRATOR and not _other_administrators(store, account.name):
        raise AccountError(LAST_ADMINISTRATOR)
    closed = _store(store, replace(account, active=False), act, based_on=account.seq)
    _end_sessions(store, closed, act)
    return closed


def enable_account(store: Store, name: str, act: Act) -> Account:
    """Open a disabled account again, with the password that it had; raises as `disable_account` does."""
    require(act.by, Action.MANAGE_USERS)
    account = find_account(store, name)
    return account if account.active else _store(store, replace(account, active=True), act, based_on=account.seq)


def reset_password(store: Store, name: str, act: Act) -> OneTime:
    """Give an account a one-time password; its sessions end. Raises as `disable_account` does."""
    require(act.by, Action.MANAGE_USERS)
    account = find_account(store, name)
    password = one_time_password()
    changed = replace(account, password_hash=hash_password(password), must_change=True)
    changed = _store(store, changed, act, based_on=account.seq)
    _end_sessions(store, changed, act)
    return OneTime(changed, password)


def change_password(store: Store, account: Account, current: str, new: str, now: datetime) -> Account:
    """Change the password of the account's own person; all its sessions end, since their stamp no longer fits.

    Raises
    ------
    SignInError
        If the current password is wrong.
    PasswordError
        If the new one is not accepted.
    ConflictError
        If the account was changed meanwhile.
    """
    if not verify_password(account.password_hash, current):
        raise SignInError
    if new == current:
        raise PasswordError(_SAME)
    check_new_password(new, account.name)
    changed = replace(account, password_hash=hash_password(new), must_change=False)
    write = Write(author_of(account), f"password:{secrets.token_hex(16)}", now, account.seq)
    return replace(changed, seq=store.append_account(changed, write).seq)


def find_account(store: Store, name: str) -> Account:
    """The account of a name as somebody typed it.

    Raises
    ------
    AccountError
        If there is none.
    """
    account = store.account(normal_name(name)) if is_name(normal_name(name)) else None
    if account is None:
        raise AccountError(unknown(name))
    return account


def _store(store: Store, account: Account, act: Act, *, based_on: int) -> Account:
    return replace(account, seq=store.append_account(account, act.write(based_on)).seq)


def _end_sessions(store: Store, account: Account, act: Act) -> None:
    """Sign an account out for good: what was issued before stays ended when the account is opened again."""
    store.append_event(SIGN_OUT, account.name, {"everywhere": "true"}, act.write(None, part="sign-out"))


def _other_administrators(store: Store, name: str) -> bool:
    return any(one.role == Role.ADMINISTRATOR and one.active and one.name != name for one in store.accounts())
