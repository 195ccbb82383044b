"""Say who may do what: one table, role × action × unit; pages ask it before they offer, services before they act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.model.errors import OneMapError, shown
from geo.model.status import Vocabulary
from locales import NOTHING, Label, Text


class Action(Vocabulary):
    """What can be done, as the policy tells it apart."""

    label: Label

    VIEW = "view", Text("look at the board")
    EXPORT_LEDGER = "export_ledger", Text("export the ledger")
    REPORT = "report", Text("report on this task")
    ANSWER = "answer", Text("answer a supervision of this task")
    SUPERVISE = "supervise", Text("supervise")
    ACCEPT = "accept", Text("sign a task off")
    REOPEN = "reopen", Text("take a sign-off back")
    SAVE_VIEW = "save_view", Text("keep a view")
    LOG_INCIDENT = "log_incident", Text("log an incident")
    CLOSE_INCIDENT = "close_incident", Text("close an incident")
    IMPORT_LEDGER = "import_ledger", Text("import a ledger")
    MANAGE_USERS = "manage_users", Text("manage accounts")


class Scope(StrEnum):
    """On which tasks a role may do something: on none, on those of the person's own unit, on any."""

    NONE = "none"
    OWN = "own"
    ANY = "any"


_LOOK: Final = {Action.VIEW: Scope.ANY, Action.EXPORT_LEDGER: Scope.ANY}


class Role(Vocabulary):
    """What a person is in this system, in the order of choices; an account has exactly one.

    What its rights do not name is refused. Whoever hands out rights does not sign tasks off: an administrator reports
    nothing.
    """

    label: Label
    rights: Mapping[Action, Scope]

    VIEWER = "viewer", Text("Viewer"), MappingProxyType(_LOOK)
    FIELD_LEAD = (
        "field_lead",
        Text("Field lead"),
        MappingProxyType(
            {
                **_LOOK,
                Action.REPORT: Scope.OWN,
                Action.ANSWER: Scope.OWN,
                Action.LOG_INCIDENT: Scope.ANY,
                Action.SAVE_VIEW: Scope.ANY,
            }
        ),
    )
    COMMAND_CENTRE = (
        "command_centre",
        Text("Command centre"),
        MappingProxyType(
            {
                **_LOOK,
                Action.REPORT: Scope.ANY,
                Action.ANSWER: Scope.ANY,
                Action.SUPERVISE: Scope.ANY,
                Action.ACCEPT: Scope.ANY,
                Action.REOPEN: Scope.ANY,
                Action.LOG_INCIDENT: Scope.ANY,
                Action.SAVE_VIEW: Scope.ANY,
                Action.CLOSE_INCIDENT: Scope.ANY,
            }
        ),
    )
    ADMINISTRATOR = (
        "administrator",
        Text("Administrator"),
        MappingProxyType(
            {
                **_LOOK,
                Action.SAVE_VIEW: Scope.ANY,
                Action.IMPORT_LEDGER: Scope.ANY,
                Action.MANAGE_USERS: Scope.ANY,
            }
        ),
    )

    @property
    def of_a_unit(self) -> bool:
        """Whether it may do something on the tasks of its own unit only, so that its people must belong to one."""
        return Scope.OWN in self.rights.values()


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever acts; `name` is empty for a visitor, who has not signed in, and `unit` for who belongs to none."""

    name: str
    display_name: str
    role: Role
    unit: str

    @property
    def signed_in(self) -> bool:
        """Whether the person has an account or comes from an identity provider."""
        return bool(self.name)


VISITOR: Final = Person("", "", Role.VIEWER, "")
"""Who has not signed in, where the server lets such people look."""

OPERATOR: Final = Person("operator", "Operator", Role.ADMINISTRATOR, "")
"""Who works in a terminal of the server: that they can reach the files is their proof."""


class NotAllowedError(OneMapError, PermissionError):
    """Say that a person may not do something; `task` is empty where it is not about one task."""

    def __init__(self, person: Person | None, action: Action, task: str = "") -> None:
        """Name the person, None for nobody, what they wanted, and the task."""
        self.person = person
        self.action = action
        self.task = task
        super().__init__(_refusal(person, action.label, shown(task)[1:-1]))


def _refusal(person: Person | None, what: Label, task: str) -> Text:
    """Return who may not do what, and what helps."""
    if person is None or not person.signed_in:
        return Text("Sign in first to {what}.", what=what)
    return Text(
        "{who} may not {what}{of_task}; nothing was saved. An administrator can change that.",
        who=shown(person.display_name or person.name)[1:-1],
        what=what,
        of_task=Text(" ({task})", task=task) if task else NOTHING,
    )


def may(person: Person | None, action: Action, *, task_units: Collection[str] = ()) -> bool:
    """Tell whether a person may do something.

    Parameters
    ----------
    person
        Who asks; None, for nobody, may do nothing.
    action
        What they want to do.
    task_units
        Lead and supporting units of the task that it is done to; counts where the role is bound to its own unit.
    """
    if person is None:
        return False
    scope = person.role.rights.get(action, Scope.NONE)
    return scope is Scope.ANY or (scope is Scope.OWN and bool(person.unit) and person.unit in task_units)


def require(person: Person | None, action: Action, *, task: str = "", task_units: Collection[str] = ()) -> None:
    """Let through whoever may do something; parameters as in `may`, and the id of the task for the refusal.

    Raises
    ------
    NotAllowedError
        If they may not.
    """
    if not may(person, action, task_units=task_units):
        raise NotAllowedError(person, action, task)
