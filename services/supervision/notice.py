"""Make the numbered notice of a step of supervision, as a file to print or to go on with."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from exports.notice.docx import notice_docx
from exports.notice.notice import Notice, file_name
from exports.notice.pdf import notice_pdf
from geo.model.campaign import Campaign
from geo.model.status import FINISHED, STATUS_LABELS, Label, Status
from geo.model.supervision import RUNG_LABELS
from geo.supervision.ladder import Step
from geo.tasks.lights import local_day
from services.supervision.words import notice_number

__all__ = ["file_name", "notice_docx", "notice_of", "notice_pdf"]


def notice_of(
    campaign: Campaign, units: pd.DataFrame, facts: pd.Series, as_of: datetime, step: Step, *, drill: bool = False
) -> Notice:
    """Return what the notice of a step says.

    Parameters
    ----------
    campaign, units
        Names of the campaign and of its units.
    facts, as_of
        Row of the board's tasks, and the instant of that board.
    step
        A step of the task's ladder.
    drill
        Whether a drill is running.
    """
    status, percent = Status(facts["status"]), int(facts["percent"])
    finished = status in FINISHED or pd.isna(facts["days_left"])
    word = STATUS_LABELS[status]
    return Notice(
        number=notice_number(campaign, step),
        campaign=campaign.name,
        addressee=_unit(units, step.unit),
        task=str(facts.name),
        title=Label(str(facts["title_zh"]), str(facts["title_en"])),
        rung=RUNG_LABELS[step.rung],
        state=Label(f"{word.zh}，完成 {percent}%", f"{word.en}, {percent} % done"),
        as_of=local_day(as_of, campaign.tz),
        due=None if pd.isna(facts["due"]) else facts["due"].date(),
        days_late=0 if finished else max(0, -int(facts["days_left"])),
        difficulty=str(facts["difficulty"]),
        demand=step.text,
        deadline=step.deadline,
        issuer=_unit(units, campaign.supervising_unit),
        issued_by=step.issued_by,
        issued_on=local_day(step.issued_at, campaign.tz),
        received=(_when(campaign, step.receipt_at), step.received_by),
        replies=tuple(f"{_when(campaign, one.at)} {one.who}：{one.text}" for one in step.replies),
        sample=campaign.sample,
        drill=drill,
    )


def _unit(units: pd.DataFrame, unit: str) -> Label:
    if unit not in units.index:
        return Label(unit, unit)
    return Label(*(str(units.loc[unit, name]) for name in ("name_zh", "name_en")))


def _when(campaign: Campaign, instant: datetime | None) -> str:
    return "" if instant is None else f"{instant.astimezone(campaign.tz):%Y-%m-%d %H:%M}"
