"""Check the acts of supervision and the duty roster where they enter; all problems at once, every sound row kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from geo.incidents.duty import Shift, dialled, duty_frame, gaps, overlapping
from geo.model.campaign import Campaign, local_day
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from geo.supervision.ladder import Ladder, check_act, ladders
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
    start, end = (record.instant(column, tz, ProblemCode.DUTY_NOT_A_TIME) for column in ("start", "end"))
    if not person or start is None or end is None:
        return None
    if end <= start:
        record.note(ProblemCode.DUTY_END_NOT_AFTER_START, "end", record.text("end"), expected=record.text("start"))
        return None
    return Shift(record.id, unit, post, person, phone, start, end)


def _note_gaps(shifts: list[Shift], log: ProblemLog, tz: ZoneInfo) -> None:
    found = gaps(shifts)
    if found:
        first, until = (_written(one, tz) for one in found[0])
        log.add(ProblemCode.DUTY_GAP, value=first, until=until, number=str(len(found)))


def _written(instant: datetime, tz: ZoneInfo) -> str:
    return instant.astimezone(tz).strftime(_MINUTE)


SUPERVISION_COLUMNS: Final = ("id", *(one.name for one in fields(SupervisionEvent) if one.name != "seq"))

_RUNGS: Final = {rung.value: rung for rung in EscalationLevel}
_ACTS: Final = {act.value: act for act in Act}
_CODES: Final[Mapping[str, ProblemCode]] = MappingProxyType(
    {
        "act": ProblemCode.ACT_OUT_OF_ORDER,
        "rung": ProblemCode.ACT_OUT_OF_ORDER,
        "addressee": ProblemCode.ACT_WRONG_UNIT,
        "text": ProblemCode.ACT_NO_TEXT,
        "deadline": ProblemCode.ACT_WRONG_DEADLINE,
    },
)
_ORDER: Final = frozenset({"act", "rung"})
_COLUMNS: Final[Mapping[str, str]] = MappingProxyType({"addressee": "unit"})


@dataclass(frozen=True, slots=True)
class _Known:
    task_units: Mapping[str, Collection[str]]
    units: frozenset[str]
    tz: ZoneInfo


def check_supervision(
    rows: Rows,
    file: str,
    campaign: Campaign,
    *,
    task_units: Mapping[str, Collection[str]],
    units: Collection[str],
) -> tuple[tuple[SupervisionEvent, ...], list[Problem]]:
    """Return the acts of supervision, oldest first, and every problem of their file.

    Parameters
    ----------
    rows, file
        Records of the file, and its name for the problems.
    campaign
        Its time zone is that of times without an offset.
    task_units
        Lead and supporting units of every task that exists.
    units
        Ids of the units that exist. Ids that do not exist are reported and kept.

    Returns
    -------
    Acts without the rows that name no known task, rung or act or whose time cannot be read; and the
    problems by row. What the rules of the ladder refuse is kept and reported; no ladder counts it.
    """
    log = ProblemLog(file)
    known = _Known(task_units, frozenset(units), campaign.tz)
    read = ((record, _event(record, known)) for record in records_of(rows, log))
    acts = sorted(((record, event) for record, event in read if event), key=lambda one: _at(one[1]))
    by_task: dict[str, list[tuple[Record, SupervisionEvent]]] = {}
    for record, event in acts:
        by_task.setdefault(event.task, []).append((record, event))
    for task, own in by_task.items():
        _note_faults(own, known.task_units[task], campaign.tz)
    return tuple(event for _, event in acts), log.in_order()


def _event(record: Record, known: _Known) -> SupervisionEvent | None:
    task = record.known("task", known.task_units, ProblemCode.ACT_UNKNOWN_TASK)
    rung = _RUNGS.get(record.one_of("rung", _RUNGS, ProblemCode.UNKNOWN_RUNG))
    act = _ACTS.get(record.one_of("act", _ACTS, ProblemCode.UNKNOWN_ACT))
    unit = record.known("unit", known.units, ProblemCode.UNKNOWN_UNIT)
    deadline, at = _deadline(record), record.instant("at", known.tz, ProblemCode.ACT_NOT_A_TIME)
    if rung is None or act is None or at is None or task not in known.task_units:
        return None
    text = record.verbatim("text").strip()
    return SupervisionEvent(task, rung, act, unit, text, deadline, at, record.text("who"))


def _note_faults(acts: Sequence[tuple[Record, SupervisionEvent]], units: Collection[str], tz: ZoneInfo) -> None:
    """Note the acts on one task that its ladder refuses, replaying them in their order."""
    standing: list[SupervisionEvent] = []
    for record, event in acts:
        before = ladders(standing, _at(event), tz).get(event.task)
        faults = check_act(before, event, units=units, today=local_day(_at(event), tz))
        for fault in faults:
            column = _COLUMNS.get(fault.field, fault.field)
            record.note(_CODES[fault.field], column, record.text(column))
        if all(fault.field not in _ORDER for fault in faults):
            standing = _after(standing, before, event)


def _after(standing: list[SupervisionEvent], before: Ladder | None, event: SupervisionEvent) -> list[SupervisionEvent]:
    """Return the few acts that tell where a ladder stands, however many there were."""
    if event.act is Act.ISSUE:
        return [event]
    answered = event.act is Act.REPLY and before is not None and bool(before.last.replies)
    return standing if answered else [*standing, event]


def _deadline(record: Record) -> date | None:
    text = record.text("deadline")
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no time zone
    except ValueError:
        record.note(ProblemCode.NOT_A_DATE, "deadline", text)
        return None


def _at(event: SupervisionEvent) -> datetime:
    return event.at or datetime.min.replace(tzinfo=UTC)
