"""Tell plans of imports, histories, accounts and findings as tables of texts, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from data.store.rows import Account
from geo.ledger.merge import ChangeKind
from locales import NOTHING, Label, Language, Text
from services.access.policy import Role
from services.ledger.plan import ImportPlan
from services.maintenance import words
from services.maintenance.checks import Finding
from services.reports.forms import field_label
from services.reports.history import HistoryRow

Table = tuple[Label, tuple[Label, ...], list[tuple[str, ...]]]
"""Title, names of the columns, rows."""

_PROBLEMS: Final = Text("Problems")
_CHANGES: Final = Text("Changes", context="terminal")
_CONFLICTS: Final = Text(
    "Conflicts: changed both here and in the workbook since it was exported (--decide mine takes the "
    "workbook's side, theirs the system's)"
)
_KINDS: Final = {
    ChangeKind.NEW: Text("new", context="terminal"),
    ChangeKind.CHANGED: Text("changed"),
    ChangeKind.REMOVED: Text("not in the workbook, stays"),
}
_SEVERITIES: Final = {"error": Text("error"), "warning": Text("warning")}
_LEVEL = Text("level")
_SHEET, _ROW, _COLUMN = Text("sheet"), Text("row"), Text("column")
_VALUE, _WHAT, _MEND = Text("value"), Text("what", context="terminal"), Text("mend")
_TASK, _FIELD, _KIND = Text("task", context="terminal"), Text("field"), Text("kind")
_BEFORE, _AFTER = Text("before"), Text("after")
_EXPORTED, _SYSTEM, _BOOK = Text("exported"), Text("system"), Text("workbook")
_WHEN, _WHO, _UNIT, _SOURCE = Text("when"), Text("who"), Text("unit"), Text("from")


def plan_tables(plan: ImportPlan, lang: Language) -> Iterator[Table]:
    """Yield what a plan has: problems, changes, conflicts; each only where there are any."""
    if plan.problems:
        columns = (_LEVEL, _SHEET, _ROW, _COLUMN, _VALUE, _WHAT, _MEND)
        yield _PROBLEMS, columns, _problem_rows(plan, lang)
    if plan.changes:
        yield _CHANGES, (_KIND, _TASK, _FIELD, _BEFORE, _AFTER), _change_rows(plan, lang)
    if plan.conflicts:
        rows = [
            (one.task, field_label(one.field).get(lang), *_texts(plan, one.field, one.base, one.theirs, one.mine))
            for one in plan.conflicts
        ]
        yield _CONFLICTS, (_TASK, _FIELD, _EXPORTED, _SYSTEM, _BOOK), rows


def history_table(rows: Sequence[HistoryRow], title: Label, lang: Language) -> Table:
    """Return a history: a line for each field that changed, newest first."""
    columns = (_WHEN, _KIND, _WHO, _UNIT, _SOURCE, _FIELD, _BEFORE, _AFTER)
    lines: list[tuple[str, ...]] = []
    for row in rows:
        words = (row.kind_name, row.unit, row.source)
        kind, unit, source = (word.get(lang) for word in words)
        head = (f"{row.at:%Y-%m-%d %H:%M}", kind, row.who, unit, source)
        changes = [(one.name.get(lang), one.before.get(lang), one.after.get(lang)) for one in row.changes]
        for number, change in enumerate(changes or [("", "", "")]):
            lines.append((*(head if number == 0 else ("",) * len(head)), *change))
    return title, columns, lines


def accounts_table(known: Sequence[Account], lang: Language) -> Table:
    """Return all accounts."""
    roles = {str(role): role.label.get(lang) for role in Role}
    columns = (words.NAME, words.DISPLAY, words.ROLE, words.UNIT, words.STATE)
    rows: list[tuple[str, ...]] = [
        (one.name, one.display_name, roles.get(one.role, one.role), one.unit, _state(one).get(lang)) for one in known
    ]
    return NOTHING, columns, rows


def findings_table(found: Sequence[Finding], lang: Language) -> Table:
    """Return what a check found."""
    labels = [(words.FINDINGS[one.severity], one.area, one.what, one.remedy) for one in found]
    columns = (words.RESULT, words.AREA, words.WHAT, words.MEND)
    return NOTHING, columns, [tuple(label.get(lang) for label in line) for line in labels]


def _state(account: Account) -> Label:
    if not account.active:
        return words.DISABLED
    return words.MUST_CHANGE if account.must_change else words.ACTIVE


def _problem_rows(plan: ImportPlan, lang: Language) -> list[tuple[str, ...]]:
    return [
        (
            _SEVERITIES[one.severity].get(lang),
            one.file.removeprefix(f"{plan.name} / "),
            "" if one.row is None else str(one.row),
            one.column,
            one.value[:80],
            one.message(lang),
            one.remedy(lang),
        )
        for one in plan.problems
    ]


def _change_rows(plan: ImportPlan, lang: Language) -> list[tuple[str, ...]]:
    return [
        (
            _KINDS[one.kind].get(lang),
            one.task,
            field_label(one.field).get(lang) if one.field else "",
            *_texts(plan, one.field, one.before, one.after),
        )
        for one in plan.changes
    ]


def _texts(plan: ImportPlan, field: str, *values: str) -> tuple[str, ...]:
    return tuple(plan.value_text(field, value) for value in values)
