"""Send the ledger's workbook through LibreOffice, where there is one, and bring it in again."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from geo.ledger.form import BASE_SHEET, LISTS_SHEET
from tests.support.fixtures_ledger import CampaignContext, cells, desk

__all__ = ["desk"]

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TIMEOUT_SECONDS = 120
HOSTILE = "=1+1"
TEXTS = [
    HOSTILE,
    "+1",
    "-5℃",
    "@x",
    "#N/A",
    "_x0041_",
    "bell\x07",
    "两行\n\t文字 ",
    "'=1",
    "9月30日",
    "90%",
    "001",
    "<b>&amp;",
]
CSV_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="there is no soffice on PATH (Debian: apt-get install libreoffice-calc)"
)


def through(folder: Path, content: bytes, *formats: str) -> Path:
    """Convert a workbook from format to format; return the last folder that LibreOffice wrote into."""
    folder.mkdir(exist_ok=True)
    (folder / "ledger.xlsx").write_bytes(content)
    source, profile = folder / "ledger.xlsx", (folder / "profile").as_uri()
    for number, form in enumerate(formats):
        target = folder / str(number)
        command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", form, "--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
        source = target / f"ledger.{form.partition(':')[0]}"
    return source


@pytest.fixture
def hostile(desk: CampaignContext) -> CampaignContext:
    """A ledger of texts that look like something else."""
    for number, text in enumerate(TEXTS):
        desk.change_task(f"T0{number % 4 + 1}", title_zh=text, title_en=f"{text}{number}")
        desk.report("T01", number, note=text)
    desk.book = desk.export()
    return desk


@pytest.mark.parametrize("formats", [("xlsx",), ("ods", "xlsx")], ids="-".join)
def test_the_workbook_comes_back_through_libreoffice_unchanged(
    hostile: CampaignContext, tmp_path: Path, formats: tuple[str, ...]
) -> None:
    plan = hostile.plan(through(tmp_path / "lo", hostile.book, *formats).read_bytes())
    assert (plan.problems, cells(plan), plan.new_updates, plan.conflicts) == ((), set(), (), ())
    assert not plan.hand_made


def test_the_validation_lists_are_still_there(desk: CampaignContext, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(through(tmp_path / "lo", desk.book, "xlsx").read_bytes()))
    rules = book["台账"].data_validations.dataValidation
    lists = {str(rule.sqref).partition("2:")[0]: rule.formula1 for rule in rules if rule.type == "list"}
    assert lists.keys() == set("BEFIJKN")
    sheet, _, area = lists["K"].rpartition("!")
    assert [row[0].value for row in book[sheet.strip("'")][area.replace("$", "")]][:2] == ["未开始", "推进中"]
    assert {book[title].sheet_state for title in (BASE_SHEET, LISTS_SHEET)} == {"hidden"}


def test_an_edit_made_after_libreoffice_is_merged_three_ways(desk: CampaignContext, tmp_path: Path) -> None:
    desk.book = through(tmp_path / "lo", desk.book, "xlsx").read_bytes()
    book = desk.edit(("台账", 2, "due", "9月30日"))
    desk.change_task("T01", title_zh="他人改名")
    plan = desk.plan(book)
    assert (plan.problems, plan.conflicts) == ((), ())
    assert cells(plan) == {("T01", "due", "2020-09-20", "2020-09-30")}


def test_nothing_is_evaluated_by_libreoffice_nor_starts_like_a_formula_in_its_csv(
    hostile: CampaignContext, tmp_path: Path
) -> None:
    source = through(tmp_path / "lo", hostile.book, CSV_ALL_SHEETS)
    texts = {file.name: file.read_text("utf-8-sig") for file in source.parent.glob("*.csv")}
    cells = [cell for text in texts.values() for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(texts) >= 5
    assert f"'{HOSTILE}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
