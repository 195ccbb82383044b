"""A ledger goes out and comes in by the terminal: never over a file, never without being told, never by halves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import Result

from tests.support.fixtures_cli import installed, run, version
from tests.support.fixtures_ledger import LEDGER, edited
from tests.support.fixtures_ledger import write as write_cell

__all__ = ["installed", "run"]


def test_an_exported_ledger_is_imported_without_a_change(installed: Callable[..., Result], tmp_path: Path) -> None:
    installed("export", "ledger.xlsx")
    before = version(tmp_path)
    assert "nothing to write" in installed("import", "ledger.xlsx").output
    assert "nothing to write" in installed("import", "ledger.xlsx", "--confirm").output
    assert version(tmp_path) == before


def test_export_does_not_overwrite_unless_told(installed: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "ledger.xlsx").write_text("mine")
    assert "--force" in installed("export", "ledger.xlsx", code=3).stderr
    assert (tmp_path / "ledger.xlsx").read_text() == "mine"
    installed("export", "ledger.xlsx", "--force")
    assert (tmp_path / "ledger.xlsx").read_bytes().startswith(b"PK")


def change_book(path: Path, field: str, value: object, *, row: int) -> None:
    path.write_bytes(edited(path.read_bytes(), lambda book: write_cell(book, LEDGER, row, field, value)))


def row_of(path: Path, task: str) -> int:
    rows = load_workbook(path)[LEDGER].iter_rows(values_only=True)
    return next(number for number, cells in enumerate(rows, 1) if task in cells)


@pytest.fixture
def book(installed: Callable[..., Result], tmp_path: Path) -> Path:
    """An exported workbook in which the English title of T01 was changed."""
    installed("export", "ledger.xlsx")
    path = tmp_path / "ledger.xlsx"
    change_book(path, "title_en", "Another title", row=row_of(path, "T01"))
    return path


def test_an_import_is_a_dry_run_unless_confirmed(run: Callable[..., Result], book: Path, tmp_path: Path) -> None:
    before = version(tmp_path)
    told = run("import", book.name).output
    assert re.search(r"changed +T01 +Title \(English\) +Repair of first road +Another title", told)
    assert "dry run" in told
    assert version(tmp_path) == before
    run("import", book.name, "--confirm")
    assert version(tmp_path) == before + 1
    assert re.search(r"Terminal +Title \(English\) +Repair of first road +Another title", run("history", "T01").output)


def test_problems_of_a_workbook_are_a_table_and_nothing_is_written(
    run: Callable[..., Result], book: Path, tmp_path: Path
) -> None:
    row = row_of(book, "T01")
    change_book(book, "percent", "plenty", row=row)
    before = version(tmp_path)
    told = run("import", book.name, "--confirm", code=1).output
    assert re.search(rf"error +台账 +{row} +完成比例 Percent done +plenty ", told)
    assert version(tmp_path) == before


def test_a_conflict_has_to_be_decided(run: Callable[..., Result], book: Path, tmp_path: Path) -> None:
    run("import", book.name, "--confirm")
    change_book(book, "title_en", "A third title", row=row_of(book, "T01"))
    before = version(tmp_path)
    assert "Conflicts" in run("import", book.name, "--confirm", code=1).output
    run("import", book.name, "--confirm", "--decide", "theirs")
    assert version(tmp_path) == before
    run("import", book.name, "--confirm", "--decide", "mine")
    assert "A third title" in run("history", "T01").output


def test_a_file_that_is_no_workbook_is_refused(installed: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "ledger.xlsx").write_text("no workbook")
    assert "error" in installed("import", "ledger.xlsx", code=1).output
    assert "nowhere.xlsx" in installed("import", "nowhere.xlsx", code=1).stderr
