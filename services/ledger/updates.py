"""Tell the new reports of a workbook from the history that it shows, and check each against the table of moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from data.store.rows import NewUpdate
from geo.ledger.cells import plain
from geo.ledger.form import UPDATE_COLUMNS
from geo.ledger.merge import Conflict, Decisions, Row
from geo.ledger.rows import ReadRow, RowReader
from geo.model.status import INITIAL, STATUS_LABELS, STATUS_ORDER, TRANSITIONS, Status
from geo.validation.codes import ProblemCode
from locales import Text
from services.access.policy import Action
from services.ledger.present import Present
from services.reports.forms import KIND_CHOICES, TEXT_FIELDS, TEXT_MAX, FieldError, ReportForm
from services.reports.transitions import action_of, check

SIGN_OFFS: Final = frozenset({Action.ACCEPT, Action.REOPEN})
"""Moves that no workbook makes: whoever brings in the ledger does not sign tasks off."""

_ANY_TEXT: Final = Text("text", context="what a cell may hold")


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
    return KIND_CHOICES.zh if name == "difficulty_kind" else f"{_ANY_TEXT.zh} / {_ANY_TEXT.en}"


def _moves(current: Status) -> Iterator[str]:
    for to in STATUS_ORDER:
        if (current, to) in TRANSITIONS and action_of(current, to) not in SIGN_OFFS:
            yield _name(to)


def _name(status: Status) -> str:
    label = STATUS_LABELS[status]
    return f"{label.zh} {label.en}"


UPDATES_FIELD: Final = "updates"
"""What a conflict about new rows of the sheet is about."""

_SAME_TIME: Final = timedelta(minutes=1)
_COMPARED: Final = tuple(column.field for column in UPDATE_COLUMNS[1:-1])
_OPTIONAL: Final = frozenset({"percent", "unit", "written_at"})
"""Fields that may be left out of a new row: they are then as of now."""


@dataclass(slots=True)
class Reports:
    """Collect the new reports of a workbook by task, and what of them has to be decided."""

    by_task: dict[str, list[NewUpdate]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def add(self, update: NewUpdate) -> None:
        """Add a report after those of its task."""
        self.by_task.setdefault(update.task, []).append(tidied(update))


def read_reports(
    reader: RowReader,
    present: Present,
    ledger: Mapping[str, Row],
    base_version: int | None,
    decisions: Decisions,
) -> Reports:
    """Return the new reports of the sheet; problems go to its reader.

    Parameters
    ----------
    reader
        Reader of the sheet, whose spelling knows the workbook's new tasks too.
    present
        The ledger as it is.
    ledger
        Tasks as they will be, by id.
    base_version
        The store's version at the export; None for a workbook that was made by hand.
    decisions
        Which side counts where a task was reported on since the export.
    """
    since = -1 if base_version is None else base_version
    rows = reader.rows(UPDATE_COLUMNS)
    known = _stored(present, rows)
    new: dict[str, list[ReadRow]] = {}
    for row in rows:
        if row.id in known:
            _check_past(reader, row, known[row.id])
        elif not _is_stored(row, known.values(), since) and _is_complete(reader, row, present):
            new.setdefault(row.values["task"], []).append(row)
    reports = Reports()
    for task, found in new.items():
        ordered = sorted(found, key=lambda row: _written(row, present))
        _add_rows(reports, reader, present, ledger.get(task, {}), ordered)
        _decide(reports, task, present, since if base_version is not None else None, decisions)
    return reports


def told(status: Status, percent: int, note: str) -> str:
    """Return a report in one line, in both languages as far as it has them."""
    return f"{STATUS_LABELS[status].zh} {STATUS_LABELS[status].en} {percent}% {note}".strip()


def _add_rows(reports: Reports, reader: RowReader, present: Present, task: Row, rows: list[ReadRow]) -> None:
    key = rows[0].values["task"]
    last = present.rows.get(key, {})
    current, percent = Status(last.get("status", INITIAL)), int(last.get("percent", 0))
    for row in rows:
        update = _update(row, task, percent, present)
        if check_move(reader, row.row, update, current):
            reports.add(update)
        current, percent = update.status, update.percent


def _update(row: ReadRow, task: Row, percent: int, present: Present) -> NewUpdate:
    values = row.values
    status = Status(values["status"])
    least, most = status.rule.percents
    usual = percent if least < most else least
    return NewUpdate(
        task=values["task"],
        feature=values.get("feature", ""),
        status=status,
        percent=int(values.get("percent") or usual),
        note=values.get("note", ""),
        difficulty_kind=values.get("difficulty_kind", ""),
        difficulty=values.get("difficulty", ""),
        suggestion=values.get("suggestion", ""),
        unit=values.get("unit") or task.get("lead_unit", ""),
        written_at=_written(row, present),
    )


def _decide(reports: Reports, task: str, present: Present, since: int | None, decisions: Decisions) -> None:
    """Leave the new rows of a task out where it was reported on since the export, unless they are to count."""
    updates = reports.by_task.get(task, [])
    if not updates or since is None or present.seqs.get(task, 0) <= since:
        return
    decision = decisions.get((task, UPDATES_FIELD))
    if decision == "mine":
        return
    del reports.by_task[task]
    if decision is None:
        row, last = present.rows[task], updates[-1]
        theirs = told(Status(row["status"]), int(row["percent"]), row["note"])
        reports.conflicts.append(Conflict(task, UPDATES_FIELD, "", theirs, told(last.status, last.percent, last.note)))


def _check_past(reader: RowReader, row: ReadRow, stored: Mapping[str, str]) -> None:
    """Note what differs from a report that is stored."""
    for name, value in row.values.items():
        same = _near(value, stored[name]) if name == "written_at" else value == stored[name]
        if not same:
            reader.note(ProblemCode.PAST_UPDATE_CHANGED, row.row, name, row.written.get(name, ""), expected=row.id)


def _is_stored(row: ReadRow, known: Iterable[Mapping[str, str]], since: int) -> bool:
    """Tell whether a row says what was reported since the export: the same workbook is imported twice."""
    stated = {name: value for name, value in row.values.items() if value or name not in _OPTIONAL}
    time = stated.pop("written_at", "")
    return any(
        all(one[name] == value for name, value in stated.items())
        and (_near(time, one["written_at"]) if time else int(one["seq"]) > since)
        for one in known
    )


def _is_complete(reader: RowReader, row: ReadRow, present: Present) -> bool:
    """Tell whether a new row says which task is how, and not of the future; note what it lacks."""
    fault = False
    for name in ("task", "status"):
        if row.values.get(name) == "":
            reader.note(ProblemCode.CELL_MISSING, row.row, name, "")
        fault = fault or not row.values.get(name)
    if _written(row, present) > present.now:
        tz = present.setting.campaign.tz
        times = [f"{at.astimezone(tz):%Y-%m-%d %H:%M}" for at in (_written(row, present), present.now)]
        reader.note(ProblemCode.CELL_FUTURE, row.row, "written_at", times[0], expected=times[1])
        fault = True
    return not fault


def _written(row: ReadRow, present: Present) -> datetime:
    text = row.values.get("written_at", "")
    return datetime.fromisoformat(text) if text else present.now


def _near(left: str, right: str) -> bool:
    return bool(left) and abs(datetime.fromisoformat(left) - datetime.fromisoformat(right)) < _SAME_TIME


def _stored(present: Present, rows: Sequence[ReadRow]) -> dict[str, dict[str, str]]:
    """Return the stored reports that rows may be about, by id, as canonical texts."""
    ids = {row.id for row in rows}
    tasks = {row.values.get("task", "") for row in rows if row.id not in present.updates.index}
    every = present.updates
    updates = every[every.index.isin(ids) | every["task"].isin(tasks)]
    names = (*_COMPARED, "seq")
    cells = zip(updates.index, updates["written_at"], *(updates[name] for name in names), strict=True)
    return {
        str(key): {"written_at": at.isoformat()}
        | {name: plain(str(value)) for name, value in zip(names, values, strict=True)}
        for key, at, *values in cells
    }
