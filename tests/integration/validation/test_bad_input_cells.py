"""Break single cells of a valid campaign in every way that is known; what is sound must remain."""

from pathlib import Path

import pandas as pd
import pytest

from data.campaign.load import load_campaign
from geo.validation.codes import ProblemCode as Code
from tests.support.bad_input import Bad, cell, check

TASKS_CSV, UNITS_CSV, UPDATES_CSV = "tasks.csv", "units.csv", "updates.csv"
NO_TASKS = frozenset({Code.UNKNOWN_TASK})
NO_UNITS = frozenset({Code.UNKNOWN_UNIT})


def task(column: str, value: str, code: Code, *, en: str, zh: str, shown: str | None = None) -> Bad:
    """Make a damage to a cell of T02, in line 3, which stays."""
    name, told = f"{column} {value}", value if shown is None else shown
    damage = cell(TASKS_CSV, 3, column, value)
    return Bad(name, damage, code, TASKS_CSV, 3, column, told, en, zh)


def update(column: str, value: str, code: Code, *, en: str, zh: str, lost: frozenset[str] = frozenset()) -> Bad:
    """Make a damage to a cell of U0003, in line 4."""
    damage = cell(UPDATES_CSV, 4, column, value)
    return Bad(f"{column} {value}", damage, code, UPDATES_CSV, 4, column, value, en, zh, lost=lost)


LOST = frozenset({"U0003"})

ROWS = [
    task("features", "", Code.NO_FEATURE, en="concerns no feature", zh="该任务没有关联任何要素"),
    task(
        "features",
        "C02;C99",
        Code.UNKNOWN_FEATURE,
        shown="C99",
        en="There is no feature 'C99'; the reference to it is left out",
        zh="没有编号为 'C99' 的要素",
    ),
    task("lead_unit", "nobody", Code.UNKNOWN_UNIT, en="no unit 'nobody' in units.csv", zh="'nobody'"),
    task("lead_unit", "", Code.UNKNOWN_UNIT, en="There is no unit ''", zh="没有编号为 '' 的单位"),
    task(
        "supporting_units",
        "office;ghosts",
        Code.UNKNOWN_UNIT,
        shown="ghosts",
        en="the entry is kept and shows the id as it is written. Check the id, or add the unit to units.csv",
        zh="没有编号为 'ghosts' 的单位；内容照常保留",
    ),
    task(
        "category",
        "fun",
        Code.UNKNOWN_CATEGORY,
        en="no category 'fun'; allowed are: infrastructure, services",
        zh="没有 'fun' 这个类别",
    ),
    task(
        "priority",
        "urgent",
        Code.UNKNOWN_PRIORITY,
        en="no priority 'urgent'; medium is used. Allowed are: high, medium, low",
        zh="没有 'urgent' 这个优先级",
    ),
    task("due", "2020/9/30", Code.NOT_A_DATE, en="'2020/9/30' of due is no date", zh="不是日期"),
    task("due", "2020-02-30", Code.NOT_A_DATE, en="Write year-month-day", zh="'2020-02-30' 不是日期"),
    task("planned_start", "soon", Code.NOT_A_DATE, en="'soon' of planned_start", zh="请按 年-月-日 填写"),
    task(
        "due",
        "2020-04-01",
        Code.DUE_BEFORE_START,
        en="due date '2020-04-01' is before the planned start 2020-05-01",
        zh="到期日 '2020-04-01' 早于计划开始日 2020-05-01",
    ),
    task("title_en", "", Code.MISSING_NAME, en="title_en is empty", zh="title_en 为空"),
    Bad(
        "duplicate task",
        cell(TASKS_CSV, 3, "id", "T01"),
        Code.DUPLICATE_ID,
        TASKS_CSV,
        3,
        "id",
        "T01",
        "The id 'T01' is taken already",
        "编号 'T01' 已被使用",
        lost=frozenset({"T02"}),
        also=NO_TASKS,
    ),
    Bad(
        "unit kind",
        cell(UNITS_CSV, 2, "kind", "club"),
        Code.UNKNOWN_KIND,
        UNITS_CSV,
        2,
        "kind",
        "club",
        "no kind 'club'; allowed are: bureau, district, enterprise, office",
        "没有 'club' 这种类型",
    ),
    update("task", "T77", Code.UNKNOWN_TASK, en="no task 'T77' in tasks.csv", zh="编号为 'T77' 的任务"),
    update("feature", "N77", Code.UNKNOWN_FEATURE, en="no feature 'N77'", zh="编号为 'N77' 的要素"),
    update("unit", "nobody", Code.UNKNOWN_UNIT, en="no unit 'nobody'", zh="编号为 'nobody' 的单位"),
    update(
        "status",
        "finished",
        Code.UNKNOWN_STATUS,
        en="no status 'finished'; the update is not used. Allowed are: not_started, in_progress",
        zh="没有 'finished' 这种状态",
        lost=LOST,
    ),
    update("id", "", Code.MISSING_ID, en="There is no id", zh="没有编号", lost=LOST),
    update("percent", "150", Code.BAD_PERCENT, en="'150' is no whole number from 0 to 100", zh="'150'"),
    update("percent", "-1", Code.BAD_PERCENT, en="'-1'", zh="完成度 '-1' 不是 0 到 100 的整数"),
    update("percent", "50%", Code.BAD_PERCENT, en="without a percent sign", zh="不带百分号"),
    update("percent", "５０", Code.BAD_PERCENT, en="0 is used", zh="'５０'"),
    update("difficulty_kind", "ghosts", Code.UNKNOWN_DIFFICULTY, en="other is used", zh="'ghosts'"),
    update(
        "reported_at",
        "yesterday",
        Code.NOT_A_TIME,
        en="'yesterday' of reported_at is no time; the update is not used",
        zh="'yesterday' 不是时间",
        lost=LOST,
    ),
    update("reported_at", "9999-12-31T23:59:59+00:00", Code.NOT_A_TIME, en="is no time", zh="不是时间", lost=LOST),
    update("reported_at", "", Code.NOT_A_TIME, en="ISO 8601", zh="不是时间", lost=LOST),
    update(
        "reported_at",
        "0001-01-01T00:00:00+14:00",
        Code.NOT_A_TIME,
        en="is no time",
        zh="请按 ISO 8601 填写",
        lost=LOST,
    ),
    update(
        "reported_at",
        "2020-06-10T09:00:00",
        Code.NO_OFFSET,
        en="'2020-06-10T09:00:00' has no offset; it was read as Asia/Shanghai",
        zh="没有时区",
    ),
]


@pytest.mark.parametrize("bad", ROWS, ids=lambda bad: bad.name)
def test_a_cell_that_is_wrong_is_named_and_all_else_is_there(bad: Bad, campaign_folder: Path) -> None:
    loaded = check(bad, campaign_folder)
    assert len(loaded.features) == 8


def test_a_wrong_cell_leaves_the_rest_of_its_task_in_use(campaign_folder: Path) -> None:
    wrong = {"features": "C99;C02", "due": "never", "priority": "urgent", "lead_unit": "nobody"}
    for column, value in wrong.items():
        cell(TASKS_CSV, 3, column, value)(campaign_folder)
    row = load_campaign(campaign_folder).tasks.loc["T02"]
    assert row["features"] == ("C99", "C02")
    assert row["due"] is pd.NaT
    assert (row["priority"], row["lead_unit"]) == ("medium", "nobody")


def test_a_time_without_offset_is_one_of_the_campaigns_time_zone(campaign_folder: Path) -> None:
    before = load_campaign(campaign_folder).updates
    cell(UPDATES_CSV, 4, "reported_at", "2020-06-10T09:00:00")(campaign_folder)
    after = load_campaign(campaign_folder).updates
    pd.testing.assert_frame_equal(before, after)


@pytest.mark.parametrize(("status", "percent"), [("done", 100), ("accepted", 100), ("blocked", 0)])
def test_a_percentage_that_is_none_follows_the_status(campaign_folder: Path, status: str, percent: int) -> None:
    cell(UPDATES_CSV, 4, "status", status)(campaign_folder)
    cell(UPDATES_CSV, 4, "percent", "all")(campaign_folder)
    assert load_campaign(campaign_folder).updates.loc["U0003", "percent"] == percent
