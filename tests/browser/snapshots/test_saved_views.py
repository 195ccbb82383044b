"""A view that somebody keeps is in everybody's menu within seconds, and opens as it was seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from settings import DEFAULT_CAMPAIGN
from tests.support.browser_accounts import people_in, sign_in
from tests.support.driver import Desk, open_desk, serve

HOSTILE = "<img src=x onerror=alert(1)>"
EDGES = "[oneMap.map.getZoom(), ...oneMap.export.edges().split(',').map((edge) => Number(edge).toFixed(3))]"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    var = tmp_path_factory.mktemp("views")
    with serve(DEFAULT_CAMPAIGN, var) as running, people_in(f"sqlite:///{var / 'onemap.sqlite'}"):
        yield running


@pytest.fixture
def centre(browser: Browser, address: str) -> Iterator[Desk]:
    """The command centre, signed in, with a filter and a place of its own on the map."""
    with open_desk(browser, address) as desk:
        sign_in(desk, "centre", "/?lang=zh&zone=Z1&hide=river")
        desk.page.wait_for_function("window.oneMap?.scene?.draws > 0 && oneMap.frame.dataset.shown")
        desk.js("void oneMap.map.setView([31.193, 121.301], 15, {animate: false})")
        yield desk


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Desk]:
    """Somebody else, who has not signed in."""
    with open_desk(browser, address) as desk:
        desk.open("?lang=zh")
        desk.page.locator(".onemap-export-more").click()
        yield desk


def keep(desk: Desk, name: str) -> None:
    desk.page.locator(".onemap-export-more").click()
    desk.page.locator(".onemap-views input").fill(name)
    desk.page.locator(".onemap-views form button").click()
    desk.page.get_by_text(f"视图“{name}”已保存").wait_for()


def remove(desk: Desk, name: str) -> None:
    if desk.page.locator(".onemap-export-menu").is_hidden():
        desk.page.locator(".onemap-export-more").click()
    desk.page.get_by_role("button", name=f"删除视图 {name}").click()
    desk.page.get_by_text("视图已删除").wait_for()


def test_it_opens_elsewhere_with_the_same_filters_and_extent_until_it_is_removed(centre: Desk, visitor: Desk) -> None:
    keep(centre, "早会")
    entry = visitor.page.locator(".onemap-views a")
    expect(entry).to_have_text(["早会"])
    entry.click()
    visitor.page.wait_for_url("**bounds=**")
    visitor.page.wait_for_function("window.oneMap?.scene?.draws > 0 && oneMap.frame.dataset.shown")
    visitor.page.wait_for_function("oneMap.map.getZoom() === 15")
    assert visitor.js(EDGES) == centre.js(EDGES)
    assert visitor.shown() == centre.shown()
    remove(centre, "早会")
    expect(entry).to_have_count(0)


def test_who_only_looks_has_no_form_and_removes_nothing(centre: Desk, visitor: Desk) -> None:
    keep(centre, "全景")
    expect(visitor.page.locator(".onemap-views a")).to_have_text(["全景"])
    expect(visitor.page.locator(".onemap-views :is(form, input, button)")).to_have_count(0)
    remove(centre, "全景")


def test_a_hostile_name_is_text_everywhere(centre: Desk, visitor: Desk) -> None:
    keep(centre, HOSTILE)
    expect(visitor.page.locator(".onemap-views a")).to_have_text([HOSTILE])
    for desk in (centre, visitor):
        expect(desk.page.locator("img[src=x]")).to_have_count(0)
    remove(centre, HOSTILE)
    assert centre.errors == visitor.errors == []
