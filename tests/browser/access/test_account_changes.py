"""An administrator changes the role of an account, and its rights follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from settings import DEFAULT_CAMPAIGN
from tests.support.browser_accounts import people_in, sign_in
from tests.support.driver import open_desk, rest, serve


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    var = tmp_path_factory.mktemp("changes")
    people = {"keeper": "administrator", "moved": "viewer"}
    with serve(DEFAULT_CAMPAIGN, var) as running, people_in(f"sqlite:///{var / 'onemap.sqlite'}", **people):
        yield running


def test_a_changed_role_holds_with_what_is_done_next(browser: Browser, address: str) -> None:
    with open_desk(browser, address) as admin, open_desk(browser, address) as other:
        sign_in(other, "moved", "/?feature=C36&lang=zh")
        report = other.page.get_by_role("button", name="上报 T29 进展")
        expect(other.page.locator(".st-key-feature-panel")).to_contain_text("T29")
        expect(report).to_have_count(0)
        sign_in(admin, "keeper", "/people?lang=zh")
        _change(admin.page, "moved", "现场负责人", "闵行区")
        expect(admin.page.get_by_text("Moved (moved) · 现场负责人 闵行区")).to_be_visible()
        other.open("?feature=C36&lang=zh")
        expect(report).to_be_visible()


def _change(page: Page, name: str, role: str, unit: str) -> None:
    rest(page)  # a click while the page still runs is lost
    page.locator(f".st-key-change-{name} button").click()
    form = page.locator("[data-testid=stPopoverBody]")
    expect(form.get_by_role("button", name="保存")).to_be_visible()
    rest(page)
    for label, value in (("角色", role), ("责任单位", unit)):
        form.get_by_label(label).click()
        page.get_by_role("option", name=value, exact=True).click()
    form.get_by_role("button", name="保存").click()
