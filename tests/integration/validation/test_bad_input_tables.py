"""Break whole tables of a valid campaign in every way that is known; what is sound must remain."""

from pathlib import Path

import pytest

from geo.validation.codes import ProblemCode as Code
from tests.support.bad_input import TASKS, UNITS, UPDATES, Bad, Damage, check, content
from tests.support.fixtures_campaign import TASKS as TASKS_TEXT

TASKS_CSV, UNITS_CSV, UPDATES_CSV = "tasks.csv", "units.csv", "updates.csv"
NO_TASKS = frozenset({Code.UNKNOWN_TASK})
UNCHECKED = frozenset({Code.REFERENCES_UNCHECKED})


def replaced(file: str, old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    return damage


FILES = [
    Bad(
        "no tasks",
        lambda folder: (folder / TASKS_CSV).unlink(),
        Code.MISSING_FILE,
        TASKS_CSV,
        en="Put tasks.csv back into the campaign's folder",
        zh="文件不存在",
        lost=TASKS,
        also=UNCHECKED,
    ),
    Bad(
        "empty updates",
        content(UPDATES_CSV, b""),
        Code.EMPTY_FILE,
        UPDATES_CSV,
        en="The file is empty",
        zh="文件是空的",
        lost=UPDATES,
    ),
    Bad(
        "no units",
        lambda folder: (folder / UNITS_CSV).unlink(),
        Code.MISSING_FILE,
        UNITS_CSV,
        en="Put units.csv back",
        zh="请把 units.csv 放回",
        lost=UNITS,
        also=UNCHECKED,
    ),
    Bad(
        "missing column",
        replaced(TASKS_CSV, ",due,", ",until,"),
        Code.MISSING_COLUMN,
        TASKS_CSV,
        1,
        "due",
        en="The column due is missing. The header must be: id,category,title_zh",
        zh="缺少 due 列",
    ),
    Bad(
        "missing id column",
        replaced(TASKS_CSV, "id,category", "number,category"),
        Code.MISSING_COLUMN,
        TASKS_CSV,
        1,
        "id",
        en="The column id is missing",
        zh="缺少 id 列",
        lost=TASKS,
        also=NO_TASKS,
    ),
    Bad(
        "missing names",
        replaced(TASKS_CSV, "title_zh", "name"),
        Code.MISSING_COLUMN,
        TASKS_CSV,
        1,
        "title_zh",
        en="The column title_zh is missing",
        zh="缺少 title_zh 列",
    ),
    Bad(
        "missing statuses",
        replaced(UPDATES_CSV, ",status,", ",state,"),
        Code.MISSING_COLUMN,
        UPDATES_CSV,
        1,
        "status",
        en="The column status is missing",
        zh="缺少 status 列",
        lost=UPDATES,
    ),
    Bad(
        "an unquoted comma",
        replaced(UPDATES_CSV, '"停工,待批"', "停工,待批"),
        Code.WRONG_CELL_COUNT,
        UPDATES_CSV,
        5,
        value="12",
        en="The row has '12' cells, the header 11 columns",
        zh="含逗号或换行的文字要加双引号",
        lost=frozenset({"U0004"}),
    ),
    Bad(
        "cut off",
        lambda folder: (folder / TASKS_CSV).write_text(TASKS_TEXT[:-20], encoding="utf-8"),
        Code.WRONG_CELL_COUNT,
        TASKS_CSV,
        5,
        value="7",
        en="the row is not used",
        zh="该行未使用",
        lost=frozenset({"T04"}),
        also=NO_TASKS,
    ),
    Bad(
        "an open quote",
        replaced(UPDATES_CSV, "U0008,", 'U0008,"'),
        Code.NOT_CSV,
        UPDATES_CSV,
        9,
        value='U0008,"T04,,in_progress',
        en="the file cannot be read as CSV. Check for an unpaired quote",
        zh="请检查引号是否成对",
        lost=frozenset({"U0008"}),
    ),
]


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.name)
def test_a_table_that_cannot_be_read_is_named_and_all_else_is_there(bad: Bad, campaign_folder: Path) -> None:
    loaded = check(bad, campaign_folder)
    assert len(loaded.features) == 8
