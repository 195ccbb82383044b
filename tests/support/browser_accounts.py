"""Give a running server accounts, and sign in with them as a person does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import quote

from playwright.sync_api import expect

from data.store.protocol import Store
from data.store.rows import Account, Source
from data.store.sql import open_store
from services.access.accounts import Act
from services.access.passwords import hash_password
from services.access.policy import OPERATOR
from tests.support.driver import Desk

PASSWORD = "a long enough password"  # noqa: S105 - of accounts that live as long as the test
START_MS = 30_000
"""Milliseconds that the first page of a server may take on a busy machine."""


@contextmanager
def people_in(database_url: str, **more: str) -> Iterator[Store]:
    """Yield the database of a server that has started, with a field lead of minhang and the command centre added.

    `more` are roles of people without a unit, by name.
    """
    opened = open_store(database_url)
    act = Act(OPERATOR, Source.CLI, datetime.now(UTC))
    known = {"lead": ("field_lead", "minhang")} | {
        name: (role, "") for name, role in {"centre": "command_centre", **more}.items()
    }
    for name, (role, unit) in known.items():
        one = Account(name, name.title(), role, unit, hash_password(PASSWORD), active=True, must_change=False)
        opened.append_account(one, act.write(0, part=name))
    try:
        yield opened
    finally:
        opened.close()


def sign_in(desk: Desk, name: str, path: str = "/?lang=zh") -> None:
    """Sign in on the page of its own, which leads on to a path of this server."""
    desk.page.goto(f"{desk.address}/signin?lang=zh&next={quote(path, safe='')}")
    desk.page.fill("input[name=name]", name)
    desk.page.fill("input[name=password]", PASSWORD)
    desk.page.locator("button[type=submit]").first.click()
    expect(desk.page.locator(".st-key-page-header")).to_contain_text(name.title(), timeout=START_MS)
