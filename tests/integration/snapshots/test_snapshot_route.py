"""The view of a browser comes as a file; what is forged, odd or too much is refused with a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded
from geo.tasks.filters import Filters
from server.snapshots import snapshot_routes
from services.campaign.context import CampaignContext
from services.campaign.urls import SNAPSHOT
from services.snapshots.export_view import EXPORTED, extent_of_text, filters_of
from settings import Settings
from tests.support.fakes import FakeStore
from tests.support.signing_in import Browser, Server

VIEW = {"format": "geojson", "lang": "en", "bounds": "121.27,31.17,121.35,31.22"}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, loaded: Loaded) -> CampaignContext:
    desk = CampaignContext(loaded, FakeStore())
    monkeypatch.setattr("server.snapshots.get_context", lambda: desk)
    return desk


@pytest.fixture
def browser() -> Browser:
    server = Server(settings=Settings(viewer_without_sign_in=True))
    return server.browser(routes=snapshot_routes(server.authenticator))


def test_a_view_comes_as_a_file_with_a_name(browser: Browser) -> None:
    answer = browser.get(SNAPSHOT, params=VIEW)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="onemap-sample-')
    assert json.loads(answer.content)["type"] == "FeatureCollection"


def test_the_filters_of_the_screen_are_those_of_the_file(browser: Browser, small: CampaignContext) -> None:
    rule = json.dumps({"zones": ["Z1"], "kinds": ["urban_road"]})
    drawn = json.loads(browser.get(SNAPSHOT, params=VIEW | {"rule": rule}).content)["features"]
    features = small.board(small.today()).features
    assert {one["id"] for one in drawn} == {
        str(id_) for id_, row in features.iterrows() if row["kind"] == "urban_road" and "Z1" in row["zones"]
    }


def test_every_export_is_noted_with_what_it_held(browser: Browser, small: CampaignContext) -> None:
    browser.get(SNAPSHOT, params=VIEW | {"rule": '{"lights": ["red"]}'})
    (event,) = small.store.events(EXPORTED)
    assert (event.subject, "red" in event.detail["filters"]) == ("geojson", True)
    assert small.store.campaign_version(small.campaign.id) < event.seq


@pytest.mark.parametrize(
    ("change", "word"),
    [({"format": "exe"}, "png"), ({"size": "A9"}, "A3"), ({"bounds": "0,0,1,1", "format": "png"}, "degrees")],
)
def test_what_there_is_not_is_refused_with_what_there_is(browser: Browser, change: dict[str, str], word: str) -> None:
    answer = browser.get(SNAPSHOT, params=VIEW | change)
    assert answer.status_code == 422
    assert word in answer.text


def test_nobody_gets_a_file_where_one_must_sign_in() -> None:
    server = Server()
    assert server.browser(routes=snapshot_routes(server.authenticator)).get(SNAPSHOT, params=VIEW).status_code == 403


def test_an_endless_query_is_refused(browser: Browser) -> None:
    assert browser.get(SNAPSHOT, params=VIEW | {"rule": "x" * 30_000}).status_code == 414


NAMES = st.sampled_from(["zones", "kinds", "text", "leadOnly"])
LEAVES = st.none() | st.booleans() | st.floats() | st.text(max_size=9)


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)))
def test_any_rule_gives_filters(rule: object) -> None:
    assert isinstance(filters_of(json.dumps(rule)), Filters)


@pytest.mark.parametrize("bounds", ["", "1,2,3", "nan,0,1,1", "2,0,1,1", "0,inf,1,1", "a,b,c,d", "0,0,0,0"])
def test_odd_bounds_are_none(bounds: str) -> None:
    assert extent_of_text(bounds) is None
