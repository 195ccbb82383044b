"""Check units, tasks and status updates where they enter; all problems at once, every row with its own id kept."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from geo.model.campaign import NAME_MAX, Campaign, StatusUpdate, Task, Unit, tasks_frame, units_frame, updates_frame
from geo.model.kinds import Priority, UnitKind
from geo.model.status import DifficultyKind, Status
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog

Rows = Sequence[tuple[int, Mapping[str, str]]]
"""Line on which each record starts, and its cells by column; absent columns are reported before."""


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one record with an id of its own; problems of its cells go to `log`."""

    row: int
    id: str
    cells: Mapping[str, str]
    log: ProblemLog

    def text(self, column: str) -> str:
        """Return a cell without white space around it, empty where the column is absent."""
        return self.cells.get(column, "").strip()

    def verbatim(self, column: str) -> str:
        """Return a cell as it was written, empty where the column is absent."""
        return self.cells.get(column, "")

    def note(self, code: ProblemCode, column: str, value: str, **params: str) -> None:
        """Note a problem of a cell; an absent column is reported once for the file, not here.

        The problem has the id of the record as its parameter `record`.
        """
        if column in self.cells:
            self.log.add(code, row=self.row, column=column, value=value, record=self.id, **params)

    def one_of(self, column: str, allowed: Collection[str], code: ProblemCode) -> str:
        """Return a cell as `text` does; note it where it is not among what is allowed."""
        value = self.text(column)
        if value not in allowed:
            self.note(code, column, value, allowed=", ".join(allowed))
        return value

    def known(self, column: str, ids: Collection[str], code: ProblemCode) -> str:
        """Return the id in a cell; note it where there is no such id."""
        value = self.text(column)
        if value not in ids:
            self.note(code, column, value)
        return value

    def instant(self, column: str, tz: ZoneInfo, code: ProblemCode) -> datetime | None:
        """Return the instant in a cell in UTC; note it where it is none, or has no offset and is taken as in `tz`."""
        text = self.text(column)
        try:
            written = datetime.fromisoformat(text)
            instant = (written if written.tzinfo else written.replace(tzinfo=tz)).astimezone(UTC)
            instant.astimezone(tz)  # what the calendar's last hours overflow is no time either
        except (OverflowError, ValueError):
            self.note(code, column, text)
            return None
        if written.tzinfo is None:
            self.note(ProblemCode.NO_OFFSET, column, text, expected=tz.key)
        return instant

    def both(self, column_zh: str, column_en: str) -> tuple[str, str]:
        """Return the names of both languages; the other or the id stands in for an empty one."""
        for column in (column_zh, column_en):
            if column in self.cells:
                check_name(self.cells[column], row=self.row, column=column, log=self.log)
        return stand_in(self.verbatim(column_zh), self.verbatim(column_en), self.id)


def records_of(rows: Rows, log: ProblemLog) -> list[Record]:
    """Return the rows that have an id of their own, the first of each id; note the others."""
    found: dict[str, Record] = {}
    for row, cells in rows:
        key = cells.get("id", "").strip()
        if key and key not in found:
            found[key] = Record(row, key, cells, log)
        elif key:
            log.add(ProblemCode.DUPLICATE_ID, row=row, column="id", value=key)
        elif "id" in cells:
            log.add(ProblemCode.MISSING_ID, row=row, column="id", value=cells["id"])
    return list(found.values())


def check_name(text: str, *, row: int, column: str, log: ProblemLog) -> None:
    """Note a name that is empty or longer than `NAME_MAX` characters."""
    if not text.strip():
        log.add(ProblemCode.MISSING_NAME, row=row, column=column, value=text)
    elif len(text) > NAME_MAX:
        size = {"length": str(len(text)), "allowed": str(NAME_MAX)}
        log.add(ProblemCode.LONG_NAME, row=row, column=column, value=text, **size)


def stand_in(zh: str, en: str, key: str) -> tuple[str, str]:
    """Return both names, with the other one or else the id in place of one that is blank."""
    first, second = (name if name.strip() else "" for name in (zh, en))
    return first or second or key, second or first or key


_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_JOINER: Final = re.compile("[;\uff1b]")
_UNIT_KINDS: Final = tuple(kind.value for kind in UnitKind)
_PRIORITIES: Final = tuple(priority.value for priority in Priority)


@dataclass(frozen=True, slots=True)
class _Known:
    categories: tuple[str, ...]
    units: frozenset[str]
    features: frozenset[str]


def check_units(rows: Rows, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the units, and every problem of their file."""
    log = ProblemLog(file)
    return units_frame([_unit(record) for record in records_of(rows, log)]), log.in_order()


def check_tasks(
    rows: Rows,
    file: str,
    campaign: Campaign,
    *,
    units: Collection[str],
    features: Collection[str],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the tasks and every problem of their file.

    Parameters
    ----------
    rows, file
        Records of the file, and its name for the problems.
    campaign
        Its categories are those allowed.
    units, features
        Ids that exist. Ids that do not exist are reported and stay in the frame as they were
        written, as do unknown categories; `geo.tasks.joins.build_board` links known features only.

    Returns
    -------
    Frame as `geo.model.campaign` describes it, in the order of the file; and the problems by row.
    """
    log = ProblemLog(file)
    categories = tuple(category.id for category in campaign.categories)
    known = _Known(categories, frozenset(units), frozenset(features))
    return tasks_frame([_task(record, known) for record in records_of(rows, log)]), log.in_order()


def _unit(record: Record) -> Unit:
    kind = record.one_of("kind", _UNIT_KINDS, ProblemCode.UNKNOWN_KIND)
    name_zh, name_en = record.both("name_zh", "name_en")
    short_zh, short_en = record.text("short_zh"), record.text("short_en")
    return Unit(record.id, kind, name_zh, name_en, short_zh or name_zh, short_en or name_en)


def _task(record: Record, known: _Known) -> Task:
    title_zh, title_en = record.both("title_zh", "title_en")
    start, due = _dates(record)
    return Task(
        id=record.id,
        category=record.one_of("category", known.categories, ProblemCode.UNKNOWN_CATEGORY),
        title_zh=title_zh,
        title_en=title_en,
        lead_unit=record.known("lead_unit", known.units, ProblemCode.UNKNOWN_UNIT),
        supporting_units=_ids(record, "supporting_units", known.units, ProblemCode.UNKNOWN_UNIT),
        planned_start=start,
        due=due,
        priority=_priority(record),
        features=_features(record, known.features),
    )


def _ids(record: Record, column: str, known: Collection[str], code: ProblemCode) -> tuple[str, ...]:
    """Return the ids that a cell joins by semicolons, each once; note those that do not exist."""
    parts = (part.strip() for part in _JOINER.split(record.verbatim(column)))
    ids = tuple(dict.fromkeys(part for part in parts if part))
    for one in ids:
        if one not in known:
            record.note(code, column, one)
    return ids


def _features(record: Record, known: Collection[str]) -> tuple[str, ...]:
    features = _ids(record, "features", known, ProblemCode.UNKNOWN_FEATURE)
    if not features:
        record.note(ProblemCode.NO_FEATURE, "features", record.verbatim("features"))
    return features


def _priority(record: Record) -> str:
    priority = record.one_of("priority", _PRIORITIES, ProblemCode.UNKNOWN_PRIORITY)
    return priority if priority in _PRIORITIES else Priority.MEDIUM.value


def _dates(record: Record) -> tuple[date | None, date | None]:
    start, due = _date(record, "planned_start"), _date(record, "due")
    if start and due and due < start:
        code = ProblemCode.DUE_BEFORE_START
        record.note(code, "due", due.isoformat(), expected=start.isoformat())
    return start, due


def _date(record: Record, column: str) -> date | None:
    text = record.text(column)
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        record.note(ProblemCode.NOT_A_DATE, column, text)
    return day


_STATUSES: Final = {status.value: status for status in Status}
_DIFFICULTIES: Final = tuple(kind.value for kind in DifficultyKind)
_PERCENTS: Final = {str(percent): percent for percent in range(101)}


@dataclass(frozen=True, slots=True)
class _References:
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
    Frame as `geo.model.campaign.updates_frame` makes it, without the rows that have no known status or no
    time; and the problems by row.
    """
    log = ProblemLog(file)
    known = _References(frozenset(tasks), frozenset(units), frozenset(features), campaign.tz)
    updates = (_update(record, known) for record in records_of(rows, log))
    frame = updates_frame([update for update in updates if update is not None])
    return frame, log.in_order()


def _update(record: Record, known: _References) -> StatusUpdate | None:
    task = record.known("task", known.tasks, ProblemCode.UNKNOWN_TASK)
    unit = record.known("unit", known.units, ProblemCode.UNKNOWN_UNIT)
    status = _STATUSES.get(record.one_of("status", _STATUSES, ProblemCode.UNKNOWN_STATUS))
    feature = _feature(record, known.features)
    percent = _percent(record, status)
    difficulty_kind = _difficulty_kind(record)
    reported_at = record.instant("reported_at", known.tz, ProblemCode.NOT_A_TIME)
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
