"""Say who may move a task from one status to another, and what the report about it lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from geo.model.status import FULL, STATUS_LABELS, STATUS_ORDER, TRANSITIONS, Status
from locales import NOTHING, Label, Text, joined
from services.access.policy import Action, Person, may
from services.reports.forms import KIND_CHOICES, FieldError, ReportForm, faults


def allowed_moves(person: Person | None, task_units: Collection[str], status: Status) -> tuple[Status, ...]:
    """Return the statuses that a person may give a task now, in the order of `STATUS_ORDER`.

    Parameters
    ----------
    person
        Who asks; None, for nobody, may report nothing.
    task_units
        Lead and supporting units of the task.
    status
        What the task is now. It is among the answer where it may be reported again.
    """
    return tuple(
        to
        for to in STATUS_ORDER
        if (move := TRANSITIONS.get((status, to))) and may(person, Action(move.right), task_units=task_units)
    )


def action_of(current: Status, wanted: Status) -> Action:
    """Return the action that a move is; reporting where there is no such move."""
    move = TRANSITIONS.get((current, wanted))
    return Action(move.right) if move else Action.REPORT


def required_fields(current: Status, wanted: Status) -> tuple[str, ...]:
    """Return the fields that a move demands, empty where it demands none or does not exist."""
    move = TRANSITIONS.get((current, wanted))
    return move.required_fields if move else ()


def check(form: ReportForm, current: Status) -> tuple[FieldError, ...]:
    """Return everything that a report lacks for its move, at most one demand for each fault of a field.

    Parameters
    ----------
    form
        The report, tidied.
    current
        Status of the task that the report is about.
    """
    wrong = faults(form)
    if wrong:
        return wrong
    if (current, form.status) not in TRANSITIONS:
        return (FieldError("status", _impossible(current, form.status)),)
    return (*_percent(form), *_missing(form, current))


def _percent(form: ReportForm) -> Iterator[FieldError]:
    least, most = form.status.rule.percents
    if not least <= form.percent <= most:
        status = STATUS_LABELS[form.status]
        allowed = f"{least}" if least == most else f"{least}–{most}"
        full = form.percent == FULL
        hint = Text(" If all is done, choose “Done”.") if full else NOTHING
        yield FieldError(
            "percent",
            Text(
                "“{status}” takes {allowed}, not {percent}.{hint}",
                status=status,
                allowed=allowed,
                percent=form.percent,
                hint=hint,
            ),
        )


def _missing(form: ReportForm, current: Status) -> Iterator[FieldError]:
    for name in required_fields(current, form.status):
        if name in _NEEDS and not getattr(form, name):
            yield FieldError(name, _NEEDS[name])
    if form.difficulty and not form.difficulty_kind and not form.status.rule.blocked:
        yield FieldError("difficulty_kind", _NEEDS["difficulty_kind"])


def _impossible(current: Status, wanted: Status) -> Label:
    choices = joined(STATUS_LABELS[to] for to in STATUS_ORDER if (current, to) in TRANSITIONS)
    return Text(
        "the task is “{was}” and cannot become “{to}”. Choose one of: {choices}.",
        was=STATUS_LABELS[current],
        to=STATUS_LABELS[wanted],
        choices=choices,
    )


_NEEDS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "note": Text("say why the task goes back."),
        "difficulty_kind": Text("choose one of: {kind_choices}.", kind_choices=KIND_CHOICES),
        "difficulty": Text("say what stands in the way."),
    },
)
