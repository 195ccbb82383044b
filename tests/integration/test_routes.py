"""What stands beside the pages is served for ever under its hash, and nothing else is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.crs import Datum
from server.routes import ASSETS, DOCUMENTS, FRONTEND_DIR
from services import assets, urls
from services.desk import the_desk
from services.words import words_url

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = the_desk().files_version
LEDGER = the_desk().version
SERVED = {
    "module": (assets.frontend_url(FRONTEND_DIR, "map.js"), "text/javascript"),
    "leaflet": (f"{assets.leaflet_url()}/leaflet.js", "text/javascript"),
    "marker": (f"{assets.leaflet_url()}/images/layers.png", "image/png"),
    "style": (assets.style_url(), "application/json"),
    "words": (words_url("zh"), "application/json"),
    "light": (assets.swatch_url("light-red", "light"), "image/svg+xml"),
    "kind": (assets.swatch_url("kind-river", "dark"), "image/svg+xml"),
    "features": (urls.features_url(VERSION, Datum.WGS84), "application/json"),
    "shifted": (urls.features_url(VERSION, Datum.GCJ02), "application/json"),
    "board": (urls.board_url(LEDGER, date(2020, 9, 15)), "application/json"),
    "script": (urls.script_url(VERSION), "text/javascript"),
}
REFUSED = {
    "a module that is none": "/onemap/frontend/x/settings.py",
    "a path out of Leaflet": f"{assets.leaflet_url()}/..%2f..%2f__init__.py",
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


def test_every_module_of_the_front_end_is_served(client: TestClient) -> None:
    for path in FRONTEND_DIR.glob("*.js"):
        answer = client.get(assets.frontend_url(FRONTEND_DIR, path.name))
        assert answer.content == path.read_bytes()
