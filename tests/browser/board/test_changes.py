"""The page of changes draws change and not state: what moved has its mark, all else is quiet."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.driver import Desk

DRAWN = """ids => import(performance.getEntriesByType('resource').find(one => one.name.endsWith('/marks.js')).name)
  .then(marks => ids.map(id => {
    const i = oneMap.scene.index.get(id);
    return [marks.markOf(oneMap.scene, i)?.name ?? null, marks.drawnLight(oneMap.scene, i)];
  }))"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_map_of_changes_marks_what_moved(desk: Desk, theme: str) -> None:
    desk.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    desk.open("changes?since=2020-07-30")
    drawn = desk.js(DRAWN, ["C01", "C25", "C02", "C55"])
    assert drawn == [["worse", "none"], ["better", "none"], ["moved", "none"], [None, "none"]]
    expect(desk.page.locator(".onemap-marks")).to_contain_text("变差")
    expect(desk.page.locator("[data-testid=moves]")).to_contain_text("新增超期")


def test_a_click_on_the_map_leaves_the_changes_of_that_feature(desk: Desk) -> None:
    desk.open("changes?since=2020-07-30")
    desk.settle()
    desk.page.wait_for_timeout(1500)  # the map grows into its place after the first run
    desk.changes(lambda: desk.click_map(121.32982, 31.16910))
    changes = desk.page.locator("[data-testid=changes]")
    expect(changes).to_contain_text("T19")
    expect(changes).not_to_contain_text("T01")
    assert "feature=C53" in desk.page.url


def test_the_map_page_draws_state(desk: Desk) -> None:
    desk.open()
    lights = desk.js("[...new Set(oneMap.scene.items.map((_, i) => oneMap.scene.state.lights[i]))].length")
    assert lights == 5
    assert desk.js("oneMap.scene.state.marks === undefined")
