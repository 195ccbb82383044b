"""Open what an operator works with: the store, the campaign with its ledger, the shelf of photos."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from data.book_guard import BYTES_MAX
from data.campaign import load_campaign
from data.sql_store import open_store
from data.store import Author, Source
from services import clock
from services.accounts import Act
from services.installation import PHOTOS
from services.ledger_state import LedgerState
from services.photo_shelf import FolderShelf
from services.policy import OPERATOR
from settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.campaign import Loaded
    from data.sql_store import SqlStore

AUTHOR: Final = Author(OPERATOR.name, OPERATOR.unit, str(OPERATOR.role), Source.CLI)
"""Who writes what a terminal writes."""


def real_now() -> datetime:
    """What the clock of this machine shows, in UTC."""
    return datetime.now(UTC)


def act() -> Act:
    """Who keeps the accounts, and when."""
    return Act(OPERATOR, Source.CLI, real_now())


def shelf() -> FolderShelf:
    """The shelf of photos."""
    return FolderShelf(settings().var_dir / PHOTOS)


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
        yield loaded, store, clock.now(loaded.campaign, real_now())


def book_of(path: Path) -> bytes:
    """Return a workbook's content; of one that is too large only so much that it shows.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        return file.read(BYTES_MAX + 1)
