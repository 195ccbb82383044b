"""The map is built once, needs no other host, and changes without being built again."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest

from tests.support.driver import Desk

MARK = "window.marked = oneMap.map; [oneMap.map.getZoom(), oneMap.map.getCenter().lat, oneMap.map.getCenter().lng]"
AGAIN = "[oneMap.map.getZoom(), oneMap.map.getCenter().lat, oneMap.map.getCenter().lng]"


def test_draws_all_layers_and_the_context_while_every_other_host_is_refused(desk: Desk) -> None:
    desk.open()
    layers = "oneMap.scene.state.features.layer"
    count = f"wanted => {layers}.filter((one, i) => one === wanted && oneMap.scene.state.shown[i]).length"
    assert [desk.js(count, layer) for layer in ("zones", "corridors", "nodes")] == [3, 67, 30]
    assert desk.js("oneMap.scene.context.length") > 20
    assert desk.refused == []
    assert len(desk.requests) > 20
    assert all(url.startswith(desk.address) for url in desk.requests)


def test_the_canvas_holds_the_colours_of_lights_land_and_water(desk: Desk) -> None:
    desk.open()
    pixels = """() => { const c = oneMap.map.options.renderer._container, x = c.getContext('2d');
      const d = x.getImageData(0, 0, c.width, c.height).data, seen = {};
      for (let i = 0; i < d.length; i += 4) if (d[i + 3] === 255) {
        const k = [d[i], d[i + 1], d[i + 2]].join(); seen[k] = (seen[k] ?? 0) + 1; }
      return seen; }"""
    seen = desk.js(pixels)
    theme = desk.js("oneMap.scene.state.style.themes.light")
    wanted = [theme["lights"][light] for light in ("red", "yellow", "green", "done")] + [theme["inks"]["water"]]
    for colour in wanted:
        key = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        assert seen.get(key, 0) > 100, f"{colour} is drawn on {seen.get(key, 0)} pixels"


def _choose(desk: Desk, key: str, option: str) -> None:
    box = desk.page.locator(f".st-key-{key} input").first
    box.evaluate("node => node.scrollIntoView({ block: 'center' })")
    box.click()
    desk.page.get_by_role("option", name=re.compile(option)).first.click()
    desk.page.keyboard.press("Escape")


CHANGES: dict[str, Callable[[Desk], object]] = {
    "light": lambda desk: desk.page.locator(".st-key-filter-light button").first.click(),
    "kind": lambda desk: desk.page.locator(".st-key-filter-kind button").nth(3).click(),
    "zone": lambda desk: _choose(desk, "filter-zone", "枢纽"),
    "category": lambda desk: _choose(desk, "filter-category", "交通"),
    "unit": lambda desk: _choose(desk, "filter-unit", "闵行"),
    "status": lambda desk: _choose(desk, "filter-status", "推进中"),
    "language": lambda desk: desk.page.get_by_role("radio", name="English").click(),
    "selection": lambda desk: desk.page.locator(".onemap-row").nth(2).click(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_keeps_the_map_its_zoom_and_its_centre(desk: Desk, change: str) -> None:
    desk.open()
    before = desk.js(MARK)
    shown = desk.shown()
    desk.changes(lambda: CHANGES[change](desk))
    assert desk.js("oneMap.map === window.marked && oneMap.mounts === 1")
    assert desk.js("document.querySelectorAll('.leaflet-container').length") == 1
    assert desk.js(AGAIN) == before
    if change not in {"language", "selection"}:
        assert desk.shown() < shown
    assert desk.errors == []


def test_text_and_date_keep_the_map_too(desk: Desk) -> None:
    desk.open()
    before = desk.js(MARK)
    desk.changes(lambda: desk.search("zhuguang"))
    assert desk.shown() == {"C01", "C64", "N27"}
    desk.changes(desk.step_day)
    assert "date=2020-09-16" in desk.page.url
    assert desk.js("oneMap.map === window.marked")
    assert desk.js(AGAIN) == before


def test_panning_and_zooming_run_nothing_on_the_server(desk: Desk) -> None:
    desk.open()
    desk.settle()
    updates, frames, draws = desk.js("oneMap.updates"), desk.frames_sent, desk.js("oneMap.scene.draws")
    for _ in range(3):
        desk.page.mouse.move(900, 600)
        desk.page.mouse.down()
        desk.page.mouse.move(760, 520, steps=6)
        desk.page.mouse.up()
        desk.page.mouse.wheel(0, -240)
        desk.page.wait_for_timeout(400)
    assert desk.js("oneMap.scene.draws") > draws
    assert desk.js("oneMap.updates") == updates
    assert desk.frames_sent == frames


def test_no_two_labels_overlap_and_none_leaves_the_map(desk: Desk) -> None:
    desk.open()
    for zoom in (12, 13, 14, 15, 16):
        desk.js("zoom => void oneMap.map.setZoom(zoom, {animate: false})", zoom)
        desk.page.wait_for_timeout(300)
        boxes = [label["box"] for label in desk.js("oneMap.scene.labels")]
        assert boxes
        assert not [pair for pair in combinations(boxes, 2) if _overlap(*pair)]


def _overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
