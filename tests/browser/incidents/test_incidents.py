"""An incident is logged on a phone by a tap on the map, continued and closed; a drill marks other screens meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk, open_desk, serve
from tests.support.phone import Phone, add_people, phone
from tests.support.signing_in import PASSWORD

PLACE = (121.3012, 31.1921)
WORDS = {
    "zh": (
        "积水内涝",
        "请在地图上点选位置",
        "位置：",
        ("处置中", "最近节点", "最近线性设施", "1 公里内在建单位", "值班"),
    ),
    "en": (
        "Flooding",
        "Click its place on the map",
        "Place:",
        ("being handled", "Nearest nodes", "Nearest corridors", "Units at work", "On duty"),
    ),
}
TINY = """() => [...document.querySelectorAll(".st-key-incidents-page :is(button, a, textarea, [role=combobox])")]
  .filter((one) => one.checkVisibility() && !one.closest(".leaflet-control-attribution"))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width && box.height < 43.5; })
  .map((one) => one.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    var: Path = tmp_path_factory.mktemp("incidents")
    with serve(DEFAULT_CAMPAIGN, var) as running:
        add_people(f"sqlite:///{var / 'onemap.sqlite'}")
        yield running


def _sign_in(page: Page, address: str, lang: str) -> None:
    page.goto(f"{address}/signin?lang={lang}&next={quote(f'/incidents?lang={lang}', safe='')}")
    page.fill("input[name=name]", "centre")
    page.fill("input[name=password]", PASSWORD)
    page.locator("button[type=submit]").first.click()
    page.wait_for_function("window.oneMap?.scene?.draws > 0 && oneMap.frame.dataset.applied")
    page.wait_for_selector(".stApp[data-test-script-state='notRunning']")


def _tap_map(held: Phone) -> None:
    """Tap the place on the map where it stands on the screen now."""
    expect(held.page.locator(".onemap-frame.placing")).to_be_in_viewport(ratio=0.6)
    x, y = held.page.evaluate(
        "([lon, lat]) => { const p = oneMap.map.latLngToContainerPoint([lat, lon]);"
        "const f = oneMap.map.getContainer().getBoundingClientRect(); return [p.x + f.left, p.y + f.top]; }",
        list(PLACE),
    )
    held.page.touchscreen.tap(x, y)
    held.page.wait_for_selector(".onemap-point.chosen")
    held.rest()


def _log(held: Phone, text: str, *, drill: bool = False) -> None:
    page, (kind, ask, placed, _) = held.page, WORDS[held.lang]
    held.tap(".st-key-incident-new button")
    expect(page.get_by_text(ask)).to_be_in_viewport()
    _tap_map(held)
    expect(page.locator(".st-key-incidents-page")).to_contain_text(placed)
    held.tap(".st-key-incident-kind [role=combobox], .st-key-incident-kind input")
    page.get_by_role("option", name=kind).tap()
    held.rest()
    if drill:
        held.tap(".st-key-incident-drill label")
        held.rest()
    _say(held, "incident-text", text, "incident-send")
    page.wait_for_selector(".onemap-incident ol")


def _say(held: Phone, field: str, text: str, button: str) -> None:
    """Type and press a button, as a person does: at once."""
    held.page.locator(f".st-key-{field} textarea").fill(text)
    held.tap(f".st-key-{button} button")
    expect(held.page.locator(".onemap-incident ol")).to_contain_text(text)
    held.rest()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_incident_is_logged_continued_and_closed_on_a_phone(browser: Browser, address: str, lang: str) -> None:
    with phone(browser, address, lang=lang) as held:
        _sign_in(held.page, address, held.lang)
        _log(held, "积水 20 厘米 <b>")
        card = held.page.locator(".st-key-incidents-page")
        for title in WORDS[lang][3]:
            expect(card).to_contain_text(title)
        expect(card.locator(".onemap-incident ul a").first).to_have_attribute("href", f"/?feature=N22&lang={lang}")
        assert held.page.evaluate(TINY) == []
        _say(held, "incident-entry", "泵车到场", "incident-add")
        _say(held, "incident-entry", "积水排除", "incident-close")
        expect(held.page.locator(".st-key-incident-close")).to_have_count(0)
        assert held.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.fixture
def others(browser: Browser, address: str) -> Iterator[tuple[Desk, Desk]]:
    """A list of tasks and a wall that somebody has open."""
    with open_desk(browser, address) as tasks, open_desk(browser, address) as wall:
        tasks.page.goto(f"{address}/tasks?lang=en")
        tasks.page.wait_for_selector(".st-key-task-table")
        wall.page.goto(f"{address}/?wall=1&lang=en")
        wall.page.wait_for_function("window.oneMapWall?.scenes > 0")
        yield tasks, wall


def test_a_drill_marks_the_list_of_tasks_and_the_wall_until_it_is_closed(
    browser: Browser, address: str, others: tuple[Desk, Desk]
) -> None:
    marks = [one.page.locator(".onemap-drill") for one in others]
    with phone(browser, address, lang="en") as held:
        _sign_in(held.page, address, held.lang)
        _log(held, "Water in the underpass", drill=True)
        for mark in marks:
            expect(mark).to_be_visible()
            expect(mark.locator("span").first).to_have_text("DRILL")
        expect(others[1].page.locator(".wall-incident").first).to_contain_text("DRILL")
        _say(held, "incident-entry", "Everybody knew what to do", "incident-close")
        for mark in marks:
            expect(mark).to_be_hidden()
    assert [one.errors for one in others] == [[], []]


def test_a_place_is_named_by_keyboard_and_a_mark_does_not_take_the_click(browser: Browser, address: str) -> None:
    with open_desk(browser, address, locale="en-GB") as centre:
        _sign_in(centre.page, address, "en")
        for _ in range(2):
            _log_by_keyboard(centre)
        expect(centre.page.locator(".onemap-point.incident")).to_have_count(2)


def _log_by_keyboard(centre: Desk) -> None:
    """Log an incident in the middle of the map, where another may stand already."""
    page = centre.page
    page.locator(".st-key-incident-new button").click()
    page.wait_for_selector(".onemap-frame.placing")
    page.locator("#map_onemap").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".onemap-point.chosen")
    centre.settle()
    centre.click_map(*centre.js("(({ lng, lat }) => [lng, lat])(oneMap.map.getCenter())"))
    page.locator(".st-key-incident-kind input").click()
    page.get_by_role("option", name="Fire").click()
    centre.settle()
    page.locator(".st-key-incident-text textarea").fill("smoke")
    page.locator(".st-key-incident-send button").click()
    page.wait_for_selector(".onemap-incident ol")
    page.locator(".st-key-incident-back button").click()
    page.wait_for_selector(".st-key-incident-new button")
    centre.settle()
