"""Check the duty roster at the door; all problems at once, every row with an officer and a time kept."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from geo.incidents.duty import Shift, dialled, duty_frame, gaps, overlapping
from geo.model.campaign import Campaign
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog
from geo.validation.tables import Record, Rows, records_of
from locales import Name

_MINUTE: Final = "%Y-%m-%d %H:%M"


def check_duty(
    rows: Rows, file: str, campaign: Campaign, *, units: Collection[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the duty roster and every problem of its file.

    Parameters
    ----------
    rows, file
        Records of the file, and its name for the problems.
    campaign
        Its time zone is that of times without an offset.
    units
        Ids that exist. Ids that do not exist are reported and stay in the frame as they were written.

    Returns
    -------
    Frame as `geo.incidents.duty.duty_frame` makes it, in the order of the file, without the rows that name nobody
    or whose times cannot be read or do not follow one another; and the problems by row. That nobody is on
    duty for a time is said once, with the first such time and their number.
    """
    log = ProblemLog(file)
    known = frozenset(units)
    records = records_of(rows, log)
    row_of = {record.id: record.row for record in records}
    shifts = [shift for record in records if (shift := _shift(record, known, campaign.tz)) is not None]
    for before, after in overlapping(shifts):
        log.add(
            ProblemCode.DUTY_OVERLAP,
            row=row_of[after.id],
            column="start",
            value=_written(after.start, campaign.tz),
            person=after.person,
            other=before.id,
            until=_written(before.end, campaign.tz),
        )
    _note_gaps(shifts, log, campaign.tz)
    return duty_frame(shifts), log.in_order()


def _shift(record: Record, units: Collection[str], tz: ZoneInfo) -> Shift | None:
    unit = record.known("unit", units, ProblemCode.UNKNOWN_UNIT)
    post = Name(*record.both("post_zh", "post_en"))
    person, phone = record.text("person"), record.text("phone")
    if not person:
        record.note(ProblemCode.DUTY_NOBODY, "person", record.verbatim("person"))
    if not dialled(phone):
        record.note(ProblemCode.DUTY_BAD_PHONE, "phone", record.verbatim("phone"))
    start, end = _instant(record, "start", tz), _instant(record, "end", tz)
    if not person or start is None or end is None:
        return None
    if end <= start:
        record.note(ProblemCode.DUTY_END_NOT_AFTER_START, "end", record.text("end"), expected=record.text("start"))
        return None
    return Shift(record.id, unit, post, person, phone, start, end)


def _instant(record: Record, column: str, tz: ZoneInfo) -> datetime | None:
    text = record.text(column)
    try:
        written = datetime.fromisoformat(text)
        instant = (written if written.tzinfo else written.replace(tzinfo=tz)).astimezone(UTC)
        instant.astimezone(tz)  # what the calendar's last hours overflow is no time either
    except (OverflowError, ValueError):
        record.note(ProblemCode.DUTY_NOT_A_TIME, column, text)
        return None
    if written.tzinfo is None:
        record.note(ProblemCode.NO_OFFSET, column, text, expected=tz.key)
    return instant


def _note_gaps(shifts: list[Shift], log: ProblemLog, tz: ZoneInfo) -> None:
    found = gaps(shifts)
    if found:
        first, until = (_written(one, tz) for one in found[0])
        log.add(ProblemCode.DUTY_GAP, value=first, until=until, number=str(len(found)))


def _written(instant: datetime, tz: ZoneInfo) -> str:
    return instant.astimezone(tz).strftime(_MINUTE)
