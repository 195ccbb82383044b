"""A session holds as long as its cookie is ours, fresh, not signed out, and its account is as it was."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store.rows import Account, Author, Source, Write
from services.access.policy import Person, Role
from services.access.sessions import Session, Sessions
from tests.support.fakes import FakeStore

NOW = datetime(2020, 9, 15, 1, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
LI = Account("li", "Li Wei", "field_lead", "minhang", "$argon2id$one", active=True, must_change=False)
ADDRESS = "10.1.2.3"


def sessions(secret: bytes = SECRET) -> Sessions:
    return Sessions(secret, idle_minutes=60, absolute_hours=8)


def keep(store: FakeStore, account: Account) -> Account:
    author = Author("admin", "", "administrator", Source.WEB)
    receipt = store.append_account(account, Write(author, f"account-{store.version()}", NOW, None))
    return replace(account, seq=receipt.seq)


def begin(store: FakeStore, account: Account = LI, *, now: datetime = NOW) -> Session:
    return sessions().begin(store, account, address=ADDRESS, now=now)


def holds(store: FakeStore, session: Session, *, now: datetime = NOW) -> bool:
    return sessions().check(store, sessions().cookie(session), now) is not None


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    keep(store, LI)
    return store


def test_a_session_says_who_it_is(store: FakeStore) -> None:
    cookie = sessions().cookie(begin(store))
    signed_in = sessions().check(store, cookie, NOW)
    assert signed_in is not None
    assert signed_in.person == Person("li", "Li Wei", Role.FIELD_LEAD, "minhang")


def test_a_cookie_can_stand_in_a_header_and_holds_no_hash(store: FakeStore) -> None:
    keep(store, replace(LI, name="李伟"))
    cookie = sessions().cookie(begin(store, replace(LI, name="李伟")))
    payload = cookie.partition(".")[0]
    assert cookie.replace("-", "").replace("_", "").replace(".", "").isalnum()
    assert "argon2" not in json.dumps(json.loads(base64.urlsafe_b64decode(payload + "==")) if payload else {})


FORGERIES: dict[str, Callable[[str], str | None]] = {
    "none": lambda _cookie: None,
    "empty": lambda _cookie: "",
    "long": lambda _cookie: "x" * 5000,
    "another last letter": lambda cookie: cookie[:-2] + ("AA" if cookie[-2:] != "AA" else "BB"),
    "cut": lambda cookie: cookie[5:],
    "longer": lambda cookie: cookie + "x",
    "unsigned": lambda cookie: cookie.partition(".")[0],
    "as if compressed": lambda cookie: "." + cookie,
    "not ASCII": lambda cookie: "é" + cookie,
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_cookie_names_nobody(store: FakeStore, forgery: str) -> None:
    cookie = FORGERIES[forgery](sessions().cookie(begin(store)))
    assert sessions().check(store, cookie, NOW) is None


@given(st.text(max_size=200))
def test_no_text_is_taken_for_a_cookie(text: str) -> None:
    assert sessions().read(text, NOW) is None


def test_another_key_signs_for_nobody(store: FakeStore) -> None:
    cookie = sessions(b"f" * 32).cookie(begin(store))
    assert sessions().check(store, cookie, NOW) is None


def test_a_session_expires_without_activity(store: FakeStore) -> None:
    session = begin(store)
    assert holds(store, session, now=NOW + timedelta(minutes=59))
    assert not holds(store, session, now=NOW + timedelta(minutes=60))


def test_activity_keeps_a_session_until_its_last_hour(store: FakeStore) -> None:
    session = begin(store)
    for minute in range(30, 8 * 60, 30):
        session = sessions().refreshed(session, NOW + timedelta(minutes=minute)) or session
    assert holds(store, session, now=NOW + timedelta(hours=8) - timedelta(seconds=1))
    assert not holds(store, session, now=NOW + timedelta(hours=8))


def test_a_session_is_seen_at_most_once_a_minute(store: FakeStore) -> None:
    session = begin(store)
    assert sessions().refreshed(session, NOW + timedelta(seconds=59)) is None
    later = sessions().refreshed(session, NOW + timedelta(seconds=60))
    assert later == replace(session, seen=session.seen + 60)


def test_an_open_page_that_shows_its_first_cookie_holds_as_long_as_its_person_is_active(store: FakeStore) -> None:
    process, session = sessions(), begin(store)
    cookie = process.cookie(session)
    for minute in range(0, 300, 50):
        process.refreshed(session, NOW + timedelta(minutes=minute))
        assert process.check(store, cookie, NOW + timedelta(minutes=minute + 59)) is not None
    assert process.check(store, cookie, NOW + timedelta(minutes=310)) is None
    assert process.last_known(cookie, NOW + timedelta(minutes=310)) is None


def test_activity_is_never_forgotten_by_an_older_request_and_never_outlives_the_last_hour(store: FakeStore) -> None:
    process, session = sessions(), begin(store)
    for minute in (470, 30):
        process.refreshed(session, NOW + timedelta(minutes=minute))
    assert process.read(process.cookie(session), NOW + timedelta(minutes=479)) == session
    assert process.read(process.cookie(session), NOW + timedelta(hours=8)) is None


def test_what_is_remembered_of_sessions_is_bounded(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.access.sessions.MOST", 2)
    process, (first, *others) = sessions(), [begin(store) for _ in range(3)]
    for session in (first, *others):
        process.refreshed(session, NOW + timedelta(minutes=30))
    later = NOW + timedelta(minutes=70)
    assert process.read(process.cookie(first), later) is None
    assert all(process.read(process.cookie(session), later) for session in others)


def test_a_page_knows_its_session_by_a_mark_that_is_no_cookie(store: FakeStore) -> None:
    here, there = begin(store), begin(store)
    assert sessions().mark(here) == sessions().mark(here) != sessions().mark(there)
    assert here.sid not in sessions().mark(here)
    assert sessions().check(store, sessions().mark(here), NOW) is None


def test_a_session_from_the_future_does_not_hold(store: FakeStore) -> None:
    assert not holds(store, begin(store, now=NOW + timedelta(hours=1)))


def test_signing_out_ends_that_session_alone(store: FakeStore) -> None:
    here, there = begin(store), begin(store)
    signed_in = sessions().check(store, sessions().cookie(here), NOW)
    assert signed_in is not None
    sessions().end(store, signed_in, everywhere=False, now=NOW)
    assert not holds(store, here)
    assert holds(store, there)


def test_signing_out_everywhere_ends_what_was_issued_before(store: FakeStore) -> None:
    before = [begin(store), begin(store)]
    signed_in = sessions().check(store, sessions().cookie(before[0]), NOW)
    assert signed_in is not None
    sessions().end(store, signed_in, everywhere=True, now=NOW)
    assert not any(holds(store, session) for session in before)
    assert holds(store, begin(store))


@pytest.mark.parametrize(
    "change", [{"active": False}, {"password_hash": "$argon2id$two"}, {"role": "king"}, {"role": "king", "unit": ""}]
)
def test_a_session_ends_with_what_its_account_was(store: FakeStore, change: dict[str, object]) -> None:
    session, process = begin(store), sessions()
    assert process.check(store, process.cookie(session), NOW) is not None
    keep(store, replace(LI, **change))  # type: ignore[arg-type]  # fields of several types
    assert process.check(store, process.cookie(session), NOW) is None


def test_another_role_counts_at_once(store: FakeStore) -> None:
    session, process = begin(store), sessions()
    process.check(store, process.cookie(session), NOW)
    keep(store, replace(LI, role="command_centre"))
    signed_in = process.check(store, process.cookie(session), NOW)
    assert signed_in is not None
    assert signed_in.person == Person("li", "Li Wei", Role.COMMAND_CENTRE, "minhang")


def test_who_must_change_the_password_may_do_nothing_else(store: FakeStore) -> None:
    account = keep(store, replace(LI, must_change=True))
    signed_in = sessions().check(store, sessions().cookie(begin(store, account)), NOW)
    assert signed_in is not None
    assert signed_in.must_change
    assert signed_in.person is None


def test_where_nothing_was_written_the_store_is_asked_for_its_version_only(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = sessions()
    cookie = process.cookie(begin(store))
    first = process.check(store, cookie, NOW)
    monkeypatch.delattr(FakeStore, "account")
    assert process.check(store, cookie, NOW) == first
    assert process.check(store, cookie, NOW + timedelta(hours=2)) is None


def test_a_token_belongs_to_one_binding() -> None:
    token = sessions().token("here")
    assert sessions().token_fits("here", token)
    assert not any(sessions().token_fits(binding, token) for binding in ("there", "", "here "))
    assert not any(sessions().token_fits("here", forged) for forged in ("", token[:-1], "é", "\ud800"))
    assert not sessions(b"f" * 32).token_fits("here", token)
