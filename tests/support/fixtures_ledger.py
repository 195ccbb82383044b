"""Give tests of the ledger's workbook a seeded store, an export of it, and a pen to edit it like a person would."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from data.campaign.load import Loaded
from data.store.protocol import Store
from data.store.rows import Author, NewUpdate, Receipt, Source, Write
from geo.ledger.cells import to_cell
from geo.ledger.form import LEDGER_COLUMNS, UPDATE_COLUMNS
from geo.ledger.merge import Decisions
from geo.model.campaign import tasks_frame
from geo.model.status import Status
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem
from services.ledger.plan import ImportPlan
from services.ledger.workbook import confirm_import, export_ledger, plan_import
from tests.support.fixtures_reports import NOW, seeded_store

KEEPER = Author("keeper", "office", "administrator", Source.EXCEL)
LEDGER, UPDATES = "台账", "进展"
COLUMNS = {
    LEDGER: {column.field: number for number, column in enumerate(LEDGER_COLUMNS, 1)},
    UPDATES: {column.field: number for number, column in enumerate(UPDATE_COLUMNS, 1)},
}
HEADERS = {
    sheet: {column.field: " ".join(column.header.split()) for column in columns}
    for sheet, columns in ((LEDGER, LEDGER_COLUMNS), (UPDATES, UPDATE_COLUMNS))
}


@dataclass
class CampaignContext:
    """A store and its campaign, with the book that was exported last."""

    loaded: Loaded
    store: Store
    book: bytes

    def export(self) -> bytes:
        return export_ledger(self.store, self.loaded.campaign, self.loaded.units, NOW, features=self.loaded.features)

    def plan(self, book: bytes | None = None, name: str = "ledger.xlsx") -> ImportPlan:
        known = {"units": self.loaded.units, "features": self.loaded.features}
        return plan_import(
            self.book if book is None else book, self.store, self.loaded.campaign, now=NOW, name=name, **known
        )

    def confirm(self, plan: ImportPlan, key: str = "import", decisions: Decisions | None = None) -> Receipt:
        return confirm_import(plan, self.store, KEEPER, key=key, now=NOW, decisions=decisions or {})

    def edit(self, *cells: tuple[str, int, str, object]) -> bytes:
        """Return the book with cells written: sheet, row, field, value."""

        def change(book: Workbook) -> None:
            for cell in cells:
                write(book, *cell)

        return edited(self.book, change)

    def change_task(self, task: str, **fields: object) -> None:
        """Define a task anew, as somebody else would meanwhile."""
        frame = self.store.tasks(self.loaded.campaign.id).drop(columns="seq").loc[[task]].copy()
        for name, value in fields.items():
            frame.at[task, name] = value  # type: ignore[assignment]  # of the column's type
        self.store.append_ledger(self.loaded.campaign.id, frame, [], self._write())

    def report(self, task: str, percent: int, note: str = "") -> None:
        """Report on a task, as somebody else would meanwhile."""
        update = NewUpdate(task, "", Status.IN_PROGRESS, percent, note, "", "", "", "roads", NOW)
        self.store.append_ledger(self.loaded.campaign.id, tasks_frame([]), [update], self._write())

    def row(self, task: str) -> dict[str, Any]:
        return dict(self.store.tasks(self.loaded.campaign.id).loc[task])

    def last(self, task: str) -> dict[str, Any]:
        latest = self.store.latest_updates(self.loaded.campaign.id)
        return dict(latest[latest["task"] == task].iloc[0])

    def _write(self) -> Write:
        return Write(KEEPER, f"meanwhile:{self.store.version()}", NOW)


@pytest.fixture
def desk(loaded: Loaded) -> CampaignContext:
    """The small campaign in a store, and its export."""
    desk = CampaignContext(loaded, seeded_store(loaded), b"")
    desk.book = desk.export()
    return desk


def edited(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Return a workbook after a change, saved as openpyxl saves."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write(book: Workbook, sheet: str, row: int, field: str, value: Any) -> None:  # noqa: ANN401  whatever openpyxl takes
    """Write a cell; a pair is a value and its number format."""
    value, form = value if isinstance(value, tuple) else (value, None)
    cell = book[sheet].cell(row, COLUMNS[sheet][field])
    cell.value = value
    if form:
        cell.number_format = form


def by_hand(*rows: tuple[object, ...], title: str = LEDGER) -> bytes:
    """Return a workbook that somebody made by hand, of one sheet with these rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def only(plan: ImportPlan, code: ProblemCode) -> Problem:
    """Return the one problem of a code."""
    found = [problem for problem in plan.problems if problem.code == code]
    assert len(found) == 1, [problem.sentence("en") for problem in plan.problems]
    return found[0]


def cells(plan: ImportPlan) -> set[tuple[str, str, str, str]]:
    """Return what a plan changes: task, field, before, after."""
    return {(change.task, change.field, change.before, change.after) for change in plan.changes}


def in_cell(content: bytes, sheet: str, row: int, field: str) -> tuple[str, str]:
    """Return the type and the text of a cell as openpyxl reads it."""
    cell = load_workbook(io.BytesIO(content))[sheet].cell(row, COLUMNS[sheet][field])
    return cell.data_type, str(cell.value)


__all__ = [
    "COLUMNS",
    "HEADERS",
    "KEEPER",
    "CampaignContext",
    "by_hand",
    "cells",
    "desk",
    "edited",
    "in_cell",
    "only",
    "to_cell",
]
