"""Check status updates at the door; all problems at once, every one with status and time kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from geo.model.campaign import Campaign, StatusUpdate
from geo.model.frames import updates_frame
from geo.model.status import DifficultyKind, Status
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog
from geo.validation.records import Record, Rows, records_of

_STATUSES: Final = {status.value: status for status in Status}
_DIFFICULTIES: Final = tuple(kind.value for kind in DifficultyKind)
_PERCENTS: Final = {str(percent): percent for percent in range(101)}


@dataclass(frozen=True, slots=True)
class _Known:
    tasks: frozenset[str]
    units: frozenset[str]
    features: frozenset[str]
    tz: ZoneInfo


def check_updates(
    rows: Rows,
    file: str,
    campaign: Campaign,
    *,
    tasks: Collection[str],
    units: Collection[str],
    features: Collection[str],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the status updates and every problem of their file.

    Parameters
    ----------
    rows, file
        Records of the file, and its name for the problems.
    campaign
        Its time zone is that of times without an offset.
    tasks, units, features
        Ids that exist. Ids that do not exist are reported and stay in the frame;
        `geo.tasks.joins.build_board` lists the updates to unknown tasks.

    Returns
    -------
    Frame as `geo.model.frames.updates_frame` makes it, without the rows that have no known status or no
    time; and the problems by row.
    """
    log = ProblemLog(file)
    known = _Known(frozenset(tasks), frozenset(units), frozenset(features), campaign.tz)
    updates = (_update(record, known) for record in records_of(rows, log))
    frame = updates_frame([update for update in updates if update is not None])
    return frame, log.in_order()


def _update(record: Record, known: _Known) -> StatusUpdate | None:
    task = record.known("task", known.tasks, ProblemCode.UNKNOWN_TASK)
    unit = record.known("unit", known.units, ProblemCode.UNKNOWN_UNIT)
    status = _STATUSES.get(record.one_of("status", _STATUSES, ProblemCode.UNKNOWN_STATUS))
    feature = _feature(record, known.features)
    percent = _percent(record, status)
    difficulty_kind = _difficulty_kind(record)
    reported_at = _instant(record, known.tz)
    if status is None or reported_at is None:
        return None
    return StatusUpdate(
        id=record.id,
        task=task,
        feature=feature,
        status=status,
        percent=percent,
        note=record.verbatim("note"),
        difficulty_kind=difficulty_kind,
        difficulty=record.verbatim("difficulty"),
        suggestion=record.verbatim("suggestion"),
        unit=unit,
        reported_at=reported_at,
    )


def _feature(record: Record, known: Collection[str]) -> str:
    if not record.text("feature"):
        return ""
    return record.known("feature", known, ProblemCode.UNKNOWN_FEATURE)


def _difficulty_kind(record: Record) -> str:
    if not record.text("difficulty_kind"):
        return ""
    kind = record.one_of("difficulty_kind", _DIFFICULTIES, ProblemCode.UNKNOWN_DIFFICULTY)
    return kind if kind in _DIFFICULTIES else DifficultyKind.OTHER.value


def _percent(record: Record, status: Status | None) -> int:
    """Return the percentage; where it is none, the least that goes with the status."""
    text = record.text("percent")
    if text in _PERCENTS:
        return _PERCENTS[text]
    fallback = status.rule.percents[0] if status else 0
    record.note(ProblemCode.BAD_PERCENT, "percent", text, expected=str(fallback))
    return fallback


def _instant(record: Record, tz: ZoneInfo) -> datetime | None:
    text = record.text("reported_at")
    try:
        written = datetime.fromisoformat(text)
        instant = (written if written.tzinfo else written.replace(tzinfo=tz)).astimezone(UTC)
    except (OverflowError, ValueError):
        record.note(ProblemCode.NOT_A_TIME, "reported_at", text)
        return None
    if written.tzinfo is None:
        record.note(ProblemCode.NO_OFFSET, "reported_at", text, expected=tz.key)
    return instant
