"""A report is stored once, by who may send it, on what they saw; else nothing is, and the refusal is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data.campaign.load import Loaded, load_campaign
from data.store.rows import Photo, Receipt, Source, Write
from geo.model.errors import ConflictError, StoreUnavailableError, UnknownTaskError
from geo.model.status import Status
from services.access.policy import NotAllowedError, Person
from services.campaign.context import CampaignContext
from services.reports.forms import ReportForm, Submission, TransitionError
from services.reports.reports import REFUSAL, last_seq, status_of, submit_report, units_of_task
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore
from tests.support.fixtures_reports import (
    CENTRE,
    LEAD,
    NOW,
    STRANGER,
    SUPPORT,
    VIEWER,
    full_form,
    put,
    seeded_store,
    send,
)

DONE, BLOCKED, IN_PROGRESS = Status.DONE, Status.BLOCKED, Status.IN_PROGRESS


@pytest.fixture
def store(loaded: Loaded) -> FakeStore:
    return seeded_store(loaded)


def stored(store: FakeStore) -> int:
    """How many reports there are; what a refusal must not change."""
    return len(store.updates("sample"))


def test_a_report_is_seen_as_it_was_written(store: FakeStore, loaded: Loaded) -> None:
    photo = Photo("0" * 64, "image/jpeg", 64, 48, 1000, "a.jpg")
    receipt = send(store, loaded, LEAD, full_form(BLOCKED, percent=45, feature="C01", photos=(photo, photo)))
    row = store.latest_updates("sample", NOW).query("task == 'T01'").iloc[0]
    assert not receipt.repeated
    assert row[["status", "percent", "note", "difficulty_kind", "difficulty", "suggestion", "feature"]].tolist() == [
        *("blocked", 45, "说明", "land", "困难", "建议", "C01")
    ]
    assert (row["unit"], row["seq"], row["reported_at"], row["written_at"]) == ("roads", receipt.seq, NOW, NOW)
    assert store.photos("sample", "T01") == (photo,)


def test_the_author_is_the_person_and_the_door(store: FakeStore, loaded: Loaded) -> None:
    submission = Submission("key", status_of(store, "sample", "T01", NOW)[1], NOW, Source.API)
    form = full_form(DONE)
    submit_report(store, loaded.campaign, tasks=loaded.tasks, person=LEAD, form=form, submission=submission)
    author = store.history("sample", "T01")[0].author
    assert (author.name, author.unit, author.role, author.source) == ("li", "roads", "field_lead", Source.API)


def test_who_belongs_to_no_unit_reports_for_the_supervising_one(store: FakeStore, loaded: Loaded) -> None:
    send(store, loaded, replace(CENTRE, unit=""), full_form(DONE))
    assert store.latest_updates("sample").query("task == 'T01'")["unit"].tolist() == ["office"]


def test_a_report_that_is_later_than_the_campaigns_clock_is_not_seen(store: FakeStore, loaded: Loaded) -> None:
    assert store.latest_updates("sample").query("task == 'T03'")["status"].tolist() == ["accepted"]
    assert status_of(store, "sample", "T03", NOW)[0] is DONE
    send(store, loaded, CENTRE, full_form(Status.ACCEPTED, task="T03"))
    assert status_of(store, "sample", "T03", NOW)[0] is Status.ACCEPTED


def test_a_task_without_a_report_is_not_started(store: FakeStore) -> None:
    assert status_of(store, "sample", "T03", datetime(2020, 1, 1, tzinfo=UTC)) == (Status.NOT_STARTED, 0)


def test_supporting_units_report_too(store: FakeStore, loaded: Loaded) -> None:
    assert units_of_task(loaded.tasks, "T01") == ("roads", "office", "parks")
    assert units_of_task(loaded.tasks, "T99") == ()
    assert not send(store, loaded, SUPPORT, full_form(DONE)).repeated


@pytest.mark.parametrize(
    ("person", "status", "action"),
    [(None, DONE, "report"), (VIEWER, DONE, "report"), (STRANGER, IN_PROGRESS, "report"), (LEAD, "accepted", "accept")],
)
def test_who_may_not_is_refused_and_it_is_noted(
    store: FakeStore, loaded: Loaded, person: Person | None, status: str, action: str
) -> None:
    put(store, loaded, DONE)
    before = stored(store)
    with pytest.raises(NotAllowedError) as caught:
        send(store, loaded, person, full_form(Status(status)))
    (event,) = store.events(REFUSAL, subject="T01")
    assert stored(store) == before
    assert (event.author.name, event.at) == (person.name if person else "", NOW)
    assert event.detail == {"error": "NotAllowedError", "action": action}
    assert caught.value.message("zh") != caught.value.message("en")


def test_what_is_missing_is_named_in_both_languages_and_noted(store: FakeStore, loaded: Loaded) -> None:
    before = stored(store)
    with pytest.raises(TransitionError) as caught:
        send(store, loaded, LEAD, full_form(BLOCKED, difficulty=" \n", difficulty_kind=""))
    assert [one.field for one in caught.value.field_errors] == ["difficulty_kind", "difficulty"]
    assert "Difficulty: say what stands in the way." in caught.value.message("en")
    assert "困难：请写明困难的具体情况。" in caught.value.message("zh")
    assert store.events(REFUSAL)[0].detail["fields"] == "difficulty_kind;difficulty"
    assert stored(store) == before


def test_ten_megabytes_of_text_are_refused_and_not_noted_in_full(store: FakeStore, loaded: Loaded) -> None:
    before = stored(store)
    with pytest.raises(TransitionError, match=r"Note: has 10,485,760 characters; at most 4,000 are kept"):
        send(store, loaded, LEAD, full_form(DONE, note="长" * 10_485_760))
    assert stored(store) == before
    assert len(repr(store.events())) < 1000


@pytest.mark.parametrize("task", ["T99", "", "T" * 10_485_760, "T01\0\ud800", ["T01"]])
def test_an_unknown_task_is_refused(store: FakeStore, loaded: Loaded, task: str) -> None:
    submission = Submission("key", 0, NOW)
    form = full_form(DONE, task=task)
    with pytest.raises(UnknownTaskError):
        submit_report(store, loaded.campaign, tasks=loaded.tasks, person=CENTRE, form=form, submission=submission)
    assert len(repr(store.events(REFUSAL))) < 1000


def test_a_feature_of_another_task_is_refused(store: FakeStore, loaded: Loaded) -> None:
    with pytest.raises(TransitionError, match=r"Feature: does not belong to this task. Choose one of: C01, N01"):
        send(store, loaded, LEAD, full_form(DONE, feature="C02"))


def test_control_characters_are_removed_and_lines_stay(store: FakeStore, loaded: Loaded) -> None:
    send(store, loaded, LEAD, full_form(DONE, note=" 一\r\n二\x00\x1b[31m\t三\x85\ud800😀 "))
    assert store.history("sample", "T01")[0].change["note"][1] == "一\n二[31m 三😀"


def test_the_same_key_stores_once_also_when_the_task_has_moved_on(store: FakeStore, loaded: Loaded) -> None:
    seen = status_of(store, "sample", "T01", NOW)[1]
    first = send(store, loaded, LEAD, full_form(DONE), key="a", based_on=seen)
    send(store, loaded, CENTRE, full_form(Status.ACCEPTED), key="b")
    again = send(store, loaded, LEAD, full_form(DONE), key="a", based_on=seen)
    assert (again.seq, again.repeated) == (first.seq, True)
    assert store.events(REFUSAL) == ()


@pytest.mark.parametrize("status", [DONE, IN_PROGRESS, BLOCKED])
def test_who_saw_an_outdated_status_is_told_of_the_conflict(store: FakeStore, loaded: Loaded, status: Status) -> None:
    seen = status_of(store, "sample", "T01", NOW)[1]
    newer = put(store, loaded, Status.ACCEPTED)
    before = stored(store)
    with pytest.raises(ConflictError) as caught:
        send(store, loaded, LEAD, full_form(status), based_on=seen)
    assert caught.value.current == newer
    assert stored(store) == before


def test_a_basis_from_the_future_does_not_hide_a_report_that_comes_between(loaded: Loaded) -> None:
    store = seeded_store(loaded)
    append = store.append_update

    def overtaken(campaign: str, update: object, write: Write) -> Receipt:
        store.append_update = append  # type: ignore[method-assign]
        put(store, loaded, BLOCKED)
        return append(campaign, update, write)  # type: ignore[arg-type]

    store.append_update = overtaken  # type: ignore[method-assign]
    with pytest.raises(ConflictError):
        send(store, loaded, LEAD, full_form(DONE), based_on=10**9)


@pytest.mark.parametrize(
    ("told", "kept"),
    [(None, NOW), (NOW - timedelta(hours=3), NOW - timedelta(hours=3)), (datetime(2031, 1, 1, tzinfo=UTC), NOW)],
)
def test_what_a_device_tells_of_the_time_is_never_after_now(
    store: FakeStore, loaded: Loaded, told: datetime | None, kept: datetime
) -> None:
    send(store, loaded, LEAD, full_form(DONE, written_at=told))
    assert store.history("sample", "T01")[0].written_at == kept


def test_a_time_without_zone_is_refused(store: FakeStore, loaded: Loaded) -> None:
    with pytest.raises(TransitionError, match="Written at: has no time zone"):
        send(store, loaded, LEAD, full_form(DONE, written_at=NOW.replace(tzinfo=None)))


def test_a_refusal_sent_twice_is_noted_once(store: FakeStore, loaded: Loaded) -> None:
    for _ in range(2):
        with pytest.raises(NotAllowedError):
            send(store, loaded, STRANGER, full_form(DONE))
    assert len(store.events(REFUSAL)) == 1


def test_a_database_that_is_gone_does_not_hide_the_refusal(
    store: FakeStore, loaded: Loaded, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(_kind: str, _subject: str, _detail: Mapping[str, str], _write: Write) -> Receipt:
        raise StoreUnavailableError("gone")

    monkeypatch.setattr(store, "append_event", gone)
    with pytest.raises(NotAllowedError):
        send(store, loaded, STRANGER, full_form(DONE))
    assert "a refusal could not be noted: T01" in caplog.text


def test_a_task_whose_only_reports_lie_later_can_be_reported_on() -> None:
    shipped = load_campaign(DEFAULT_CAMPAIGN)
    desk = CampaignContext(shipped, FakeStore())
    assert status_of(desk.store, desk.campaign.id, "T44", desk.now()) == (Status.NOT_STARTED, 0)
    submission = Submission("key", last_seq(desk.store, desk.campaign.id, "T44", desk.now()), desk.now())
    form = ReportForm("T44", IN_PROGRESS, 10, note="started early")
    tasks = desk.store.tasks(desk.campaign.id)
    submit_report(desk.store, desk.campaign, tasks=tasks, person=CENTRE, form=form, submission=submission)
    assert status_of(desk.store, desk.campaign.id, "T44", desk.now())[0] is IN_PROGRESS
