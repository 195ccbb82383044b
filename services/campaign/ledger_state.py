"""Read the ledger of a campaign as of any instant: from the store, or from the files while they cannot be seeded.

While the store does not answer, what was read last is shown, with the instant since when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final

import pandas as pd

from data.campaign.load import Loaded
from data.store.protocol import Store
from data.store.rows import Author, Source, Write
from geo.model.errors import StoreUnavailableError
from geo.model.supervision import SupervisionEvent

KEPT: Final = 64
SEEDED_FILES: Final = frozenset({"tasks.csv", "updates.csv", "supervision.csv"})
SEEDER: Final = Author(name="", unit="", role="", source=Source.SEED)

Frames = tuple["pd.DataFrame", "pd.DataFrame"]
Acts = tuple["SupervisionEvent", ...]


class LedgerState:
    """The tasks, updates and supervision of one campaign; frames are shared by all callers and never changed.

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
        self._campaign = loaded.campaign.id
        broken = any(one.file in SEEDED_FILES and one.severity == "error" for one in loaded.problems)
        self._seeds = len(loaded.tasks) > 0 and not broken
        self._version = 0
        self._decided_at: int | None = None
        self.stale_since: datetime | None = None
        self.from_files = True
        self._at = lru_cache(maxsize=KEPT)(self._read)
        self._updates = lru_cache(maxsize=2)(self._read_updates)
        self._supervision = lru_cache(maxsize=2)(self._read_supervision)
        self.version()

    def version(self) -> int:
        """Number of the campaign's last write; of the last that was seen while the store does not answer."""
        try:
            self._version = self._look()
        except StoreUnavailableError:
            self.stale_since = self.stale_since or self._clock()
        else:
            self.stale_since = None
        return self._version

    def _look(self) -> int:
        """Return the version; where it is a new one, see anew whether the store has the ledger, and else seed it."""
        version = self._store.campaign_version(self._campaign)
        if version == self._decided_at:
            return version
        if self._seeds and self._store.ledger_version(self._campaign) == 0:
            self._seed()
            version = self._store.campaign_version(self._campaign)
        self.from_files = self._store.ledger_version(self._campaign) == 0
        self._decided_at = version
        return version

    def _seed(self) -> None:
        loaded = self._loaded
        write = Write(author=SEEDER, key=f"seed:{self._campaign}", now=self._clock(), based_on=None)
        self._store.seed(self._campaign, loaded.tasks, loaded.updates, write, supervision=loaded.supervision)

    def at(self, as_of: datetime) -> Frames:
        """Tasks and their latest updates at an instant, as ``geo.tasks.joins.build_board`` takes them.

        Raises
        ------
        StoreUnavailableError
            If the store does not answer and this instant was not asked for before; so do the other two.
        """
        version = self.version()
        return (self._loaded.tasks, self._loaded.updates) if self.from_files else self._at(as_of, version)

    def updates(self, as_of: datetime) -> pd.DataFrame:
        """All updates known at an instant, oldest first: ``data.store.protocol.STORED_UPDATE_COLUMNS``."""
        everything = self._updates(self.version(), self.from_files)
        known = int(everything["reported_at"].searchsorted(as_of, side="right"))
        return everything.iloc[:known]

    def supervision(self, as_of: datetime) -> Acts:
        """The acts of supervision known at an instant, oldest first."""
        everything = self._supervision(self.version(), self.from_files)
        return tuple(act for act in everything if act.at is not None and act.at <= as_of)

    def _read(self, as_of: datetime, _version: int) -> Frames:
        return self._store.tasks(self._campaign, as_of), self._store.latest_updates(self._campaign, as_of)

    def _read_updates(self, _version: int, from_files: bool) -> pd.DataFrame:  # noqa: FBT001  part of the cache's key
        if not from_files:
            return self._store.updates(self._campaign)
        in_order = self._loaded.updates.sort_values("reported_at", kind="stable")
        return in_order.assign(seq=0, written_at=in_order["reported_at"])

    def _read_supervision(self, _version: int, from_files: bool) -> Acts:  # noqa: FBT001  part of the cache's key
        if not from_files:
            return self._store.supervision(self._campaign)
        dated = [(act.at, act) for act in self._loaded.supervision if act.at is not None]
        return tuple(act for _, act in sorted(dated, key=lambda pair: pair[0]))
