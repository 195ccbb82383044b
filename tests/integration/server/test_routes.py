"""What stands beside the pages is served for ever under its hash, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from geo.model.errors import StoreUnavailableError
from geo.space.crs import Datum
from server import routes
from server.auth import auth_routes
from server.health import health_routes
from server.live import live_routes
from server.routes import ASSETS, DOCUMENTS, FRONTEND_DIR
from services.campaign import urls
from services.campaign.context import CampaignContext, get_context, open_context
from services.campaign.words import words_url
from tests.support.fakes import FakeStore
from tests.support.signing_in import Server

VERSION = get_context().files_version
LEDGER = get_context().version
SERVED = {
    "module": (urls.frontend_url(FRONTEND_DIR, "map.js"), "text/javascript"),
    "leaflet": (f"{urls.leaflet_url()}/leaflet.js", "text/javascript"),
    "marker": (f"{urls.leaflet_url()}/images/layers.png", "image/png"),
    "style": (urls.style_url(), "application/json"),
    "words": (words_url("zh"), "application/json"),
    "light": (urls.swatch_url("light-red", "light"), "image/svg+xml"),
    "kind": (urls.swatch_url("kind-river", "dark"), "image/svg+xml"),
    "features": (urls.features_url(VERSION, Datum.WGS84), "application/json"),
    "shifted": (urls.features_url(VERSION, Datum.GCJ02), "application/json"),
    "board": (urls.board_url(LEDGER, date(2020, 9, 15)), "application/json"),
    "script": (urls.script_url(VERSION), "text/javascript"),
}
REFUSED = {
    "a module that is none": "/onemap/frontend/x/settings.py",
    "a path out of Leaflet": f"{urls.leaflet_url()}/..%2f..%2f__init__.py",
    "an unknown language": "/onemap/words/x/xx.json",
    "an unknown theme": "/onemap/swatch/x/pink/light-red.svg",
    "an unknown light": "/onemap/swatch/x/light/light-purple.svg",
    "an unknown kind": "/onemap/swatch/x/light/kind-volcano.svg",
    "another version": urls.features_url("0" * 16, Datum.WGS84),
    "an unknown datum": f"/onemap/data/{VERSION}/features.mars.json",
    "no day": f"/onemap/data/{LEDGER}/board.tomorrow.json",
    "a day outside the campaign": urls.board_url(LEDGER, date(1999, 1, 1)),
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=[*ASSETS, *DOCUMENTS])) as opened:
        yield opened


@pytest.mark.parametrize("what", SERVED)
def test_serves_for_ever(client: TestClient, what: str) -> None:
    address, kind = SERVED[what]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content


@pytest.mark.parametrize("what", REFUSED)
def test_refuses(client: TestClient, what: str) -> None:
    assert client.get(REFUSED[what]).status_code == 404


def gone(*_arguments: object) -> CampaignContext:
    raise StoreUnavailableError("connection refused")


class Hanging(FakeStore):
    """Do not answer, once told so, until let go."""

    def __init__(self) -> None:
        super().__init__()
        self.hangs, self.asked, self.free = False, Event(), Event()

    def version(self) -> int:
        self._hang()
        return super().version()

    def campaign_version(self, campaign: str) -> int:
        self._hang()
        return super().campaign_version(campaign)

    def _hang(self) -> None:
        if self.hangs:
            self.asked.set()
            self.free.wait(20)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Hanging, TestClient]]:
    """A database that hangs, and the browser of somebody who is signed in, over all routes that may ask it."""
    store = Hanging()
    signed_in = Server(store=store)
    browser, authenticator = signed_in.browser(), signed_in.authenticator
    browser.sign_in()
    desk = CampaignContext(get_context().loaded, store)
    monkeypatch.setattr(routes, "get_context", lambda: desk)
    documents = [Route(one.path, authenticator.for_viewers(one.endpoint)) for one in DOCUMENTS]
    rest = (
        *auth_routes(authenticator),
        *live_routes(authenticator, lambda: desk.campaign.id),
        *health_routes(lambda: store),
    )
    app = Starlette(routes=[*ASSETS, *documents, *rest])
    with TestClient(app, cookies={"onemap_session": browser.session or ""}, follow_redirects=False) as client:
        store.hangs = True
        yield store, client
        store.free.set()


@pytest.mark.parametrize("what", ["features", "board", "script", "/onemap/live/version", "/signin", "/signout"])
def test_a_database_that_hangs_stalls_nothing_that_needs_none(hanging: tuple[Hanging, TestClient], what: str) -> None:
    store, client = hanging
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(client.get, SERVED[what][0] if what in SERVED else what)
        assert store.asked.wait(5)
        for path in ("/healthz", SERVED["module"][0], SERVED["style"][0]):
            assert threads.submit(client.get, path).result(5).status_code == 200
        assert not waiting.done()
        store.free.set()
        assert waiting.result(10).status_code in {200, 303}


def test_a_desk_that_hangs_stalls_nothing_either(hanging: tuple[Hanging, TestClient]) -> None:
    store, _client = hanging
    every = Starlette(routes=[*DOCUMENTS, *health_routes(lambda: store)])
    with TestClient(every) as client, ThreadPoolExecutor() as threads:
        waiting = threads.submit(client.get, SERVED["board"][0])
        assert store.asked.wait(5)
        assert threads.submit(client.get, "/healthz").result(5).status_code == 200
        assert not waiting.done()
        store.free.set()
        assert waiting.result(10).status_code == 200


@pytest.mark.parametrize("what", ["features", "board", "script"])
def test_without_database_or_campaign_a_document_is_not_there_and_not_kept(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    for broken in (gone, lambda: open_context(tmp_path, f"sqlite:///{tmp_path}/x.sqlite")):
        monkeypatch.setattr(routes, "get_context", broken)
        answer = client.get(SERVED[what][0])
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
        assert "refused" not in answer.text
        assert len(answer.text) < 80


def test_a_board_that_was_served_is_served_while_the_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    store = FakeStore()
    desk = CampaignContext(get_context().loaded, store)
    monkeypatch.setattr(routes, "get_context", lambda: desk)
    client, address = TestClient(Starlette(routes=DOCUMENTS)), urls.board_url(desk.version, date(2020, 9, 15))
    before = client.get(address)
    for name in ("version", "campaign_version", "tasks", "latest_updates", "updates", "supervision"):
        monkeypatch.setattr(store, name, gone)
    during = client.get(address)
    assert (before.status_code, during.status_code, during.content) == (200, 200, before.content)
    assert client.get(urls.board_url(desk.version, date(2020, 9, 14))).status_code == 503


def test_every_module_of_the_front_end_is_served(client: TestClient) -> None:
    for path in FRONTEND_DIR.glob("*.js"):
        answer = client.get(urls.frontend_url(FRONTEND_DIR, path.name))
        assert answer.content == path.read_bytes()
