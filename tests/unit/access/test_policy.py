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
