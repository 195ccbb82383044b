"""Explain in the ledger's workbook how it is filled in."""

from datetime import datetime
from typing import Final

from geo.model.campaign import Campaign
from geo.model.status import Label

GUIDE: Final = (
    Label(
        "在“台账”中修改任务和当前进展：每个任务一行，编号不要改动；新任务另起一行，填写未使用过的编号。",
        "Change tasks and their present progress in “台账”: one row a task; leave ids as they are, "
        "and give a new task an id that is not in use.",
    ),
    Label(
        "在“进展”中补报：另起一行，进展编号留空；填写时间留空表示导入之时。已有的行是历史记录，不能修改。",
        "Add reports in “进展”: a row of its own with an empty id; no time means the time of the import. "
        "Rows that stand there are history and cannot be changed.",
    ),
    Label(
        "同一任务的进展只在一张表中填写。",
        "Write the progress of a task in one of the two sheets only.",
    ),
    Label(
        "有下拉列表的单元格请从列表中选择；配合单位和要素可填多个，以分号“；”隔开。",
        "Choose from the list where a cell has one; join several units or features by “；”.",
    ),
    Label(
        "日期可写 2020/9/30、2020.9.30 或 9月30日；完成比例写整数百分比，例如 90%。",
        "Dates: 2020/9/30, 2020.9.30 or 9月30日; progress: a whole percentage, such as 90%.",
    ),
    Label(
        "“受阻”须填困难类别和困难；“已完成”须为 100%；退回须写明原因。销号在任务页面办理，不能通过工作簿。",
        "“Blocked” needs a difficulty and its kind, “done” 100%, going back a reason. "
        "Sign-off is done on the task's page, not in a workbook.",
    ),
    Label(
        "删去一行不会删除任务；“责任单位”和“要素”两张表仅供查阅。",
        "Leaving a row out deletes nothing; “责任单位” and “要素” are for reference only.",
    ),
    Label(
        "以 = + - @ 开头的文字前有一个撇号，使其不被当作公式；导入时会去掉。",
        "Text that begins with = + - @ has an apostrophe before it, lest it be taken for a formula; "
        "the import removes it.",
    ),
    Label(
        "导入时先列出全部问题和变化，确认后才写入；导出后他人也改过的内容会列出，由您决定。隐藏的工作表请勿删除。",
        "The import lists every problem and change first and writes nothing until you confirm; what others "
        "changed meanwhile is listed for you to decide. Leave the hidden sheets in place.",
    ),
)
_SAMPLE: Final = Label("示例数据，并非正式台账", "Sample data, not the official ledger")


def guide_lines(campaign: Campaign, now: datetime, *, shown_updates: int, all_updates: int) -> list[tuple[str, str]]:
    """Return the lines of the sheet in Chinese and English: what it is, from when, and how it is filled in."""
    at = f"{now.astimezone(campaign.tz):%Y-%m-%d %H:%M}"
    lines = [campaign.name, Label(f"导出时间：{at}", f"Exported at {at} ({campaign.tz.key})")]
    if campaign.sample:
        lines.append(_SAMPLE)
    if shown_updates < all_updates:
        lines.append(
            Label(
                f"“进展”只含最近 {shown_updates:,} 条，共 {all_updates:,} 条。",
                f"“进展” holds the latest {shown_updates:,} of {all_updates:,} updates.",
            ),
        )
    return [(line.zh, line.en) for line in (*lines, *GUIDE)]
