"""The slider over the campaign plays every step in the browser alone, and the page goes to the day where it rests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.support.driver import Desk, open_desk

FIRST, LAST = date(2020, 4, 1), date(2020, 9, 30)
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
SEEN = """() => ({
  figures: [...document.querySelectorAll('[data-figure], [data-share], [data-ahead]')].map(node => node.textContent),
  widths: [...document.querySelectorAll('[data-width]')].map(node => node.style.width),
  tabs: [...document.querySelectorAll('.onemap-tab-count')].map(node => node.textContent),
  rows: [...document.querySelectorAll('.onemap-row')].map(node => node.textContent),
  lights: oneMap.scene.state.lights.join() })"""
COUNT_FRAMES = """() => { window.sent = 0; window.marked = oneMap.map; const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...given) { window.sent += 1; return send.apply(this, given); }; }"""
PAUSE_AT = f"""day => {{ const seen = {SEEN}, {{ painted }} = oneMapTime;
  painted.push = one => {{ painted[painted.length] = one; if (one !== day) return;
    window.played = {{ ...seen(), sent: window.sent }}; oneMapTime.button.click(); }}; }}"""
"""Have it pause as soon as it has painted a day, and tell what was seen then."""


@pytest.fixture(params=SCREENS)
def desk(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Desk]:
    with open_desk(browser, address, **SCREENS[request.param]) as opened:
        yield opened


def _open(desk: Desk, day: date) -> None:
    desk.open(f"?date={day}&lang=zh")
    desk.page.wait_for_function("window.oneMapTime?.component && document.querySelector('.onemap-tab-count')")
    desk.settle()


def _play(desk: Desk) -> Any:  # noqa: ANN401  whatever the page answers
    """Play by weeks, five a second, and pause on the last day."""
    desk.page.locator("select.onemap-step").select_option("week")
    desk.page.locator("select.onemap-speed").select_option("5")
    desk.js(PAUSE_AT, LAST.isoformat())
    desk.page.locator("button.onemap-play").click()
    return desk.page.wait_for_function("window.played", timeout=60_000).json_value()


def test_six_months_play_without_a_step_left_out_and_without_the_server(desk: Desk) -> None:
    _open(desk, FIRST)
    desk.js(COUNT_FRAMES)
    assert _play(desk)["sent"] == 0
    weeks = [FIRST + timedelta(weeks=week) for week in range(1, 27)]
    assert weeks[-1] == LAST
    assert desk.js("oneMapTime.painted") == [day.isoformat() for day in weeks]
    desk.page.wait_for_url(f"**date={LAST}*")
    assert desk.js("[oneMap.map === window.marked, oneMap.mounts]") == [True, 1]
    assert desk.errors == []


def test_what_is_seen_while_it_plays_is_what_the_page_of_that_day_shows(desk: Desk) -> None:
    _open(desk, FIRST)
    played = _play(desk)
    desk.page.wait_for_url(f"**date={LAST}*")
    desk.settle()
    rested = desk.js(SEEN)
    _open(desk, LAST)
    opened = desk.js(SEEN)
    assert {name: played[name] for name in opened} == opened
    assert rested == opened


def test_arrow_keys_step_and_the_space_bar_plays_and_pauses(desk: Desk) -> None:
    _open(desk, FIRST)
    desk.page.locator("input.onemap-slider").focus()
    for _ in range(3):
        desk.page.keyboard.press("ArrowRight")
    desk.page.wait_for_url("**date=2020-04-04*")
    desk.settle()
    desk.page.keyboard.press("Space")
    desk.page.wait_for_function("oneMapTime.playing && oneMapTime.painted.length >= 5")
    desk.page.keyboard.press("Space")
    expect(desk.page.locator(".onemap-time")).to_have_attribute("data-playing", "false")
    shown = desk.js("oneMapTime.painted.at(-1)")
    desk.page.wait_for_url(f"**date={shown}*")
    expect(desk.page.locator("input.onemap-slider")).to_have_attribute("aria-valuetext", shown)
