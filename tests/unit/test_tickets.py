"""A ticket lets one browser in once, within a minute; whatever else is shown lets nobody in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.web.server.starlette import starlette_server_config as of_streamlit

from data.store.rows import Account, Source
from services.access.accounts import Act
from services.access.login_handoff import SECONDS, TicketError, Tickets, provider_cookies
from services.access.policy import OPERATOR
from tests.fakes import FakeStore

NOW = datetime(2020, 9, 15, 1, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
WORD = {"_streamlit_user": "what.the.provider-said", "onemap_form": "x"}
LI = Account("li", "Li", "viewer", "", "!", active=True, must_change=False)


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.append_account(LI, Act(OPERATOR, Source.CLI, NOW).write(0))
    return store


def test_a_ticket_is_taken_once(store: FakeStore) -> None:
    ticket = Tickets(SECRET).issue(LI, WORD, NOW)
    assert Tickets(SECRET).take(store, ticket, WORD, NOW).name == "li"
    with pytest.raises(TicketError):
        Tickets(SECRET).take(store, ticket, WORD, NOW)
    assert [event.subject for event in store.events("ticket")] == ["li"]


@pytest.mark.parametrize("seconds", [-6, SECONDS, 3600])
def test_a_ticket_holds_for_a_minute(store: FakeStore, seconds: int) -> None:
    ticket = Tickets(SECRET).issue(LI, WORD, NOW)
    with pytest.raises(TicketError):
        Tickets(SECRET).take(store, ticket, WORD, NOW + timedelta(seconds=seconds))
    assert Tickets(SECRET).take(store, ticket, WORD, NOW + timedelta(seconds=SECONDS - 1)).name == "li"


@pytest.mark.parametrize(
    "cookies",
    [
        {},
        {"onemap_form": "x"},
        {"_streamlit_user_tokens": WORD["_streamlit_user"]},
        {"_streamlit_user": "what.another-said"},
        WORD | {"_streamlit_user_1": "more"},
    ],
)
def test_a_ticket_is_for_the_browser_that_the_provider_sent(store: FakeStore, cookies: dict[str, str]) -> None:
    ticket = Tickets(SECRET).issue(LI, WORD, NOW)
    with pytest.raises(TicketError):
        Tickets(SECRET).take(store, ticket, cookies, NOW)
    assert not store.events("ticket")


def test_a_ticket_of_another_key_or_purpose_is_none(store: FakeStore) -> None:
    foreign = Tickets(SECRET[::-1]).issue(LI, WORD, NOW)
    ours = Tickets(SECRET).issue(LI, WORD, NOW)
    for ticket in (foreign, ours[:-1], ours + "A", "x" * 5000, ""):
        with pytest.raises(TicketError):
            Tickets(SECRET).take(store, ticket, WORD, NOW)


@given(text=st.text(max_size=200))
def test_whatever_text_is_no_ticket(text: str) -> None:
    with pytest.raises(TicketError):
        Tickets(SECRET).take(FakeStore(), text, WORD, NOW)


def test_the_cookies_are_those_that_streamlit_sets() -> None:
    names = (of_streamlit.USER_COOKIE_NAME, of_streamlit.TOKENS_COOKIE_NAME)
    split = [f"{name}{chunk}" for name in names for chunk in ("", "_1", "__12")]
    others = ["onemap_session", "_streamlit_xsrf", "_streamlit_session", "_streamlit_users"]
    assert list(provider_cookies(dict.fromkeys(split + others, "x"))) == split
