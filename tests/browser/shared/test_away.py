"""The server or the database goes away under an open page: nothing that was typed or chosen is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from data.store.sql import open_store
from settings import DEFAULT_CAMPAIGN
from tests.support.browser_accounts import people_in, sign_in
from tests.support.driver import Desk, free_port, open_desk, serve
from tests.support.postgres import Postgres, postgres_or_skip

CAMPAIGN = "ciie2020"
NOTE = "夜间摊铺完成"
NOTICED = 15_000
"""Milliseconds within which a page says that something is away, and that it is back."""


def test_the_first_click_after_a_restart_of_the_server_selects(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with open_desk(browser, f"http://127.0.0.1:{port}") as desk:
        with serve(DEFAULT_CAMPAIGN, tmp_path, port=port):
            desk.open("?hide=river")
            desk.settle()
            desk.js("void oneMap.map.setZoom(15, {animate: false}); window.marked = oneMap.map; true")
        expect(_banner(desk)).to_contain_text("服务器自", timeout=NOTICED)
        with serve(DEFAULT_CAMPAIGN, tmp_path, port=port):
            expect(_banner(desk)).to_be_hidden(timeout=NOTICED)
            desk.page.locator(".onemap-row[data-id=C36]").first.click()
            expect(desk.page.locator(".st-key-feature-panel")).to_contain_text("C36")
            assert desk.js("[oneMap.map === window.marked, oneMap.mounts, oneMap.map.getZoom()]") == [True, 1, 15]
            assert "hide=river" in desk.page.url


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL server that this test may stop."""
    with postgres_or_skip() as server:
        yield server


@pytest.fixture
def database(own_postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with own_postgres.database() as url:
        monkeypatch.setenv("DATABASE_URL", url)
        yield url
        own_postgres.start()


def test_a_report_waits_in_its_form_while_the_database_is_away(
    browser: Browser, own_postgres: Postgres, database: str, tmp_path: Path
) -> None:
    with serve(DEFAULT_CAMPAIGN, tmp_path) as address, open_desk(browser, address) as desk:
        before = len(_write_report(desk, database))
        own_postgres.stop()
        expect(_banner(desk)).to_contain_text("数据库自", timeout=NOTICED)
        desk.page.locator(".st-key-report-send button").click()
        expect(desk.page.locator(".st-key-report [data-testid=stAlert]")).to_contain_text("没有保存")
        expect(desk.page.locator(".st-key-report-note textarea")).to_have_value(NOTE)
        own_postgres.start()
        expect(_banner(desk)).to_be_hidden(timeout=NOTICED)
        desk.page.locator(".st-key-report-send button").click()
        desk.page.get_by_text("已保存上报").wait_for()
        assert (len(_notes(database)), _notes(database).count(NOTE)) == (before + 1, 1)


def _write_report(desk: Desk, database: str) -> list[str]:
    """Write a report and do not send it yet; what all reports before it say."""
    with people_in(database):
        sign_in(desk, "lead", "/?feature=C36&lang=zh")
    desk.page.get_by_role("button", name="上报 T29 进展").click()
    desk.page.locator(".st-key-report-note textarea").fill(NOTE)
    return _notes(database)


def _notes(database: str) -> list[str]:
    with closing(open_store(database)) as store:
        return list(store.updates(CAMPAIGN)["note"])


def _banner(desk: Desk) -> Locator:
    return desk.page.locator(".onemap-banner")
