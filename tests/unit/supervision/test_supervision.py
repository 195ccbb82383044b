from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from data.campaign.load import Loaded
from geo.model.errors import ConflictError, UnknownTaskError
from geo.model.supervision import ESCALATION_LEVELS, Act, EscalationLevel, SupervisionEvent
from services.access.policy import NotAllowedError, Person
from services.reports.forms import TEXT_MAX, TransitionError
from services.supervision import acts as supervision
from tests.support.fakes import FakeStore
from tests.support.fixtures_reports import (
    ADMINISTRATOR,
    CENTRE,
    EVERYBODY,
    LEAD,
    NOW,
    STRANGER,
    SUPPORT,
    VIEWER,
    seeded_store,
)
from tests.support.fixtures_supervision import URGE, act, ladder_of


@pytest.fixture
def store(loaded: Loaded) -> FakeStore:
    return seeded_store(loaded)


@pytest.fixture
def urged(store: FakeStore, loaded: Loaded) -> FakeStore:
    act(store, loaded, URGE)
    return store


def fields(error: pytest.ExceptionInfo[TransitionError]) -> list[str]:
    return [one.field for one in error.value.field_errors]


def test_a_rung_is_issued_received_answered_and_closed(urged: FakeStore, loaded: Loaded) -> None:
    act(urged, loaded, supervision.receipt(ladder_of(urged, loaded)), LEAD)
    act(urged, loaded, supervision.reply(ladder_of(urged, loaded), "已增加班组"), LEAD)
    act(urged, loaded, supervision.close(ladder_of(urged, loaded), "已落实"))
    closed = ladder_of(urged, loaded)
    assert (closed.open, closed.closing, closed.last.issued_by, closed.last.received_by) == (
        False,
        "已落实",
        "wang",
        "li",
    )
    assert [reply.text for reply in closed.last.replies] == ["已增加班组"]


@pytest.mark.parametrize("person", [one for one in EVERYBODY if one is not CENTRE])
def test_only_the_command_centre_issues(store: FakeStore, loaded: Loaded, person: Person | None) -> None:
    with pytest.raises(NotAllowedError):
        act(store, loaded, URGE, person)
    assert store.supervision(loaded.campaign.id) == ()


@pytest.mark.parametrize("person", [None, SUPPORT, STRANGER, VIEWER, ADMINISTRATOR])
def test_only_the_addressee_and_the_command_centre_answer(
    urged: FakeStore, loaded: Loaded, person: Person | None
) -> None:
    with pytest.raises(NotAllowedError):
        act(urged, loaded, supervision.receipt(ladder_of(urged, loaded)), person)
    assert act(urged, loaded, supervision.receipt(ladder_of(urged, loaded)), CENTRE).seq > 0


def test_an_answer_that_forges_its_addressee_is_refused(urged: FakeStore, loaded: Loaded) -> None:
    forged = replace(supervision.receipt(ladder_of(urged, loaded)), unit="parks")
    with pytest.raises(TransitionError) as refused:
        act(urged, loaded, forged, SUPPORT)
    assert fields(refused) == ["addressee"]


def test_who_answers_does_not_close(urged: FakeStore, loaded: Loaded) -> None:
    with pytest.raises(NotAllowedError):
        act(urged, loaded, supervision.close(ladder_of(urged, loaded), "done"), LEAD)


def test_the_same_key_twice_stores_once(store: FakeStore, loaded: Loaded) -> None:
    first = act(store, loaded, URGE, key="once", based_on=0)
    second = act(store, loaded, URGE, key="once", based_on=0)
    assert (second.repeated, second.seq) == (True, first.seq)
    assert len(store.supervision(loaded.campaign.id)) == 1


def test_an_act_on_what_somebody_changed_meanwhile_is_a_conflict(urged: FakeStore, loaded: Loaded) -> None:
    higher = supervision.issue("T01", EscalationLevel.SUPERVISE, "roads", "督办", None)
    with pytest.raises(ConflictError, match="newer version"):
        act(urged, loaded, higher, based_on=0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " \u0000\t"}, "text"),
        ({"text": "长" * (TEXT_MAX + 1)}, "text"),
        ({"text": None}, "text"),
        ({"unit": "trees"}, "addressee"),
        ({"unit": 7}, "addressee"),
        ({"rung": EscalationLevel.CLOSE}, "rung"),
        ({"rung": "urge!"}, "rung"),
        ({"act": "shout"}, "act"),
        ({"deadline": date(2020, 9, 14)}, "deadline"),
        ({"deadline": datetime(2020, 9, 20, tzinfo=UTC)}, "deadline"),
    ],
)
def test_a_notice_that_lacks_something_says_what(
    store: FakeStore, loaded: Loaded, change: dict[str, object], field: str
) -> None:
    forged = replace(URGE, **change)  # type: ignore[arg-type]  # forms are forged
    with pytest.raises(TransitionError) as refused:
        act(store, loaded, forged)
    assert fields(refused) == [field]
    assert refused.value.message("zh") != refused.value.message("en")


def test_a_task_that_does_not_exist_is_refused(store: FakeStore, loaded: Loaded) -> None:
    with pytest.raises(UnknownTaskError):
        act(store, loaded, replace(URGE, task="T99"))


def test_a_text_is_stored_without_control_characters(store: FakeStore, loaded: Loaded) -> None:
    act(store, loaded, replace(URGE, text=" 请\u0007加快\r\n今天 "))
    assert ladder_of(store, loaded).last.text == "请加快\n今天"


def test_a_refused_act_leaves_one_event(store: FakeStore, loaded: Loaded) -> None:
    for _ in range(2):
        with pytest.raises(NotAllowedError):
            act(store, loaded, URGE, LEAD, key="again")
    (event,) = store.events(supervision.REFUSAL)
    assert (event.subject, dict(event.detail)) == ("T01", {"error": "NotAllowedError", "action": "supervise"})


def test_who_wrote_and_when_is_the_stores_business(store: FakeStore, loaded: Loaded) -> None:
    forged = replace(URGE, who="mayor", at=NOW - timedelta(days=9), seq=77)
    act(store, loaded, forged)
    (stored,) = store.supervision(loaded.campaign.id)
    assert (stored.who, stored.at, stored.seq != 77) == ("wang", NOW, True)


def test_the_page_offers_what_the_service_accepts() -> None:
    offered = {person: [one for one in Act if supervision.may_act(person, one, "roads")] for person in EVERYBODY}
    assert offered[LEAD] == [Act.RECEIPT, Act.REPLY]
    assert offered[CENTRE] == list(Act)
    assert not any(offered[person] for person in EVERYBODY if person not in {LEAD, CENTRE})


def test_acts_of_the_files_that_lie_ahead_count_as_the_basis(store: FakeStore, loaded: Loaded) -> None:
    act(store, loaded, replace(URGE, deadline=None), now=NOW + timedelta(days=30))
    assert act(store, loaded, URGE).seq > 0
    assert ladder_of(store, loaded).last.deadline == URGE.deadline


@pytest.mark.parametrize("rung", ESCALATION_LEVELS)
def test_an_event_of_every_rung_can_be_issued_first(store: FakeStore, loaded: Loaded, rung: EscalationLevel) -> None:
    event = SupervisionEvent("T01", rung, Act.ISSUE, "office", "x", None)
    assert not act(store, loaded, event).repeated
