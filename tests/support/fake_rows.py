"""Hold the rows of the store that is kept in memory."""

from dataclasses import astuple, dataclass
from datetime import datetime

from data.store.rows import HistoryKind, Photo, Write
from geo.model.campaign import StatusUpdate, Task
from geo.model.supervision import SupervisionEvent


@dataclass(frozen=True)
class Written:
    seq: int
    campaign: str
    write: Write
    at: datetime
    real: datetime
    mark: str


@dataclass(frozen=True)
class Row:
    kind: HistoryKind
    campaign: str
    task: str
    known_at: datetime
    seq: int
    value: Task | StatusUpdate | SupervisionEvent
    written_at: datetime
    photos: tuple[Photo, ...] = ()


def cells(row: Row) -> tuple[object, ...]:
    return (*astuple(row.value), row.seq, row.written_at)


def task_row(done: Written, task: Task, known_at: datetime) -> Row:
    return Row("definition", done.campaign, task.id, known_at, done.seq, task, done.at)


def seeded_row(done: Written, one: StatusUpdate) -> Row:
    return Row("update", done.campaign, one.task, one.reported_at, done.seq, one, one.reported_at)


def supervision_row(done: Written, event: SupervisionEvent, known_at: datetime) -> Row:
    told = (event.task, event.rung, event.act, event.unit, event.text, event.deadline)
    stored = SupervisionEvent(*told, at=known_at, who=done.write.author.name, seq=done.seq)
    return Row("supervision", done.campaign, event.task, known_at, done.seq, stored, known_at)
