"""The way back from an identity provider is ours, fresh, and nothing but a path."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.access.next_url import SECONDS, WaysBack
from services.access.sessions import Sessions

NOW = datetime(2020, 9, 15, 1, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
PATH = "/task?id=T01&lang=zh"


@given(st.text(max_size=300))
def test_a_path_comes_back_as_it_was(path: str) -> None:
    cookie = WaysBack(SECRET).cookie(path, NOW)
    assert WaysBack(SECRET).path(cookie, NOW) == path
    assert cookie.replace("-", "").replace("_", "").replace(".", "").isalnum()


@pytest.mark.parametrize("seconds", [-301, SECONDS, 3600])
def test_a_way_back_is_forgotten_after_ten_minutes(seconds: int) -> None:
    cookie = WaysBack(SECRET).cookie(PATH, NOW)
    assert WaysBack(SECRET).path(cookie, NOW + timedelta(seconds=seconds)) is None
    assert WaysBack(SECRET).path(cookie, NOW + timedelta(seconds=SECONDS - 1)) == PATH


def test_a_way_back_of_another_key_or_purpose_is_none() -> None:
    ours = WaysBack(SECRET).cookie(PATH, NOW)
    foreign = WaysBack(SECRET[::-1]).cookie(PATH, NOW)
    session = Sessions(SECRET, idle_minutes=60, absolute_hours=8)
    assert session.read(ours, NOW) is None
    for cookie in (foreign, ours[:-1], ours + "A", "." + ours, "x" * 5000, "", None):
        assert WaysBack(SECRET).path(cookie, NOW) is None


@given(st.text(max_size=200))
def test_whatever_text_is_no_way_back(text: str) -> None:
    assert WaysBack(SECRET).path(text, NOW) is None
