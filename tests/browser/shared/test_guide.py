"""The guide opens from the map by a key, its contents lead to its sections, its pictures come from here."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from services.campaign.guide import guide
from tests.support.driver import Desk, open_desk

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOADED = "[...document.querySelectorAll('.st-key-guide-page img')].every((one) => one.complete && one.naturalWidth > 0)"


def _open(desk: Desk, query: str) -> None:
    desk.page.goto(f"{desk.address}/guide?{query}")
    desk.page.wait_for_selector(".onemap-contents a")
    desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")


def test_a_question_mark_opens_the_guide_with_language_and_day(desk: Desk) -> None:
    desk.open("?lang=en&date=2020-06-01")
    desk.settle()
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("heading", name="Keyboard", exact=True)).to_be_visible()
    desk.page.wait_for_url("**/guide?*")
    assert "date=2020-06-01" in desk.page.url
    assert "lang=en" in desk.page.url


def test_a_question_mark_that_is_typed_opens_nothing(desk: Desk) -> None:
    desk.open("?lang=en")
    desk.settle()
    desk.page.locator(".st-key-filter-text input").press_sequentially("why?")
    assert "/guide" not in desk.page.url
    assert desk.page.locator(".st-key-filter-text input").input_value() == "why?"


def test_the_contents_bring_a_section_into_view(desk: Desk) -> None:
    _open(desk, "lang=zh")
    last = guide("zh").sections[-1]
    heading = desk.page.locator(f"#{last.anchor}")
    expect(heading).not_to_be_in_viewport()
    desk.page.get_by_role("link", name=last.title, exact=True).click()
    expect(heading).to_be_in_viewport()
    expect(desk.page.locator(".st-key-guide-page")).to_contain_text("数据库自")


@pytest.mark.parametrize("context", [{}, PHONE], ids=["desktop", "phone"])
def test_all_pictures_come_from_here_and_nothing_scrolls_sideways(
    browser: Browser, address: str, context: dict[str, object]
) -> None:
    with open_desk(browser, address, **context) as desk:
        _open(desk, "lang=en")
        desk.page.wait_for_function(LOADED)
        assert desk.refused == []
        assert desk.js("document.querySelectorAll('.st-key-guide-page .stMarkdown a > img').length") > 8
        assert desk.js("document.documentElement.scrollWidth <= innerWidth")
        assert desk.js("document.querySelector('.st-key-guide-page').scrollWidth <= innerWidth")
        assert desk.errors == []
