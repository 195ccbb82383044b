"""Write and read accounts, and events such as sign-ins."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from data.store.rows import Account, Author, Event, Receipt, Source
from data.store.schema import ACCOUNT_VERSIONS, EVENTS, KNOWN_AT, WRITES
from data.store.writes import Draft, record, refuse_outdated, stored_before

AUTHOR_COLUMNS: Final = (
    WRITES.c.who,
    WRITES.c.unit.label("who_unit"),
    WRITES.c.role.label("who_role"),
    WRITES.c.source,
)
_ACCOUNT_COLUMNS: Final = tuple(ACCOUNT_VERSIONS.c[field.name] for field in fields(Account))


def append_account(connection: Connection, draft: Draft, account: Account) -> Receipt:
    """Store a new version of an account.

    Raises
    ------
    ConflictError
        The account was changed since.
    """
    if known := stored_before(connection, draft):
        return known
    last = read_account(connection, account.name)
    refuse_outdated(draft, last.seq if last else 0)
    seq, _ = record(connection, draft)
    connection.execute(insert(ACCOUNT_VERSIONS), asdict(account) | {"seq": seq})
    return Receipt(seq, repeated=False)


def append_event(connection: Connection, draft: Draft, kind: str, detail: Mapping[str, str]) -> Receipt:
    """Store one event."""
    if known := stored_before(connection, draft):
        return known
    seq, _ = record(connection, draft)
    row = {"seq": seq, "kind": kind, "subject": draft.subject, "detail": dict(detail)}
    connection.execute(insert(EVENTS), row)
    return Receipt(seq, repeated=False)


def read_account(connection: Connection, name: str) -> Account | None:
    """Return the last version of an account."""
    versions = ACCOUNT_VERSIONS.c
    query = select(*_ACCOUNT_COLUMNS).where(versions.name == name).order_by(versions.seq.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else Account(*row)


def read_accounts(connection: Connection) -> tuple[Account, ...]:
    """Return the last version of every account, by name."""
    last = select(func.max(ACCOUNT_VERSIONS.c.seq)).group_by(ACCOUNT_VERSIONS.c.name)
    rows = connection.execute(select(*_ACCOUNT_COLUMNS).where(ACCOUNT_VERSIONS.c.seq.in_(last)))
    return tuple(sorted((Account(*row) for row in rows), key=lambda account: account.name))


def read_events(
    connection: Connection,
    kind: str | None,
    subject: str | None,
    since: int,
    campaign: str | None,
) -> tuple[Event, ...]:
    """Return the events of a kind, subject and campaign after `since`, oldest first."""
    at = KNOWN_AT.label("known_at")
    query = select(EVENTS, at, WRITES.c.campaign, *AUTHOR_COLUMNS).join(WRITES, WRITES.c.seq == EVENTS.c.seq)
    query = query.where(EVENTS.c.seq > since).order_by(EVENTS.c.seq)
    if kind is not None:
        query = query.where(EVENTS.c.kind == kind)
    if subject is not None:
        query = query.where(EVENTS.c.subject == subject)
    if campaign is not None:
        query = query.where(WRITES.c.campaign == campaign)
    return tuple(map(_event, connection.execute(query)))


def _event(row: Row[Any]) -> Event:
    detail = MappingProxyType(row.detail)
    return Event(row.kind, row.subject, detail, author_of(row), row.known_at, row.seq, row.campaign)


def author_of(row: Row[Any]) -> Author:
    """Return the author from a row that has `AUTHOR_COLUMNS`."""
    return Author(row.who, row.who_unit, row.who_role, Source(row.source))
