"""Check what a workbook says about progress by `services.reports.transitions`, as problems of its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from data.store.rows import NewUpdate
from geo.ledger.rows import RowReader
from geo.model.status import STATUS_LABELS, STATUS_ORDER, TRANSITIONS, Status
from geo.validation.codes import ProblemCode
from services.access.policy import Action
from services.reports.forms import KIND_CHOICES, TEXT_FIELDS, TEXT_MAX, FieldError, ReportForm
from services.reports.transitions import action_of, check

SIGN_OFFS: Final = frozenset({Action.ACCEPT, Action.REOPEN})
"""Moves that no workbook makes: whoever brings in the ledger does not sign tasks off."""


def form_of(update: NewUpdate) -> ReportForm:
    """Return a report as the form that somebody would have filled in, with texts that can be kept."""
    return ReportForm(
        task=update.task,
        status=update.status,
        percent=update.percent,
        note=update.note,
        difficulty_kind=update.difficulty_kind,
        difficulty=update.difficulty,
        suggestion=update.suggestion,
        feature=update.feature,
        written_at=update.written_at,
    ).tidied()


def tidied(update: NewUpdate) -> NewUpdate:
    """Return a report with texts that can be kept."""
    form = form_of(update)
    return replace(update, note=form.note, difficulty=form.difficulty, suggestion=form.suggestion)


def check_move(reader: RowReader, row: int, update: NewUpdate, current: Status) -> bool:
    """Tell whether a task may be reported so; note in which cells of a row of the workbook it may not."""
    if action_of(current, update.status) in SIGN_OFFS:
        was, to = _name(current), _name(update.status)
        reader.note(ProblemCode.CELL_SIGN_OFF, row, "status", to, expected=was)
        return False
    form = form_of(update)
    errors = check(form, current)
    for error in errors:
        _note(reader, row, form, current, error)
    return not errors


def _note(reader: RowReader, row: int, form: ReportForm, current: Status, error: FieldError) -> None:
    name = error.field
    value = str(getattr(form, name) or "")
    status = _name(form.status)
    if name == "status":
        allowed = "、".join(_moves(current))
        reader.note(ProblemCode.CELL_MOVE, row, name, status, expected=_name(current), allowed=allowed)
    elif name in TEXT_FIELDS and len(value) > TEXT_MAX:
        size = {"length": f"{len(value):,}", "allowed": f"{TEXT_MAX:,}"}
        reader.note(ProblemCode.CELL_TOO_LONG, row, name, value, **size)
    else:
        value = f"{form.percent}%" if name == "percent" else value
        reader.note(ProblemCode.CELL_DEMANDED, row, name, value, expected=status, allowed=_allowed(name, form.status))


def _allowed(name: str, status: Status) -> str:
    if name == "percent":
        least, most = status.rule.percents
        return f"{least}%" if least == most else f"{least}%–{most}%"
    return KIND_CHOICES.zh if name == "difficulty_kind" else "文字 / text"


def _moves(current: Status) -> Iterator[str]:
    for to in STATUS_ORDER:
        if (current, to) in TRANSITIONS and action_of(current, to) not in SIGN_OFFS:
            yield _name(to)


def _name(status: Status) -> str:
    label = STATUS_LABELS[status]
    return f"{label.zh} {label.en}"
