"""Break the duty roster in every way that is known; what is sound must remain, and so must the campaign."""

from pathlib import Path

import pytest

from data.campaign.load import load_campaign
from geo.validation.codes import ProblemCode as Code
from tests.support.bad_input import Bad, cell, check, content

DUTY_CSV = "duty.csv"
EVERY = ["D1", "D2", "D3", "D4"]


def bad(name: str, column: str, value: str, code: Code, *, row: int = 3, en: str = "", zh: str = "") -> Bad:
    """A cell of the second shift, or of another row, that is wrong."""
    return Bad(name, cell(DUTY_CSV, row, column, value), code, DUTY_CSV, row, column, value, en=en, zh=zh)


KEPT = [
    bad("unknown unit", "unit", "nobody", Code.UNKNOWN_UNIT, en="There is no unit 'nobody'", zh="没有编号为"),
    bad("odd phone", "phone", "call me", Code.DUTY_BAD_PHONE, en="'call me' is no number", zh="只按文字显示"),
    bad("no phone", "phone", "", Code.DUTY_BAD_PHONE, en="shown as text only", zh="不是可拨打的号码"),
    bad("no post in Chinese", "post_zh", "", Code.MISSING_NAME, en="stands in for it", zh="代替"),
    bad("no offset", "start", "2020-09-15T08:00:00", Code.NO_OFFSET, en="Asia/Shanghai", zh="没有时区"),
]
LOST = [
    bad("nobody", "person", " ", Code.DUTY_NOBODY, en="names nobody", zh="没有写明值班人员"),
    bad("no time", "end", "tomorrow", Code.DUTY_NOT_A_TIME, en="'tomorrow' of end is no time", zh="不是时间"),
    bad("beyond the calendar", "end", "9999-12-31T23:00:00+00:00", Code.DUTY_NOT_A_TIME, en="no time", zh="不是时间"),
    bad("end at the start", "end", "2020-09-15T08:00:00+08:00", Code.DUTY_END_NOT_AFTER_START, en="after", zh="不晚于"),
    bad("end before start", "end", "2020-09-15T07:00:00+08:00", Code.DUTY_END_NOT_AFTER_START, en="night", zh="夜班"),
    bad("id taken", "id", "D1", Code.DUPLICATE_ID, en="taken already", zh="已被使用"),
    bad("no id", "id", "", Code.MISSING_ID, en="no id", zh="没有编号"),
]


@pytest.mark.parametrize("fault", KEPT, ids=lambda fault: fault.name)
def test_a_shift_with_a_fault_beside_its_times_is_kept(fault: Bad, campaign_folder: Path) -> None:
    loaded = check(fault, campaign_folder)
    assert list(loaded.duty.index) == EVERY


@pytest.mark.parametrize("fault", LOST, ids=lambda fault: fault.name)
def test_a_shift_of_nobody_or_of_no_time_is_left_out_and_named(fault: Bad, campaign_folder: Path) -> None:
    loaded = check(fault, campaign_folder)
    assert list(loaded.duty.index) == ["D1", "D3", "D4"]


def test_one_person_on_two_shifts_at_once_is_told_at_the_later_one(campaign_folder: Path) -> None:
    cell(DUTY_CSV, 3, "person", "示例甲")(campaign_folder)
    cell(DUTY_CSV, 3, "end", "2020-09-15T20:30:00+08:00")(campaign_folder)
    loaded = load_campaign(campaign_folder)
    assert [(one.code, one.row, one.column) for one in loaded.problems] == [(Code.DUTY_OVERLAP, 4, "start")]
    assert "示例甲 begins at '2020-09-15 20:00'" in loaded.problems[0].sentence("en")
    assert "D2 要到 2020-09-15 20:30" in loaded.problems[0].sentence("zh")
    assert list(loaded.duty.index) == EVERY


def test_times_without_anybody_are_told_once(campaign_folder: Path) -> None:
    rows = (campaign_folder / DUTY_CSV).read_text("utf-8").splitlines()
    rows[4] = rows[4].replace("2020-09-14T09:00:00", "2020-09-14T21:00:00").replace("2020-09-16", "2020-09-14")
    rows += [rows[3].replace("D3", "D5").replace("2020-09-15", "2020-09-18").replace("2020-09-16", "2020-09-19")]
    rows[4] = rows[4].replace("09-14T09:00:00", "09-14T22:00:00")
    rows.pop(2)
    content(DUTY_CSV, "\n".join(rows).encode())(campaign_folder)
    loaded = load_campaign(campaign_folder)
    assert [(one.code, one.row) for one in loaded.problems] == [(Code.DUTY_GAP, None)]
    text = loaded.problems[0].sentence("en")
    assert "from '2020-09-15 08:00' to 2020-09-15 20:00; there are 2 such gap(s)" in text


def test_a_campaign_without_a_roster_has_no_problem(campaign_folder: Path) -> None:
    (campaign_folder / DUTY_CSV).unlink()
    loaded = load_campaign(campaign_folder)
    assert loaded.problems == ()
    assert loaded.duty.empty


def test_a_roster_that_is_no_table_is_named(campaign_folder: Path) -> None:
    content(DUTY_CSV, b"")(campaign_folder)
    assert [one.code for one in load_campaign(campaign_folder).problems] == [Code.EMPTY_FILE]
