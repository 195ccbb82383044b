"""Hold what a numbered notice of supervision (督办单) says, as rows of words that every file format writes alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.model.status import Label, Lang

TITLE: Final = Label("督办单", "Supervision notice")
SAMPLE: Final = Label(
    "示例数据：本单由示例台账生成，不反映有关单位的实际工作。",
    "Sample data: made from a sample ledger; it says nothing about the work of the units named.",
)
DRILL: Final = Label("演练期间生成", "Made during a drill")
RECEIPT: Final = Label("签收栏", "Receipt")
RECEIPT_FIELDS: Final = (
    Label("签收单位（盖章）", "Unit (seal)"),
    Label("签收人", "Received by"),
    Label("签收时间", "Received at"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """Hold one notice; days are days in the campaign's time zone.

    `state` says status and progress of the task as of `as_of`. `received` says when and by whom the receipt was
    confirmed, empty for a box to be filled in by hand; `replies` are those given so far. `drill` says so in its head.
    """

    number: Label
    campaign: Label
    addressee: Label
    task: str
    title: Label
    rung: Label
    state: Label
    as_of: date
    due: date | None
    days_late: int
    difficulty: str
    demand: str
    deadline: date | None
    issuer: Label
    issued_by: str
    issued_on: date
    received: tuple[str, str] = ("", "")
    replies: tuple[str, ...] = ()
    sample: bool = True
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one line of a notice: what it is, and what it says; `loud` is printed bold."""

    label: str
    value: str
    loud: bool = False


def rows(notice: Notice, lang: Lang) -> tuple[Row, ...]:
    """Return the lines of a notice between its head and its signature; those without content are left out."""
    task = f"{notice.task} {notice.title.get(lang)}"
    found = (
        (Label("主送单位", "To"), notice.addressee.get(lang), True),
        (Label("督办任务", "Task"), task, True),
        (Label("督办层级", "Rung"), notice.rung.get(lang), False),
        (Label("完成时限", "Due"), _due(notice).get(lang), False),
        (Label("目前进展", "Progress"), _progress(notice).get(lang), False),
        (Label("存在困难", "Difficulty"), notice.difficulty, False),
        (Label("督办要求", "Demand"), notice.demand, False),
        (Label("回复期限", "Reply by"), _deadline(notice).get(lang), True),
        (Label("已有回复", "Replies"), "\n".join(notice.replies), False),
    )
    return tuple(Row(label.get(lang), value, loud) for label, value, loud in found if value)


def signature(notice: Notice, lang: Lang) -> tuple[str, ...]:
    """Return the lines that stand below at the right: who issued it and when."""
    by = Label(f"签发人：{notice.issued_by}", f"Signed: {notice.issued_by}") if notice.issued_by else Label("", "")
    lines = (notice.issuer.get(lang), by.get(lang), day_label(notice.issued_on).get(lang))
    return tuple(line for line in lines if line)


def receipt_rows(notice: Notice, lang: Lang) -> tuple[Row, ...]:
    """Return the receipt box: filled in where the receipt was confirmed here, else empty for pen and seal."""
    unit = notice.addressee.get(lang) if notice.received[0] else ""
    return tuple(
        Row(label.get(lang), value)
        for label, value in zip(RECEIPT_FIELDS, (unit, notice.received[1], notice.received[0]), strict=True)
    )


def file_name(notice: Notice, lang: Lang, ending: str) -> str:
    """Return a name for the file that every system takes."""
    number = "".join(one if one.isalnum() or one in "-〔〕" else "_" for one in notice.number.get(lang))
    return f"{number}_{notice.task}.{ending}"


def day_label(day: date) -> Label:
    """Return a day as each language writes it on paper."""
    return Label(f"{day.year}年{day.month}月{day.day}日", f"{day.isoformat()}")


def _due(notice: Notice) -> Label:
    if notice.due is None:
        return Label("未设时限", "no due date")
    day, late = day_label(notice.due), notice.days_late
    if late <= 0:
        return day
    return Label(f"{day.zh}，已超期 {late} 天", f"{day.en}, {late} {'day' if late == 1 else 'days'} overdue")


def _progress(notice: Notice) -> Label:
    day = day_label(notice.as_of)
    return Label(f"{notice.state.zh}（截至{day.zh}）", f"{notice.state.en} (as of {day.en})")


def _deadline(notice: Notice) -> Label:
    if notice.deadline is None:
        return Label("", "")
    day = day_label(notice.deadline)
    return Label(f"请于{day.zh} 24 时前回复", f"{day.en}, by the end of the day")
