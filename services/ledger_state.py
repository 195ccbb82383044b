"""Read the ledger of a campaign as of any instant: from the store, or from the files while they cannot be seeded.

While the store does not answer, what was read last is shown, with the instant since when.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from data.store import Author, Source, Write
from geo.errors import StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import pandas as pd

    from data.campaign import Loaded
    from data.store import Store

KEPT: Final = 64
SEEDED_FILES: Final = frozenset({"tasks.csv", "updates.csv"})
SEEDER: Final = Author(name="", unit="", role="", source=Source.SEED)

Frames = tuple["pd.DataFrame", "pd.DataFrame"]


class LedgerState:
    """The tasks and latest updates of one campaign.

    Parameters
    ----------
    loaded
        The campaign; its tables seed the store once, if the store has no ledger of it and the tables have no error.
    store
        Where the ledger stands.
    clock
        Gives the real instant.
    """

    def __init__(self, loaded: Loaded, store: Store, clock: Callable[[], datetime]) -> None:
        self._loaded = loaded
        self._store = store
        self._clock = clock
        self._version = 0
        self.stale_since: datetime | None = None
        self.from_files = True
        self._at = lru_cache(maxsize=KEPT)(self._read)
        self._seed()

    def _seed(self) -> None:
        broken = [one for one in self._loaded.problems if one.file in SEEDED_FILES and one.severity == "error"]
        campaign = self._loaded.campaign.id
        try:
            if self._store.ledger_version(campaign) == 0 and not broken and len(self._loaded.tasks):
                write = Write(author=SEEDER, key=f"seed:{campaign}", now=self._clock(), based_on=None)
                self._store.seed(campaign, self._loaded.tasks, self._loaded.updates, write)
            self.from_files = self._store.ledger_version(campaign) == 0
        except StoreUnavailableError:
            self.stale_since = self._clock()

    def version(self) -> int:
        """Number of the last write; of the last that was seen while the store does not answer."""
        try:
            self._version = self._store.version()
        except StoreUnavailableError:
            self.stale_since = self.stale_since or self._clock()
        else:
            self.stale_since = None
        return self._version

    def at(self, as_of: datetime) -> Frames:
        """Tasks and their latest updates at an instant, as ``geo.joins.build_board`` takes them."""
        if self.from_files:
            return self._loaded.tasks, self._loaded.updates
        return self._at(as_of, self.version())

    def _read(self, as_of: datetime, _version: int) -> Frames:
        campaign = self._loaded.campaign.id
        return self._store.tasks(campaign, as_of), self._store.latest_updates(campaign, as_of)
