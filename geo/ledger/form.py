"""Define the form of the ledger's workbook: its sheets, their columns, and the names that headers may have.

The Chinese and the English name stand in one header cell, one below the other. Workbooks made by
hand are found their columns by either name, by the field's own name, or by one that is in use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from geo.ledger.text import key_of
from geo.model.status import Label

LEDGER_SHEET: Final = Label("台账", "Ledger")
UPDATES_SHEET: Final = Label("进展", "Updates")
UNITS_SHEET: Final = Label("责任单位", "Units")
FEATURES_SHEET: Final = Label("要素", "Features")
GUIDE_SHEET: Final = Label("填报说明", "How to fill it")
LISTS_SHEET: Final = "_lists"
BASE_SHEET: Final = "_base"
BASE_MARK: Final = "onemap-ledger-1"
"""First cell of `BASE_SHEET`; its number grows when the sheet's form changes."""

LIST_JOINER: Final = "；"
SHEET_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    LEDGER_SHEET.zh: ("任务", "任务台账", "tasks"),
    UPDATES_SHEET.zh: ("进展情况", "status updates"),
    UNITS_SHEET.zh: ("单位",),
}


class Kind(StrEnum):
    """What a column holds."""

    ID = auto()
    TEXT = auto()
    CHOICE = auto()
    CHOICES = auto()
    DAY = auto()
    INSTANT = auto()
    PERCENT = auto()


class Choice(StrEnum):
    """Vocabulary of a column."""

    CATEGORY = auto()
    UNIT = auto()
    PRIORITY = auto()
    FEATURE = auto()
    STATUS = auto()
    DIFFICULTY = auto()
    TASK = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column: the field that it holds, its names, its width in characters."""

    field: str
    label: Label
    width: int
    kind: Kind = Kind.TEXT
    choice: Choice | None = None
    aliases: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """Text of the header cell."""
        return f"{self.label.zh}\n{self.label.en}"

    @property
    def names(self) -> frozenset[str]:
        """Keys of every name that a header may have."""
        return frozenset(
            key_of(name) for name in (self.label.zh, self.label.en, self.header, self.field, *self.aliases)
        )


_STARTS: Final = ("计划开始", "计划开始时间", "计划开工时间", "开始时间", "开始日期")
_DUES: Final = ("完成期限", "计划完成时间", "截止日期", "到期日")
_PROGRESS: Final = (
    Column("status", Label("状态", "Status"), 10, Kind.CHOICE, Choice.STATUS, ("当前状态", "进展状态")),
    Column(
        "percent", Label("完成比例", "Percent done"), 13, Kind.PERCENT, None, ("完成度", "完成率", "进度", "完成百分比")
    ),
    Column("note", Label("进展说明", "Note"), 40, aliases=("进展", "进展情况", "备注")),
    Column(
        "difficulty_kind", Label("困难类别", "Kind of difficulty"), 18, Kind.CHOICE, Choice.DIFFICULTY, ("困难类型",)
    ),
    Column("difficulty", Label("困难", "Difficulty"), 30, aliases=("存在困难", "存在问题", "困难问题")),
    Column("suggestion", Label("建议", "Suggestion"), 30, aliases=("工作建议", "下一步建议")),
)
LEDGER_COLUMNS: Final = (
    Column("id", Label("编号", "ID"), 9, Kind.ID, None, ("任务编号", "项目编号")),
    Column("category", Label("类别", "Category"), 22, Kind.CHOICE, Choice.CATEGORY, ("任务类别", "分类")),
    Column(
        "title_zh",
        Label("任务名称", "Title (Chinese)"),
        36,
        aliases=("任务名称（中文）", "任务", "任务内容", "项目名称", "title"),
    ),
    Column("title_en", Label("任务名称（英文）", "Title (English)"), 36, aliases=("英文名称",)),
    Column("lead_unit", Label("牵头单位", "Lead unit"), 16, Kind.CHOICE, Choice.UNIT, ("责任单位", "牵头部门")),
    Column("supporting_units", Label("配合单位", "Supporting units"), 24, Kind.CHOICES, Choice.UNIT, ("配合部门",)),
    Column("planned_start", Label("计划开工", "Planned start"), 14, Kind.DAY, None, _STARTS),
    Column("due", Label("完成时限", "Due"), 12, Kind.DAY, None, _DUES),
    Column("priority", Label("优先级", "Priority"), 9, Kind.CHOICE, Choice.PRIORITY),
    Column("features", Label("要素", "Features"), 18, Kind.CHOICES, Choice.FEATURE, ("关联要素", "要素编号")),
    *_PROGRESS,
)
UPDATE_COLUMNS: Final = (
    Column("id", Label("进展编号", "Update ID"), 10, Kind.ID, None, ("编号",)),
    Column("task", Label("任务编号", "Task"), 10, Kind.CHOICE, Choice.TASK, ("任务",)),
    Column("feature", Label("所在要素", "Feature"), 10, Kind.CHOICE, Choice.FEATURE, ("要素", "要素编号", "关联要素")),
    *_PROGRESS,
    Column("unit", Label("填报单位", "Unit"), 16, Kind.CHOICE, Choice.UNIT, ("单位",)),
    Column("written_at", Label("填写时间", "Written at"), 18, Kind.INSTANT, None, ("填报时间", "时间", "reported_at")),
)
UNIT_COLUMNS: Final = (
    Column("id", Label("编号", "ID"), 20, Kind.ID),
    Column("kind", Label("性质", "Kind"), 14),
    Column("short_zh", Label("简称", "Short name (Chinese)"), 16),
    Column("name_zh", Label("全称", "Name (Chinese)"), 36),
    Column("short_en", Label("英文简称", "Short name (English)"), 24),
    Column("name_en", Label("英文全称", "Name (English)"), 48),
)
FEATURE_COLUMNS: Final = (
    Column("id", Label("编号", "ID"), 8, Kind.ID),
    Column("kind", Label("类型", "Kind"), 14),
    Column("name_zh", Label("名称", "Name (Chinese)"), 32),
    Column("name_en", Label("英文名称", "Name (English)"), 40),
)

PROGRESS_FIELDS: Final = tuple(column.field for column in _PROGRESS)
DEFINITION_FIELDS: Final = tuple(
    column.field for column in LEDGER_COLUMNS if column.field not in {"id", *PROGRESS_FIELDS}
)
FIELD_LABELS: Final[Mapping[str, Label]] = {
    column.field: column.label for column in (*UPDATE_COLUMNS, *LEDGER_COLUMNS)
} | {"updates": UPDATES_SHEET}
"""Names of everything that a change or a conflict can be about; `updates` stands for new rows of that sheet."""


def columns_of(header: Sequence[object], columns: Sequence[Column]) -> dict[int, Column]:
    """Return the columns that a row of header cells names, by position from 0; each column once."""
    found: dict[int, Column] = {}
    for position, cell in enumerate(header):
        text = cell if isinstance(cell, str) else ""
        names = {key_of(text), *(key_of(line) for line in text.splitlines())}
        for column in columns:
            if names & column.names and column not in found.values():
                found[position] = column
                break
    return found


def is_sheet(title: str, sheet: Label) -> bool:
    """Tell whether a sheet's title is one of the names of a sheet."""
    return key_of(title) in {key_of(name) for name in (sheet.zh, sheet.en, *SHEET_ALIASES.get(sheet.zh, ()))}
