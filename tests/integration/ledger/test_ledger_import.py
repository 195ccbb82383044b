"""Bring workbooks in: dry run, three ways, decisions, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd
import pytest

from data.store.rows import NewUpdate, Receipt, Write
from geo.ledger.merge import ChangeKind, Conflict, Side
from geo.model.errors import ConflictError
from geo.model.status import Status
from geo.validation.codes import ProblemCode
from services.ledger.plan import ImportRefusedError
from tests.support.fixtures_ledger import HEADERS, KEEPER, CampaignContext, cells, desk, only
from tests.support.fixtures_reports import NOW

__all__ = ["desk"]

LEDGER, UPDATES = "台账", "进展"


def new_row(row: int, **fields: object) -> list[tuple[str, int, str, object]]:
    return [(UPDATES, row, field, value) for field, value in fields.items()]


def test_a_plan_writes_nothing(desk: CampaignContext) -> None:
    version = desk.store.version()
    plan = desk.plan(desk.edit((LEDGER, 2, "percent", "60%"), (LEDGER, 3, "title_zh", "新名称")))
    assert (plan.sound, plan.changes_nothing, desk.store.version()) == (True, False, version)


def test_a_confirmed_plan_is_stored_under_its_author(desk: CampaignContext) -> None:
    plan = desk.plan(desk.edit((LEDGER, 2, "percent", "60%"), (LEDGER, 2, "title_zh", "新名称")))
    receipt = desk.confirm(plan)
    assert (desk.row("T01")["title_zh"], desk.last("T01")["percent"], desk.last("T01")["note"]) == (
        "新名称",
        60,
        "已开工",
    )
    newest = desk.store.history(desk.loaded.campaign.id, "T01")[:2]
    assert {entry.kind for entry in newest} == {"definition", "update"}
    assert {(entry.seq, entry.author) for entry in newest} == {(receipt.seq, KEEPER)}
    assert desk.plan(desk.export()).changes_nothing


def test_the_same_workbook_again_changes_nothing_more(desk: CampaignContext) -> None:
    rows = new_row(9, task="T04", status="推进中", percent="70%", note="增派人手")
    book = desk.edit((LEDGER, 2, "percent", "60%"), *rows)
    desk.confirm(desk.plan(book))
    again = desk.plan(book)
    version = desk.store.version()
    assert (again.changes_nothing, again.problems) == (True, ())
    assert desk.confirm(again, key="other").repeated
    assert desk.store.version() == version


def test_edits_of_both_sides_are_merged(desk: CampaignContext) -> None:
    book = desk.edit((LEDGER, 2, "due", "9月25日"), (LEDGER, 2, "note", "夜间施工"))
    desk.change_task("T01", title_zh="他人改名", due=pd.Timestamp("2020-09-25"))
    desk.report("T01", 55, note="已开工")
    plan = desk.plan(book)
    assert (plan.conflicts, cells(plan)) == ((), {("T01", "note", "已开工", "夜间施工")})
    desk.confirm(plan)
    assert (desk.row("T01")["title_zh"], desk.last("T01")["percent"], desk.last("T01")["note"]) == (
        "他人改名",
        55,
        "夜间施工",
    )


@pytest.mark.parametrize(("side", "title"), [("mine", "我的"), ("theirs", "他人的")])
def test_a_conflict_is_decided_by_a_person(desk: CampaignContext, side: Side, title: str) -> None:
    book = desk.edit((LEDGER, 2, "title_zh", "我的"), (LEDGER, 3, "priority", "高"))
    desk.change_task("T01", title_zh="他人的")
    plan = desk.plan(book)
    assert plan.conflicts == (Conflict("T01", "title_zh", "整治一号路", "他人的", "我的"),)
    with pytest.raises(ImportRefusedError) as refusal:
        desk.confirm(plan)
    assert refusal.value.plan.conflicts == plan.conflicts
    desk.confirm(plan, decisions={("T01", "title_zh"): side})
    assert (desk.row("T01")["title_zh"], desk.row("T02")["priority"]) == (title, "high")


def test_a_decision_does_not_count_for_another_conflict_than_was_shown(desk: CampaignContext) -> None:
    book = desk.edit((LEDGER, 2, "title_zh", "我的"))
    desk.change_task("T01", title_zh="他人的")
    plan = desk.plan(book)
    desk.change_task("T01", title_zh="又改了")
    with pytest.raises(ImportRefusedError, match="1 conflicts"):
        desk.confirm(plan, decisions={("T01", "title_zh"): "mine"})
    assert desk.row("T01")["title_zh"] == "又改了"


def test_what_others_write_between_plan_and_confirmation_is_merged(desk: CampaignContext) -> None:
    plan = desk.plan(desk.edit((LEDGER, 2, "due", "9月25日")))
    desk.change_task("T01", title_zh="他人改名")
    desk.confirm(plan)
    assert (desk.row("T01")["title_zh"], str(desk.row("T01")["due"])[:10]) == ("他人改名", "2020-09-25")


def test_a_write_at_the_same_moment_is_no_lost_update(desk: CampaignContext, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.plan(desk.edit((LEDGER, 2, "due", "9月25日")))
    append, once = desk.store.append_ledger, [True]

    def late(campaign: str, tasks: pd.DataFrame, updates: Sequence[NewUpdate], write: Write) -> Receipt:
        if once and once.pop():
            monkeypatch.setattr(desk.store, "append_ledger", append)
            desk.change_task("T01", title_zh="抢先")
            monkeypatch.setattr(desk.store, "append_ledger", late)
        return append(campaign, tasks, updates, write)

    monkeypatch.setattr(desk.store, "append_ledger", late)
    desk.confirm(plan)
    assert (desk.row("T01")["title_zh"], str(desk.row("T01")["due"])[:10]) == ("抢先", "2020-09-25")


def test_a_store_that_is_never_quiet_ends_in_a_conflict(desk: CampaignContext, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.plan(desk.edit((LEDGER, 2, "due", "9月25日")))

    def busy(*_: object) -> Receipt:
        raise ConflictError("T01", current=9, attempted=None, based_on=1)

    monkeypatch.setattr(desk.store, "append_ledger", busy)
    with pytest.raises(ConflictError):
        desk.confirm(plan)


def test_errors_block_everything(desk: CampaignContext) -> None:
    book = desk.edit((LEDGER, 2, "title_zh", "新名称"), (LEDGER, 3, "due", "soon"))
    plan, version = desk.plan(book), desk.store.version()
    assert not plan.sound
    with pytest.raises(ImportRefusedError, match="1 errors"):
        desk.confirm(plan)
    assert desk.store.version() == version


def test_a_new_task_is_told_and_stored(desk: CampaignContext) -> None:
    values = {"id": "T05", "category": "配套服务", "title_zh": "志愿服务", "lead_unit": "办公室", "features": "Z1"}
    progress = {"status": "推进中", "percent": "20%"}
    plan = desk.plan(desk.edit(*((LEDGER, 6, field, value) for field, value in (values | progress).items())))
    assert (plan.problems, {change.kind for change in plan.changes}) == ((), {ChangeKind.NEW})
    desk.confirm(plan)
    task = desk.row("T05")
    assert (task["title_en"], task["priority"], task["features"]) == ("志愿服务", "medium", ("Z1",))
    assert (desk.last("T05")["status"], desk.last("T05")["percent"]) == ("in_progress", 20)


STORM = {
    "task": "T04",
    "status": "受阻",
    "percent": "60%",
    "difficulty_kind": "天气",
    "difficulty": "台风",
    "written_at": "9月14日 10:00",
}


def test_a_new_row_of_the_updates_is_a_report(desk: CampaignContext) -> None:
    plan = desk.plan(desk.edit(*new_row(9, **STORM)))
    (update,) = plan.new_updates
    assert (update.task, update.status, update.percent, update.unit) == ("T04", Status.BLOCKED, 60, "office")
    assert (update.difficulty_kind, update.written_at) == ("weather", datetime(2020, 9, 14, 2, tzinfo=UTC))
    desk.confirm(plan)
    assert desk.last("T04")["difficulty"] == "台风"


def test_new_rows_are_a_conflict_where_others_reported_since(desk: CampaignContext) -> None:
    book = desk.edit(*new_row(9, task="T04", status="推进中", percent="80%", note="收尾"))
    desk.report("T04", 65, "他人上报")
    plan = desk.plan(book)
    (conflict,) = plan.conflicts
    assert (conflict.key, "他人上报" in conflict.theirs, "收尾" in conflict.mine) == (("T04", "updates"), True, True)
    desk.confirm(plan, decisions={conflict.key: "mine"})
    assert desk.last("T04")["note"] == "收尾"


def test_a_row_drops_out_where_the_other_side_counts(desk: CampaignContext) -> None:
    book = desk.edit(*new_row(9, task="T04", status="推进中", percent="80%", note="收尾"))
    desk.report("T04", 65, "他人上报")
    plan = desk.plan(book)
    assert desk.confirm(plan, decisions={("T04", "updates"): "theirs"}).repeated
    assert desk.last("T04")["note"] == "他人上报"


BLOCKED = {"status": "受阻", "difficulty_kind": None, "difficulty": None}


@pytest.mark.parametrize(
    ("row", "written", "code", "column", "value"),
    [
        (2, {"status": "已完成"}, ProblemCode.CELL_DEMANDED, "percent", "40%"),
        (2, {"percent": "100%"}, ProblemCode.CELL_DEMANDED, "percent", "100%"),
        (2, {"status": "受阻", "difficulty": None}, ProblemCode.CELL_DEMANDED, "difficulty", ""),
        (4, {"status": "未开始", "percent": 0}, ProblemCode.CELL_MOVE, "status", "未开始 Not started"),
        (4, {"status": "已销号"}, ProblemCode.CELL_SIGN_OFF, "status", "已销号 Accepted"),
        (2, {"note": "长" * 4001}, ProblemCode.CELL_TOO_LONG, "note", "长" * 4001),
    ],
)
def test_progress_keeps_to_the_rules_of_reports(
    desk: CampaignContext, row: int, written: Mapping[str, object], code: ProblemCode, column: str, value: str
) -> None:
    plan = desk.plan(desk.edit(*((LEDGER, row, field, text) for field, text in written.items())))
    problem = only(plan, code)
    assert (problem.row, problem.column, problem.value) == (row, HEADERS[LEDGER][column], value)
    assert not plan.sound
    assert plan.new_updates == ()


def test_both_sheets_may_say_the_same_but_not_different_things(desk: CampaignContext) -> None:
    rows = new_row(9, task="T01", status="推进中", percent="60%")
    agreed = desk.plan(desk.edit((LEDGER, 2, "percent", "60%"), *rows))
    assert (agreed.problems, len(agreed.new_updates)) == ((), 1)
    problem = only(desk.plan(desk.edit((LEDGER, 2, "percent", "70%"), *rows)), ProblemCode.TWO_STATEMENTS)
    assert (problem.file, problem.row, problem.params["expected"]) == ("ledger.xlsx / 台账", 2, "T01")


def test_the_values_of_changes_are_told_in_words(desk: CampaignContext) -> None:
    plan = desk.plan(desk.edit((LEDGER, 2, "supporting_units", "停车；道路")))
    (change,) = plan.changes
    assert plan.value_text(change.field, change.after) == "停车；道路"
    assert plan.value_text("percent", "40") == "40%"


def test_a_refusal_speaks_both_languages(desk: CampaignContext) -> None:
    refusal = ImportRefusedError(desk.plan(b"PK"))
    assert "1 处错误" in refusal.message("zh")
    assert "1 errors" in refusal.message("en")


def test_an_import_is_known_at_the_clock_of_the_campaign(desk: CampaignContext) -> None:
    desk.confirm(desk.plan(desk.edit((LEDGER, 2, "percent", "60%"))))
    assert desk.last("T01")["reported_at"] == pd.Timestamp(NOW)
