"""Write into the store's tables: what all writes share, reports, definitions of tasks, and acts.

Every function here runs in a transaction that is alone in writing (`data.store.engine.Writer`), so what
it reads is still true when it writes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select

from data.store.content import UPDATE_FIELDS
from data.store.protocol import CLOCK_SKEW, SEEDED_SINCE
from data.store.reads import greatest
from data.store.rows import NewUpdate, Receipt, Write
from data.store.schema import KNOWN_AT, PHOTOS, STATUS_UPDATES, SUPERVISION_EVENTS, TASK_IDS, TASK_VERSIONS, WRITES
from geo.model.campaign import TASK_COLUMNS, StatusUpdate, Task
from geo.model.errors import ConflictError, UnknownTaskError
from geo.model.supervision import SupervisionEvent

_MANY: Final = 500
"""How many values go into one statement; SQLite takes 32,766."""
SUPERVISION_FIELDS: Final = ("task", "rung", "act", "unit", "text", "deadline")
"""What an act of supervision has beside its write."""
_NUMBERED: Final = re.compile(r"U(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a write before it is stored; `real_now` is when it came, `attempted` what a conflict shows."""

    kind: str
    campaign: str
    subject: str
    write: Write
    real_now: datetime
    attempted: object
    fingerprint: str = ""


def stored_before(connection: Connection, draft: Draft) -> Receipt | None:
    """Return the receipt of the write that had the same key.

    Raises
    ------
    ConflictError
        The key was used for something else.
    """
    query = select(WRITES.c.seq, WRITES.c.fingerprint).where(WRITES.c.key == draft.write.key)
    known = connection.execute(query).one_or_none()
    if known is None:
        return None
    if known.fingerprint != draft.fingerprint:
        raise ConflictError(draft.subject, current=known.seq, attempted=draft.attempted)
    return Receipt(known.seq, repeated=True)


def refuse_outdated(draft: Draft, current: int) -> None:
    """Refuse a write whose author did not see the last version.

    Raises
    ------
    ConflictError
        `current`, the last version, is newer than the one that the write is based on.
    """
    based_on = draft.write.based_on
    if based_on is not None and based_on < current:
        raise ConflictError(draft.subject, current=current, attempted=draft.attempted, based_on=based_on)


def record(connection: Connection, draft: Draft) -> tuple[int, datetime]:
    """Insert the row of `writes`, and return its `seq` and what the campaign's clock showed."""
    author, at = draft.write.author, _instant_of(connection, draft)
    row = {
        "key": draft.write.key,
        "kind": draft.kind,
        "campaign": draft.campaign,
        "subject": draft.subject,
        "based_on": draft.write.based_on,
        "who": author.name,
        "unit": author.unit,
        "role": author.role,
        "source": author.source.value,
        "at_utc": draft.real_now,
        "known_at": at,
        "fingerprint": draft.fingerprint,
    }
    seq: int = connection.execute(insert(WRITES).values(row).returning(WRITES.c.seq)).scalar_one()
    return seq, at


def _instant_of(connection: Connection, draft: Draft) -> datetime:
    """Return the instant of a write; not before the last one's where that clock was only a little ahead."""
    writes = WRITES.c
    query = select(KNOWN_AT).where(writes.campaign == draft.campaign).order_by(writes.seq.desc()).limit(1)
    last: datetime | None = connection.execute(query).scalar()
    now = draft.write.now
    return last if last is not None and now < last <= now + CLOCK_SKEW else now


def seed(connection: Connection, draft: Draft, tasks: Sequence[Task], updates: Sequence[StatusUpdate]) -> Receipt:
    """Store the files of a campaign, once."""
    if known := stored_before(connection, draft):
        return known
    seq, _ = record(connection, draft)
    ids = [task.id for task in tasks] + [update.task for update in updates]
    name_tasks(connection, draft.campaign, ids, seq)
    add_tasks(connection, draft.campaign, tasks, seq, SEEDED_SINCE)
    rows = [_update_row(draft.campaign, seq, one) | _instants(one.reported_at, one.reported_at) for one in updates]
    named = [row | {"name": one.id, "number": _number(one.id)} for row, one in zip(rows, updates, strict=True)]
    if named:
        connection.execute(insert(STATUS_UPDATES), named)
    return Receipt(seq, repeated=False)


def append_reports(
    connection: Connection,
    draft: Draft,
    tasks: Sequence[Task],
    updates: Sequence[NewUpdate],
) -> Receipt:
    """Store new versions of tasks and new reports.

    Raises
    ------
    UnknownTaskError
        A report names a task that is not known.
    ConflictError
        One of the tasks was defined anew or reported on since.
    """
    if known := stored_before(connection, draft):
        return known
    defined, reported = [task.id for task in tasks], [update.task for update in updates]
    require_tasks(connection, draft.campaign, [task for task in reported if task not in set(defined)])
    last = last_seq(connection, TASK_VERSIONS, draft.campaign, defined)
    refuse_outdated(draft, max(last, last_seq(connection, STATUS_UPDATES, draft.campaign, reported)))
    seq, at = record(connection, draft)
    name_tasks(connection, draft.campaign, defined, seq)
    add_tasks(connection, draft.campaign, tasks, seq, at)
    _add_updates(connection, draft.campaign, updates, seq, at)
    return Receipt(seq, repeated=False)


def require_tasks(connection: Connection, campaign: str, tasks: Iterable[str]) -> None:
    """Refuse tasks that the campaign never defined.

    Raises
    ------
    UnknownTaskError
        It names the first of them.
    """
    wanted = list(dict.fromkeys(tasks))
    known = _present(connection, TASK_VERSIONS, campaign, wanted)
    for task in wanted:
        if task not in known:
            raise UnknownTaskError(task)


def last_seq(connection: Connection, table: Table, campaign: str, tasks: Sequence[str]) -> int:
    """Return the last `seq` that any of the tasks has in a table, 0 where there is none."""
    own = table.c.campaign == campaign
    parts = _in_parts(tasks)
    return max((greatest(connection, table.c.seq, own, table.c.task.in_(some)) for some in parts), default=0)


def _present(connection: Connection, table: Table, campaign: str, tasks: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in _in_parts(tasks):
        query = select(table.c.task).where(table.c.campaign == campaign, table.c.task.in_(some)).distinct()
        found.update(connection.execute(query).scalars())
    return found


def _in_parts(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + _MANY] for start in range(0, len(values), _MANY)]


def name_tasks(connection: Connection, campaign: str, tasks: Sequence[str], seq: int) -> None:
    """Insert the tasks that nobody named before, after those that somebody did."""
    wanted = list(dict.fromkeys(tasks))
    known = _present(connection, TASK_IDS, campaign, wanted)
    new = [task for task in wanted if task not in known]
    if new:
        last = greatest(connection, TASK_IDS.c.position, TASK_IDS.c.campaign == campaign)
        places = enumerate(new, start=last + 1)
        rows = [{"campaign": campaign, "task": task, "position": place, "seq": seq} for place, task in places]
        connection.execute(insert(TASK_IDS), rows)


def add_tasks(connection: Connection, campaign: str, tasks: Sequence[Task], seq: int, known_at: datetime) -> None:
    """Insert one version of each task."""
    shared = {"campaign": campaign, "seq": seq, "known_at": known_at}
    rows = [shared | {"task": task.id} | {name: getattr(task, name) for name in TASK_COLUMNS[1:]} for task in tasks]
    if rows:
        connection.execute(insert(TASK_VERSIONS), rows)


def _add_updates(connection: Connection, campaign: str, updates: Sequence[NewUpdate], seq: int, at: datetime) -> None:
    if not updates:
        return
    last = greatest(connection, STATUS_UPDATES.c.number, STATUS_UPDATES.c.campaign == campaign)
    for number, update in enumerate(updates, start=last + 1):
        row = _update_row(campaign, seq, update) | _instants(at, update.written_at)
        row |= {"name": f"U{number:04d}", "number": number}
        statement = insert(STATUS_UPDATES).values(row).returning(STATUS_UPDATES.c.id)
        shared = {"update_id": connection.execute(statement).scalar_one(), "seq": seq, "campaign": campaign}
        photos = [asdict(photo) | shared | {"task": update.task} for photo in update.photos]
        if photos:
            connection.execute(insert(PHOTOS), photos)


def add_act(connection: Connection, campaign: str, act: SupervisionEvent, seq: int, known_at: datetime) -> None:
    """Insert one act of supervision."""
    row = {name: getattr(act, name) for name in SUPERVISION_FIELDS} | {"rung": str(act.rung), "act": str(act.act)}
    connection.execute(insert(SUPERVISION_EVENTS), row | {"seq": seq, "campaign": campaign, "known_at": known_at})


def _update_row(campaign: str, seq: int, update: NewUpdate | StatusUpdate) -> dict[str, Any]:
    values = {name: getattr(update, name) for name in ("task", *UPDATE_FIELDS)}
    return values | {"campaign": campaign, "seq": seq, "status": update.status.value}


def _instants(known_at: datetime, written_at: datetime) -> dict[str, Any]:
    return {"known_at": known_at, "written_at": written_at}


def _number(name: str) -> int:
    numbered = _NUMBERED.fullmatch(name)
    return int(numbered[1]) if numbered else 0
