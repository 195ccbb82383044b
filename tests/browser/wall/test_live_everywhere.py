"""One report is seen on every page that somebody has open, and nobody loses their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data.store.rows import Author, NewUpdate, Source, Write
from geo.model.status import Status
from services.campaign.context import open_context as open_campaign
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk, open_desk, serve

TASK = "T14"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("everywhere")


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with serve(DEFAULT_CAMPAIGN, var) as running:
        yield running


def _block(var: Path) -> str:
    """Report the task blocked, as another process does; the feature whose light it turns."""
    desk = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    task = desk.board(desk.today()).tasks.loc[TASK]
    assert task["light"] != "red"
    update = NewUpdate(TASK, "", Status.BLOCKED, 10, "", "other", "测试受阻", "", "", datetime.now(UTC))
    write = Write(Author("test", "", "command_centre", Source.API), "everywhere", desk.now())
    desk.store.append_update(desk.campaign.id, update, write)
    return str(task["features"][0])


LIGHT = "id => oneMap.scene.state.lights[oneMap.scene.state.features.ids.indexOf(id)] === 'red'"
"""Whether the map draws a feature red."""
CHANGED = "document.querySelector('.onemap-matrix').innerText !== window.cells"
"""Whether the matrix says something else than at first."""


def _opened(stack: ExitStack, browser: Browser, address: str) -> tuple[Desk, Desk, Desk, Desk]:
    """A map with a chosen zoom, filters and half a search; the attention list; the matrix; the wall."""
    desks = tuple(stack.enter_context(open_desk(browser, address)) for _ in range(4))
    maps, attention, matrix, wall = desks
    maps.open("?hide=river&lang=zh")
    maps.js("void oneMap.map.setZoom(15, {animate: false}); window.marked = oneMap.map; true")
    maps.page.locator(".st-key-filter-text input").fill("半句")
    attention.open("?lang=zh")
    matrix.page.goto(f"{address}/units?lang=zh")
    matrix.page.wait_for_selector(".onemap-matrix")
    matrix.js("window.cells = document.querySelector('.onemap-matrix').innerText")
    wall.page.goto(f"{address}/?wall=1&lang=zh")
    wall.page.wait_for_function("window.oneMapWall?.scenes > 0")
    return maps, attention, matrix, wall


def test_four_pages_see_a_report_and_keep_their_state(browser: Browser, address: str, var: Path) -> None:
    with ExitStack() as stack:
        maps, attention, matrix, wall = _opened(stack, browser, address)
        reds = attention.page.locator("[data-figure=light-red]").first.inner_text()
        feature = _block(var)
        maps.page.wait_for_function(LIGHT, arg=feature)
        attention.page.wait_for_selector(f'.onemap-row.red[data-task="{TASK}"]')
        wall.page.wait_for_function("oneMapWall.fresh.length > 0")
        matrix.page.wait_for_function(CHANGED)
        expect(attention.page.locator("[data-figure=light-red]").first).to_have_text(str(int(reds) + 1))
        _kept(maps)


def _kept(maps: Desk) -> None:
    assert maps.js("oneMap.map === window.marked && oneMap.mounts === 1 && oneMap.map.getZoom()") == 15
    assert maps.page.locator(".st-key-filter-text input").input_value() == "半句"
    assert "river" not in maps.js("oneMap.component.data.rule.kinds")
