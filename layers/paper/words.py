"""Hold the words that stand on every page, in both languages."""

from typing import Final

from geo.model.status import Label

LEGEND: Final = Label("图例", "Legend")
COUNTED: Final = Label("要素数", "features")
LATE: Final = Label("超期或受阻", "Late or blocked")
POSITION: Final = Label("位置", "Position")
NO_LATE: Final = Label("没有超期或受阻的任务。", "No task is late or blocked.")
MORE_LATE: Final = Label("另有 {n} 项", "and {n} more")
NOTHING_MATCHES: Final = Label("没有符合筛选条件的要素。", "Nothing matches the filters.")
NOTHING_HERE: Final = Label("此范围内没有符合条件的要素。", "Nothing that matches lies in this extent.")
PLAUSIBLE: Final = Label("虚线、空心：位置为推定", "Dashed, open: position plausible only")
SELECTED: Final = Label("选中的要素", "Selected feature")
CROWDED: Final = Label("要素过密时以细线绘出", "Hairlines where features are crowded")
SCALE: Final = Label("比例尺 1:{n}（{paper}）", "Scale 1:{n} ({paper})")
PAGE: Final = Label("第 {n} / {of} 页", "Page {n} of {of}")
REOPEN: Final = Label("扫码打开此视图", "Scan to open this view")
LATE_COLUMNS: Final = (Label("任务", "Task"), Label("责任单位", "Who answers"), Label("情况", "How late"))
CONTEXT_NAMES: Final = {
    "airport": Label("机场", "Airport"),
    "building": Label("建筑", "Building"),
    "water": Label("水系", "Water"),
    "river": Label("水系", "Water"),
    "street": Label("其他道路", "Other roads"),
    "runway": Label("跑道", "Runway"),
    "metro": Label("轨道交通", "Rail"),
}
"""Names of the background; kinds of one name stand in the legend once."""
