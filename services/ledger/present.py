"""Gather what the ledger is now, in the form in which workbooks are written, read and compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

import pandas as pd

from data.store.content import tasks_of
from data.store.protocol import Store
from data.store.rows import NewUpdate
from geo.ledger.form import DEFINITION_FIELDS, PROGRESS_FIELDS, Spelling, spelling
from geo.ledger.merge import Base, Row
from geo.ledger.rows import JOINER, UNREPORTED, definitions, progress
from geo.model.campaign import Campaign, Task
from geo.model.status import Status

_LISTS: Final = frozenset({"supporting_units", "features"})
_DAYS: Final = frozenset({"planned_start", "due"})


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """Hold the campaign that a ledger belongs to, and the units and features that it may name."""

    campaign: Campaign
    units: pd.DataFrame
    features: pd.DataFrame | None


@dataclass(frozen=True, slots=True, eq=False)
class Present:
    """Hold the ledger as it is known at an instant.

    `version` is the store's before anything was read, so that later writes are newer. `rows` are
    the tasks with definition and progress as canonical texts, in their order; `tasks` and `latest`
    the same as they are stored, `seqs` the write of each task's last update.
    """

    setting: Setting
    now: datetime
    version: int
    updates: pd.DataFrame
    rows: dict[str, Row]
    tasks: dict[str, Task]
    latest: dict[str, dict[str, object]] = field(repr=False)
    seqs: dict[str, int]
    spelling: Spelling

    @property
    def base(self) -> Base:
        """What a workbook that is exported now is exported from."""
        return Base(self.setting.campaign.id, self.version, self.rows)

    def task(self, key: str, row: Row, changed: frozenset[str]) -> Task:
        """Return a task with the fields of a merged row that changed; texts that did not are kept to the letter."""
        names = DEFINITION_FIELDS if key not in self.tasks else [name for name in DEFINITION_FIELDS if name in changed]
        values = {name: _typed(name, row.get(name, "")) for name in names}
        known = self.tasks.get(key)
        return replace(known, **values) if known else Task(id=key, **values)  # type: ignore[arg-type]

    def report(self, key: str, row: Row, changed: frozenset[str]) -> NewUpdate:
        """Return a report with the progress of a merged row; fields that did not change are those of the last one."""
        last = self.latest.get(key, {})
        texts = {name: str(row[name] if name in changed else last.get(name, row[name])) for name in PROGRESS_FIELDS}
        return NewUpdate(
            task=key,
            feature="",
            status=Status(texts["status"]),
            percent=int(texts["percent"]),
            note=texts["note"],
            difficulty_kind=texts["difficulty_kind"],
            difficulty=texts["difficulty"],
            suggestion=texts["suggestion"],
            unit=row["lead_unit"],
            written_at=self.now,
        )


def present_ledger(store: Store, setting: Setting, now: datetime) -> Present:
    """Return the ledger as it is known at an instant.

    Raises
    ------
    StoreUnavailableError
        The database does not answer.
    """
    key = setting.campaign.id
    version = store.version()
    tasks, latest, updates = store.tasks(key, now), store.latest_updates(key, now), store.updates(key, now)
    done = progress(latest)
    names = ("seq", *PROGRESS_FIELDS)
    stored = {
        str(task): dict(zip(names, row, strict=True))
        for task, *row in zip(latest["task"], *(latest[name] for name in names), strict=True)
    }
    return Present(
        setting=setting,
        now=now,
        version=version,
        updates=updates,
        rows={task: {**row, **done.get(task, UNREPORTED)} for task, row in definitions(tasks).items()},
        tasks={task.id: task for task in tasks_of(tasks)},
        latest=stored,
        seqs={task: int(row["seq"]) for task, row in stored.items()},
        spelling=spelling(setting.campaign, setting.units, setting.features, tasks=tasks, updates=updates),
    )


def _typed(name: str, text: str) -> object:
    if name in _LISTS:
        return tuple(part for part in text.split(JOINER) if part)
    if name in _DAYS:
        return date.fromisoformat(text) if text else None
    return text
