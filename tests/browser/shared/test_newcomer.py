"""What somebody notices who sees the page for the first time."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk, open_desk, serve

DRAWN = """kind => oneMap.scene[kind].map(one => {
  const p = kind === 'labels' ? {x: (one.box[0] + one.box[2]) / 2, y: (one.box[1] + one.box[3]) / 2} : one.point;
  const c = oneMap.map.layerPointToContainerPoint(p), f = oneMap.map.getContainer().getBoundingClientRect();
  return [oneMap.scene.state.features.ids[one.i], c.x + f.left, c.y + f.top]; })"""
PICKED = "([x, y]) => { oneMap.hit = undefined; oneMap.component = {...oneMap.component, setTriggerValue: (n, v) => "
PICKED += "{ window.picked = v.id; }}; window.picked = undefined; return true; }"


def test_a_hidden_light_looks_hidden(desk: Desk) -> None:
    desk.open("?hide=red")
    pill = desk.page.locator(".st-key-filter-light button")
    shades = pill.evaluate_all("nodes => nodes.map(node => getComputedStyle(node).opacity)")
    assert float(shades[0]) < 0.6
    assert set(shades[1:]) == {"1"}


@pytest.mark.parametrize("kind", ["symbols", "labels"])
def test_every_drawn_symbol_and_name_picks_itself(desk: Desk, kind: str) -> None:
    desk.open()
    drawn = desk.js(DRAWN, kind)
    assert len(drawn) > 8
    desk.js(PICKED, [0, 0])
    missed = []
    for feature, x, y in drawn:
        desk.page.mouse.click(x, y)
        if desk.js("window.picked") != feature:
            missed.append((feature, desk.js("window.picked")))
    assert missed == []


def test_the_theme_of_the_menu_reaches_every_part(desk: Desk) -> None:
    desk.open()
    desk.page.locator("[data-testid=stMainMenuButton]").click()
    desk.page.get_by_role("menuitemradio").nth(2).click()
    desk.page.wait_for_function("oneMap.scene.state.theme === 'dark' && oneMap.component.data.theme === 'dark'")
    heading = desk.page.locator(".onemap-title h1")
    expect(heading).to_have_css("color", "rgb(234, 240, 246)")
    expect(desk.page.locator(".onemap-light").first).to_have_attribute("src", re.compile("/dark/"))


def test_the_list_shows_the_task_that_the_filter_asks_for(desk: Desk) -> None:
    desk.open("?status=not_started")
    desk.page.locator(".onemap-tab[data-mode=all]").click()
    desk.page.wait_for_selector(".onemap-who")
    rows = desk.page.locator(".onemap-who").all_inner_texts()
    assert rows
    assert all("未开始" in row for row in rows)


def test_the_notice_of_an_empty_map_lifts_the_filters(desk: Desk) -> None:
    desk.open("?q=nothing-like-this")
    desk.changes(desk.page.locator(".onemap-notice button").click)
    assert len(desk.shown()) == 100


def test_the_day_of_the_timeline_covers_no_other_word(desk: Desk) -> None:
    for day in ("2020-01-01", "2020-10-02", "2020-12-31"):
        desk.open(f"?date={day}")
        boxes = desk.page.locator(".onemap-timeline .mark b").evaluate_all(
            "nodes => nodes.map(node => node.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])"
        )
        today = boxes[-1]
        assert today[0] >= 0
        assert all(today[3] <= box[1] + 1 or today[2] <= box[0] or today[0] >= box[2] for box in boxes[:-1])


def test_files_that_change_under_an_open_page_are_taken_in(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "campaign"
    shutil.copytree(DEFAULT_CAMPAIGN, folder)
    with serve(folder, tmp_path / "var") as address, open_desk(browser, address) as desk:
        desk.open("?feature=N05")
        (folder / "nodes.geojson").write_text("{", encoding="utf-8")
        desk.page.locator(".st-key-filter-light button").last.click()
        expect(desk.page.locator(".st-key-problems")).to_contain_text("问题")
        expect(desk.page.locator(".st-key-feature-panel")).to_have_count(0)
        (folder / "campaign.toml").write_text("id =", encoding="utf-8")
        desk.page.locator(".st-key-filter-light button").last.click()
        expect(desk.page.locator(".onemap-failure")).to_contain_text("campaign.toml")
