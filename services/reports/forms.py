"""Hold what a person fills in to report on a task, and check what any report must keep to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType, NoneType
from typing import Any, Final

from data.store.rows import Photo, Source
from geo.model.errors import OneMapError
from geo.model.status import DIFFICULTY_LABELS, FULL, DifficultyKind, Label, Lang, Status

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


TEXT_MAX: Final = 4_000
PHOTOS_MAX: Final = 9
TEXT_FIELDS: Final = ("note", "difficulty", "suggestion")
KIND_CHOICES: Final = Label(
    "、".join(label.zh for label in DIFFICULTY_LABELS.values()),
    ", ".join(label.en for label in DIFFICULTY_LABELS.values()),
)

_UNSEEN: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
"""Control characters but the newline, and halves of characters, which no database keeps."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """Say what one field of a report needs: `need` is a sentence that tells what to do."""

    field: str
    need: Label

    @property
    def label(self) -> Label:
        """Name of the field."""
        return field_label(self.field)

    def sentence(self, lang: Lang) -> str:
        """Return the field and what it needs in one line."""
        return f"{self.label.get(lang)}{'：' if lang == 'zh' else ': '}{self.need.get(lang)}"


class TransitionError(ValueError, OneMapError):
    """Say everything that a report lacks, field by field."""

    def __init__(self, task: str, field_errors: tuple[FieldError, ...]) -> None:
        """Name the task and what is demanded; at least one demand."""
        self.task = task
        self.field_errors = field_errors
        super().__init__(self.message("en"))

    def message(self, lang: Lang) -> str:
        """Return all demands in one text."""
        return ("" if lang == "zh" else " ").join(one.sentence(lang) for one in self.field_errors)


@dataclass(frozen=True, slots=True)
class ReportForm:
    """Hold a report on a task as a person wrote it.

    `percent` is a whole number from 0 to 100, `difficulty_kind` a `DifficultyKind` or empty, `feature` one of the
    task's features or empty. `written_at` is when it was written on the person's device, with a time zone; None where
    that is now. `photos` are those stored already.
    """

    task: str
    status: Status
    percent: int
    note: str = ""
    difficulty_kind: str = ""
    difficulty: str = ""
    suggestion: str = ""
    feature: str = ""
    written_at: datetime | None = None
    photos: tuple[Photo, ...] = ()

    def tidied(self) -> ReportForm:
        """Return the form with texts that can be kept; what is no text stays for `faults`."""
        tidy: dict[str, Any] = {}
        for name in TEXT_FIELDS:
            text = getattr(self, name)
            tidy[name] = tidy_text(text) if isinstance(text, str) else text
        return replace(self, **tidy)


_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = MappingProxyType(
    {
        "status": Status,
        "percent": int,
        **dict.fromkeys(("task", *TEXT_FIELDS, "difficulty_kind", "feature"), str),
        "written_at": (datetime, NoneType),
        "photos": tuple,
    },
)
_WRONG_TYPE: Final = Label("内容类型不正确，请重新填写。", "holds a value of the wrong type; fill it in again.")


def tidy_text(text: str) -> str:
    """Return a text without control characters, lines ended by a newline, without white space around it."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


def faults(form: ReportForm) -> tuple[FieldError, ...]:
    """Return what is wrong with a form whatever the task's status; types are checked first, since forms are forged."""
    wrong = [name for name, kind in _TYPES.items() if not _is_a(getattr(form, name), kind)]
    if wrong:
        return tuple(FieldError(name, _WRONG_TYPE) for name in wrong)
    return (*_percent(form), *_lengths(form), *_kind(form), *_written(form), *too_many_photos(len(form.photos)))


def _is_a(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _percent(form: ReportForm) -> Iterator[FieldError]:
    if not 0 <= form.percent <= FULL:
        yield FieldError("percent", Label(f"应为 0 至 {FULL} 的整数。", f"is a whole number from 0 to {FULL}."))


def _lengths(form: ReportForm) -> Iterator[FieldError]:
    for name in TEXT_FIELDS:
        length = len(getattr(form, name))
        if length > TEXT_MAX:
            yield FieldError(
                name,
                Label(
                    f"共 {length:,} 字，上限为 {TEXT_MAX:,} 字。请缩短。",
                    f"has {length:,} characters; at most {TEXT_MAX:,} are kept. Shorten it.",
                ),
            )


def _kind(form: ReportForm) -> Iterator[FieldError]:
    if form.difficulty_kind and form.difficulty_kind not in set(DifficultyKind):
        yield FieldError(
            "difficulty_kind",
            Label(f"没有这一类别。请选择：{KIND_CHOICES.zh}。", f"is no such kind. Choose one of: {KIND_CHOICES.en}."),
        )


def _written(form: ReportForm) -> Iterator[FieldError]:
    if form.written_at is not None and form.written_at.utcoffset() is None:
        yield FieldError("written_at", Label("缺少时区，请重新填写。", "has no time zone; fill it in again."))


def too_many_photos(count: int) -> Iterator[FieldError]:
    """Demand fewer photos where there are more than a report takes."""
    if count > PHOTOS_MAX:
        yield FieldError(
            "photos",
            Label(
                f"一次最多上传 {PHOTOS_MAX} 张，现有 {count} 张。请去掉几张，或分次上报。",
                f"are {count}; a report takes {PHOTOS_MAX}. Leave some out or report twice.",
            ),
        )
