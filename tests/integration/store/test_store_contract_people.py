"""Hold every store to the Protocol: histories, photos, accounts and events."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.store.protocol import Store
from data.store.rows import Author, Source
from geo.model.errors import ConflictError
from geo.model.status import Status
from tests.support.store_samples import ACCOUNT, CAMPAIGN, LEAD, NOW, PHOTO, SUPERVISION, UPDATE, update, write

OFFICE = Author("li", "office", "command_centre", Source.API)


def test_a_history_is_told_newest_first(store: Store) -> None:
    store.append_update(CAMPAIGN, UPDATE, write(minutes=1))
    store.append_supervision(CAMPAIGN, SUPERVISION, write(minutes=2, author=OFFICE))
    store.append_ledger(CAMPAIGN, store.tasks(CAMPAIGN).loc[["T01"]].assign(priority="low"), [], write(minutes=3))
    kinds = [entry.kind for entry in store.history(CAMPAIGN, "T01")]
    assert kinds == ["definition", "supervision", "update", "update", "update", "definition"]


def test_a_history_says_who_when_and_what_changed(store: Store) -> None:
    receipt = store.append_update(CAMPAIGN, update(photos=(PHOTO,)), write())
    entry = store.history(CAMPAIGN, "T01")[0]
    assert (entry.seq, entry.at, entry.written_at) == (receipt.seq, NOW, UPDATE.written_at)
    assert (entry.author, entry.photos) == (LEAD, (PHOTO,))
    assert entry.change["status"] == ("in_progress", "blocked")
    assert entry.change["percent"] == ("40", "45")
    assert "difficulty_kind" not in entry.change


def test_a_history_tells_definitions_field_by_field(store: Store) -> None:
    tasks = store.tasks(CAMPAIGN).loc[["T03"]].assign(due=NOW.replace(hour=0, minute=0, second=0, microsecond=0))
    tasks["due"] = tasks["due"].dt.tz_localize(None)
    tasks["features"] = [("N02", "Z2")]
    store.append_ledger(CAMPAIGN, tasks, [], write(author=OFFICE))
    newest, *_, oldest = store.history(CAMPAIGN, "T03")
    assert newest.kind == "update"
    change = store.history(CAMPAIGN, "T03")[1].change
    assert change == {"due": ("", "2020-09-15"), "features": ("N02;N03;Z2", "N02;Z2")}
    assert (oldest.kind, oldest.at, oldest.author.source) == ("definition", NOW, Source.WEB)


def test_supervision_comes_back_with_its_deadline(store: Store) -> None:
    receipt = store.append_supervision(CAMPAIGN, SUPERVISION, write(author=OFFICE))
    assert store.supervision(CAMPAIGN) == (replace(SUPERVISION, at=NOW, who="li", seq=receipt.seq),)
    entry = store.history(CAMPAIGN, "T01")[0]
    assert entry.change["deadline"] == ("", "2020-09-15")
    assert entry.author == OFFICE


def test_photos_belong_to_their_task(store: Store) -> None:
    other = replace(PHOTO, digest="cd" * 32)
    store.append_update(CAMPAIGN, update(photos=(PHOTO, other)), write("a"))
    store.append_update(CAMPAIGN, update(task="T02", photos=(other,)), write("b"))
    assert store.photos(CAMPAIGN, "T01") == (PHOTO, other)
    assert store.photos(CAMPAIGN, "T02") == (other,)
    assert store.photo_task(other.digest) == (CAMPAIGN, "T01")
    assert store.photo_task("no such") is None


def test_the_last_version_of_an_account_counts(empty_store: Store) -> None:
    first = empty_store.append_account(ACCOUNT, write("new", based_on=0))
    last = empty_store.append_account(replace(ACCOUNT, active=False), write("off", based_on=first.seq))
    assert empty_store.account("wang") == replace(ACCOUNT, active=False, seq=last.seq)
    assert empty_store.account("nobody") is None


def test_accounts_are_listed_once_by_name(empty_store: Store) -> None:
    for number, name in enumerate(["wang", "an", "wang"]):
        empty_store.append_account(replace(ACCOUNT, name=name), write(str(number)))
    assert [(account.name, account.seq) for account in empty_store.accounts()] == [("an", 2), ("wang", 3)]


def test_an_account_that_was_changed_since_is_a_conflict(empty_store: Store) -> None:
    empty_store.append_account(ACCOUNT, write("first", based_on=0))
    with pytest.raises(ConflictError):
        empty_store.append_account(replace(ACCOUNT, role="viewer"), write("second", based_on=0))
    assert empty_store.accounts() == (replace(ACCOUNT, seq=1),)


def test_an_account_made_twice_under_one_key_stays_the_first(empty_store: Store) -> None:
    empty_store.append_account(ACCOUNT, write("first administrator"))
    again = empty_store.append_account(replace(ACCOUNT, role="viewer"), write("first administrator"))
    assert again.repeated
    assert empty_store.account("wang") == replace(ACCOUNT, seq=1)


def test_a_password_is_not_shown() -> None:
    assert ACCOUNT.password_hash not in repr(ACCOUNT)


def test_events_are_found_by_kind_subject_and_since(empty_store: Store) -> None:
    for number, (kind, subject) in enumerate([("sign_in", "wang"), ("refused", "wang"), ("sign_in", "an")]):
        empty_store.append_event(kind, subject, {"address": "::1", "字": "值"}, write(str(number), minutes=number))
    assert [event.seq for event in empty_store.events()] == [1, 2, 3]
    assert [event.seq for event in empty_store.events("sign_in")] == [1, 3]
    assert [event.seq for event in empty_store.events(subject="wang", since=1)] == [2]
    event = empty_store.events("sign_in", subject="an")[0]
    assert (event.detail, event.at, event.author) == (
        {"address": "::1", "字": "值"}, NOW + timedelta(minutes=2), LEAD
    )  # fmt: skip


def test_every_kind_of_write_is_counted(store: Store) -> None:
    store.append_account(ACCOUNT, write("a"))
    store.append_event("sign_in", "wang", {}, write("b"))
    store.append_supervision(CAMPAIGN, SUPERVISION, write("c"))
    store.append_update(CAMPAIGN, update(status=Status.DONE, percent=100), write("d"))
    assert store.version() == 5
    store.ping()
