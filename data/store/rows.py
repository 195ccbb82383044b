"""Define what the store takes and gives: who writes, reports, photos, supervision, accounts, events, history.

Instants are aware and in UTC. `seq` numbers the write that a row came with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from geo.model.status import Status

HistoryKind = Literal["update", "definition", "supervision"]


class Source(StrEnum):
    """Way by which a write came."""

    SEED = "seed"
    WEB = "web"
    EXCEL = "excel"
    CLI = "cli"
    API = "api"


@dataclass(frozen=True, slots=True)
class Author:
    """Say who wrote, for which unit, in which role, by which way."""

    name: str
    unit: str
    role: str
    source: Source


@dataclass(frozen=True, slots=True)
class Write:
    """Hold what every write carries.

    `key` makes the write idempotent: it is stored once, however often it is sent. `now` is what the
    campaign's clock shows: the real instant while it runs, one of its demonstration day when it is
    over. Boards of the past go by it; the real instant of a write the store takes down by itself.
    `based_on` is the `seq` of the last row of the subject that the author saw, 0 where there was
    none, None where that does not matter.
    """

    author: Author
    key: str
    now: datetime
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Name the write that holds what was sent; `repeated` where it had been stored before."""

    seq: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Photo:
    """Describe one photo; its bytes are stored elsewhere under the SHA-256 `digest`."""

    digest: str
    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    name: str


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """Hold one report of a task's status; `written_at` is when the author wrote it on their device."""

    task: str
    feature: str
    status: Status
    percent: int
    note: str
    difficulty_kind: str
    difficulty: str
    suggestion: str
    unit: str
    written_at: datetime
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Hold one version of a local account; `seq` is 0 until it is stored."""

    name: str
    display_name: str
    role: str
    unit: str
    password_hash: str = field(repr=False)
    active: bool
    must_change: bool
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Hold what happened beside the campaigns' data: a sign-in, a sign-out, an import, a refusal.

    `at` is `Write.now`; `campaign` is empty where the event is of none.
    """

    kind: str
    subject: str
    detail: Mapping[str, str]
    author: Author
    at: datetime
    seq: int
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Hold one entry of a task's history.

    `change` maps each field that changed to its text before and after; lists are joined by `;`,
    days are ISO 8601. `at` is what the campaign's clock showed, `stored_at` the real instant;
    `written_at` is `at` where the author's device told none.
    """

    seq: int
    kind: HistoryKind
    at: datetime
    author: Author
    written_at: datetime
    stored_at: datetime
    change: Mapping[str, tuple[str, str]]
    photos: tuple[Photo, ...] = ()
