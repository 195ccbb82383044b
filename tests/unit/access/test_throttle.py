"""Whoever guesses passwords waits longer each time, and nobody is kept out for long by others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from data.store.rows import Author, Event, Source, Write
from services.access.errors import ThrottledError
from services.access.sessions import SIGN_IN
from services.access.throttle import ACCOUNT_LIMIT, ADDRESS_LIMIT, WINDOW, Throttle, source_of
from tests.support.fakes import FakeStore

NOW = datetime(2020, 9, 15, 1, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
ADDRESS = "10.1.2.3"


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


def fail(store: FakeStore, times: int, *, name: str = "li", address: str = ADDRESS, now: datetime = NOW) -> None:
    for _ in range(times):
        Throttle(SECRET).failed(store, name, address, now)


def wait_s(store: FakeStore, *, name: str = "li", address: str = ADDRESS, now: datetime = NOW) -> int:
    try:
        Throttle(SECRET).require(store, name, address, now)
    except ThrottledError as error:
        return error.wait_s
    return 0


class ListeningStore(FakeStore):
    """Remember from where on events were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.since: list[int] = []

    def events(
        self, kind: str | None = None, *, subject: str | None = None, since: int = 0, campaign: str | None = None
    ) -> tuple[Event, ...]:
        self.since.append(since)
        return super().events(kind, subject=subject, since=since, campaign=campaign)


def test_each_further_failure_of_an_account_doubles_the_wait(store: FakeStore) -> None:
    waits: list[int] = []
    for _ in range(14):
        fail(store, 1, address=f"10.0.0.{len(waits)}")
        waits.append(wait_s(store, address="10.9.9.9"))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_an_address_is_slowed_down_whatever_accounts_it_tries(store: FakeStore) -> None:
    for number in range(ADDRESS_LIMIT.free + 12):
        fail(store, 1, name=f"name{number}")
    assert wait_s(store, name="somebody") == ADDRESS_LIMIT.longest_s
    assert wait_s(store, name="somebody", address="10.9.9.9") == 0


def test_the_wait_passes_and_is_forgotten(store: FakeStore) -> None:
    fail(store, ACCOUNT_LIMIT.free + 2)
    assert wait_s(store, now=NOW + timedelta(seconds=1)) == 3
    assert wait_s(store, now=NOW + timedelta(seconds=4)) == 0
    fail(store, 1, now=NOW + WINDOW)
    assert wait_s(store, now=NOW + WINDOW) == 0


def test_signing_in_forgives_the_account_but_not_the_address(store: FakeStore) -> None:
    fail(store, ADDRESS_LIMIT.free)
    write = Write(Author("li", "minhang", "field_lead", Source.WEB), "in", NOW)
    store.append_event(SIGN_IN, "li", {}, write)
    assert wait_s(store, address="10.9.9.9") == 0
    assert wait_s(store) == 1


def test_a_restart_and_another_replica_know_the_failures(store: FakeStore) -> None:
    one, other = Throttle(SECRET), Throttle(SECRET)
    for _ in range(ACCOUNT_LIMIT.free):
        one.failed(store, "li", ADDRESS, NOW)
    with pytest.raises(ThrottledError):
        other.require(store, "li", ADDRESS, NOW)


def test_old_failures_are_read_once() -> None:
    throttle, store = Throttle(SECRET), ListeningStore()
    for _ in range(9):
        throttle.failed(store, "li", ADDRESS, NOW - 2 * WINDOW)
    for _ in range(2):
        throttle.require(store, "li", ADDRESS, NOW)
    assert store.since == [0, 0, store.version() - 1, store.version()]


def test_names_that_no_account_has_are_not_kept_as_they_were_typed() -> None:
    assert "my password" not in Throttle(SECRET).stand_in("my password")
    assert Throttle(SECRET).stand_in("a") != Throttle(b"f" * 32).stand_in("a")


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("unknown", "unknown"),
        ("x" * 999, "x" * 64),
    ],
)
def test_a_line_counts_as_one_source(address: str, source: str) -> None:
    assert source_of(address) == source
