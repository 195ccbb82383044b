"""Open what an operator works with: the store, and the campaign with its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from data.campaign.load import Loaded, load_campaign
from data.store.rows import Author, Source
from data.store.sql import SqlStore, open_store
from data.workbook.sheets import BYTES_MAX
from geo.model.errors import UnknownTaskError
from locales import Label, Name
from services.access.accounts import Act
from services.access.policy import OPERATOR
from services.campaign.context import CampaignContext, LedgerState, campaign_now
from services.reports.history import HistoryRow, history_rows
from settings import settings

AUTHOR: Final = Author(OPERATOR.name, OPERATOR.unit, str(OPERATOR.role), Source.CLI)
"""Who writes what a terminal writes."""


def real_now() -> datetime:
    """What the clock of this machine shows, in UTC."""
    return datetime.now(UTC)


def act() -> Act:
    """Who keeps the accounts, and when."""
    return Act(OPERATOR, Source.CLI, real_now())


@contextmanager
def opened_store() -> Iterator[SqlStore]:
    """Yield the store that the settings name, closed afterwards; raises as `open_store` does."""
    store = open_store(settings().database_url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_ledger() -> Iterator[tuple[Loaded, SqlStore, datetime]]:
    """Yield the campaign, its store with the ledger in it, and the instant at which the campaign stands.

    Raises
    ------
    CampaignError
        campaign.toml cannot be used.
    StoreUnavailableError
        The database does not answer.
    """
    loaded = load_campaign(settings().campaign_dir)
    with opened_store() as store:
        LedgerState(loaded, store, real_now)
        yield loaded, store, campaign_now(loaded.campaign, real_now())


@contextmanager
def opened_context() -> Iterator[CampaignContext]:
    """Yield the campaign with its boards; raises as `opened_ledger` does."""
    from services.campaign.context import CampaignContext  # noqa: PLC0415  it brings folium, which no other command waits for

    with opened_ledger() as (loaded, store, _):
        yield CampaignContext(loaded, store, real_now)


def history_of(task: str) -> tuple[tuple[HistoryRow, ...], Label]:
    """Return the history of a task, newest first, and what the task is called.

    Raises
    ------
    UnknownTaskError
        The campaign has no such task.
    CampaignError, StoreUnavailableError
        As `opened_ledger` does.
    """
    with opened_ledger() as (loaded, store, _):
        tasks, people = store.tasks(loaded.campaign.id), {one.name: one.display_name for one in store.accounts()}
        if task not in tasks.index:
            raise UnknownTaskError(task)
        entries = store.history(loaded.campaign.id, task)
    zh, en = tasks.loc[task, ["title_zh", "title_en"]]
    return history_rows(entries, loaded.campaign, loaded.units, people=people), Name(f"{task} {zh}", f"{task} {en}")


def book_of(path: Path) -> bytes:
    """Return a workbook's content; of one that is too large only so much that it shows.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        return file.read(BYTES_MAX + 1)
