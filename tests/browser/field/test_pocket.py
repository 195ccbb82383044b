"""The pocket map works from a file, with no server and no network, for a thumb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data.campaign.load import load_campaign
from locales import Language
from services.campaign.context import CampaignContext
from services.field.nearby import NearbyQuery, around
from services.field.pocket import pocket_map
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore

DAY = date(2020, 9, 15)
HERE = (121.301, 31.193)
HOSTILE = "</script><img src=x onerror='window.hostile=1'>${window.hostile=1}"
SMALL = """() => [...document.querySelectorAll("button, input, a, .leaflet-marker-icon")]
    .filter((one) => one.offsetParent && Math.min(one.offsetWidth, one.offsetHeight) < 44)
    .map((one) => one.outerHTML)"""


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    desk: CampaignContext,
    *,
    lang: Language = "zh",
    width: int = 390,
    height: int = 844,
    **more: Any,  # noqa: ANN401  Playwright's own options
) -> Iterator[Page]:
    """The file on a phone without a network; whatever it asks for, and any error, is a failure."""
    file.write_bytes(pocket_map(desk, DAY, lang))
    place = {"longitude": HERE[0], "latitude": HERE[1], "accuracy": 35}
    phone: dict[str, Any] = {"has_touch": True, "is_mobile": True, "offline": True}
    phone["viewport"] = {"width": width, "height": height}
    context = browser.new_context(**phone | {"geolocation": place, "permissions": ["geolocation"]} | more)
    page, troubles = context.new_page(), []
    page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith("file:") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    yield page
    assert troubles == []
    context.close()


@pytest.fixture(scope="module")
def shipped() -> CampaignContext:
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), FakeStore())


@pytest.mark.parametrize(("lang", "width", "height"), [("zh", 390, 844), ("en", 360, 740)])
def test_locating_lists_the_nearest_as_the_server_does(
    browser: Browser, tmp_path: Path, shipped: CampaignContext, lang: Language, width: int, height: int
) -> None:
    with opened(browser, tmp_path / "map.html", shipped, lang=lang, width=width, height=height) as page:
        page.locator("#locate").tap()
        server = around(shipped, DAY, NearbyQuery(*HERE, accuracy_m=35, number=20, open_only=False)).rows
        expect(page.locator(".row").first).to_have_attribute("data-id", server[0].feature)
        shown = page.locator(".row").evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
        assert shown == [row.feature for row in server]
        assert server[5].why.get(lang) in page.locator(".row").nth(5).inner_text()
        assert page.evaluate(SMALL) == []


def test_search_and_a_row_lead_to_tasks_and_map_apps(
    browser: Browser, tmp_path: Path, shipped: CampaignContext
) -> None:
    with opened(browser, tmp_path / "map.html", shipped) as page:
        page.locator("#search").fill("诸光路")
        expect(page.locator(".row").first).to_contain_text("诸光路")
        page.locator(".row").first.tap()
        expect(page.locator("#panel h2")).to_contain_text("诸光路")
        expect(page.locator("#panel .task").first).to_contain_text("T01")
        links = page.locator("#panel .apps a").evaluate_all("(links) => links.map((link) => new URL(link.href).host)")
        assert links[:2] == ["uri.amap.com", "api.map.baidu.com"]


def test_a_tap_on_the_map_stands_in_for_the_device(browser: Browser, tmp_path: Path, shipped: CampaignContext) -> None:
    with opened(browser, tmp_path / "map.html", shipped, permissions=[]) as page:
        page.locator("#locate").tap()
        expect(page.locator("#notice")).to_contain_text("地图")
        page.locator("#tap").tap()
        page.locator("#map").tap(position={"x": 200, "y": 180})
        expect(page.locator(".row .soft").nth(9)).to_contain_text("米，步行约")


def test_a_position_in_another_city_is_explained_and_not_used(
    browser: Browser, tmp_path: Path, shipped: CampaignContext
) -> None:
    beijing = {"longitude": 116.4, "latitude": 39.9, "accuracy": 20}
    with opened(browser, tmp_path / "map.html", shipped, geolocation=beijing) as page:
        page.locator("#locate").tap()
        expect(page.locator("#notice")).to_contain_text("公里")
        assert page.locator(".row .soft").first.inner_text() == "超期或受阻"


def test_hostile_text_is_text(browser: Browser, tmp_path: Path, shipped: CampaignContext) -> None:
    loaded = shipped.loaded
    features, tasks = loaded.features.copy(), loaded.tasks.copy()
    features[["name_zh", "name_en"]] = tasks[["title_zh", "title_en"]] = HOSTILE
    with opened(
        browser, tmp_path / "map.html", CampaignContext(replace(loaded, features=features, tasks=tasks), FakeStore())
    ) as page:
        page.locator(".row").first.tap()
        expect(page.locator("#panel h2")).to_have_text(HOSTILE)
        assert page.evaluate("window.hostile") is None
        assert page.locator("img").count() == 0
