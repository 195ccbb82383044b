"""The wall rotates, shows what turned red, and heals by itself when the server dies and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from data.store.rows import Author, NewUpdate, Source, Write
from geo.model.status import Status
from services.campaign.context import open_context as open_campaign
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import Desk, open_desk, serve

SCENES = ("overview", "zone", "zone", "zone", "attention", "changes", "curve")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wall")


@pytest.fixture
def wall(browser: Browser, address: str) -> Iterator[Desk]:
    with open_desk(browser, address) as opened:
        yield opened


def _open(wall: Desk, query: str) -> None:
    wall.page.goto(f"{wall.address}/?wall=1&{query}")
    wall.page.wait_for_function("window.oneMapWall?.scenes > 0 && oneMap.scene?.draws > 0")


def test_shows_every_scene_in_turn_with_one_map_and_no_other_host(wall: Desk) -> None:
    _open(wall, "lang=en&speed=14")
    seen = []
    for place in range(len(SCENES)):
        wall.page.wait_for_function(f"oneMapWall.at === {place}")
        seen.append(wall.js("oneMapWall.frame.dataset.scene"))
    wall.page.wait_for_function("oneMapWall.at === 0")
    assert tuple(seen) == SCENES
    assert (wall.js("oneMap.mounts"), wall.refused, wall.errors) == (1, [], [])


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_every_text_of_the_overview_is_large_and_inside(browser: Browser, address: str, size: tuple[int, int]) -> None:
    with open_desk(browser, address, viewport={"width": size[0], "height": size[1]}) as wall:
        _open(wall, "lang=zh")
        sizes = wall.js(
            "[...document.querySelectorAll('.wall-side :is(h2, h3, p, b, span)')].filter(n => n.textContent)"
            ".map(n => [parseFloat(getComputedStyle(n).fontSize), n.getBoundingClientRect().right])"
        )
    assert min(one[0] for one in sizes) >= size[1] * 0.018
    assert max(one[1] for one in sizes) <= size[0]


def test_what_turns_red_is_shown_at_once(browser: Browser, var: Path) -> None:
    with serve(DEFAULT_CAMPAIGN, var) as address, open_desk(browser, address) as wall:
        _open(wall, "lang=zh")
        wall.page.evaluate("oneMapWall.next(6)")
        _block(var, "T14")
        wall.page.wait_for_function("oneMapWall.at === 0 && oneMapWall.fresh.length > 0")
        assert wall.page.locator(".wall-fresh").is_visible()
        assert wall.page.locator(".wall-side").inner_text().count("受阻") >= 1


def _block(var: Path, task: str, status: Status = Status.BLOCKED) -> None:
    desk = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    assert desk.board(desk.today()).tasks.at[task, "light"] != "red"
    update = NewUpdate(task, "", status, 10, "", "other", "测试受阻", "", "", datetime.now(UTC))
    write = Write(Author("test", "", "command_centre", Source.API), f"wall:{task}", desk.now())
    desk.store.append_update(desk.campaign.id, update, write)


def test_survives_the_loss_of_network_and_says_since_when(wall: Desk) -> None:
    _open(wall, "lang=en&speed=14")
    wall.page.context.set_offline(True)
    wall.page.wait_for_selector(".wall-banner:not([hidden])")
    scenes = wall.js("oneMapWall.scenes")
    wall.page.wait_for_function("before => oneMapWall.scenes > before + 2", arg=scenes)
    assert "No connection since" in wall.page.locator(".wall-banner").inner_text()
    wall.page.context.set_offline(False)
    wall.page.wait_for_selector(".wall-banner", state="hidden")
    assert wall.js("oneMap.mounts") == 1


def test_what_turned_red_stays_marked_when_the_next_report_comes(browser: Browser, var: Path) -> None:
    with serve(DEFAULT_CAMPAIGN, var) as address, open_desk(browser, address) as wall:
        _open(wall, "lang=zh")
        _block(var, "T21")
        wall.page.wait_for_function("oneMapWall.fresh.length > 0")
        wall.page.evaluate("oneMapWall.next(1)")
        key = wall.js("oneMapWall.key")
        _block(var, "T22", Status.IN_PROGRESS)
        wall.page.wait_for_function("key => oneMapWall.key !== key", arg=key)
        assert wall.js("oneMapWall.fresh.length") > 0
        assert wall.js("oneMapWall.document.zones.includes(oneMapWall.scene.zone)")


def test_a_map_whose_script_did_not_come_is_built_with_the_next_scene(wall: Desk) -> None:
    wall.page.route("**/onemap/data/*/map.js", lambda route: route.fulfill(status=503, body="gone"), times=1)
    wall.page.goto(f"{wall.address}/?wall=1&lang=en&speed=14")
    wall.page.wait_for_function("window.oneMapWall?.scenes > 0")
    wall.page.wait_for_function("window.oneMap?.scene?.draws > 0")
    assert wall.page.locator(".onemap-frame").count() == 1


def test_a_wall_whose_program_did_not_come_tries_again(wall: Desk) -> None:
    wall.page.route("**/wall.js", lambda route: route.abort(), times=1)
    _open(wall, "lang=en")
    assert wall.page.locator(".wall-head h1").inner_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_row_is_cut_and_the_head_has_room_in_any_scene(wall: Desk, lang: str) -> None:
    _open(wall, f"lang={lang}")
    for place in range(len(SCENES)):
        wall.page.evaluate("place => oneMapWall.next(place)", place)
        wide, high, head = wall.js(
            "(({ side, head }) => [side.scrollWidth - side.clientWidth, side.scrollHeight - side.clientHeight,"
            "head.clientHeight / innerHeight])(oneMapWall)"
        )
        assert max(wide, high) <= 4, place
        assert head < 0.09
