"""On a phone: what is near in a tap, a report with a photo in four, a finger that scrolls, a map for two fingers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pyproj import Geod

from geo.space.crs import gcj02_to_wgs84
from geo.space.position import POSITION_TEXTS, PositionKind
from locales import Language
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import serve
from tests.support.phone import SMALL, add_people, phone, reports_of

SCREENS = [(lang, width, height) for lang in ("zh", "en") for width, height in ((360, 740), (390, 844))]
ASKED = "navigator.geolocation.getCurrentPosition = (found, failed) => "
SECURE = "Object.defineProperty(window, 'isSecureContext', { value: false })"
BAD = [
    (PositionKind.DENIED, ASKED + "failed({ code: 1 })"),
    (PositionKind.UNAVAILABLE, ASKED + "failed({ code: 2 })"),
    (PositionKind.TIMEOUT, ASKED + "failed({ code: 3 })"),
    (PositionKind.INSECURE, SECURE),
    (PositionKind.FAR, ASKED + "found({ coords: { longitude: 116.4, latitude: 39.9, accuracy: 20 } })"),
    (PositionKind.SWAPPED, ASKED + "found({ coords: { longitude: 31.1925, latitude: 121.3045, accuracy: 20 } })"),
    (PositionKind.ZERO, ASKED + "found({ coords: { longitude: 0, latitude: 0, accuracy: 20 } })"),
    (PositionKind.NOT_A_NUMBER, ASKED + "found({ coords: { longitude: NaN, latitude: NaN, accuracy: 20 } })"),
]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("phone")


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with serve(DEFAULT_CAMPAIGN, var) as running:
        add_people(f"sqlite:///{var / 'onemap.sqlite'}")
        yield running


@pytest.mark.parametrize(("lang", "width", "height"), SCREENS)
def test_four_taps_from_the_page_to_a_report_with_a_photo(
    browser: Browser, address: str, var: Path, lang: Language, width: int, height: int
) -> None:
    note = f"{lang}-{width}"
    with phone(browser, address, lang=lang, width=width, height=height, permissions=[]) as held:
        held.sign_in()
        held.context.grant_permissions(["geolocation"])
        held.locate()
        held.tap(".onemap-bar .report")
        held.page.locator(".onemap-report textarea").fill(note)
        held.shoot()
        held.tap(".onemap-report .send")
        expect(held.page.locator(".onemap-toast")).to_be_visible()
        assert held.taps <= 4
    assert [one["photos"] > 0 for one in reports_of(var, note)] == [True]


@pytest.mark.parametrize(("lang", "width", "height"), SCREENS)
def test_nothing_to_tap_is_under_44_px_and_rows_are_72(
    browser: Browser, address: str, lang: Language, width: int, height: int
) -> None:
    with phone(browser, address, lang=lang, width=width, height=height) as held:
        held.sign_in()
        held.locate()
        held.tap(held.page.locator(".onemap-near .head").first)
        assert held.page.evaluate(SMALL) == []
        heights = held.page.locator(".onemap-near .head").evaluate_all("(rows) => rows.map((row) => row.offsetHeight)")
        assert min(heights) >= 72
        assert held.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        held.tap(".onemap-bar .report")
        assert held.page.evaluate(SMALL) == []


def test_one_finger_over_the_map_scrolls_the_page_and_the_map_stays(browser: Browser, address: str) -> None:
    with phone(browser, address) as held:
        held.open()
        held.locate()
        held.page.wait_for_function("oneMap.map.getZoom() > 15")
        top = "document.querySelector('.onemap-near').getBoundingClientRect().top"
        before, middle = held.page.evaluate(top), held.page.evaluate("oneMap.map.getCenter()")
        held.swipe(".onemap-frame", up=150)
        held.page.wait_for_function(f"{top} < {before - 80}")
        assert held.page.evaluate("oneMap.map.getCenter()") == middle
        assert held.page.evaluate("oneMap.map.touchZoom.enabled()")


@pytest.mark.parametrize(("kind", "script"), BAD, ids=[str(kind) for kind, _ in BAD])
def test_a_position_that_cannot_be_used_is_explained_and_a_tap_works(
    browser: Browser, address: str, kind: PositionKind, script: str
) -> None:
    with phone(browser, address, permissions=[]) as held:
        held.fake_position(script)
        held.open()
        held.tap(".onemap-locate")
        sentence = POSITION_TEXTS[kind].zh.partition("{")[0].partition("(")[0]
        expect(held.page.locator(".st-key-nearby-page [data-testid=stAlert]")).to_contain_text(sentence)
        if kind in {PositionKind.FAR, PositionKind.SWAPPED, PositionKind.ZERO, PositionKind.NOT_A_NUMBER}:
            held.tap(".st-key-nearby-tap button")
            held.page.wait_for_selector(".onemap-frame.placing")
        held.tap("#map_onemap")
        expect(held.page.locator(".onemap-near").first).to_be_visible()


def test_swapped_numbers_can_be_taken_the_right_way_round(browser: Browser, address: str) -> None:
    with phone(browser, address) as held:
        held.fake_position(dict(BAD)[PositionKind.SWAPPED])
        held.open()
        held.tap(".onemap-locate")
        held.tap(".st-key-nearby-mended button")
        expect(held.page.locator(".onemap-near").first).to_be_visible()


def test_a_visitor_sees_what_is_near_and_is_asked_to_sign_in_to_report(browser: Browser, address: str) -> None:
    with phone(browser, address, lang="en") as held:
        held.open()
        held.locate()
        bar = held.page.locator(".onemap-bar a.main")
        expect(bar).to_have_text("Sign in to report")
        assert "/signin" in str(bar.get_attribute("href"))


def test_the_round_is_ticked_drawn_and_its_ticks_outlive_the_page(browser: Browser, address: str) -> None:
    with phone(browser, address) as held:
        held.open()
        held.locate()
        for row in range(3):
            held.tap(held.page.locator(".onemap-near .tick").nth(row))
        held.tap(".onemap-bar > button")
        expect(held.page.locator(".onemap-near.stop")).to_have_count(3)
        expect(held.page.locator("path.onemap-way")).to_have_count(2)
        held.tap(held.page.locator(".onemap-near.stop .tick").first)
        held.open()
        expect(held.page.locator(".onemap-bar > button")).to_contain_text("3")
        held.tap(".onemap-bar > button")
        expect(held.page.locator(".onemap-near.ticked")).to_have_count(1)


def test_a_tap_on_a_shifted_basemap_is_the_true_place_within_a_metre(browser: Browser, address: str) -> None:
    with phone(browser, address, permissions=[]) as held:
        held.context.route("**/*autonavi*/**", lambda route: route.abort())
        held.open("&basemap=gaode")
        box = held.page.locator("#map_onemap").bounding_box()
        assert box
        held.page.evaluate("void oneMap.map.on('click', ({ latlng }) => (window.tapped = [latlng.lng, latlng.lat]))")
        held.page.touchscreen.tap(box["x"] + 150, box["y"] + 120)
        held.page.wait_for_selector(".onemap-near")
        kept = held.page.locator(".onemap-nearby").evaluate("(frame) => frame.dataset.place").split(",")
        true = [float(one) for one in gcj02_to_wgs84(*held.page.evaluate("window.tapped"))]
        lon, lat = map(float, kept)
        assert Geod(ellps="WGS84").inv(true[0], true[1], lon, lat)[2] < 1
