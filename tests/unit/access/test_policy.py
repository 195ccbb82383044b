"""The policy holds for every role, action and unit, not for the few that somebody thought of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.access.policy import (
    OPERATOR,
    VISITOR,
    Action,
    NotAllowedError,
    Person,
    Role,
    Scope,
    may,
    require,
)

UNITS = st.sampled_from(["", "minhang", "changning", "rail"])
PERSONS = st.builds(Person, st.text(), st.text(), st.sampled_from(Role), UNITS)
ACTIONS = st.sampled_from(Action)
TASK_UNITS = st.frozensets(UNITS)
COLUMNS = (Role.VIEWER, Role.FIELD_LEAD, Role.COMMAND_CENTRE, Role.ADMINISTRATOR)
TABLE = {
    Action.VIEW: "any any any any",
    Action.EXPORT_LEDGER: "any any any any",
    Action.REPORT: "none own any none",
    Action.ANSWER: "none own any none",
    Action.SUPERVISE: "none none any none",
    Action.ACCEPT: "none none any none",
    Action.REOPEN: "none none any none",
    Action.SAVE_VIEW: "none any any any",
    Action.LOG_INCIDENT: "none any any none",
    Action.CLOSE_INCIDENT: "none none any none",
    Action.IMPORT_LEDGER: "none none none any",
    Action.MANAGE_USERS: "none none none any",
}
"""The rights written out a second time, a column a role: whoever changes one means it."""
CHANGES = frozenset(Action) - {Action.VIEW, Action.EXPORT_LEDGER, Action.LOG_INCIDENT, Action.SAVE_VIEW}
"""Of what changes something, whoever is there may log an incident and keep a view, whatever their unit."""


@given(ACTIONS, TASK_UNITS)
def test_nobody_may_do_nothing(action: Action, units: frozenset[str]) -> None:
    assert not may(None, action, task_units=units)


@given(PERSONS, ACTIONS, TASK_UNITS)
def test_the_answer_is_that_of_the_table(person: Person, action: Action, units: frozenset[str]) -> None:
    scope = person.role.rights.get(action, Scope.NONE)
    own = person.unit != "" and person.unit in units
    assert may(person, action, task_units=units) == {Scope.NONE: False, Scope.OWN: own, Scope.ANY: True}[scope]


@given(PERSONS, ACTIONS, TASK_UNITS, TASK_UNITS)
def test_more_units_of_a_task_never_take_a_right_away(
    person: Person, action: Action, some: frozenset[str], more: frozenset[str]
) -> None:
    assert may(person, action, task_units=some) <= may(person, action, task_units=some | more)


@given(PERSONS, ACTIONS, TASK_UNITS)
def test_only_the_role_and_the_unit_decide(person: Person, action: Action, units: frozenset[str]) -> None:
    other = Person("other", "Other", person.role, person.unit)
    assert may(person, action, task_units=units) == may(other, action, task_units=units)


@given(ACTIONS, TASK_UNITS, UNITS)
def test_a_field_lead_writes_for_their_own_unit_only(action: Action, units: frozenset[str], unit: str) -> None:
    lead = Person("lead", "Lead", Role.FIELD_LEAD, unit)
    if action in CHANGES and may(lead, action, task_units=units):
        assert unit
        assert unit in units
        assert action in {Action.REPORT, Action.ANSWER}


@given(st.sampled_from(sorted(CHANGES)), TASK_UNITS, UNITS)
def test_a_viewer_changes_nothing(action: Action, units: frozenset[str], unit: str) -> None:
    assert not may(Person("viewer", "Viewer", Role.VIEWER, unit), action, task_units=units)
    assert not may(VISITOR, action, task_units=units)


@given(ACTIONS, TASK_UNITS)
def test_whoever_manages_accounts_neither_reports_nor_signs_off(action: Action, units: frozenset[str]) -> None:
    roles = [role for role in Role if role.rights.get(Action.MANAGE_USERS)]
    assert roles == [Role.ADMINISTRATOR]
    judging = {Action.REPORT, Action.ACCEPT, Action.REOPEN, Action.SUPERVISE}
    assert not (action in judging and may(OPERATOR, action, task_units=units))


@given(PERSONS, ACTIONS, TASK_UNITS)
def test_a_demand_refuses_exactly_who_may_not(person: Person, action: Action, units: frozenset[str]) -> None:
    if may(person, action, task_units=units):
        require(person, action, task_units=units)
    else:
        with pytest.raises(NotAllowedError):
            require(person, action, task_units=units)


def test_every_role_and_action_has_a_name_in_both_languages() -> None:
    assert all(role.rights for role in Role)
    assert all(label.zh and label.en for label in [one.label for one in (*Role, *Action)])


def test_everybody_may_look_and_every_action_is_somebodys() -> None:
    assert all(role.rights[Action.VIEW] is Scope.ANY for role in Role)
    assert {action for role in Role for action in role.rights} == set(Action)


@pytest.mark.parametrize("action", Action)
def test_each_right_is_the_one_that_was_decided(action: Action) -> None:
    assert [role.rights.get(action, Scope.NONE) for role in COLUMNS] == [Scope(one) for one in TABLE[action].split()]


def test_a_right_to_any_task_asks_for_no_unit_and_one_to_the_own_asks_for_it() -> None:
    centre, lead = (Person("li", "Li", role, "rail") for role in (Role.COMMAND_CENTRE, Role.FIELD_LEAD))
    assert [may(centre, Action.REPORT, task_units=units) for units in ((), ("minhang",), ("rail",))] == [True] * 3
    assert [may(lead, Action.REPORT, task_units=units) for units in ((), ("minhang",), ("rail",))] == [
        False,
        False,
        True,
    ]


def test_who_belongs_to_no_unit_has_no_own_task_even_where_a_task_has_none() -> None:
    assert not may(Person("li", "Li", Role.FIELD_LEAD, ""), Action.REPORT, task_units=("",))


def test_a_visitor_has_not_signed_in_and_a_person_with_a_name_has() -> None:
    assert (VISITOR.signed_in, OPERATOR.signed_in) == (False, True)


@pytest.mark.parametrize(
    ("person", "task", "zh", "en"),
    [
        (None, "T01", "请先登录，再销号。", "Sign in first to sign a task off."),
        (VISITOR, "T01", "请先登录，再销号。", "Sign in first to sign a task off."),
        (Person("li", "李", Role.VIEWER, ""), "", "李无权销号，没有保存。", "李 may not sign a task off; nothing"),
        (Person("li", "", Role.VIEWER, ""), "T01", "li无权销号（任务 T01），", "li may not sign a task off (T01);"),
    ],
)
def test_a_refusal_says_who_may_not_do_what_to_which_task(person: Person | None, task: str, zh: str, en: str) -> None:
    with pytest.raises(NotAllowedError) as caught:
        require(person, Action.ACCEPT, task=task)
    assert (caught.value.person, caught.value.action, caught.value.task) == (person, Action.ACCEPT, task)
    assert caught.value.message("zh").startswith(zh)
    assert str(caught.value).startswith(en)
