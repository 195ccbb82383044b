"""An open page hears of every write, of the end of its session and of a database that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from data.campaign.load import load_campaign
from data.store.rows import Source
from server.live import live_routes
from services.access.accounts import Act, disable_account
from services.access.policy import OPERATOR
from settings import Settings
from tests.support.signing_in import ONE_TIME, PASSWORD, Browser, GoneStore, Server


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def browser(server: Server) -> Browser:
    return server.browser()


def write(server: Server, campaign: str) -> int:
    """Note something of a campaign; the number of the write."""
    act = Act(OPERATOR, Source.CLI, server.now)
    return server.store.append_event("note", "T01", {}, act.write(None), campaign=campaign).seq


def test_an_open_page_hears_of_every_write_to_its_campaign(server: Server, browser: Browser) -> None:
    before = browser.live()["version"]
    written = write(server, "sample")
    answer = browser.get("/onemap/live/version")
    assert answer.json() == {"version": written}
    assert before != written
    assert answer.headers["cache-control"] == "no-store"


def test_other_writes_wake_no_page(server: Server, browser: Browser) -> None:
    before, version = browser.live(), server.store.version()
    server.add("another", PASSWORD)
    server.browser().sign_in()
    write(server, "another")
    assert browser.live() == before
    assert server.store.version() > version


def test_a_campaign_that_cannot_be_opened_has_no_version(server: Server, tmp_path: Path) -> None:
    def broken() -> str:
        load_campaign(tmp_path)
        return ""

    app = Starlette(routes=live_routes(server.authenticator, broken))
    assert TestClient(app).get("/onemap/live/version").status_code == 503


def test_a_page_hears_that_another_tab_signed_out_or_in_anew(server: Server, browser: Browser) -> None:
    browser.sign_in()
    signed_in = server.authenticator.sessions().check(server.store, browser.session, server.now)
    assert signed_in is not None
    shown = f"?session={server.authenticator.sessions().mark(signed_in.session)}"
    assert "signedOut" not in browser.live(shown)
    browser.sign_out()
    assert browser.live(shown)["signedOut"] is True
    browser.sign_in()
    assert browser.live(shown)["signedOut"] is True
    assert browser.is_signed_in


@pytest.mark.parametrize("ending", ["everywhere", "disabled"])
def test_the_end_of_a_session_is_heard_though_the_campaign_was_not_written_to(server: Server, ending: str) -> None:
    browser, other = server.browser(), server.browser(authenticator=server.process())
    for one in (browser, other):
        one.sign_in()
        assert "signedOut" not in one.live()
    if ending == "everywhere":
        other.sign_out(everywhere="1")
    else:
        disable_account(server.store, "li", Act(OPERATOR, Source.CLI, server.now))
    assert browser.live() == {"version": 0, "signedOut": True}


def test_only_an_active_page_keeps_the_session_awake(server: Server, browser: Browser) -> None:
    browser.sign_in()
    first = browser.session
    server.wait(minutes=2)
    browser.live()
    assert browser.session == first
    browser.live("?active=1")
    second = browser.session
    assert second != first
    browser.live("?active=1")
    assert browser.session == second


def test_an_open_page_hears_since_when_the_database_is_gone(server: Server, browser: Browser) -> None:
    version = browser.live()["version"]
    since = server.now.isoformat(timespec="seconds")
    server.store = GoneStore()
    assert browser.live() == {"version": version, "staleSince": since}
    server.wait(minutes=5)
    assert browser.live() == {"version": version, "staleSince": since}
    assert server.browser(authenticator=server.process()).get("/onemap/live/version").status_code == 503


def test_an_open_page_hears_once_that_its_session_ended(server: Server, browser: Browser) -> None:
    browser.sign_in()
    server.wait(hours=9)
    assert browser.live() == {"version": 0, "signedOut": True}
    assert browser.live() == {"version": 0}


def test_a_page_of_a_visitor_hears_of_no_session(browser: Browser) -> None:
    assert "signedOut" not in browser.live()


async def board(_request: Request) -> Response:
    return PlainTextResponse("the board")


@pytest.mark.parametrize(
    ("visitors", "name", "password", "status"),
    [
        (True, "", "", 200),
        (False, "", "", 403),
        (False, "li", PASSWORD, 200),
        (False, "new", ONE_TIME, 403),
    ],
)
def test_documents_are_for_viewers(name: str, password: str, status: int, *, visitors: bool) -> None:
    server = Server(settings=Settings(viewer_without_sign_in=visitors))
    browser = server.browser(routes=[Route("/board", server.authenticator.for_viewers(board))])
    if name:
        browser.sign_in(name, password)
    assert browser.get("/board").status_code == status
    server.store = GoneStore()
    assert browser.get("/board").status_code == status


def test_a_database_that_is_gone_opens_nothing_to_who_was_signed_out(server: Server) -> None:
    thief, owner = (server.browser(routes=[Route("/board", server.authenticator.for_viewers(board))]) for _ in range(2))
    owner.sign_in()
    stolen = {"cookie": f"onemap_session={owner.session}"}
    assert thief.get("/board", headers=stolen).status_code == 200
    owner.sign_out()
    assert thief.get("/board", headers=stolen).status_code == 403
    server.store = GoneStore()
    assert thief.get("/board", headers=stolen).status_code == 403
