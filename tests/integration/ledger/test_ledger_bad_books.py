"""Workbooks that are refused, and cells that are: where, which value, how to mend it."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook

from data.workbook.sheets import BYTES_MAX, MEMBERS_MAX, ROWS_MAX
from geo.ledger.form import BASE_SHEET
from geo.validation.codes import ProblemCode
from tests.support.fixtures_ledger import HEADERS, CampaignContext, by_hand, desk, edited, only

__all__ = ["desk"]

LEDGER, UPDATES = "台账", "进展"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


def repacked(content: bytes, **parts: bytes) -> bytes:
    """Return a workbook with parts replaced or added; names have `/` and `.` as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name, part)
    return buffer.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def bomb(content: bytes) -> bytes:
    return repacked(content, **{SHEET: b"<worksheet>" + b" " * 70_000_000})


def ratio(content: bytes) -> bytes:
    return repacked(content, **{"xl/media/x.bin": b"\0" * 9_000_000})


def many(content: bytes) -> bytes:
    return repacked(content, **{f"x/{number}": b"" for number in range(MEMBERS_MAX)})


def macro(content: bytes) -> bytes:
    return repacked(content, **{"xl/vbaProject.bin": b"macro"})


def macro_type(content: bytes) -> bytes:
    types = (
        part(content, "[Content_Types].xml")
        .replace(b"spreadsheetml.sheet.main", b"x")
        .replace(
            b"application/vnd.openxmlformats-officedocument.x", b"application/vnd.ms-excel.sheet.macroEnabled.main"
        )
    )
    return repacked(content, **{"[Content_Types].xml": types})


def encrypted(content: bytes) -> bytes:
    return OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + content[:100]


def locked(content: bytes) -> bytes:
    """Set the flag of encryption in every entry of the archive's directory."""
    data = bytearray(content)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def laughs(content: bytes) -> bytes:
    return repacked(content, **{SHEET: b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n' + part(content, SHEET)})


def not_xml(content: bytes) -> bytes:
    return repacked(content, **{SHEET: b"<worksheet><"})


def no_ids(_: bytes) -> bytes:
    return by_hand(("任务名称", "牵头单位", "优先级"))


def no_types(content: bytes) -> bytes:
    return content.replace(b"[Content_Types]", b"[Other_Types__]")


BAD_BOOKS = [
    ("nothing", lambda _: b"", "ledger.xlsx", ProblemCode.BOOK_NOT_XLSX, ".xlsx"),
    ("text", lambda _: b"id,title", "ledger.xlsx", ProblemCode.BOOK_NOT_XLSX, ".xlsx"),
    ("cut off", lambda book: book[:-2000], "ledger.xlsx", ProblemCode.BOOK_NOT_XLSX, ".xlsx"),
    ("other archive", no_types, "a.xlsx", ProblemCode.BOOK_NOT_XLSX, ".xlsx"),
    ("old format", lambda book: OLE + book, "ledger.xls", ProblemCode.BOOK_NOT_XLSX, ".xlsx"),
    ("too large", lambda _: b"PK" + bytes(BYTES_MAX), "ledger.xlsx", ProblemCode.BOOK_TOO_LARGE, "20.0 MB"),
    ("password", encrypted, "ledger.xlsx", ProblemCode.BOOK_ENCRYPTED, "password"),
    ("locked archive", locked, "ledger.xlsx", ProblemCode.BOOK_ENCRYPTED, "password"),
    ("macro name", lambda book: book, "ledger.XLSM", ProblemCode.BOOK_MACROS, "macros"),
    ("macro part", macro, "ledger.xlsx", ProblemCode.BOOK_MACROS, "vbaProject.bin"),
    ("macro type", macro_type, "ledger.xlsx", ProblemCode.BOOK_MACROS, "macros"),
    ("zip bomb", bomb, "ledger.xlsx", ProblemCode.BOOK_BOMB, "70."),
    ("packed too far", ratio, "ledger.xlsx", ProblemCode.BOOK_BOMB, "200:1"),
    ("many members", many, "ledger.xlsx", ProblemCode.BOOK_BOMB, "1,000"),
    ("entities", laughs, "ledger.xlsx", ProblemCode.BOOK_BROKEN, "damaged"),
    ("no XML", not_xml, "ledger.xlsx", ProblemCode.BOOK_BROKEN, "damaged"),
    ("empty", lambda _: by_hand(), "ledger.xlsx", ProblemCode.BOOK_NO_LEDGER, "编号"),
    ("another table", lambda _: by_hand(("日期", "天气")), "ledger.xlsx", ProblemCode.BOOK_NO_LEDGER, "编号"),
    ("no ids", no_ids, "ledger.xlsx", ProblemCode.BOOK_MISSING_COLUMN, "编号"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "name", "code", "said"), [bad[1:] for bad in BAD_BOOKS], ids=[bad[0] for bad in BAD_BOOKS]
)
def test_a_bad_workbook_is_refused_with_its_reason(
    desk: CampaignContext, damage: Callable[[bytes], bytes], name: str, code: ProblemCode, said: str
) -> None:
    plan = desk.plan(damage(desk.book), name)
    problem = only(plan, code)
    assert (plan.sound, plan.changes, problem.severity, problem.file) == (False, (), "error", name)
    assert said in problem.sentence("en")
    assert problem.remedy("zh")


def test_a_zip_bomb_is_small_on_disk(desk: CampaignContext) -> None:
    assert len(bomb(desk.book)) < 200_000


def test_a_workbook_of_another_campaign_is_refused(desk: CampaignContext) -> None:
    desk.loaded = replace(desk.loaded, campaign=replace(desk.loaded.campaign, id="other"))
    plan = desk.plan()
    problem = only(plan, ProblemCode.BOOK_OTHER_CAMPAIGN)
    assert (problem.value, problem.params, plan.sound) == ("sample", {"expected": "other"}, False)


BAD_CELLS = [
    (LEDGER, 3, "due", "下周", ProblemCode.CELL_NOT_A_DATE, "2020/9/30"),
    (LEDGER, 3, "planned_start", "2月30日", ProblemCode.CELL_NOT_A_DATE, "2020/9/30"),
    (LEDGER, 3, "percent", "一半", ProblemCode.CELL_BAD_PERCENT, "90%"),
    (LEDGER, 3, "percent", 120, ProblemCode.CELL_BAD_PERCENT, "90%"),
    (LEDGER, 3, "percent", (0.455, "0%"), ProblemCode.CELL_BAD_PERCENT, "90%"),
    (LEDGER, 3, "category", "其他", ProblemCode.CELL_UNKNOWN, "配套服务"),
    (LEDGER, 3, "lead_unit", "某某局", ProblemCode.CELL_UNKNOWN, "道路"),
    (LEDGER, 3, "priority", "紧急", ProblemCode.CELL_UNKNOWN, "高"),
    (LEDGER, 3, "status", "快好了", ProblemCode.CELL_UNKNOWN, "推进中"),
    (LEDGER, 3, "difficulty_kind", "疫情", ProblemCode.CELL_UNKNOWN, "天气"),
    (LEDGER, 3, "features", "C99", ProblemCode.CELL_UNKNOWN, "C01"),
    (LEDGER, 3, "title_zh", None, ProblemCode.CELL_MISSING, "任务名称"),
    (LEDGER, 3, "status", None, ProblemCode.CELL_MISSING, "状态"),
    (LEDGER, 3, "id", None, ProblemCode.ROW_WITHOUT_ID, "id"),
    (LEDGER, 3, "id", "T01", ProblemCode.ROW_REPEATED, "row 2"),
    (LEDGER, 3, "due", "2020-01-01", ProblemCode.DUE_BEFORE_START, "2020-05-01"),
    (LEDGER, 3, "title_zh", "长" * 201, ProblemCode.LONG_NAME, "200"),
    (UPDATES, 3, "note", "改写历史", ProblemCode.PAST_UPDATE_CHANGED, "U0002"),
    (UPDATES, 3, "percent", "41%", ProblemCode.PAST_UPDATE_CHANGED, "U0002"),
    (UPDATES, 3, "written_at", "昨天", ProblemCode.CELL_NOT_A_TIME, "14:00"),
    (UPDATES, 9, "note", "只有说明", ProblemCode.CELL_MISSING, "任务编号"),
]


@pytest.mark.parametrize(("sheet", "row", "field", "value", "code", "said"), BAD_CELLS)
def test_a_bad_cell_is_told_with_its_place(
    desk: CampaignContext, sheet: str, row: int, field: str, value: object, code: ProblemCode, said: str
) -> None:
    plan = desk.plan(desk.edit((sheet, row, field, value)))
    problem = next(problem for problem in plan.problems if problem.code == code)
    column = "任务编号 Task" if row == 9 else HEADERS[sheet][field]
    assert (problem.file, problem.row, problem.column) == (f"ledger.xlsx / {sheet}", row, column)
    assert said in problem.sentence("en") + problem.sentence("zh")
    assert problem.value in {f"{value}", "", "45.5%", "12000%"}
    assert plan.sound == (problem.severity == "warning")


def test_a_time_to_come_is_no_report(desk: CampaignContext) -> None:
    rows = {"task": "T04", "status": "推进中", "percent": "70%", "written_at": "2020-09-16 09:00"}
    plan = desk.plan(desk.edit(*((UPDATES, 9, field, value) for field, value in rows.items())))
    problem = only(plan, ProblemCode.CELL_FUTURE)
    assert (problem.value, problem.params["expected"], plan.new_updates) == ("2020-09-16 09:00", "2020-09-15 12:00", ())


def test_every_problem_is_told_at_once(desk: CampaignContext) -> None:
    plan = desk.plan(desk.edit((LEDGER, 2, "due", "a"), (LEDGER, 2, "percent", "b"), (LEDGER, 4, "due", "c")))
    assert [(problem.row, problem.value) for problem in plan.problems] == [(2, "a"), (2, "b"), (4, "c")]


def test_a_cell_with_an_error_is_told(desk: CampaignContext) -> None:
    def fault(book: Workbook) -> None:
        book[LEDGER]["C2"].value = "#REF!"
        book[LEDGER]["C2"].data_type = "e"

    problem = only(desk.plan(edited(desk.book, fault)), ProblemCode.CELL_FAULT)
    assert (problem.row, problem.column, problem.value) == (2, HEADERS[LEDGER]["title_zh"], "#REF!")


def test_a_damaged_base_is_an_error_and_a_missing_one_a_warning(desk: CampaignContext) -> None:
    def damage(book: Workbook) -> None:
        book[BASE_SHEET]["A3"].value = "h00"

    assert not desk.plan(edited(desk.book, damage)).sound
    bare = desk.plan(edited(desk.book, lambda book: book.remove(book[BASE_SHEET])))
    assert (only(bare, ProblemCode.BOOK_NO_BASE).severity, bare.hand_made, bare.sound) == ("warning", True, True)


def test_content_far_below_is_told_and_empty_rows_are_not(desk: CampaignContext) -> None:
    far = ROWS_MAX + 50
    plan = desk.plan(desk.edit((LEDGER, far, "note", "x")))
    problem = only(plan, ProblemCode.BOOK_TOO_MANY_ROWS)
    assert (problem.row, problem.file, plan.sound) == (far, "ledger.xlsx / 台账", False)
    xml = part(desk.book, SHEET).replace(b"</sheetData>", b'<row r="1048576" ht="20"/></sheetData>')
    assert desk.plan(repacked(desk.book, **{SHEET: xml})).changes_nothing


def test_a_merged_cell_over_the_whole_sheet_is_no_burden(desk: CampaignContext) -> None:
    xml = part(desk.book, SHEET).replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="Z1:XFD1048576"/></mergeCells>'
    )
    assert desk.plan(repacked(desk.book, **{SHEET: xml})).problems == ()


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_told_and_never_raises(desk: CampaignContext, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311  damage, not secrets
    with zipfile.ZipFile(io.BytesIO(desk.book)) as archive:
        name = luck.choice([name for name in archive.namelist() if name.endswith((".xml", ".rels"))])
        content = bytearray(archive.read(name))
    for _ in range(luck.randint(1, 20)):
        at = luck.randrange(len(content))
        content[at : at + luck.randint(0, 9)] = luck.randbytes(luck.randint(0, 3)) or b'"9'
    plan = desk.plan(repacked(desk.book, **{name: bytes(content)}))
    assert all(problem.sentence("zh") for problem in plan.problems)
