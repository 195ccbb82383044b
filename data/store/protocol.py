"""Define the store: what can be written, and what can be asked of every past instant.

Everything is appended, nothing is changed. `known_at` is the instant at which the store learnt of a
row as the campaign's clock shows it, of seeded updates their own `reported_at`, of seeded acts of
supervision their own `at`; boards of a past instant see what was known by then, and the updates of
a task stand in the order of (`known_at`, `seq`). The real instant of every write stands beside it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import pandas as pd

from data.store.rows import Account, Author, Event, HistoryEntry, HistoryKind, NewUpdate, Photo, Receipt, Source, Write
from geo.model.campaign import TASK_COLUMNS, UPDATE_COLUMNS
from geo.model.supervision import SupervisionEvent

__all__ = [
    "CLOCK_SKEW",
    "SEEDED_SINCE",
    "STORED_TASK_COLUMNS",
    "STORED_UPDATE_COLUMNS",
    "Account",
    "Author",
    "Event",
    "HistoryEntry",
    "HistoryKind",
    "NewUpdate",
    "Photo",
    "Receipt",
    "Source",
    "Store",
    "SupervisionEvent",
    "Write",
]

STORED_TASK_COLUMNS: Final = (*TASK_COLUMNS[1:], "seq")
"""Columns of `Store.tasks` beside its index `id`; `seq` is the write that defined the task so."""
STORED_UPDATE_COLUMNS: Final = (*UPDATE_COLUMNS[1:], "seq", "written_at")
"""Columns of `Store.updates` beside its index `id`; `reported_at` is `known_at`."""

CLOCK_SKEW: Final = timedelta(minutes=5)
"""How far the clocks of two servers may differ; a longer step back is another clock, taken as it is."""

SEEDED_SINCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when seeded tasks count as known: before any campaign, so that every past board has them."""


class Store(Protocol):
    """Keep every write and answer for every instant.

    Every method raises `StoreUnavailableError` where the database does not answer, every write
    `StoreFullError` where it has no room, and `UnstorableTextError` for text with a NUL or half a
    character. A write is there as a whole when its receipt is returned, and else not at all. Writes
    of a campaign never go back in time: `known_at` is `Write.now`, or that of the campaign's last
    write where the clock of another server was up to `CLOCK_SKEW` ahead.
    """

    def version(self) -> int:
        """Return a number that grows with every write of any kind; 0 where there is none."""

    def campaign_version(self, campaign: str) -> int:
        """Return a number that grows with every write of the campaign; 0 where there is none."""

    def ledger_version(self, campaign: str) -> int:
        """Return a number that grows when a task of the campaign is defined anew."""

    def seed(
        self,
        campaign: str,
        tasks: pd.DataFrame,
        updates: pd.DataFrame,
        write: Write,
        *,
        supervision: Sequence[SupervisionEvent] = (),
    ) -> Receipt:
        """Store a campaign's files once, whatever the key; tasks count as known since ever.

        Parameters
        ----------
        tasks, updates
            Frames as `geo.model.campaign` describes them, in their order.
        supervision
            Acts with their own `at` and `who`; each is a write of its own, so that it has an author,
            and they are stored in the order of `at`.

        Raises
        ------
        ValueError
            An act of supervision has no `at`; `NaiveInstantError` where it has no time zone.
        """

    def append_update(self, campaign: str, update: NewUpdate, write: Write) -> Receipt:
        """Store one report of a task.

        Raises
        ------
        UnknownTaskError
            The campaign has no such task.
        ConflictError
            The task was reported on since `based_on`, or the key was used for another report.
        """

    def append_ledger(
        self,
        campaign: str,
        tasks: pd.DataFrame,
        updates: Sequence[NewUpdate],
        write: Write,
    ) -> Receipt:
        """Store new versions of the given tasks, and reports, all or nothing.

        Raises
        ------
        UnknownTaskError
            A report names a task that neither the campaign nor `tasks` has.
        ConflictError
            Since `based_on` one of `tasks` was defined anew or one of the reports' tasks was
            reported on; or the key was used for something else.
        """

    def append_supervision(self, campaign: str, event: SupervisionEvent, write: Write) -> Receipt:
        """Store one act of supervision; its `at`, `who` and `seq` are those of the write.

        Raises
        ------
        UnknownTaskError
            The campaign has no such task.
        ConflictError
            The task was supervised since `based_on`, or the key was used for something else.
        """

    def append_account(self, account: Account, write: Write) -> Receipt:
        """Store a new version of an account.

        Raises
        ------
        ConflictError
            The account was changed since `based_on`.
        """

    def append_event(
        self,
        kind: str,
        subject: str,
        detail: Mapping[str, str],
        write: Write,
        *,
        campaign: str = "",
    ) -> Receipt:
        """Store one event; that of a campaign counts for its `campaign_version`."""

    def tasks(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the tasks as they were defined at an instant, oldest task first: `STORED_TASK_COLUMNS`."""

    def latest_updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the last update of each task at an instant, oldest first: `STORED_UPDATE_COLUMNS`."""

    def updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        """Return all updates known at an instant, oldest first: `STORED_UPDATE_COLUMNS`."""

    def history(self, campaign: str, task: str) -> tuple[HistoryEntry, ...]:
        """Return all that was written of a task, newest first."""

    def supervision(self, campaign: str, as_of: datetime | None = None) -> tuple[SupervisionEvent, ...]:
        """Return the acts of supervision known at an instant, oldest first."""

    def account(self, name: str) -> Account | None:
        """Return the last version of an account."""

    def accounts(self) -> tuple[Account, ...]:
        """Return the last version of every account, by name."""

    def events(
        self,
        kind: str | None = None,
        *,
        subject: str | None = None,
        since: int = 0,
        campaign: str | None = None,
    ) -> tuple[Event, ...]:
        """Return the events of a kind, subject and campaign whose `seq` is greater than `since`, oldest first.

        None takes any; the empty campaign those that are of none.
        """

    def photos(self, campaign: str, task: str) -> tuple[Photo, ...]:
        """Return the photos of a task, oldest first."""

    def photo_task(self, digest: str) -> tuple[str, str] | None:
        """Return campaign and task of the first report that a photo was part of."""

    def ping(self) -> None:
        """Do nothing where the database answers."""

    def close(self) -> None:
        """Let go of all connections; the next call opens them anew."""
