"""Work out what a workbook would change in the ledger, without changing anything, and why one cannot be imported.

OneMapError
└── ImportRefusedError (ValueError)   the workbook has errors, or conflicts that nobody decided
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from data.store.rows import NewUpdate
from data.workbook.ledger import Book
from geo.ledger.cells import Calendar, plain
from geo.ledger.form import DEFINITION_FIELDS, LEDGER_COLUMNS, PROGRESS_FIELDS, UNIT_COLUMNS, Choice, Spelling, with_ids
from geo.ledger.merge import Change, ChangeKind, Conflict, Decisions, Merged, Row, merge
from geo.ledger.rows import UNREPORTED, ReadRow, RowReader, shown
from geo.model.campaign import NAME_MAX, Task
from geo.model.errors import OneMapError
from geo.model.kinds import Priority
from geo.model.status import Status
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem
from locales import Text
from services.ledger.present import Present, Setting
from services.ledger.updates import Reports, check_move, read_reports, told

_COLUMNS: Final = {column.field: column for column in LEDGER_COLUMNS}
_REFUSED: Final = Text(
    "The workbook has {errors} errors and {conflicts} conflicts to decide; nothing was written. Settle "
    "what is listed, then import it again."
)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Hold what a workbook would do; nothing of it is done.

    `problems` are those of the workbook, of its sheets and cells; `changes` the cells of the ledger
    that would change; `new_updates` all reports that would be stored, those from changed cells of
    the ledger among them; `conflicts` what both sides changed and somebody has to decide. Until
    then `changes` has the system's side of them. `hand_made`: the workbook does not say what it was
    exported from, so it was compared with the present ledger only.
    """

    name: str
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    new_updates: tuple[NewUpdate, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    setting: Setting = field(repr=False, kw_only=True)
    book: Book | None = field(default=None, repr=False, kw_only=True)
    book_problems: tuple[Problem, ...] = field(default=(), repr=False, kw_only=True)
    spelling: Spelling | None = field(default=None, repr=False, kw_only=True)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that keep the workbook from being imported."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def sound(self) -> bool:
        """Whether it can be confirmed once its conflicts are decided."""
        return self.book is not None and not self.errors

    @property
    def hand_made(self) -> bool:
        """Whether the workbook was made by hand."""
        return self.book is not None and self.book.base is None

    def value_text(self, name: str, value: str) -> str:
        """Return the value of a change or conflict as the workbook shows it; `name` is its field."""
        column = _COLUMNS.get(name)
        return value if column is None or self.spelling is None else shown(value, column, self.spelling)

    @property
    def changes_nothing(self) -> bool:
        """Whether the ledger says all of it already; tasks that the workbook lacks stay as they are."""
        removed = all(change.kind is ChangeKind.REMOVED for change in self.changes)
        return removed and not self.new_updates and not self.conflicts


class ImportRefusedError(OneMapError, ValueError):
    """Say that a workbook cannot be imported as it is; `plan` tells why, problem by problem."""

    def __init__(self, plan: ImportPlan) -> None:
        """Hold the plan, worked out against the ledger as it was at the refusal."""
        self.plan = plan
        super().__init__(_REFUSED.fill(errors=len(plan.errors), conflicts=len(plan.conflicts)))


REQUIRED: Final = ("title_zh", "category", "lead_unit")
"""What a new task must say; what it leaves out of the rest has a usual value."""

_KEPT: Final = frozenset({*REQUIRED, "title_en", "priority", "status", "percent"})
"""Fields of a task that cannot be emptied."""
_TITLES: Final = ("title_zh", "title_en")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what a workbook comes to: problems, cells that change, tasks and reports to store, what is to be decided."""

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    tasks: tuple[Task, ...] = ()
    updates: tuple[NewUpdate, ...] = ()


def outcome_of(book: Book, present: Present, decisions: Decisions) -> Outcome:
    """Return what a workbook comes to now, with some of its conflicts decided."""
    campaign = present.setting.campaign
    if book.base is not None and book.base.campaign != campaign.id:
        params = {"value": book.base.campaign, "expected": campaign.id}
        return Outcome((Problem(ProblemCode.BOOK_OTHER_CAMPAIGN, book.name, params=params, value=params.pop("value")),))
    calendar = Calendar(campaign, book.epoch)
    reader = RowReader(book.ledger, present.spelling, calendar)
    places, mine = _rows(reader, book, present)
    merged = merge(book.base.tasks if book.base else None, present.rows, mine, decisions)
    sheet, reports = _reports(book, present, calendar, merged, decisions)
    _check_definitions(reader, places, merged)
    _add_progress(reader, places, merged, reports, present)
    return Outcome(
        problems=(*reader.problems(), *_removed(book, merged), *sheet, *_check_units(book, present, calendar)),
        changes=merged.changes,
        conflicts=(*merged.conflicts, *reports.conflicts),
        tasks=tuple(_tasks(merged, present)),
        updates=tuple(update for updates in reports.by_task.values() for update in updates),
    )


def _rows(reader: RowReader, book: Book, present: Present) -> tuple[dict[str, int], dict[str, Row]]:
    """Return the sheet's tasks, and the row of each; note rows without an id of their own."""
    places: dict[str, int] = {}
    mine: dict[str, Row] = {}
    for one in reader.rows(LEDGER_COLUMNS, Choice.TASK):
        if not one.id:
            reader.note(ProblemCode.ROW_WITHOUT_ID, one.row, "id", "")
        elif one.id in places:
            reader.note(ProblemCode.ROW_REPEATED, one.row, "id", one.id, expected=str(places[one.id]))
        else:
            places[one.id] = one.row
            now = present.rows.get(one.id)
            mine[one.id] = _new(reader, one) if now is None else _known(reader, one, now, hand_made=book.base is None)
    return places, mine


def _known(reader: RowReader, one: ReadRow, now: Row, *, hand_made: bool) -> Row:
    """Return what a row says about a task; note where it empties what cannot be empty."""
    emptied = [name for name in _KEPT if one.values.get(name) == "" and now[name]]
    if not hand_made:
        for name in sorted(emptied):
            reader.note(ProblemCode.CELL_MISSING, one.row, name, "")
    return {name: value for name, value in one.values.items() if name not in emptied}


def _new(reader: RowReader, one: ReadRow) -> Row:
    """Return what a row says about a new task, with what is usual for what it leaves out."""
    for name in REQUIRED:
        if one.values.get(name, "" if name not in reader.table.headers else None) == "":
            reader.note(ProblemCode.CELL_MISSING, one.row, name, "")
    usual = {**dict.fromkeys(DEFINITION_FIELDS, ""), **UNREPORTED, "priority": Priority.MEDIUM.value}
    stated = {name: value for name, value in one.values.items() if value}
    row = usual | stated
    return {**row, "title_en": row["title_en"] or row["title_zh"]}


def _reports(
    book: Book,
    present: Present,
    calendar: Calendar,
    merged: Merged,
    decisions: Decisions,
) -> tuple[list[Problem], Reports]:
    """Return the new reports of the sheet of updates, and its problems; none of a workbook without one."""
    if book.updates is None:
        return [], Reports()
    tasks = with_ids(present.spelling[Choice.TASK], merged.rows)
    reader = RowReader(book.updates, {**present.spelling, Choice.TASK: tasks}, calendar)
    ledger = {**present.rows, **merged.rows}
    reports = read_reports(reader, present, ledger, book.base.version if book.base else None, decisions)
    return reader.problems(), reports


def _changed(merged: Merged, names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Return the fields that change, by task; tasks of which none does are left out."""
    found: dict[str, set[str]] = {}
    for change in merged.changes:
        if change.field in names:
            found.setdefault(change.task, set()).add(change.field)
    return {task: frozenset(fields) for task, fields in found.items()}


def _check_definitions(reader: RowReader, places: Mapping[str, int], merged: Merged) -> None:
    for task, fields in _changed(merged, DEFINITION_FIELDS).items():
        row, place = merged.rows[task], places[task]
        for name in _TITLES:
            if name in fields and len(row[name]) > NAME_MAX:
                size = {"length": str(len(row[name])), "allowed": str(NAME_MAX)}
                reader.note(ProblemCode.LONG_NAME, place, name, row[name], **size)
        start, due = row.get("planned_start", ""), row.get("due", "")
        if fields & {"planned_start", "due"} and "" < due < start:
            reader.note(ProblemCode.DUE_BEFORE_START, place, "due", due, expected=start)


def _add_progress(
    reader: RowReader,
    places: Mapping[str, int],
    merged: Merged,
    reports: Reports,
    present: Present,
) -> None:
    """Add a report for each task whose progress was changed in the ledger's sheet, unless the other sheet has it."""
    for task, fields in _changed(merged, PROGRESS_FIELDS).items():
        if task not in present.rows and all(merged.rows[task][name] == text for name, text in UNREPORTED.items()):
            continue
        update = present.report(task, merged.rows[task], fields)
        if update.status.rule.accepted:
            update = replace(update, unit=present.setting.campaign.supervising_unit)
        if task in reports.by_task:
            _compare(reader, places[task], update, reports.by_task[task][-1], fields)
            continue
        current = Status(present.rows.get(task, UNREPORTED)["status"])
        if check_move(reader, places[task], update, current):
            reports.add(update)


def _compare(reader: RowReader, row: int, update: NewUpdate, other: NewUpdate, fields: frozenset[str]) -> None:
    """Note where both sheets report on a task, differently."""
    if any(getattr(update, name) != getattr(other, name) for name in fields):
        texts = [told(one.status, one.percent, one.note) for one in (update, other)]
        reader.note(ProblemCode.TWO_STATEMENTS, row, "status", " / ".join(texts), expected=update.task)


def _tasks(merged: Merged, present: Present) -> list[Task]:
    changed = _changed(merged, DEFINITION_FIELDS)
    return [present.task(task, merged.rows[task], fields) for task, fields in changed.items()]


def _removed(book: Book, merged: Merged) -> list[Problem]:
    missing = [change.task for change in merged.changes if change.kind is ChangeKind.REMOVED]
    column = book.ledger.headers["id"]
    return [Problem(ProblemCode.ROW_REMOVED, book.ledger.file, None, column, task) for task in missing]


def _check_units(book: Book, present: Present, calendar: Calendar) -> list[Problem]:
    """Return a problem for each row of the units' sheet that differs from the campaign's units."""
    if book.units is None:
        return []
    units = present.setting.units
    reader = RowReader(book.units, present.spelling, calendar)
    for one in reader.rows(UNIT_COLUMNS):
        names = [name for name in one.values if name != "kind"]
        known = one.id in units.index
        wrong = [name for name in names if known and one.values[name] != plain(str(units.at[one.id, name]))]
        if wrong or not known:
            name = wrong[0] if wrong else "id"
            reader.note(ProblemCode.BOOK_UNITS_FIXED, one.row, name, one.values[name] if wrong else one.id)
    return [problem for problem in reader.problems() if problem.code is ProblemCode.BOOK_UNITS_FIXED]
