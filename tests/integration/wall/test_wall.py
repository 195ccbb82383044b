"""The wall's page and state: who may open it, how long a pass holds, what it is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data.campaign.load import Loaded, load_campaign
from server.wall import STATE, wall_routes
from services.access.sessions import WALL_COOKIE, WALL_DAYS
from services.campaign.context import CampaignContext
from services.wall.wall import wall_state
from settings import DEFAULT_CAMPAIGN, Settings
from tests.support.fakes import FakeStore
from tests.support.signing_in import Browser, Server


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, loaded: Loaded) -> CampaignContext:
    desk = CampaignContext(loaded, FakeStore())
    monkeypatch.setattr("server.wall.get_context", lambda: desk)
    return desk


def wall(server: Server) -> Browser:
    return server.browser(routes=wall_routes(server.authenticator))


def test_nobody_is_led_to_the_sign_in_and_back_to_the_wall(server: Server) -> None:
    answer = wall(server).get("/wall?wall=1&lang=en")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=%2F%3Fwall%3D1%26lang%3Den"


def test_visitors_see_the_wall_where_they_may_look() -> None:
    open_house = Server(settings=Settings(viewer_without_sign_in=True))
    answer = wall(open_house).get("/wall?lang=zh")
    assert answer.status_code == 200
    assert 'data-lang="zh"' in answer.text


def test_a_wall_outlives_the_session_that_opened_it(server: Server) -> None:
    browser = wall(server)
    browser.sign_in()
    browser.get("/wall?wall=1")
    server.wait(days=WALL_DAYS - 1)
    assert browser.get(STATE).status_code == 200
    assert "signedOut" in browser.live()
    server.wait(days=2)
    assert browser.get(STATE).status_code == 403


def test_signing_out_everywhere_ends_the_wall(server: Server) -> None:
    browser, other = wall(server), wall(server)
    for one in (browser, other):
        one.sign_in()
    browser.get("/wall?wall=1")
    other.sign_out(everywhere="1")
    assert browser.get(STATE).status_code == 403


def test_a_pass_opens_no_session(server: Server) -> None:
    browser, thief = wall(server), wall(server)
    browser.sign_in()
    browser.get("/wall?wall=1")
    thief.cookies.set("onemap_session", browser.cookies[WALL_COOKIE], domain="map.intranet")
    assert thief.get("/password").status_code in {302, 303}
    assert thief.get(STATE).status_code == 403


def test_the_document_comes_once_and_again_when_something_was_written(small: CampaignContext, tmp_path: Path) -> None:
    first = wall_state(small, "zh", "", tmp_path)
    assert first["document"]["campaign"]
    assert "document" not in wall_state(small, "zh", first["key"], tmp_path)
    assert "document" in wall_state(small, "en", first["key"], tmp_path)


@pytest.mark.parametrize("query", ["speed=9999", "speed=²", "speed=-1", "theme=<b>", "lang=xx", "wall=1&speed="])
def test_odd_queries_give_a_sound_page(query: str) -> None:
    answer: Any = wall(Server(settings=Settings(viewer_without_sign_in=True))).get(f"/wall?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_a_meeting_counts_from_when_it_is_held(tmp_path: Path) -> None:
    loaded = load_campaign(DEFAULT_CAMPAIGN)
    first, second = sorted(loaded.campaign.meetings)[:2]
    told = []
    for hours in (-1, 1):
        now = second + timedelta(hours=hours)
        desk = CampaignContext(loaded, FakeStore(), lambda now=now: now)  # type: ignore[misc]
        state = wall_state(desk, "zh", "", tmp_path)
        told.append((state["key"].split(":")[2], state["document"]["changes"]["since"]))
    zone = loaded.campaign.tz
    assert told == [(str(n), f"{one.astimezone(zone):%m-%d %H:%M}") for n, one in enumerate((first, second), 1)]
