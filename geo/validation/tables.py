"""Check units and tasks at the door; all problems at once, every row with its own id kept."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.model.campaign import Campaign, Task, Unit
from geo.model.frames import tasks_frame, units_frame
from geo.model.kinds import Priority, UnitKind
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog
from geo.validation.records import Record, Rows, records_of

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
