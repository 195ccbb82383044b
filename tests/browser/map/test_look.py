"""The page fits its screens: no horizontal scroll, thumbs find what they need, states are designed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.driver import Desk, open_desk

THUMB_PX = 44
SKIPPED = ".leaflet-control-attribution, [data-testid=stDateInput] [role=group], .hidden-dateinput-container"
SMALL = """([least, skipped]) => {
  const tall = node => Math.max(...[node, node.parentElement, node.closest('[data-testid=stDateInputField]')]
    .filter(Boolean).map(one => one.getBoundingClientRect().height));
  return [...document.querySelectorAll('button, input, a[href], [role=option], [role=radio]')]
    .filter(node => node.checkVisibility() && node.tabIndex >= 0 && node.getBoundingClientRect().width > 1)
    .filter(node => !node.closest(skipped) && tall(node) < least)
    .map(node => node.outerHTML.slice(0, 120)); }"""


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Desk]:
    """A phone of 390 × 844 with touch."""
    size = {"width": 390, "height": 844}
    with open_desk(browser, address, viewport=size, has_touch=True, is_mobile=True) as opened:
        yield opened


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=en&feature=C01"])
def test_no_screen_scrolls_sideways(desk: Desk, phone: Desk, query: str) -> None:
    for one in (desk, phone):
        one.open(query)
        one.settle()
        wide = "document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
        assert one.js(wide) <= 0
        assert one.js("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("query", ["", "?lang=en&feature=C01"])
def test_what_a_thumb_taps_is_at_least_44_pixels_high(phone: Desk, query: str) -> None:
    phone.open(query)
    assert phone.js(SMALL, [THUMB_PX, SKIPPED]) == []


def test_a_tap_on_the_phone_opens_the_panel_below_the_map(phone: Desk) -> None:
    phone.open()
    phone.changes(phone.page.locator(".onemap-row").first.tap)
    panel = phone.page.locator(".st-key-feature-panel")
    expect(panel).to_be_visible()
    frame = phone.js("oneMap.frame.getBoundingClientRect().bottom")
    assert (panel.bounding_box() or {"y": 0})["y"] >= frame - 1


def test_the_list_can_be_walked_with_the_keyboard(desk: Desk) -> None:
    desk.open()
    desk.page.locator(".onemap-row").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        desk.page.keyboard.press(key)
    second = desk.page.locator(".onemap-row").nth(1)
    expect(second).to_be_focused()
    desk.changes(lambda: desk.page.keyboard.press("Enter"))
    expect(second).to_have_attribute("aria-selected", "true")


def test_the_first_language_is_the_browsers(browser: Browser, address: str) -> None:
    with open_desk(browser, address, locale="en-GB") as english:
        english.open()
        expect(english.page.locator(".onemap-title h1")).to_have_text("One Map of Hongqiao")
        assert "lang=en" in english.page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_follows_the_theme(browser: Browser, address: str, scheme: str) -> None:
    with open_desk(browser, address, color_scheme=scheme) as themed:
        themed.open()
        land = themed.js("oneMap.scene.state.style.themes[oneMap.component.data.theme].inks.land")
        assert themed.js("oneMap.component.data.theme") == scheme
        shown = themed.js("getComputedStyle(oneMap.canvasHost).backgroundColor")
        assert shown == f"rgb({', '.join(str(int(land[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_an_empty_result_says_what_to_do(desk: Desk) -> None:
    desk.open("?q=nothing-like-this")
    expect(desk.page.locator(".onemap-notice")).to_contain_text("清除筛选")
    expect(desk.page.locator(".onemap-list")).to_contain_text("清除筛选")
    assert desk.shown() == set()


def test_hiding_every_light_shows_nothing_and_clearing_brings_all_back(desk: Desk) -> None:
    desk.open("?hide=red&hide=yellow&hide=green&hide=none&hide=done")
    assert desk.shown() == set()
    desk.changes(desk.page.locator(".st-key-filter-clear button").click)
    assert len(desk.shown()) == 100


def test_a_basemap_out_of_reach_is_named_and_the_layers_are_shifted_to_its_datum(desk: Desk) -> None:
    desk.open("?feature=N28")
    place = "() => { const s = oneMap.scene; return s.state.features.anchor[s.index.get('N28')]; }"
    lon, lat = desk.js(place)
    desk.open("?feature=N28&basemap=gaode")
    shifted = desk.js(place)
    assert shifted[0] - lon == pytest.approx(0.00448, abs=0.0002)
    assert shifted[1] - lat == pytest.approx(-0.0020, abs=0.0002)
    expect(desk.page.locator(".onemap-notice")).to_contain_text("无底图")
    assert desk.refused
