"""Take an act of supervision: who may do it, what it must hold and what it is based on are checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from types import NoneType
from typing import Final

import pandas as pd

from data.store.protocol import Store
from data.store.rows import Receipt
from geo.model.campaign import Campaign, local_day
from geo.model.errors import UnknownTaskError
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from geo.supervision.ladder import Ladder, check_act, ladders
from locales import Text
from services.access.policy import Action, NotAllowedError, Person, may
from services.reports.forms import (
    TEXT_MAX,
    FieldError,
    Submission,
    TransitionError,
    refusals_noted,
    tidy_text,
    write_of,
)
from services.reports.reports import units_of_task

REFUSAL: Final = "supervision_refused"
"""Kind of the event that a refused act leaves in the store."""

ACTION_OF: Final[Mapping[Act, Action]] = {
    Act.ISSUE: Action.SUPERVISE,
    Act.RECEIPT: Action.ANSWER,
    Act.REPLY: Action.ANSWER,
    Act.CLOSE: Action.SUPERVISE,
}
"""What the policy calls each act: the supervising side issues and closes, the addressee answers."""

_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "task": str,
    "rung": EscalationLevel,
    "act": Act,
    "unit": str,
    "text": str,
    "deadline": (date, NoneType),
}
_WRONG_TYPE: Final = Text("holds a value of the wrong type; fill it in again.")
_NAMES: Final = {"unit": "addressee"}


def may_act(person: Person | None, act: Act, unit: str = "") -> bool:
    """Tell whether a person may do an act; `unit` is the addressee, which counts for who answers."""
    return may(person, ACTION_OF[act], task_units=(unit,) if unit else ())


def issue(task: str, rung: EscalationLevel, unit: str, text: str, deadline: date | None) -> SupervisionEvent:
    """Return the act of issuing a rung to a unit, to be submitted."""
    return SupervisionEvent(task, rung, Act.ISSUE, unit, text, deadline)


def receipt(ladder: Ladder) -> SupervisionEvent:
    """Return the act of confirming the receipt of a ladder's last step, to be submitted."""
    return SupervisionEvent(ladder.task, ladder.last.rung, Act.RECEIPT, ladder.last.unit, "", None)


def reply(ladder: Ladder, text: str) -> SupervisionEvent:
    """Return the act of answering a ladder's last step, to be submitted."""
    return SupervisionEvent(ladder.task, ladder.last.rung, Act.REPLY, ladder.last.unit, text, None)


def close(ladder: Ladder, text: str) -> SupervisionEvent:
    """Return the act of closing a ladder, to be submitted."""
    return SupervisionEvent(ladder.task, EscalationLevel.CLOSE, Act.CLOSE, ladder.last.unit, text, None)


def last_act(store: Store, campaign: str, task: str) -> int:
    """Return the greatest `seq` of a task's acts, 0 without one; what a new act is based on.

    Acts of later days count too, since the store counts them: the files of a campaign that is over hold some.
    """
    return max((event.seq for event in store.supervision(campaign) if event.task == task), default=0)


def submit_act(
    store: Store,
    campaign: Campaign,
    *,
    tasks: pd.DataFrame,
    person: Person | None,
    event: SupervisionEvent,
    submission: Submission,
) -> Receipt:
    """Store an act of supervision, or say why not; a refusal is logged as an event and nothing else is stored.

    Parameters
    ----------
    store, campaign
        Where, and in which campaign.
    tasks
        The campaign's tasks as `Store.tasks` gives them.
    person
        Who acts; None where nobody is signed in.
    event, submission
        The act as it was written, and its key, basis (`last_act`) and time.

    Raises
    ------
    UnknownTaskError
        If the campaign has no such task.
    NotAllowedError
        If the person may not do this.
    TransitionError
        If the act cannot follow, or lacks what it must hold.
    ConflictError
        If the task was supervised since `submission.based_on`, or its key was used for another act.
    StoreUnavailableError
        If it cannot be stored.
    """
    event = _tidied(event)
    with refusals_noted(store, REFUSAL, event.task, person, submission):
        seq = _check(store, campaign, tasks, person, event, submission)
    return store.append_supervision(campaign.id, event, write_of(person, submission, seq))


def _tidied(event: SupervisionEvent) -> SupervisionEvent:
    """Return an act with a text that can be kept; who wrote it when is for the store to say."""
    text = tidy_text(event.text) if _is_a(event.text, str) else event.text
    return replace(event, text=text, at=None, who="", seq=0)


def _check(
    store: Store,
    campaign: Campaign,
    tasks: pd.DataFrame,
    person: Person | None,
    event: SupervisionEvent,
    submission: Submission,
) -> int:
    """Return the `seq` of the last act, against which the check was made."""
    task = str(event.task)
    if task not in set(tasks.index):
        raise UnknownTaskError(task)
    if wrong := _faults(event):
        raise TransitionError(task, wrong)
    if not may_act(person, event.act, event.unit):
        raise NotAllowedError(person, ACTION_OF[event.act], task)
    seq = last_act(store, campaign.id, task)
    # An outdated basis cannot be stored: the store knows the key, or calls it a conflict. Both tell more than that
    # the act cannot follow what the person has not seen.
    if submission.based_on >= seq and (lacks := _lacks(store, campaign, tasks, event, submission.now)):
        raise TransitionError(task, lacks)
    return seq


def _lacks(
    store: Store, campaign: Campaign, tasks: pd.DataFrame, event: SupervisionEvent, now: datetime
) -> tuple[FieldError, ...]:
    found = ladders(store.supervision(campaign.id, now), now, campaign.tz)
    units, today = units_of_task(tasks, event.task), local_day(now, campaign.tz)
    faults = check_act(found.get(event.task), event, units=units, today=today)
    return tuple(FieldError(fault.field, fault.need) for fault in faults)


def _faults(event: SupervisionEvent) -> tuple[FieldError, ...]:
    """Return what is wrong whatever the ladder; types are checked first, since forms are forged."""
    wrong = [name for name, kind in _TYPES.items() if not _is_a(getattr(event, name), kind)]
    if wrong:
        return tuple(FieldError(_NAMES.get(name, name), _WRONG_TYPE) for name in wrong)
    length = len(event.text)
    if length <= TEXT_MAX:
        return ()
    need = Text(
        "has {length:,} characters; at most {text_max:,} are kept. Shorten it.", length=length, text_max=TEXT_MAX
    )
    return (FieldError("text", need),)


def _is_a(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and not isinstance(value, datetime)
