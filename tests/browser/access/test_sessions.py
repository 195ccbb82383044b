"""A page that stands open learns within seconds that its session ended, and stores nothing of it from then on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.protocol import Store
from data.store.rows import Account, Source
from data.store.sql import open_store
from services.access.accounts import Act, disable_account, enable_account
from services.access.passwords import hash_password
from services.access.policy import OPERATOR
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import open_desk, serve

PASSWORD = "a long enough password"  # noqa: S105 - of an account that lives as long as the test
SECONDS = 30_000
"""A page asks every three seconds; the rest is how long a busy machine may take to load it anew."""
CAMPAIGN = "ciie2020"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sessions")


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIEWER_WITHOUT_SIGN_IN", "0")
        with serve(DEFAULT_CAMPAIGN, var) as running:
            yield running


@pytest.fixture(scope="module")
def store(address: str, var: Path) -> Store:
    """The database of the server, with a field lead of minhang."""
    assert address
    opened = open_store(f"sqlite:///{var / 'onemap.sqlite'}")
    lead = Account("lead", "Lead", "field_lead", "minhang", hash_password(PASSWORD), active=True, must_change=False)
    opened.append_account(lead, _act().write(0))
    return opened


def _act() -> Act:
    return Act(OPERATOR, Source.CLI, datetime.now(UTC))


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/signin?lang=en&next=/%3Ffeature%3DC36%26lang%3Den")
    page.fill("input[name=name]", "lead")
    page.fill("input[name=password]", PASSWORD)
    page.locator("button[type=submit]").first.click()
    expect(page.locator(".st-key-page-header")).to_contain_text("Lead", timeout=SECONDS)


def test_what_is_sent_after_the_account_was_disabled_is_refused(browser: Browser, address: str, store: Store) -> None:
    with open_desk(browser, address) as desk:
        _sign_in(desk.page, address)
        desk.page.route("**/onemap/live/version*", lambda route: route.abort())  # so that only the send itself can tell
        desk.page.get_by_role("button", name="Report on T29").click()
        desk.page.locator(".st-key-report-note textarea").fill("too late")
        desk.page.wait_for_timeout(500)
        desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")
        before = len(store.updates(CAMPAIGN))
        disable_account(store, "lead", _act())
        desk.page.locator(".st-key-report-send button").click()
        expect(desk.page.get_by_text("Please sign in to see the map.")).to_be_visible(timeout=SECONDS)
    enable_account(store, "lead", _act())
    assert len(store.updates(CAMPAIGN)) == before > 0


@pytest.mark.parametrize("where", ["another tab", "another browser"])
def test_an_open_page_asks_to_sign_in_soon_after_signing_out(
    browser: Browser, address: str, store: Store, where: str
) -> None:
    assert store.account("lead")
    with open_desk(browser, address) as desk, open_desk(browser, address) as other:
        _sign_in(desk.page, address)
        elsewhere = desk.page.context.new_page() if where == "another tab" else other.page
        _sign_in(elsewhere, address) if where == "another browser" else None
        elsewhere.goto(f"{address}/signout?lang=en")
        elsewhere.locator("button[name=everywhere]" if where == "another browser" else "button").first.click()
        expect(desk.page.get_by_text("Please sign in to see the map.")).to_be_visible(timeout=SECONDS)
        expect(desk.page.locator(".st-key-page-header")).to_have_count(0)
