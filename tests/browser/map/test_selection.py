"""A click opens the right panel, and a link reopens the same view."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.support.driver import Desk

PLACES = {
    "a corridor": ("C53", "沪渝高速公路", (121.32982, 31.16910)),
    "a node": ("N14", "T2航站楼", None),
    "a zone": ("Z3", "虹桥综合交通枢纽", (121.3365, 31.2080)),
}


@pytest.mark.parametrize("what", PLACES)
def test_a_click_on_the_map_opens_the_panel(desk: Desk, what: str) -> None:
    feature, name, place = PLACES[what]
    desk.open()
    anchor = "id => oneMap.scene.state.features.anchor[oneMap.scene.index.get(id)]"
    lon, lat = place or desk.js(anchor, feature)
    desk.changes(lambda: desk.click_map(lon, lat))
    panel = desk.page.locator(".st-key-feature-panel")
    expect(panel).to_contain_text(name)
    expect(panel).to_contain_text(feature)
    assert f"feature={feature}" in desk.page.url


def test_a_click_in_the_list_opens_the_panel_and_brings_the_feature_into_view(desk: Desk) -> None:
    desk.open()
    desk.js("void oneMap.map.setView([31.2, 121.27], 16, {animate: false})")
    row = desk.page.locator(".onemap-row[data-id=C36]")
    desk.changes(row.click)
    expect(desk.page.locator(".st-key-feature-panel")).to_contain_text("七莘路")
    expect(row).to_have_attribute("aria-selected", "true")
    inside = "id => { const [lon, lat] = oneMap.scene.state.features.anchor[oneMap.scene.index.get(id)];"
    desk.page.wait_for_function(f"{inside} return oneMap.map.getBounds().contains([lat, lon]); }}", arg="C36")
    assert desk.js("oneMap.map.getZoom()") == 16


def test_the_panel_closes_by_its_button(desk: Desk) -> None:
    desk.open("?feature=N06")
    panel = desk.page.locator(".st-key-feature-panel")
    expect(panel).to_contain_text("3号桥")
    desk.changes(panel.get_by_role("button", name="关闭").click)
    expect(panel).to_have_count(0)
    assert "feature=" not in desk.page.url


def test_a_link_reopens_filters_date_language_and_selection(desk: Desk) -> None:
    link = "?zone=Z3&hide=river&hide=done&unit=airport-group&date=2020-10-08&lang=en&feature=N14"
    desk.open(link)
    expect(desk.page.locator(".st-key-feature-panel")).to_contain_text("Terminal 2")
    expect(desk.page.get_by_role("radio", name="English")).to_be_checked()
    rule = desk.js("oneMap.component.data.rule")
    assert rule["zones"] == ["Z3"]
    assert "river" not in rule["kinds"]
    assert rule["units"] == ["airport-group"]
    assert "2020-10-08" in desk.js("oneMap.component.data.board")
    shown = desk.shown()
    desk.open(desk.page.url.split("/")[-1])
    assert desk.shown() == shown


def test_unknown_ids_in_a_link_are_left_out(desk: Desk) -> None:
    desk.open("?zone=Z9&unit=%3Cscript%3E&date=yesterday&feature=C99&basemap=evil&lang=xx")
    assert len(desk.shown()) == 100
    expect(desk.page.locator(".st-key-feature-panel")).to_have_count(0)


def test_the_back_button_goes_back_to_the_view_before(desk: Desk) -> None:
    desk.open()
    desk.changes(desk.page.locator(".onemap-row[data-id=C36]").click)
    desk.changes(desk.page.locator(".onemap-row[data-id=C01]").click)
    desk.changes(desk.page.go_back)
    expect(desk.page.locator(".st-key-feature-panel")).to_contain_text("七莘路")


def test_back_and_forward_lead_through_pages(desk: Desk) -> None:
    desk.open("?zone=Z3&lang=zh")
    desk.page.locator(".st-key-page-links a", has_text="任务").click()
    desk.page.wait_for_selector(".st-key-task-table")
    desk.page.go_back()
    desk.page.wait_for_url(f"{desk.address}/?*zone=Z3*")
    desk.page.wait_for_function("document.querySelector('.onemap-frame')?.dataset.shown < 100")
    desk.page.go_forward()
    expect(desk.page.locator(".st-key-task-table")).to_be_visible()
    expect(desk.page).to_have_url(re.compile("/tasks[?]"))


def test_forward_is_there_after_back(desk: Desk) -> None:
    desk.open()
    desk.changes(desk.page.locator(".onemap-row[data-id=C36]").click)
    desk.page.wait_for_url("**feature=C36*")
    desk.changes(desk.page.go_back)
    expect(desk.page.locator(".st-key-feature-panel")).to_have_count(0)
    desk.settle()
    desk.changes(desk.page.go_forward)
    expect(desk.page.locator(".st-key-feature-panel")).to_contain_text("七莘路")


def test_the_link_to_the_open_page_leads_to_it_as_it_is_at_first(desk: Desk) -> None:
    desk.open("?lang=zh")
    desk.changes(desk.page.locator(".onemap-row[data-id=C36]").click)
    desk.changes(desk.page.locator(".st-key-page-links a").first.click)
    expect(desk.page.locator(".st-key-feature-panel")).to_have_count(0)
    desk.page.wait_for_url(f"{desk.address}/?lang=zh")


class SlowLine:
    """A line to the server whose answers are held back for a while."""

    def __init__(self, desk: Desk) -> None:
        self.held: list[str | bytes] = []
        self.is_slow = False
        desk.page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, page: WebSocketRoute) -> None:
        self._page = page
        page.connect_to_server().on_message(self._answer)

    def _answer(self, message: str | bytes) -> None:
        if self.is_slow:
            self.held.append(message)
        else:
            self._page.send(message)

    def let_go(self) -> None:
        """Give the browser everything in its order."""
        self.is_slow = False
        for message in self.held:
            self._page.send(message)


def test_two_clicks_over_a_slow_line_both_hold(desk: Desk) -> None:
    line = SlowLine(desk)
    desk.open("?lang=zh")
    desk.settle()
    line.is_slow = True
    for at in (0, 1):
        desk.page.locator(".st-key-filter-light button").nth(at).click()
        desk.page.wait_for_timeout(2000)
    assert line.held
    line.let_go()
    desk.page.wait_for_url("**hide=*hide=*")
    desk.settle()
    assert len(desk.js("oneMap.component.data.rule.lights")) == 3


def test_one_click_clears_the_filters_and_keeps_date_and_selection(desk: Desk) -> None:
    desk.open("?zone=Z3&hide=river&q=road&date=2020-10-08&feature=C36")
    assert len(desk.shown()) < 100
    desk.changes(desk.page.locator(".st-key-filter-clear button").click)
    assert len(desk.shown()) == 100
    assert "date=2020-10-08" in desk.page.url
    assert "feature=C36" in desk.page.url


def test_j_goes_through_every_row_and_leads_to_no_other_page(desk: Desk) -> None:
    desk.open("?lang=zh")
    desk.page.wait_for_selector(".onemap-row[data-task]")
    rows = desk.js("[...document.querySelectorAll('.onemap-row')].map((row) => row.dataset.task)")
    seen = []
    for _ in rows:
        desk.page.keyboard.press("j")
        seen.append(desk.js("document.activeElement.dataset.task"))
        desk.page.wait_for_timeout(300)
        desk.settle()
    assert seen == rows
    assert "/task" not in desk.page.url
