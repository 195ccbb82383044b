from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.errors import NaiveInstantError
from geo.model.supervision import (
    ACT_LABELS,
    ESCALATION_LEVELS,
    LEVEL_LABELS,
    LEVEL_RANK,
    Act,
    EscalationLevel,
    SupervisionEvent,
    next_level,
)
from geo.supervision.ladder import FOLLOWS, Ladder, Step, StepState, check_act, issuable, ladders
from tests.support.ladder_samples import START, TASK, TZ, act, histories, instants

REMIND = act(Act.ISSUE, deadline=date(2020, 9, 5))
URGE = act(Act.ISSUE, EscalationLevel.URGE, day=8, deadline=date(2020, 9, 12))
CLOSE = act(Act.CLOSE, EscalationLevel.CLOSE, day=9)


def ladder(*events: SupervisionEvent, day: float = 20) -> Ladder:
    return ladders(events, START + timedelta(days=day), TZ)[TASK]


def on(*events: SupervisionEvent, as_of: datetime) -> Mapping[str, Ladder]:
    return ladders(events, as_of, TZ)


def test_a_task_that_was_never_supervised_has_no_ladder() -> None:
    assert ladders((), START, TZ) == {}


def test_an_act_that_is_not_stored_yet_is_not_known() -> None:
    assert ladders((SupervisionEvent(TASK, EscalationLevel.URGE, Act.ISSUE, "roads", "x", None),), START, TZ) == {}


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError, match="no time zone"):
        ladders((), datetime(2020, 9, 1), TZ)  # noqa: DTZ001  that is the fault


def test_an_issued_rung_waits_for_its_receipt_since_it_was_issued() -> None:
    found = ladder(REMIND, day=3)
    assert (found.open, found.rung, found.waiting_for, found.days_waiting) == (
        True,
        EscalationLevel.REMIND,
        "receipt",
        3,
    )
    assert (found.reply_overdue_days, found.proposed) == (0, None)


def test_a_received_rung_waits_for_its_reply_since_the_receipt() -> None:
    found = ladder(REMIND, act(Act.RECEIPT, day=1), day=3)
    assert (found.waiting_for, found.days_waiting, found.last.received_by) == ("reply", 2, "somebody")


def test_an_answered_rung_waits_for_nobody_and_proposes_nothing() -> None:
    found = ladder(REMIND, act(Act.RECEIPT, day=1), act(Act.REPLY, day=2))
    assert (found.waiting_for, found.days_waiting, found.proposed) == (None, 0, None)
    assert [reply.text for reply in found.last.replies] == ["reply remind"]


def test_a_reply_without_a_receipt_counts_as_one() -> None:
    assert ladder(REMIND, act(Act.REPLY, day=2)).last.receipt_at == START + timedelta(days=2)


def test_a_second_receipt_of_the_same_step_changes_nothing() -> None:
    once = ladder(REMIND, act(Act.RECEIPT, day=1))
    assert ladder(REMIND, act(Act.RECEIPT, day=1), act(Act.RECEIPT, day=2)) == once


def test_the_next_rung_is_proposed_and_not_taken_when_the_deadline_passes() -> None:
    found = ladder(REMIND, day=6)
    assert (found.rung, found.proposed, found.reply_overdue_days) == (EscalationLevel.REMIND, EscalationLevel.URGE, 2)


def test_nothing_is_proposed_above_the_highest_rung() -> None:
    highest = act(Act.ISSUE, EscalationLevel.CIRCULATE, deadline=date(2020, 9, 2))
    assert (ladder(highest).proposed, ladder(highest).last.overdue) == (None, True)


def test_a_step_without_a_deadline_is_never_overdue() -> None:
    assert ladder(act(Act.ISSUE), day=400).reply_overdue_days == 0


def test_a_late_reply_leaves_the_step_overdue_and_the_ladder_at_rest() -> None:
    found = ladder(REMIND, act(Act.REPLY, day=6))
    assert (found.last.overdue, found.reply_overdue_days, found.proposed) == (True, 0, None)


def test_a_second_reply_after_the_deadline_makes_no_step_late() -> None:
    found = ladder(REMIND, act(Act.REPLY, day=1), act(Act.REPLY, day=9))
    assert ([reply.at for reply in found.last.replies], found.last.overdue) == (
        [START + timedelta(days=1), START + timedelta(days=9)],
        False,
    )


def test_a_second_reply_does_not_take_back_that_the_first_was_late() -> None:
    assert ladder(REMIND, act(Act.REPLY, day=6), act(Act.REPLY, day=7)).last.overdue


def test_a_reply_on_the_day_of_the_deadline_is_not_late_and_one_on_the_day_after_is() -> None:
    assert [ladder(REMIND, act(Act.REPLY, day=day)).last.overdue for day in (4, 5)] == [False, True]


def test_a_lower_rung_does_not_follow_a_higher_one() -> None:
    lower = act(Act.ISSUE, EscalationLevel.REMIND, day=9)
    assert ladder(URGE, lower) == ladder(URGE)


def test_the_same_rung_may_be_issued_again_to_another_unit() -> None:
    again = act(Act.ISSUE, day=1, unit="parks")
    assert [step.unit for step in ladder(REMIND, again).steps] == ["roads", "parks"]


def test_an_answer_to_an_earlier_rung_is_passed_over() -> None:
    assert ladder(REMIND, URGE, act(Act.REPLY, EscalationLevel.REMIND, day=9)).last.replies == ()


def test_a_closed_ladder_has_no_rung_and_the_next_issue_begins_anew() -> None:
    closed = ladder(URGE, CLOSE)
    assert (closed.open, closed.rung, closed.closing, closed.standing) == (False, None, "close close", StepState.NONE)
    anew = ladder(URGE, CLOSE, act(Act.ISSUE, day=10))
    assert (anew.rung, anew.earlier) == (EscalationLevel.REMIND, (closed,))


def test_a_deadline_that_had_not_passed_at_the_closing_does_not_pass_afterwards() -> None:
    assert not ladder(URGE, CLOSE, day=300).last.overdue


def test_notices_are_numbered_over_the_whole_campaign() -> None:
    other = act(Act.ISSUE, day=1, task="T02")
    found = on(REMIND, other, URGE, act(Act.ISSUE, EscalationLevel.REMIND, day=9), as_of=START + timedelta(days=30))
    assert [step.number for step in found[TASK].steps] == [1, 3]
    assert [step.number for step in found["T02"].steps] == [2]


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_a_deadline_passes_at_24_hours_local_time_of_any_day(deadline: date) -> None:
    midnight = datetime.combine(deadline + timedelta(days=1), time(), tzinfo=TZ).astimezone(UTC)
    issued = midnight - timedelta(days=3)
    event = SupervisionEvent(TASK, EscalationLevel.URGE, Act.ISSUE, "roads", "x", deadline, issued, "a", 1)
    before, after = (on(event, as_of=as_of)[TASK] for as_of in (midnight - timedelta(microseconds=1), midnight))
    assert (before.last.overdue, before.proposed) == (False, None)
    assert (after.last.overdue, after.proposed, after.reply_overdue_days) == (True, EscalationLevel.SUPERVISE, 1)


def test_the_leap_day_is_a_day_of_its_own() -> None:
    issued = datetime(2020, 2, 28, 2, tzinfo=UTC)
    event = SupervisionEvent(TASK, EscalationLevel.REMIND, Act.ISSUE, "roads", "x", date(2020, 2, 29), issued, "a", 1)
    days = [on(event, as_of=datetime(2020, *day, 4, tzinfo=UTC))[TASK] for day in ((2, 29), (3, 1), (3, 2))]
    assert [(one.days_waiting, one.reply_overdue_days) for one in days] == [(1, 0), (2, 1), (3, 2)]


@given(histories, instants, instants)
def test_an_open_ladder_never_goes_down_until_it_is_closed(
    events: tuple[SupervisionEvent, ...], one: datetime, other: datetime
) -> None:
    before, after = (ladders(events, as_of, TZ) for as_of in sorted((one, other)))
    for task, then in before.items():
        now = after[task]
        if then.rung and now.rung and then.earlier == now.earlier:
            assert LEVEL_RANK[now.rung] >= LEVEL_RANK[then.rung]
        assert now.seq >= then.seq


@given(histories, instants, instants)
def test_a_deadline_that_has_passed_stays_passed(
    events: tuple[SupervisionEvent, ...], one: datetime, other: datetime
) -> None:
    before, after = (
        {step.seq for ladder in ladders(events, as_of, TZ).values() for step in _steps(ladder) if step.overdue}
        for as_of in sorted((one, other))
    )
    assert before <= after


@given(histories, instants)
def test_what_is_learnt_later_never_changes_an_earlier_board(
    events: tuple[SupervisionEvent, ...], as_of: datetime
) -> None:
    known = [event for event in events if event.at and event.at <= as_of]
    assert ladders(known, as_of, TZ) == ladders(reversed(events), as_of, TZ)


@given(histories, st.sampled_from(list(Act)), st.sampled_from(ESCALATION_LEVELS))
def test_the_check_lets_through_exactly_what_the_fold_takes(
    events: tuple[SupervisionEvent, ...], what: Act, rung: EscalationLevel
) -> None:
    as_of = START + timedelta(days=30)
    before = ladders(events, as_of, TZ).get(TASK)
    event = act(what, rung, day=29)
    after = ladders((*events, event), as_of, TZ).get(TASK)
    assert (after != before) == (not check_act(before, event, units=("roads",), today=as_of.date()))


@pytest.mark.parametrize("standing", StepState)
def test_the_table_names_every_standing_and_only_the_first_issue_opens(standing: StepState) -> None:
    assert Act.ISSUE in FOLLOWS[standing]
    assert (Act.CLOSE in FOLLOWS[standing]) == (standing is not StepState.NONE)


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (act(Act.ISSUE, EscalationLevel.REMIND, day=9), "rung"),
        (act(Act.ISSUE, EscalationLevel.CLOSE, day=9), "rung"),
        (act(Act.ISSUE, EscalationLevel.URGE, day=9, unit="jinjiang"), "addressee"),
        (act(Act.ISSUE, EscalationLevel.URGE, day=9, deadline=date(2020, 9, 9)), "deadline"),
        (act(Act.RECEIPT, EscalationLevel.REMIND, day=9), "rung"),
        (act(Act.RECEIPT, EscalationLevel.URGE, day=9, unit="parks"), "addressee"),
        (act(Act.REPLY, EscalationLevel.URGE, day=9, deadline=date(2020, 9, 30)), "deadline"),
    ],
)
def test_a_refused_act_names_its_field_in_both_languages(event: SupervisionEvent, field: str) -> None:
    (fault,) = check_act(ladder(URGE), event, units=("roads", "parks"), today=date(2020, 9, 10))
    assert fault.field == field
    assert fault.need.zh
    assert fault.need.en


def test_an_act_on_no_open_ladder_says_so() -> None:
    (fault,) = check_act(None, act(Act.RECEIPT), units=("roads",), today=date(2020, 9, 10))
    assert fault.need.zh.startswith("该任务没有进行中的督办")


def test_rungs_that_may_follow() -> None:
    assert (issuable(None), issuable(ladder(URGE, CLOSE))) == (ESCALATION_LEVELS, ESCALATION_LEVELS)
    assert issuable(ladder(URGE)) == ESCALATION_LEVELS[1:]


def _steps(ladder: Ladder) -> list[Step]:
    return [step for one in (*ladder.earlier, ladder) for step in one.steps]


@pytest.mark.parametrize(
    ("what", "allowed"), [(Act.ISSUE, ESCALATION_LEVELS[1:]), (Act.RECEIPT, ESCALATION_LEVELS[1:2])]
)
def test_a_wrong_rung_is_answered_with_those_that_are_allowed(what: Act, allowed: tuple[EscalationLevel, ...]) -> None:
    event = act(what, EscalationLevel.REMIND, day=9)
    (fault,) = check_act(ladder(URGE), event, units=("roads",), today=date(2020, 9, 10))
    assert fault.need.en.endswith(f"Choose one of: {', '.join(LEVEL_LABELS[rung].en for rung in allowed)}.")


def test_a_deadline_may_be_today_and_not_yesterday() -> None:
    faults = [
        check_act(None, act(Act.ISSUE, deadline=date(2020, 9, day)), units=("roads",), today=date(2020, 9, 10))
        for day in (9, 10)
    ]
    assert [[fault.field for fault in one] for one in faults] == [["deadline"], []]


def test_an_impossible_act_is_named_within_the_sentence() -> None:
    (fault,) = check_act(None, act(Act.RECEIPT), units=("roads",), today=date(2020, 9, 10))
    assert f"“{ACT_LABELS[Act.RECEIPT].en.lower()}”" in fault.need.en


def test_above_the_highest_rung_and_above_the_closing_there_is_none() -> None:
    assert [next_level(rung) for rung in (*ESCALATION_LEVELS, EscalationLevel.CLOSE)] == [
        *ESCALATION_LEVELS[1:],
        None,
        None,
    ]


def test_an_act_that_is_refused_takes_no_number() -> None:
    refused = act(Act.ISSUE, EscalationLevel.REMIND, day=9)
    found = on(URGE, refused, act(Act.ISSUE, day=10, task="T02"), as_of=START + timedelta(days=20))
    assert [found[task].last.number for task in (TASK, "T02")] == [1, 2]
