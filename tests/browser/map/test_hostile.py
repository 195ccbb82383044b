"""Hostile text in any field is shown as text everywhere and runs nowhere."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk, open_desk, serve

RUNS = "window.hostile=1"
HOSTILE = {
    "C01": f"${{{RUNS}}}",
    "C02": r"back\1slash\u0041",
    "C03": f"</script><script>{RUNS}</script>",
    "C04": f'" onmouseover="{RUNS}" \' `',
    "C05": "长" * 5000,
    "C06": "\u202eright-to-left\u202c mark",
    "C07": "🚧 emoji 👷🏽‍♀️",
    "C08": f"<img src=x onerror={RUNS}>",
    "C09": f"[link](javascript:{RUNS}) ![](x) **bold** $x^2$ :red[x]",
    "C10": "{{7*7}}{% raw %}{text}",
}


def _poison(folder: Path) -> None:
    path = folder / "corridors.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        text = HOSTILE.get(feature["properties"]["id"])
        if text:
            feature["properties"] |= {"name_zh": text, "name_en": text, "source": text, "source_zh": text}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    columns = {"tasks.csv": ("title_zh", "title_en"), "units.csv": ("short_zh", "short_en", "name_zh", "name_en")}
    for name, poisoned in (columns | {"updates.csv": ("note", "difficulty", "suggestion")}).items():
        _poison_table(folder / name, poisoned)


def _poison_table(path: Path, columns: tuple[str, ...]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = list(HOSTILE.values())
    for place, row in enumerate(rows):
        row |= {column: texts[(place + shift) % len(texts)] for shift, column in enumerate(columns)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server whose campaign holds hostile text in every free field."""
    folder = tmp_path_factory.mktemp("campaign") / "hostile"
    shutil.copytree(DEFAULT_CAMPAIGN, folder)
    _poison(folder)
    toml = (folder / "campaign.toml").read_text(encoding="utf-8")
    toml = toml.replace('short_en = "', f'short_en = "<img src=x onerror={RUNS}>', 1)
    (folder / "campaign.toml").write_text(toml, encoding="utf-8")
    with serve(folder, folder.parent / "var") as address:
        yield address


@pytest.fixture
def desk(browser: Browser, poisoned: str) -> Iterator[Desk]:
    with open_desk(browser, poisoned) as opened:
        yield opened


def _harmless(desk: Desk) -> None:
    assert desk.js("window.hostile") is None
    assert desk.errors == []
    assert not [url for url in desk.requests if url.rstrip("/").endswith("/x")]


@pytest.mark.parametrize("feature", HOSTILE)
def test_hostile_text_is_shown_as_text_in_the_panel(desk: Desk, feature: str) -> None:
    desk.open(f"?feature={feature}")
    heading = desk.page.locator(".onemap-panel-head h2")
    assert heading.evaluate("node => node.textContent") == HOSTILE[feature]
    assert heading.evaluate("node => node.children.length") == 0
    _harmless(desk)


def test_hostile_text_is_shown_as_text_in_list_map_and_tooltip(desk: Desk) -> None:
    desk.open("?lang=en")
    names = desk.page.locator(".onemap-name").evaluate_all("nodes => nodes.map(node => node.textContent)")
    assert set(HOSTILE.values()) & set(names)
    desk.js("void oneMap.map.setZoom(15, {animate: false})")
    for x in range(500, 1500, 90):
        desk.page.mouse.move(x, 560)
    assert desk.js("oneMap.scene.labels.length") > 0
    _harmless(desk)


def test_hostile_text_is_searched_for_as_text(desk: Desk) -> None:
    desk.open()
    box = desk.page.locator(".st-key-filter-text input")
    desk.changes(lambda: desk.search(HOSTILE["C08"]))
    assert "C08" in desk.shown()
    expect(box).to_have_value(HOSTILE["C08"])
    _harmless(desk)


def test_hostile_unit_names_stand_as_text_in_the_filter(desk: Desk) -> None:
    desk.open()
    desk.page.locator(".st-key-filter-unit input").first.click()
    options = desk.page.get_by_role("option").all_text_contents()
    assert any("<img src=x" in option for option in options)
    _harmless(desk)


@pytest.mark.parametrize("text", [HOSTILE["C08"], HOSTILE["C04"], f"javascript:{RUNS}"])
@pytest.mark.parametrize("page", ["task", "unit", "incidents"])
def test_hostile_ids_in_the_address_run_nowhere(desk: Desk, page: str, text: str) -> None:
    names = ("id", "since", "feature", "q", "zone", "lang")
    desk.page.goto(f"{desk.address}/{page}?{urlencode(dict.fromkeys(names, text))}")
    desk.page.wait_for_selector(f".st-key-{page}-page")
    desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")
    if page == "task":
        expect(desk.page.get_by_text("没有此任务")).to_be_visible()
    assert desk.page.locator("img[src=x], a[href^=javascript]").count() == 0
    _harmless(desk)
