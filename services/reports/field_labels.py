"""Name the fields of reports, task definitions and supervision in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from data.store.rows import Source
from geo.model.status import Label

FIELD_LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        # reports
        "task": Label("任务", "Task"),
        "status": Label("状态", "Status"),
        "percent": Label("完成比例", "Percent done"),
        "note": Label("进展说明", "Note"),
        "difficulty_kind": Label("困难类别", "Kind of difficulty"),
        "difficulty": Label("困难", "Difficulty"),
        "suggestion": Label("建议", "Suggestion"),
        "feature": Label("所在要素", "Feature"),
        "unit": Label("填报单位", "Unit"),
        "written_at": Label("填写时间", "Written at"),
        "photos": Label("照片", "Photos"),
        # task definitions
        "category": Label("类别", "Category"),
        "title_zh": Label("任务名称（中文）", "Title (Chinese)"),
        "title_en": Label("任务名称（英文）", "Title (English)"),
        "lead_unit": Label("牵头单位", "Lead unit"),
        "supporting_units": Label("配合单位", "Supporting units"),
        "planned_start": Label("计划开工", "Planned start"),
        "due": Label("完成时限", "Due"),
        "priority": Label("优先级", "Priority"),
        "features": Label("要素", "Features"),
        # supervision
        "rung": Label("督办层级", "Rung"),
        "act": Label("督办动作", "Act"),
        "addressee": Label("被督办单位", "Addressee"),
        "text": Label("内容", "Text"),
        "deadline": Label("回复期限", "Deadline"),
        # incidents
        "kind": Label("类型", "Kind"),
        "severity": Label("等级", "Severity"),
        "place": Label("位置", "Place"),
        "incident": Label("事件", "Incident"),
        # views
        "name": Label("名称", "Name"),
    },
)

SOURCE_LABELS: Final[Mapping[Source, Label]] = MappingProxyType(
    {
        Source.SEED: Label("初始数据", "First data"),
        Source.WEB: Label("网页", "Web"),
        Source.EXCEL: Label("Excel 台账", "Excel ledger"),
        Source.CLI: Label("命令行", "Terminal"),
        Source.API: Label("接口", "API"),
    },
)


def field_label(name: str) -> Label:
    """Return the name of a field, or its id where it has none."""
    return FIELD_LABELS.get(name, Label(name, name))
