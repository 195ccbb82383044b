"""The table of moves, whole: who may make which, what each demands, and that the service keeps to it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded, load_campaign
from geo.model.status import STATUS_ORDER, TRANSITIONS, Status
from services.access.policy import NotAllowedError, Person
from services.reports.forms import ReportForm, TransitionError, faults
from services.reports.transitions import allowed_moves, check, required_fields
from tests.support.fixtures_campaign import write_campaign
from tests.support.fixtures_reports import (
    ADMINISTRATOR,
    CENTRE,
    EVERYBODY,
    LEAD,
    STRANGER,
    VIEWER,
    full_form,
    put,
    seeded_store,
)
from tests.support.fixtures_reports import send as send_report

NOT_STARTED, IN_PROGRESS, BLOCKED, DONE, ACCEPTED = STATUS_ORDER
UNITS = ("roads", "office", "parks")
DIFFICULTY = ("difficulty_kind", "difficulty")
TABLE: dict[tuple[Status, Status], tuple[str, tuple[str, ...]]] = {
    (NOT_STARTED, NOT_STARTED): ("report", ()),
    (NOT_STARTED, IN_PROGRESS): ("report", ()),
    (NOT_STARTED, BLOCKED): ("report", DIFFICULTY),
    (NOT_STARTED, DONE): ("report", ("percent",)),
    (IN_PROGRESS, NOT_STARTED): ("report", ("note",)),
    (IN_PROGRESS, IN_PROGRESS): ("report", ()),
    (IN_PROGRESS, BLOCKED): ("report", DIFFICULTY),
    (IN_PROGRESS, DONE): ("report", ("percent",)),
    (BLOCKED, NOT_STARTED): ("report", ("note",)),
    (BLOCKED, IN_PROGRESS): ("report", ()),
    (BLOCKED, BLOCKED): ("report", DIFFICULTY),
    (BLOCKED, DONE): ("report", ("percent",)),
    (DONE, IN_PROGRESS): ("report", ("note",)),
    (DONE, BLOCKED): ("report", ("note", *DIFFICULTY)),
    (DONE, DONE): ("report", ("percent",)),
    (DONE, ACCEPTED): ("accept", ("percent",)),
    (ACCEPTED, IN_PROGRESS): ("reopen", ("note",)),
}
MOVES = list(product(STATUS_ORDER, STATUS_ORDER))
EMPTY: dict[str, object] = {"note": "", "difficulty_kind": "", "difficulty": "", "percent": 50}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_campaign(write_campaign(tmp_path_factory.mktemp("small") / "campaign"))


def test_the_table_is_the_one_that_was_agreed() -> None:
    assert {pair: (move.right, move.required_fields) for pair, move in TRANSITIONS.items()} == TABLE


@pytest.mark.parametrize(
    ("person", "moves"),
    [
        (None, [(), (), (), (), ()]),
        (VIEWER, [(), (), (), (), ()]),
        (ADMINISTRATOR, [(), (), (), (), ()]),
        (STRANGER, [(), (), (), (), ()]),
        (LEAD, [STATUS_ORDER[:4]] * 3 + [(IN_PROGRESS, BLOCKED, DONE), ()]),
        (CENTRE, [STATUS_ORDER[:4]] * 3 + [(IN_PROGRESS, BLOCKED, DONE, ACCEPTED), (IN_PROGRESS,)]),
    ],
)
def test_a_person_is_offered_what_they_may_do(person: Person | None, moves: list[tuple[Status, ...]]) -> None:
    assert [allowed_moves(person, UNITS, status) for status in STATUS_ORDER] == moves


@pytest.mark.parametrize(("current", "wanted"), MOVES)
def test_a_full_report_meets_every_demand_of_a_move_that_exists(current: Status, wanted: Status) -> None:
    lacks = [one.field for one in check(full_form(wanted), current)]
    assert lacks == ([] if (current, wanted) in TABLE else ["status"])


@pytest.mark.parametrize(("current", "wanted"), TABLE)
def test_every_demanded_field_is_asked_for_when_it_is_empty(current: Status, wanted: Status) -> None:
    form = full_form(wanted, **EMPTY)
    wrong_percent = {"percent"} if wanted in {NOT_STARTED, DONE, ACCEPTED} else set()
    asked = check(form, current)
    assert {one.field for one in asked} == set(required_fields(current, wanted)) | wrong_percent
    assert all(demand.sentence("zh") != demand.sentence("en") and demand.label.zh for demand in asked)


@given(status=st.sampled_from(STATUS_ORDER), percent=st.integers() | st.integers(-1, 101))
def test_a_percentage_fits_its_status(status: Status, percent: int) -> None:
    least, most = status.rule.percents
    current = DONE if status is ACCEPTED else IN_PROGRESS
    lacks = [one.field for one in check(full_form(status, percent=percent), current)]
    assert lacks == ([] if least <= percent <= most else ["percent"])


def test_all_of_a_task_in_progress_is_called_done() -> None:
    (demand,) = check(full_form(IN_PROGRESS, percent=100), IN_PROGRESS)
    assert "“Done”" in demand.sentence("en")
    assert "“已完成”" in demand.sentence("zh")


def test_an_impossible_move_names_those_that_are_possible() -> None:
    (demand,) = check(full_form(ACCEPTED), IN_PROGRESS)
    assert demand.sentence("zh") == "状态：任务现为“推进中”，不能改为“已销号”。可选：未开始、推进中、受阻、已完成。"


def test_a_difficulty_without_a_kind_is_classified_first() -> None:
    form = full_form(IN_PROGRESS, difficulty_kind="")
    assert [one.field for one in check(form, IN_PROGRESS)] == ["difficulty_kind"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "done"),
        ("status", ["done"]),
        ("percent", "50"),
        ("percent", True),
        ("percent", 50.5),
        ("percent", float("nan")),
        ("percent", 101),
        ("percent", -(10**400)),
        ("note", None),
        ("note", b"note"),
        ("difficulty_kind", 3),
        ("difficulty_kind", "aliens"),
        ("difficulty", ("land",)),
        ("suggestion", {}),
        ("feature", 1),
        ("written_at", "2020-09-15"),
        ("photos", "photo"),
        ("photos", tuple(range(10))),
        ("note", "长" * 4001),
        ("suggestion", "x" * 10_485_760),
    ],
)
def test_a_forged_field_is_named_and_nothing_fails(field: str, value: object) -> None:
    form = full_form(IN_PROGRESS, **{field: value}).tidied()
    assert [one.field for one in faults(form)] == [field]
    assert check(form, IN_PROGRESS) == faults(form)
    assert len(faults(form)[0].sentence("en")) < 200


@given(
    person=st.sampled_from(EVERYBODY),
    current=st.sampled_from(STATUS_ORDER),
    wanted=st.sampled_from(STATUS_ORDER),
    empty=st.sets(st.sampled_from(sorted(EMPTY))),
)
def test_the_service_takes_what_the_page_offers_and_nothing_else(
    small: Loaded, person: Person | None, current: Status, wanted: Status, empty: set[str]
) -> None:
    store = seeded_store(small)
    before = put(store, small, current)
    form: ReportForm = full_form(wanted, **{name: EMPTY[name] for name in empty})
    offered = wanted in allowed_moves(person, UNITS, current)
    if offered and not check(form, current):
        assert send_report(store, small, person, form).seq > before
        return
    with pytest.raises(TransitionError if offered else (NotAllowedError, TransitionError)):
        send_report(store, small, person, form)
    assert len(store.updates(small.campaign.id).query("seq > @before")) == 0
