"""Hold every store to the Protocol: versions and events of one campaign, seeded supervision, real instants."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.campaign.load import load_campaign
from data.store.protocol import Store
from data.store.rows import Receipt
from geo.model.errors import ConflictError, NaiveInstantError, UnstorableTextError
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from tests.support.fixtures_campaign import write_campaign
from tests.support.store_samples import ACCOUNT, CAMPAIGN, NOW, SUPERVISION, UPDATE, seeded, write

EARLY, LATE = NOW - timedelta(days=9), NOW - timedelta(days=2)
REMINDED = SupervisionEvent("T02", EscalationLevel.REMIND, Act.ISSUE, "roads", "请开工", None, at=EARLY, who="李主任")
RECEIVED = SupervisionEvent("T02", EscalationLevel.REMIND, Act.RECEIPT, "roads", "", None, at=LATE, who="王工")


def seeded_with(store: Store, folder: Path, *acts: SupervisionEvent) -> Receipt:
    files = load_campaign(write_campaign(folder))
    return store.seed(CAMPAIGN, files.tasks, files.updates, write("seed"), supervision=acts)


def test_the_version_of_a_campaign_grows_with_each_of_its_writes(store: Store) -> None:
    found = [store.campaign_version(CAMPAIGN)]
    store.append_update(CAMPAIGN, UPDATE, write("a"))
    found.append(store.campaign_version(CAMPAIGN))
    store.append_supervision(CAMPAIGN, SUPERVISION, write("b"))
    found.append(store.campaign_version(CAMPAIGN))
    store.append_ledger(CAMPAIGN, store.tasks(CAMPAIGN).head(1), [], write("c"))
    found.append(store.campaign_version(CAMPAIGN))
    store.append_event("incident", "I1", {}, write("d"), campaign=CAMPAIGN)
    assert [*found, store.campaign_version(CAMPAIGN)] == [1, 2, 3, 4, 5]


def test_the_version_of_a_campaign_stands_while_others_write(store: Store, tmp_path: Path) -> None:
    store.append_account(ACCOUNT, write("account"))
    store.append_event("sign_in", "wang", {}, write("event"))
    files = load_campaign(tmp_path / "campaign")
    store.seed("next", files.tasks, files.updates, write("next"))
    versions = [store.campaign_version(name) for name in (CAMPAIGN, "next", "no such", "")]
    assert (versions, store.version()) == ([1, 4, 0, 3], 4)


def test_a_repeated_or_refused_write_is_no_new_version(store: Store) -> None:
    store.append_update(CAMPAIGN, UPDATE, write("key", based_on=1))
    assert store.append_update(CAMPAIGN, UPDATE, write("key", based_on=1)).repeated
    with pytest.raises(ConflictError):
        store.append_update(CAMPAIGN, UPDATE, write("other", based_on=1))
    assert store.campaign_version(CAMPAIGN) == 2


def test_events_are_found_by_campaign(store: Store) -> None:
    for number, campaign in enumerate([CAMPAIGN, "", "next"]):
        store.append_event("note", "x", {}, write(str(number)), campaign=campaign)
    assert [event.campaign for event in store.events("note")] == [CAMPAIGN, "", "next"]
    assert [event.seq for event in store.events(campaign=CAMPAIGN)] == [2]
    assert [event.seq for event in store.events("note", subject="x", since=2, campaign="")] == [3]


def test_seeded_supervision_is_known_since_its_own_instant(empty_store: Store, tmp_path: Path) -> None:
    seeded_with(empty_store, tmp_path, RECEIVED, REMINDED)
    found = empty_store.supervision(CAMPAIGN)
    assert found == (replace(REMINDED, seq=2), replace(RECEIVED, seq=3))
    assert empty_store.supervision(CAMPAIGN, EARLY) == found[:1]
    assert empty_store.supervision(CAMPAIGN, EARLY - timedelta(seconds=1)) == ()


def test_seeded_supervision_stands_in_the_history_with_its_author(empty_store: Store, tmp_path: Path) -> None:
    seeded_with(empty_store, tmp_path, REMINDED, RECEIVED)
    acts = [entry for entry in empty_store.history(CAMPAIGN, "T02") if entry.kind == "supervision"]
    assert [(entry.at, entry.author.name) for entry in acts] == [(LATE, "王工"), (EARLY, "李主任")]
    assert {entry.author.source for entry in acts} == {write().author.source}


def test_supervision_is_seeded_once(empty_store: Store, tmp_path: Path) -> None:
    first = seeded_with(empty_store, tmp_path / "a", REMINDED)
    again = seeded_with(empty_store, tmp_path / "b", REMINDED, RECEIVED)
    assert (first, again) == (Receipt(1, repeated=False), Receipt(1, repeated=True))
    assert (len(empty_store.supervision(CAMPAIGN)), empty_store.version()) == (1, 2)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"at": None}, ValueError),
        ({"at": datetime(2020, 9, 1)}, NaiveInstantError),  # noqa: DTZ001  that is the point
        ({"who": "\0"}, UnstorableTextError),
        ({"text": "\ud800"}, UnstorableTextError),
    ],
)
def test_a_campaign_with_unsound_supervision_is_not_seeded(
    empty_store: Store, tmp_path: Path, change: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        seeded_with(empty_store, tmp_path, replace(REMINDED, **change))
    assert (empty_store.version(), empty_store.ledger_version(CAMPAIGN)) == (0, 0)


def test_what_supervision_has_from_its_write_is_no_part_of_it(store: Store) -> None:
    first = store.append_supervision(CAMPAIGN, replace(SUPERVISION, at=EARLY, who="x", seq=9), write("key"))
    again = store.append_supervision(CAMPAIGN, SUPERVISION, write("key", minutes=3))
    assert again == Receipt(first.seq, repeated=True)
    assert store.supervision(CAMPAIGN) == (replace(SUPERVISION, at=NOW, who="wang", seq=first.seq),)


def test_the_real_instant_of_a_write_is_kept_beside_that_of_the_campaign(empty_store: Store, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    seeded(empty_store, tmp_path)
    empty_store.append_update(CAMPAIGN, UPDATE, write())
    newest, *_, oldest = empty_store.history(CAMPAIGN, "T01")
    assert (newest.at, oldest.at) == (NOW, NOW)
    assert before <= oldest.stored_at <= newest.stored_at <= datetime.now(UTC)
