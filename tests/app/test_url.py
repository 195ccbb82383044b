"""A click sent before the browser heard of the last URL is not undone; links, back and forward are followed."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from views.shared import url
from views.shared.url import KEYS


@pytest.fixture
def chosen(page: AppTest) -> AppTest:
    """A page on which somebody chose a zone, and whose browser has not heard of the URL yet."""
    page.query_params["lang"] = "en"
    page.run()
    page.multiselect(key=KEYS.zone).select("Z3").run()
    assert page.query_params["zone"] == "Z3"
    del page.query_params["zone"]
    return page


def test_two_clicks_in_quick_succession_both_hold(chosen: AppTest) -> None:
    chosen.text_input(key=KEYS.text).input("road").run()
    assert chosen.session_state[KEYS.zone] == ["Z3"]
    assert (chosen.query_params["zone"], chosen.query_params["q"]) == ("Z3", "road")


def test_the_link_to_the_open_page_is_followed_at_once(chosen: AppTest) -> None:
    for name, value in url.AGAIN.items():
        chosen.query_params[name] = value
    chosen.run()
    assert not set(url.AGAIN) & set(chosen.query_params)
    assert chosen.session_state[KEYS.zone] == []
    chosen.text_input(key=KEYS.text).input("road").run()
    assert "zone" not in chosen.query_params


def test_an_old_url_is_followed_once_no_click_can_be_under_way(
    chosen: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(url, "monotonic", lambda: now + 60)
    chosen.run()
    assert chosen.session_state[KEYS.zone] == []


def test_a_url_that_this_page_never_had_is_followed_at_once(chosen: AppTest) -> None:
    chosen.query_params["zone"] = "Z1"
    chosen.run()
    assert chosen.session_state[KEYS.zone] == ["Z1"]
