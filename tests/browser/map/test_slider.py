"""The slider of days under hasty hands and slow documents: what was meant last is what map, list and page show."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.driver import Desk

SLOW = """([ms, day]) => {
  const real = window.fetch;
  window.fetch = async (url, ...more) => {
    if (url.includes(`board.${day}`)) await new Promise((done) => setTimeout(done, ms));
    return real(url, ...more);
  };
}"""
"""Let the documents of boards come late, those of days that begin so."""

DRAG = """places => {
  const { slider } = oneMapTime;
  for (const place of places) {
    slider.value = place;
    slider.dispatchEvent(new Event("input"));
  }
  slider.dispatchEvent(new Event("change"));
}"""
"""Move the slider through days without waiting for any, and let go."""

LIST = "[...document.querySelectorAll('*')].find((one) => one.oneMapList).oneMapList"


@pytest.fixture
def slider(desk: Desk) -> Desk:
    desk.open("?lang=en")
    desk.settle()
    desk.page.wait_for_function("window.oneMapTime?.at !== undefined")
    return desk


def _day(slider: Desk, place: int) -> str:
    day: str = slider.js("place => new Date(oneMapTime.start + place * 86400000).toISOString().slice(0, 10)", place)
    return day


def test_the_page_goes_to_the_day_where_the_slider_was_let_go(slider: Desk) -> None:
    slider.js(SLOW, [300, "2020"])
    slider.js(DRAG, [150, 160, 172])
    slider.page.wait_for_url(f"**date={_day(slider, 172)}*")
    slider.settle()
    assert slider.js("oneMapTime.at") == 172
    assert _day(slider, 172) in slider.js("oneMap.frame.dataset.board")


def test_a_hand_that_grips_again_is_not_taken_to_the_day_before(slider: Desk) -> None:
    slider.js(SLOW, [300, "2020"])
    slider.js(DRAG, [150])
    slider.js(DRAG, [180])
    slider.page.wait_for_url(f"**date={_day(slider, 180)}*")
    slider.settle()
    assert slider.js("oneMapTime.painted").count(_day(slider, 180)) == 1
    assert f"date={_day(slider, 150)}" not in slider.page.url


def test_after_a_pause_nothing_moves_on(slider: Desk) -> None:
    slider.js(SLOW, [200, "2020"])
    slider.js("() => { for (let click = 0; click < 5; click += 1) oneMapTime.button.click(); }")
    slider.page.wait_for_function("oneMapTime.painted.length >= 4")
    slider.js("oneMapTime.button.click()")
    slider.page.wait_for_timeout(3000)
    slider.settle()
    assert f"date={slider.js('oneMapTime.painted.at(-1)')}" in slider.page.url
    assert _day(slider, slider.js("oneMapTime.at")) == slider.js("oneMapTime.painted.at(-1)")


def test_a_document_that_comes_late_does_not_replace_the_day_that_is_shown(slider: Desk) -> None:
    slider.js(SLOW, [1500, "2020-09-14"])
    slider.page.locator(".st-key-as-of-back button").first.click()
    slider.page.wait_for_function("oneMapTime.component.data.day === '2020-09-14'")
    slider.js("void oneMapTime.go(200); true")
    slider.page.wait_for_timeout(4000)
    shown: Any = slider.js(f"[{LIST}.documents.board.figures.deadline, oneMap.scene.state.board.figures.deadline]")
    assert shown[0] == shown[1]


def test_a_day_that_comes_after_the_page_was_left_changes_no_other_page(slider: Desk) -> None:
    slider.js(SLOW, [2500, "2020"])
    slider.js("void oneMapTime.go(100); true")
    slider.page.get_by_role("link", name="Incidents").click()
    slider.page.wait_for_selector(".st-key-places-map .onemap-frame[data-applied]")
    slider.page.wait_for_timeout(4000)
    expect(slider.page.locator(".onemap-frame")).to_have_attribute(
        "data-board", slider.js("oneMap.component.data.board")
    )


def test_per_cent_in_the_browser_is_that_of_the_page(slider: Desk) -> None:
    shares = [(part, whole) for whole in range(1, 61) for part in range(whole + 1)]
    module = slider.js("performance.getEntriesByType('resource').find((one) => one.name.endsWith('/figures.js')).name")
    seen = slider.js(
        "async ([module, shares]) => { const { percent } = await import(module);"
        "return shares.map(([part, whole]) => `${percent(part / whole)}%`); }",
        [module, shares],
    )
    assert seen == [f"{part / whole:.0%}" for part, whole in shares]
