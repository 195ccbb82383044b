"""Hold what a workbook would do to the ledger, and say why one cannot be imported.

OneMapError
└── ImportRefusedError (ValueError)   the workbook has errors, or conflicts that nobody decided
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from data.store.rows import NewUpdate
from data.workbook.ledger import Book
from geo.ledger.form import LEDGER_COLUMNS, Spelling
from geo.ledger.merge import Change, ChangeKind, Conflict
from geo.ledger.rows import shown
from geo.model.errors import OneMapError
from geo.model.status import Label, Lang
from geo.validation.problem import Problem
from services.ledger.present import Setting

_COLUMNS: Final = {column.field: column for column in LEDGER_COLUMNS}
_REFUSED: Final = Label(
    "工作簿有 {errors} 处错误、{conflicts} 处冲突待决定，没有写入任何内容。请按所列逐一处理后重新导入。",
    "The workbook has {errors} errors and {conflicts} conflicts to decide; nothing was written. "
    "Settle what is listed, then import it again.",
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


class ImportRefusedError(ValueError, OneMapError):
    """Say that a workbook cannot be imported as it is; `plan` tells why, problem by problem."""

    def __init__(self, plan: ImportPlan) -> None:
        """Hold the plan, worked out against the ledger as it was at the refusal."""
        self.plan = plan
        super().__init__(self.message("en"))

    def message(self, lang: Lang) -> str:
        """Return how many errors and open conflicts there are, and what to do."""
        return _REFUSED.get(lang).format(errors=len(self.plan.errors), conflicts=len(self.plan.conflicts))
