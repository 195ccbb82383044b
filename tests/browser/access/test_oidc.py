"""Whom an OpenID Connect provider knows signs in with one click, sees the map, and stays out after signing out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.rows import Source
from data.store.sql import open_store
from services.access.accounts import Act, disable_account
from services.access.policy import OPERATOR
from services.access.sign_in import account_of_oidc
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import serve
from tests.support.provider import Provider, open_provider

PATIENCE = 30_000
"""How many milliseconds a busy machine may take to load a page after the way over the provider."""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with open_provider() as running:
        yield running


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oidc")


@pytest.fixture(scope="module")
def address(provider: Provider, var: Path) -> Iterator[str]:
    file = var / "secrets.toml"
    file.write_text(provider.secrets_toml("http://127.0.0.1:{port}"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIEWER_WITHOUT_SIGN_IN", "0")
        with serve(DEFAULT_CAMPAIGN, var, f"--secrets.files={file}") as running:
            yield running


@contextmanager
def _opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/?lang=en")
    page.get_by_role("link", name=re.compile("Sign in with 127")).click()


def _cookies(page: Page) -> set[str]:
    return {cookie["name"] for cookie in page.context.cookies()}


def test_a_stranger_signs_in_sees_the_map_and_signs_out(
    browser: Browser, address: str, provider: Provider, var: Path
) -> None:
    provider.person = {"sub": "aB7f", "name": "Li Wei", "email": "li@minhang.gov.cn"}
    with _opened(browser) as page:
        _sign_in(page, address)
        expect(page.get_by_role("link", name="Li Wei")).to_be_visible(timeout=PATIENCE)
        page.wait_for_function("window.oneMap?.scene?.draws > 0")
        assert _cookies(page) & {"onemap_session", "onemap_oidc", "_streamlit_user"} == {"onemap_session"}
        page.goto(f"{address}/signout?lang=en")
        page.locator("button[type=submit]").first.click()
        page.goto(f"{address}/?lang=en")
        expect(page.get_by_role("link", name=re.compile("Sign in with"))).to_be_visible(timeout=PATIENCE)
        assert "onemap_session" not in _cookies(page)
    assert [account.name for account in open_store(f"sqlite:///{var}/onemap.sqlite").accounts()][1:] == ["sub:aB7f"]


@pytest.mark.parametrize("start", ["/task?id=T05&lang=en", "/signin?lang=en&next=/task%3Fid%3DT05%26lang%3Den"])
def test_one_comes_back_to_the_page_that_one_asked_for(
    browser: Browser, address: str, provider: Provider, start: str
) -> None:
    provider.person = {"sub": "aB7f", "name": "Li Wei"}
    with _opened(browser) as page:
        page.goto(address + start)
        page.get_by_role("link", name=re.compile("Sign in with 127")).click()
        expect(page.locator(".st-key-task-page")).to_contain_text("T05", timeout=PATIENCE)
        assert page.url.partition("?")[0] == f"{address}/task"
        assert _cookies(page) & {"onemap_session", "onemap_oidc", "_streamlit_user"} == {"onemap_session"}


def test_whose_account_is_disabled_is_told_so(browser: Browser, address: str, provider: Provider, var: Path) -> None:
    provider.person = {"sub": "9c", "name": "Wang"}
    store, now = open_store(f"sqlite:///{var}/onemap.sqlite"), datetime.now(UTC)
    account = account_of_oidc(provider.person, store, now)
    assert account is not None
    disable_account(store, account.name, Act(OPERATOR, Source.CLI, now))
    with _opened(browser) as page:
        _sign_in(page, address)
        expect(page.get_by_text("its account is not active")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("link", name=re.compile("Sign in with"))).to_be_visible(timeout=PATIENCE)
        assert "onemap_session" not in _cookies(page)
