"""Speak to who works in a terminal, in their language: sentences, tables of texts, and an exit code.

A Chinese character is two columns wide there, and no text may steer the screen.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TextIO

from data.atomic_write import OverwriteError
from data.store.rows import Account
from geo.ledger.merge import ChangeKind
from geo.model.errors import ConflictError, OneMapError, StoreUnavailableError
from geo.validation.problem import CampaignError
from locales import NOTHING, Label, Language, Text, language_of, parse_language
from services.access.policy import NotAllowedError, Role
from services.ledger.plan import ImportPlan
from services.maintenance import words
from services.maintenance.checks import Finding
from services.maintenance.installation import ListenError
from services.reports.forms import field_label
from services.reports.history import HistoryRow
from settings import SettingsError, settings

HUNDRED: Final = 100


def plain(text: str) -> str:
    """One line of a text whose control characters are spaces: what people wrote must not move the cursor."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else not unicodedata.combining(one) for one in text)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines of a table; columns are as wide as what stands in them, and the last one is not filled up."""
    lines = [tuple(headers), *(tuple(map(plain, row)) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


class ProgressLine:
    """Show how far long work is: one line that changes on a screen, a line at the end of each step in a log.

    Parameters
    ----------
    stream
        Where to, standard error as a rule.
    names
        Words for the steps.
    """

    def __init__(self, stream: TextIO, names: Mapping[str, str]) -> None:
        self._stream = stream
        self._names = names
        self._moves = stream.isatty()
        self._shown = ("", -1)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note of a step, what of it is done, and how much there is."""
        percent = 100 if done >= total else 100 * done // total
        if (step, percent) == self._shown or not (self._moves or percent == HUNDRED):
            return
        self._shown = (step, percent)
        text = f"{self._names.get(step, step)} {done:,} / {total:,}"
        end = "\n" if percent == HUNDRED else ""
        self._stream.write(f"\r{text}{end}" if self._moves else f"{text}{end}")
        self._stream.flush()


FAILURES: Final = (OneMapError, SettingsError, OSError)
"""What is told in a sentence; anything else is a fault of the program."""

EXIT_CODES: Final = (
    ((StoreUnavailableError,), 4),
    ((SettingsError,), 2),
    ((NotAllowedError, ConflictError, OverwriteError, ListenError), 3),
    (FAILURES, 1),
)
"""Codes by kind of error; the first that fits counts."""


def exit_code(error: Exception) -> int:
    """The code that a terminal is told for an error."""
    return next(code for kinds, code in EXIT_CODES if isinstance(error, kinds))


class Console:
    """Speak one language: the one that was chosen last."""

    lang: Language = "zh"

    def choose(self, lang: str | None) -> str | None:
        """Take the language of an option, else that of the terminal; returned as it was given."""
        self.lang = parse_language(lang or "") or language_of(settings().lang)
        return lang

    def say(self, text: Label, **values: object) -> None:
        """Print a sentence whose gaps are filled with values; without values it is taken to the letter."""
        told = text.get(self.lang)
        filled = told.format(**{name: plain(str(value)) for name, value in values.items()}) if values else told
        sys.stdout.write(f"{filled}\n")
        sys.stdout.flush()

    def show(self, what: Table) -> None:
        """Print a table under its title, where it has one."""
        title, columns, rows = what
        head = title.get(self.lang)
        if head:
            sys.stdout.write(f"{plain(head)}\n")
        sys.stdout.write(f"{table([column.get(self.lang) for column in columns], rows)}\n\n")

    def fail(self, error: Exception) -> None:
        """Print on standard error, as one line, why it did not work."""
        sys.stderr.write(f"{plain(self._reason(error))}\n")

    def progress(self) -> ProgressLine:
        """Show on standard error how far long work is."""
        return ProgressLine(sys.stderr, {step: label.get(self.lang) for step, label in words.STEPS.items()})

    def _reason(self, error: Exception) -> str:
        if isinstance(error, CampaignError):
            return error.problem.sentence(self.lang)
        if isinstance(error, OSError) and not isinstance(error, OneMapError):
            return words.FILE_TROUBLE.get(self.lang).format(what=error)
        message = getattr(error, "message", None)
        text = str(message(self.lang)) if message else str(error)
        return f"{text} ({error.detail})" if isinstance(error, StoreUnavailableError) else text


VOICE: Final = Console()
"""The one voice of a terminal: all commands speak the language that was chosen."""


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
_VALUE, _WHAT, _REMEDY = Text("value"), Text("what", context="terminal"), Text("mend")
_TASK, _FIELD, _KIND = Text("task", context="terminal"), Text("field"), Text("kind")
_BEFORE, _AFTER = Text("before"), Text("after")
_EXPORTED, _SYSTEM, _BOOK = Text("exported"), Text("system"), Text("workbook")
_WHEN, _WHO, _UNIT, _SOURCE = Text("when"), Text("who"), Text("unit"), Text("from")


def plan_tables(plan: ImportPlan, lang: Language) -> Iterator[Table]:
    """Yield what a plan has: problems, changes, conflicts; each only where there are any."""
    if plan.problems:
        columns = (_LEVEL, _SHEET, _ROW, _COLUMN, _VALUE, _WHAT, _REMEDY)
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
    columns = (words.RESULT, words.AREA, words.WHAT, words.REMEDY)
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
