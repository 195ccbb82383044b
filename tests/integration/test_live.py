"""An open page hears of every write, of the end of its session and of a database that is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from settings import Settings
from tests.signing_in import ONE_TIME, PASSWORD, Browser, GoneStore, Server

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def browser(server: Server) -> Browser:
    return server.browser()


def test_an_open_page_hears_of_every_write(server: Server, browser: Browser) -> None:
    before = browser.live()["version"]
    server.add("another", PASSWORD)
    answer = browser.get("/onemap/live/version")
    assert answer.json() == {"version": server.store.version()}
    assert before != server.store.version()
    assert answer.headers["cache-control"] == "no-store"


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
    assert server.browser(door=server.process()).get("/onemap/live/version").status_code == 503


def test_an_open_page_hears_once_that_its_session_ended(server: Server, browser: Browser) -> None:
    browser.sign_in()
    server.wait(hours=9)
    assert browser.live() == {"version": server.store.version(), "signedOut": True}
    assert browser.live() == {"version": server.store.version()}


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
    browser = server.browser(routes=[Route("/board", server.door.for_viewers(board))])
    if name:
        browser.sign_in(name, password)
    assert browser.get("/board").status_code == status
    server.store = GoneStore()
    assert browser.get("/board").status_code == status


def test_a_database_that_is_gone_opens_nothing_to_who_was_signed_out(server: Server) -> None:
    thief, owner = (server.browser(routes=[Route("/board", server.door.for_viewers(board))]) for _ in range(2))
    owner.sign_in()
    stolen = {"cookie": f"onemap_session={owner.session}"}
    assert thief.get("/board", headers=stolen).status_code == 200
    owner.sign_out()
    assert thief.get("/board", headers=stolen).status_code == 403
    server.store = GoneStore()
    assert thief.get("/board", headers=stolen).status_code == 403
