"""Supervision in a real browser: rings on the map, a double click that stores once, and what others see of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data.store.rows import Account, Source
from geo.model.supervision import Act, EscalationLevel
from services.access.accounts import Act as AccountAct
from services.access.policy import OPERATOR
from services.campaign.context import open_context as open_campaign
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk, open_desk, serve
from tests.support.signing_in import PASSWORD, hashed

RINGS = "Object.fromEntries(oneMap.scene.rings.map(({i, rung}) => [oneMap.scene.state.features.ids[i], rung]))"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("supervision")


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with serve(DEFAULT_CAMPAIGN, var) as running:
        store = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}").store
        account = Account("wang", "王处", "command_centre", "", hashed(PASSWORD), active=True, must_change=False)
        store.append_account(account, AccountAct(OPERATOR, Source.CLI, datetime.now(UTC)).write(0))
        yield running


def _sign_in(desk: Desk) -> None:
    desk.page.goto(f"{desk.address}/signin?lang=zh")
    desk.page.fill("input[name=name]", "wang")
    desk.page.fill("input[name=password]", PASSWORD)
    desk.page.locator("button[type=submit]").first.click()
    desk.page.wait_for_selector(".onemap-row")


def _rested(desk: Desk, selector: str) -> None:
    desk.page.wait_for_selector(selector)
    desk.page.wait_for_timeout(500)
    desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")


def test_what_is_supervised_has_a_ring_that_follows_filters_and_the_day(browser: Browser, address: str) -> None:
    with open_desk(browser, address) as desk:
        desk.open()
        rings = {"C01": "urge", "C06": "remind", "C08": "remind", "C10": "supervise", "C36": "urge", "C58": "remind"}
        assert desk.js(RINGS) == rings | {"N10": "urge"}
        desk.open("?hide=urban_road")
        assert desk.js(RINGS) == {"C58": "remind", "N10": "urge"}
        desk.open("?date=2020-10-10")
        assert desk.js(RINGS)["C10"] == "circulate"
        assert desk.errors == []


def test_a_double_click_stores_one_notice_that_others_see(browser: Browser, address: str, var: Path) -> None:
    with open_desk(browser, address) as centre, open_desk(browser, address) as other:
        other.open("?feature=C36")
        other.js("void oneMap.map.setZoom(15, {animate: false}); window.marked = oneMap.map; true")
        _open_form(centre)
        _rested(centre, ".st-key-supervise-send button")
        centre.page.dblclick(".st-key-supervise-send button")
        expect(centre.page.locator(".onemap-ladder")).to_contain_text("虹进博督〔2020〕9号")
        expect(other.page.locator(".st-key-feature-panel")).to_contain_text("尚未签收")
        assert other.js("oneMap.map === window.marked && oneMap.map.getZoom()") == 15
        assert _notices(var) == [EscalationLevel.REMIND, EscalationLevel.URGE, EscalationLevel.SUPERVISE]


def _open_form(centre: Desk) -> None:
    _sign_in(centre)
    centre.page.goto(f"{centre.address}/task?id=T29&lang=zh")
    _rested(centre, ".st-key-supervise-issue-T29 button")
    centre.page.click(".st-key-supervise-issue-T29 button")


def _notices(var: Path) -> list[EscalationLevel]:
    desk = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    acts = desk.store.supervision(desk.campaign.id, desk.now())
    return [one.rung for one in acts if one.task == "T29" and one.act is Act.ISSUE]


def test_the_notice_comes_as_a_file_and_the_board_links_to_the_task(browser: Browser, address: str) -> None:
    with open_desk(browser, address, accept_downloads=True) as desk:
        desk.page.goto(f"{address}/supervision?lang=zh")
        _rested(desk, ".onemap-rungs a")
        desk.page.click(".onemap-rungs a:has-text('T12')")
        _rested(desk, ".st-key-notice-pdf-T12 button")
        with desk.page.expect_download() as download:
            desk.page.click(".st-key-notice-pdf-T12 button")
        assert download.value.suggested_filename == "虹进博督〔2020〕7号_T12.pdf"
        assert download.value.path().read_bytes().startswith(b"%PDF")
