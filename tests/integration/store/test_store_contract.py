"""Hold every store to the Protocol: writes once, conflicts, and what was known when."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from data.campaign.load import Loaded, load_campaign
from data.store.protocol import CLOCK_SKEW, Store
from data.store.rows import Receipt
from geo.model.errors import ConflictError, NaiveInstantError, UnknownTaskError, UnstorableTextError
from geo.model.status import Status
from tests.support.store_samples import CAMPAIGN, NOW, SUPERVISION, UPDATE, update, write

LATER = timedelta(minutes=1)


@pytest.fixture
def files(tmp_path: Path, store: Store) -> Loaded:
    assert store.version() == 1
    return load_campaign(tmp_path / "campaign")


def test_a_new_store_is_empty(empty_store: Store) -> None:
    assert (empty_store.version(), empty_store.ledger_version(CAMPAIGN)) == (0, 0)
    assert empty_store.tasks(CAMPAIGN).empty
    assert empty_store.updates(CAMPAIGN).empty
    assert (empty_store.accounts(), empty_store.events(), empty_store.history(CAMPAIGN, "T01")) == ((), (), ())


def test_a_seeded_store_gives_the_files_back(store: Store, files: Loaded) -> None:
    assert_frame_equal(store.tasks(CAMPAIGN).drop(columns="seq"), files.tasks)
    updates = store.updates(CAMPAIGN)
    assert_frame_equal(updates.drop(columns=["seq", "written_at"]), files.updates)
    assert updates["written_at"].tolist() == files.updates["reported_at"].tolist()


def test_a_campaign_is_seeded_once_whatever_the_key(store: Store, files: Loaded) -> None:
    again = store.seed(CAMPAIGN, files.tasks.head(1), files.updates.head(1), write("another key"))
    assert again == Receipt(1, repeated=True)
    assert len(store.tasks(CAMPAIGN)) == 4


def test_campaigns_do_not_see_each_other(store: Store, files: Loaded) -> None:
    store.seed("next", files.tasks.head(2), files.updates.head(1), write("next"))
    store.append_update(CAMPAIGN, UPDATE, write("of the first"))
    assert len(store.updates("next")) == 1
    assert store.tasks("next").index.tolist() == ["T01", "T02"]
    assert store.history("next", "T01")[-1].kind == "definition"


def test_an_update_is_the_latest_of_its_task_and_takes_the_next_id(store: Store) -> None:
    receipt = store.append_update(CAMPAIGN, UPDATE, write())
    last = store.latest_updates(CAMPAIGN).loc["U0009"]
    assert (last["task"], last["status"], last["percent"], last["note"]) == ("T01", "blocked", 45, "管线未迁")
    assert (last["reported_at"], last["written_at"]) == (NOW, UPDATE.written_at)
    assert last["seq"] == receipt.seq == store.version()


def test_the_same_key_stores_once_and_answers_the_same(store: Store) -> None:
    first = store.append_update(CAMPAIGN, UPDATE, write("key", based_on=1))
    again = store.append_update(CAMPAIGN, update(written_at=NOW), write("key", minutes=9, based_on=1))
    assert (first.repeated, again) == (False, Receipt(first.seq, repeated=True))
    assert len(store.updates(CAMPAIGN)) == 9


def test_a_key_that_was_used_for_something_else_is_a_conflict(store: Store) -> None:
    first = store.append_update(CAMPAIGN, UPDATE, write("key"))
    with pytest.raises(ConflictError) as caught:
        store.append_update(CAMPAIGN, update(note="改过"), write("key"))
    assert (caught.value.current, caught.value.based_on) == (first.seq, None)
    assert len(store.updates(CAMPAIGN)) == 9


def test_an_update_based_on_an_old_version_is_a_conflict(store: Store) -> None:
    first = store.append_update(CAMPAIGN, UPDATE, write("first", based_on=1))
    with pytest.raises(ConflictError) as caught:
        store.append_update(CAMPAIGN, update(note="另一份"), write("second", based_on=1))
    assert (caught.value.subject, caught.value.current, caught.value.based_on) == ("T01", first.seq, 1)
    assert caught.value.attempted == update(note="另一份")
    assert store.version() == first.seq


def test_a_conflict_can_be_decided_with_the_same_key(store: Store) -> None:
    first = store.append_update(CAMPAIGN, UPDATE, write("first", based_on=1))
    with pytest.raises(ConflictError):
        store.append_update(CAMPAIGN, update(percent=50), write("second", based_on=1))
    second = store.append_update(CAMPAIGN, update(percent=50), write("second", based_on=first.seq))
    assert not second.repeated
    assert store.latest_updates(CAMPAIGN).loc["U0010", "percent"] == 50


def test_reports_on_other_tasks_are_no_conflict(store: Store) -> None:
    store.append_update(CAMPAIGN, UPDATE, write("first", based_on=1))
    assert not store.append_update(CAMPAIGN, update(task="T02"), write("second", based_on=1)).repeated


def test_an_unknown_task_is_refused_and_nothing_stored(store: Store) -> None:
    with pytest.raises(UnknownTaskError, match="T99"):
        store.append_update(CAMPAIGN, update(task="T99"), write("a"))
    with pytest.raises(UnknownTaskError, match="T01"):
        store.append_update("no such campaign", UPDATE, write("b"))
    assert store.version() == 1


@pytest.mark.parametrize("note", ["\0", "half \ud800"])
def test_text_that_a_database_would_refuse_is_refused_by_all(store: Store, note: str) -> None:
    with pytest.raises(UnstorableTextError):
        store.append_update(CAMPAIGN, update(note=note), write())
    with pytest.raises(UnstorableTextError):
        store.append_event("sign_in", note, {}, write())
    assert store.version() == 1


def test_text_comes_back_as_it_was_written(store: Store) -> None:
    hostile = "'; DROP TABLE writes; -- %s {x} \\u0000 \u202e𠮷 \r\n\t" + "长" * 10_000
    store.append_update(CAMPAIGN, update(note=hostile), write())
    assert store.latest_updates(CAMPAIGN).loc["U0009", "note"] == hostile


def test_an_instant_without_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(NaiveInstantError):
        store.append_update(CAMPAIGN, update(written_at=datetime(2020, 9, 1)), write())  # noqa: DTZ001
    assert store.version() == 1


def test_the_past_stays_as_it_was(store: Store) -> None:
    before = store.latest_updates(CAMPAIGN, NOW - LATER)
    store.append_update(CAMPAIGN, UPDATE, write())
    assert_frame_equal(store.latest_updates(CAMPAIGN, NOW - timedelta(microseconds=1)), before)
    assert store.latest_updates(CAMPAIGN, NOW).index.tolist()[-1] == "U0009"
    assert len(store.updates(CAMPAIGN, NOW)) == 8


def test_what_is_known_later_is_not_the_latest_yet(store: Store) -> None:
    store.append_update(CAMPAIGN, update(task="T03", status=Status.IN_PROGRESS), write())
    assert store.latest_updates(CAMPAIGN, NOW).query("task == 'T03'")["status"].tolist() == ["in_progress"]
    assert store.latest_updates(CAMPAIGN).query("task == 'T03'")["status"].tolist() == ["accepted"]


def test_a_clock_that_is_a_little_behind_does_not_hide_a_report(store: Store) -> None:
    store.append_update(CAMPAIGN, UPDATE, write("first"))
    store.append_update(CAMPAIGN, update(percent=50), write("second", minutes=-4))
    last = store.latest_updates(CAMPAIGN).loc["U0010"]
    assert (last["percent"], last["reported_at"]) == (50, NOW)


def test_a_clock_that_is_set_back_further_is_another_clock(store: Store) -> None:
    store.append_update(CAMPAIGN, UPDATE, write("first", minutes=10))
    store.append_update(CAMPAIGN, update(percent=50), write("second", minutes=-10))
    assert store.updates(CAMPAIGN).loc["U0010", "reported_at"] == NOW - timedelta(minutes=10)
    assert timedelta(minutes=20) > CLOCK_SKEW


def test_a_ledger_defines_only_the_given_tasks_anew(store: Store) -> None:
    changed = store.tasks(CAMPAIGN).loc[["T02"]].assign(title_zh="新名")
    receipt = store.append_ledger(CAMPAIGN, changed, [], write(based_on=1))
    assert store.tasks(CAMPAIGN)["seq"].tolist() == [1, receipt.seq, 1, 1]
    assert store.tasks(CAMPAIGN).loc["T02", "title_zh"] == "新名"
    assert store.tasks(CAMPAIGN, NOW - LATER).loc["T02", "title_zh"] == "疏浚河道"


def test_the_ledger_version_grows_with_definitions_only(store: Store) -> None:
    store.append_update(CAMPAIGN, UPDATE, write("report"))
    assert (store.version(), store.ledger_version(CAMPAIGN)) == (2, 1)
    store.append_ledger(CAMPAIGN, store.tasks(CAMPAIGN).head(1), [], write("ledger"))
    assert (store.version(), store.ledger_version(CAMPAIGN)) == (3, 3)


def test_a_ledger_brings_new_tasks_after_the_old_and_reports_on_them(store: Store) -> None:
    new = store.tasks(CAMPAIGN).head(1).rename(index={"T01": "A00"})
    store.append_ledger(CAMPAIGN, new, [update(task="A00"), update(task="A00", percent=50)], write())
    assert store.tasks(CAMPAIGN).index.tolist() == ["T01", "T02", "T03", "T04", "A00"]
    assert store.latest_updates(CAMPAIGN).query("task == 'A00'")["percent"].tolist() == [50]


def test_a_ledger_is_stored_as_a_whole_or_not_at_all(store: Store) -> None:
    changed = store.tasks(CAMPAIGN).loc[["T02"]].assign(title_zh="新名")
    with pytest.raises(UnknownTaskError):
        store.append_ledger(CAMPAIGN, changed, [UPDATE, update(task="T99")], write())
    assert (store.version(), store.ledger_version(CAMPAIGN), len(store.updates(CAMPAIGN))) == (1, 1, 8)


def test_a_ledger_based_on_an_old_version_is_a_conflict(store: Store) -> None:
    first = store.append_ledger(CAMPAIGN, store.tasks(CAMPAIGN).loc[["T02"]], [], write("first", based_on=1))
    for tasks in (["T01", "T02"], ["T02"]):
        with pytest.raises(ConflictError) as caught:
            store.append_ledger(CAMPAIGN, store.tasks(CAMPAIGN).loc[tasks], [], write(str(tasks), based_on=1))
        assert caught.value.current == first.seq
    assert not store.append_ledger(CAMPAIGN, store.tasks(CAMPAIGN).loc[["T01"]], [], write("T1", based_on=1)).repeated


def test_supervision_is_stored_in_order_and_checked_like_reports(store: Store) -> None:
    first = store.append_supervision(CAMPAIGN, SUPERVISION, write("first", based_on=0))
    with pytest.raises(ConflictError):
        store.append_supervision(CAMPAIGN, SUPERVISION, write("second", based_on=0))
    assert store.append_supervision(CAMPAIGN, SUPERVISION, write("first", based_on=0)).repeated
    assert [event.seq for event in store.supervision(CAMPAIGN)] == [first.seq]
    assert store.supervision(CAMPAIGN, NOW - LATER) == ()
