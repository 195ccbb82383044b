"""Keep a store in memory, for tests of whatever is handed a store; the contract test runs over it too."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import datetime
from threading import RLock

import pandas as pd

from data.store.content import (
    HISTORY_FIELDS,
    UPDATE_FIELDS,
    changes,
    check_content,
    fingerprint,
    seeds_of,
    stored_tasks_frame,
    stored_updates_frame,
    tasks_of,
    updates_of,
)
from data.store.protocol import CLOCK_SKEW, SEEDED_SINCE
from data.store.rows import Account, Event, HistoryEntry, HistoryKind, NewUpdate, Photo, Receipt, Write
from data.store.sql import real_now
from geo.model.campaign import StatusUpdate, Task
from geo.model.errors import ConflictError, UnknownTaskError
from geo.model.supervision import SupervisionEvent
from tests.support.fake_rows import Row, Written, cells, seeded_row, supervision_row, task_row


class FakeStore:
    """Do what the Protocol says, with lists."""

    def __init__(self, real_now: Callable[[], datetime] = real_now) -> None:
        self._real_now = real_now
        self._lock = RLock()
        self._writes: list[Written] = []
        self._rows: list[Row] = []
        self._accounts: list[Account] = []
        self._events: list[Event] = []

    def version(self) -> int:
        return len(self._writes)

    def campaign_version(self, campaign: str) -> int:
        return max((one.seq for one in self._writes if one.campaign == campaign), default=0)

    def ledger_version(self, campaign: str) -> int:
        return max((row.seq for row in self._known("definition", campaign)), default=0)

    def seed(
        self,
        campaign: str,
        tasks: pd.DataFrame,
        updates: pd.DataFrame,
        write: Write,
        *,
        supervision: Sequence[SupervisionEvent] = (),
    ) -> Receipt:
        write = replace(write, key=f"seed:{campaign}")
        ledger, reports, acts = tasks_of(tasks), updates_of(updates), seeds_of(supervision, write)
        check_content(campaign, ledger, reports)
        with self._lock:
            if known := self._repeated(write, "", "", None):
                return known
            done = self._record(campaign, write, "")
            self._rows += [task_row(done, task, SEEDED_SINCE) for task in ledger]
            self._rows += [seeded_row(done, one) for one in reports]
            for act, own in acts:
                self._rows.append(supervision_row(self._record(campaign, own, ""), act, own.now))
        return Receipt(done.seq, repeated=False)

    def append_update(self, campaign: str, update: NewUpdate, write: Write) -> Receipt:
        return self._append(campaign, [], [update], write, update)

    def append_ledger(
        self,
        campaign: str,
        tasks: pd.DataFrame,
        updates: Sequence[NewUpdate],
        write: Write,
    ) -> Receipt:
        ledger = tasks_of(tasks)
        return self._append(campaign, ledger, updates, write, (*ledger, *updates))

    def append_supervision(self, campaign: str, event: SupervisionEvent, write: Write) -> Receipt:
        mark = fingerprint("supervision", campaign, event, write.author.name)
        with self._lock:
            if known := self._repeated(write, mark, event.task, event):
                return known
            self._demand(campaign, [event.task], ())
            self._refuse_outdated(write, event, event.task, self._last("supervision", campaign, [event.task]))
            done = self._record(campaign, write, mark)
            self._rows.append(supervision_row(done, event, done.at))
        return Receipt(done.seq, repeated=False)

    def append_account(self, account: Account, write: Write) -> Receipt:
        check_content(account)
        with self._lock:
            if known := self._repeated(write, "", account.name, account):
                return known
            last = self.account(account.name)
            self._refuse_outdated(write, account, account.name, last.seq if last else 0)
            done = self._record("", write, "")
            self._accounts.append(replace(account, seq=done.seq))
        return Receipt(done.seq, repeated=False)

    def append_event(
        self, kind: str, subject: str, detail: Mapping[str, str], write: Write, *, campaign: str = ""
    ) -> Receipt:
        check_content(kind, subject, detail, campaign)
        with self._lock:
            if known := self._repeated(write, "", subject, detail):
                return known
            done = self._record(campaign, write, "")
            self._events.append(Event(kind, subject, dict(detail), write.author, done.at, done.seq, campaign))
        return Receipt(done.seq, repeated=False)

    def tasks(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        latest = {row.task: row for row in self._known("definition", campaign, as_of)}
        first = dict.fromkeys(row.task for row in self._rows if row.campaign == campaign)
        return stored_tasks_frame((*astuple(latest[task].value), latest[task].seq) for task in first if task in latest)

    def latest_updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        known = self._known("update", campaign, as_of)
        latest = {row.task: row for row in known}
        return stored_updates_frame(cells(row) for row in known if row is latest[row.task])

    def updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        return stored_updates_frame(map(cells, self._known("update", campaign, as_of)))

    def history(self, campaign: str, task: str) -> tuple[HistoryEntry, ...]:
        entries = []
        before: dict[HistoryKind, object] = {}
        for row in sorted(self._rows, key=lambda row: (row.known_at, row.seq)):
            if (row.campaign, row.task) == (campaign, task):
                last = None if row.kind == "supervision" else before.get(row.kind)
                change = changes(last, row.value, HISTORY_FIELDS[row.kind])
                before[row.kind] = row.value
                done = self._writes[row.seq - 1]
                at = row.written_at if row.kind == "definition" else row.known_at
                told = (done.write.author, row.written_at, done.real, change, row.photos)
                entries.append(HistoryEntry(row.seq, row.kind, at, *told))
        return tuple(reversed(entries))

    def supervision(self, campaign: str, as_of: datetime | None = None) -> tuple[SupervisionEvent, ...]:
        values = (row.value for row in self._known("supervision", campaign, as_of))
        return tuple(value for value in values if isinstance(value, SupervisionEvent))

    def account(self, name: str) -> Account | None:
        return next((one for one in reversed(self._accounts) if one.name == name), None)

    def accounts(self) -> tuple[Account, ...]:
        latest = {one.name: one for one in self._accounts}
        return tuple(latest[name] for name in sorted(latest))

    def events(
        self, kind: str | None = None, *, subject: str | None = None, since: int = 0, campaign: str | None = None
    ) -> tuple[Event, ...]:
        found = (one for one in self._events if kind in {None, one.kind} and subject in {None, one.subject})
        return tuple(one for one in found if one.seq > since and campaign in {None, one.campaign})

    def photos(self, campaign: str, task: str) -> tuple[Photo, ...]:
        rows = (row for row in self._rows if (row.campaign, row.task) == (campaign, task))
        return tuple(photo for row in rows for photo in row.photos)

    def photo_task(self, digest: str) -> tuple[str, str] | None:
        held = (row for row in self._rows if any(photo.digest == digest for photo in row.photos))
        return next(((row.campaign, row.task) for row in held), None)

    def ping(self) -> None: ...

    def close(self) -> None: ...

    def _append(
        self,
        campaign: str,
        tasks: list[Task],
        updates: Sequence[NewUpdate],
        write: Write,
        attempted: object,
    ) -> Receipt:
        mark = fingerprint("reports", campaign, attempted, write.author.name)
        check_content([one.written_at for one in updates])
        named, defined = [one.task for one in updates], [task.id for task in tasks]
        subject = next(iter(named + defined), "")
        with self._lock:
            if known := self._repeated(write, mark, subject, attempted):
                return known
            self._demand(campaign, named, defined)
            current = max(self._last("update", campaign, named), self._last("definition", campaign, defined))
            self._refuse_outdated(write, attempted, subject, current)
            done = self._record(campaign, write, mark)
            self._rows += [task_row(done, task, done.at) for task in tasks]
            for one in updates:  # one after the other: each takes the next free id
                self._rows.append(self._update_row(done, one))
        return Receipt(done.seq, repeated=False)

    def _repeated(self, write: Write, mark: str, subject: str, attempted: object) -> Receipt | None:
        check_content(write)
        known = next((one for one in self._writes if one.write.key == write.key), None)
        if known and known.mark != mark:
            raise ConflictError(subject, current=known.seq, attempted=attempted)
        return Receipt(known.seq, repeated=True) if known else None

    def _demand(self, campaign: str, tasks: Iterable[str], new: Iterable[str]) -> None:
        known = {row.task for row in self._known("definition", campaign)} | set(new)
        for task in tasks:
            if task not in known:
                raise UnknownTaskError(task)

    def _refuse_outdated(self, write: Write, attempted: object, subject: str, current: int) -> None:
        if write.based_on is not None and write.based_on < current:
            raise ConflictError(subject, current=current, attempted=attempted, based_on=write.based_on)

    def _last(self, kind: HistoryKind, campaign: str, tasks: list[str]) -> int:
        return max((row.seq for row in self._known(kind, campaign) if row.task in tasks), default=0)

    def _record(self, campaign: str, write: Write, mark: str) -> Written:
        last = next((one.at for one in reversed(self._writes) if one.campaign == campaign), write.now)
        at = last if write.now < last <= write.now + CLOCK_SKEW else write.now
        self._writes.append(Written(len(self._writes) + 1, campaign, write, at, self._real_now(), mark))
        return self._writes[-1]

    def _update_row(self, done: Written, new: NewUpdate) -> Row:
        ids = [
            row.value.id for row in self._rows if row.campaign == done.campaign and isinstance(row.value, StatusUpdate)
        ]
        number = 1 + max((int(one[1:]) for one in ids if re.fullmatch(r"U\d{1,15}", one)), default=0)
        told = {name: getattr(new, name) for name in ("task", *UPDATE_FIELDS)}
        value = StatusUpdate(id=f"U{number:04d}", reported_at=done.at, **told)
        return Row("update", done.campaign, new.task, done.at, done.seq, value, new.written_at, new.photos)

    def _known(self, kind: HistoryKind, campaign: str, as_of: datetime | None = None) -> list[Row]:
        rows = [row for row in self._rows if (row.kind, row.campaign) == (kind, campaign)]
        seen = [row for row in rows if as_of is None or row.known_at <= as_of]
        return sorted(seen, key=lambda row: (row.known_at, row.seq))
