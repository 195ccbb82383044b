"""Round trips of the ledger's workbook, and what people write into it."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from data.campaign.load import load_campaign
from geo.ledger.form import BASE_SHEET, LISTS_SHEET
from geo.validation.codes import ProblemCode
from tests.support.fixtures_ledger import HEADERS, CampaignContext, by_hand, cells, desk, edited, in_cell, only
from tests.support.fixtures_reports import NOW, seeded_store

__all__ = ["desk"]

HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+86 21",
    "-5℃",
    "@SUM(A1)",
    "＝1+1",
    "'=1+1",
    "'quoted'",
    "#REF!",
    "_x0041_",
    "␁␦",
    "bell\x07and\x1bescape",
    "两行\n文字\t制表",
    "</t>&amp;<b>",
    "9月30日",
    "90%",
    "001",
]


def test_the_same_ledger_gives_the_same_bytes(desk: CampaignContext) -> None:
    assert desk.export() == desk.book


def test_importing_an_unchanged_export_changes_nothing(desk: CampaignContext) -> None:
    plan = desk.plan()
    assert (plan.problems, plan.changes, plan.new_updates, plan.conflicts) == ((), (), (), ())
    assert plan.changes_nothing
    version = desk.store.version()
    assert desk.confirm(plan).seq == version == desk.store.version()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_evaluated_and_every_text_comes_back(desk: CampaignContext, text: str) -> None:
    desk.change_task("T01", title_zh=text, title_en=text)
    desk.report("T01", 45, note=text)
    desk.book = desk.export()
    for field in ("title_zh", "note"):
        kind, written = in_cell(desk.book, "台账", 2, field)
        assert kind == "s"
        assert written[0] not in "=+-@＝"
    assert desk.plan().changes_nothing
    other = desk.plan(edited(desk.book, lambda book: book.remove(book[BASE_SHEET])))
    assert (other.hand_made, other.changes, other.new_updates) == (True, (), ())


def test_the_sheets_are_laid_out_for_people(desk: CampaignContext) -> None:
    book = load_workbook(io.BytesIO(desk.book))
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    shown = dict.fromkeys(["台账", "进展", "责任单位", "要素", "填报说明"], "visible")
    assert states == shown | {LISTS_SHEET: "hidden", BASE_SHEET: "veryHidden"}
    ledger = book["台账"]
    assert (ledger.freeze_panes, ledger["A1"].value, ledger.column_dimensions["C"].width) == ("D2", "编号\nID", 36)
    assert isinstance(ledger["G2"].value, datetime)
    assert (ledger["G2"].number_format, ledger["L2"].number_format) == ("yyyy-mm-dd", "0%")
    assert any("示例数据" in str(cell.value) for cell in book["填报说明"]["A"])


def test_cells_offer_their_choices(desk: CampaignContext) -> None:
    book = load_workbook(io.BytesIO(desk.book))
    rules = {str(rule.sqref).partition("2:")[0]: rule for rule in book["台账"].data_validations.dataValidation}
    assert {column for column, rule in rules.items() if rule.type == "list"} == set("BEFIJKN")
    sheet, _, area = str(rules["K"].formula1).rpartition("!")
    statuses = [cell.value for row in book[sheet.strip("'=")][area.replace("$", "")] for cell in row]
    assert statuses == ["未开始", "推进中", "受阻", "已完成", "已销号"]


@pytest.mark.parametrize(
    ("field", "written", "after"),
    [
        ("due", "9月30日", "2020-09-30"),
        ("due", "2020/9/30", "2020-09-30"),
        ("due", "2020.9.30", "2020-09-30"),
        ("due", "2020年9月30日 ", "2020-09-30"),
        ("due", "２０２０年９月３０日", "2020-09-30"),
        ("due", (44104, "General"), "2020-09-30"),
        ("due", date(2020, 9, 30), "2020-09-30"),
        ("due", None, ""),
        ("percent", "90%", "90"),
        ("percent", "９０％", "90"),
        ("percent", (0.9, "0%"), "90"),
        ("percent", (90, "General"), "90"),
        ("lead_unit", " 停车 ", "parks"),
        ("lead_unit", "停车集团", "parks"),
        ("lead_unit", "PARKS", "parks"),
        ("supporting_units", "停车；道路", "parks;roads"),
        ("supporting_units", "停车; Roads", "parks;roads"),
        ("supporting_units", "停车、道路", "parks;roads"),
        ("features", "Ｃ０１；N01;c02", "C01;N01;C02"),
        ("features", "C01 C01号；N02号", "C01;N02"),
        ("category", "配套服务", "services"),
        ("priority", "low", "low"),
        ("title_zh", "  整治二号路\u3000", "整治二号路"),
        ("title_zh", 5, "5"),
    ],
)
def test_what_people_write_is_understood(desk: CampaignContext, field: str, written: object, after: str) -> None:
    plan = desk.plan(desk.edit(("台账", 2, field, written)))
    assert plan.problems == ()
    assert {(task, name, new) for task, name, _, new in cells(plan)} == {("T01", field, after)}


def test_a_merged_cell_counts_for_all_its_rows(desk: CampaignContext) -> None:
    def merge(book: Workbook) -> None:
        book["台账"].merge_cells("E2:E4")
        book["台账"].merge_cells("H2:H3")

    plan = desk.plan(edited(desk.book, merge))
    assert plan.problems == ()
    assert cells(plan) == {("T02", "due", "2020-08-31", "2020-09-20"), ("T03", "lead_unit", "parks", "roads")}


def test_a_ledger_made_by_hand_is_compared_with_the_present_one(desk: CampaignContext) -> None:
    book = by_hand(
        ("进口博览会保障任务台账",),
        (),
        ("任务编号", "任务名称", "责任单位", "完成期限", "完成率"),
        ("Ｔ０１", "整治一号路 ", "道路", "9月30日", "60%"),
        ("T02", "疏浚河道", "道路", "8月31日", None),
        title="Sheet1",
    )
    plan = desk.plan(book)
    assert [problem.code for problem in plan.problems] == [ProblemCode.BOOK_NO_BASE]
    assert cells(plan) == {("T01", "due", "2020-09-20", "2020-09-30"), ("T01", "percent", "40", "60")}
    desk.confirm(plan)
    assert (str(desk.row("T01")["due"])[:10], desk.last("T01")["percent"]) == ("2020-09-30", 60)
    assert desk.last("T01")["note"] == "已开工"


def test_sorting_and_filtering_the_rows_changes_nothing(desk: CampaignContext) -> None:
    def turn(book: Workbook) -> None:
        rows = [[cell.value for cell in row] for row in book["台账"].iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                book["台账"].cell(number, column).value = value

    assert desk.plan(edited(desk.book, turn)).changes_nothing


def test_rows_left_out_stay_and_are_told(desk: CampaignContext) -> None:
    plan = desk.plan(edited(desk.book, lambda book: book["台账"].delete_rows(3)))
    problem = only(plan, ProblemCode.ROW_REMOVED)
    assert (problem.value, problem.severity, plan.sound, plan.changes_nothing) == ("T02", "warning", True, True)


def test_units_are_not_changed_by_a_workbook(desk: CampaignContext) -> None:
    plan = desk.plan(edited(desk.book, lambda book: book["责任单位"].append(["new", "区", "新", "新单位"])))
    problem = only(plan, ProblemCode.BOOK_UNITS_FIXED)
    assert (problem.file, problem.row, problem.value) == ("ledger.xlsx / 责任单位", 5, "new")
    assert plan.sound


def test_a_ledger_of_the_whole_campaign_comes_back() -> None:
    ciie = load_campaign(Path(__file__).parents[3] / "data" / "campaigns" / "ciie2020")
    desk = CampaignContext(ciie, seeded_store(ciie), b"")
    desk.book = desk.export()
    plan = desk.plan()
    assert plan.changes_nothing
    assert (plan.problems, len(desk.store.tasks(ciie.campaign.id, NOW))) == ((), 44)


def test_headers_are_told_as_they_are_seen(desk: CampaignContext) -> None:
    problem = only(desk.plan(desk.edit(("台账", 4, "due", "soon"))), ProblemCode.CELL_NOT_A_DATE)
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "ledger.xlsx / 台账",
        4,
        HEADERS["台账"]["due"],
        "soon",
    )
