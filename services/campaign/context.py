"""Keep one campaign open: its boards by day and the documents that the map reads, each computed once per version.

Pages and HTTP routes are two edges of one process and need the same boards; therefore the caches stand here and
not in one of them. The ledger comes from the store, or from the files while they cannot be seeded; while the store does
not answer, what was read last is shown, with the instant since when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

import pandas as pd

from data.campaign.load import FILES, Loaded, load_campaign
from data.store.protocol import Store
from data.store.rows import Author, Source, Write
from data.store.sql import open_store
from geo.model.campaign import Campaign
from geo.model.errors import NaiveInstantError, StoreUnavailableError
from geo.model.supervision import SupervisionEvent
from geo.space.crs import Datum
from geo.space.nearby import Nearby
from geo.tasks.joins import Board, build_board
from layers.screen.documents import board_payload, features_payload
from layers.screen.map import map_script
from settings import settings

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


def campaign_now(campaign: Campaign, real_now: datetime) -> datetime:
    """Return the instant at which pages and reports stand.

    Up to the campaign's last day this is the real instant, also while it is being prepared. Afterwards
    it is the end of its demonstration day: an edition that is over would otherwise open with everything
    late. The store keeps the real instant of every write beside this one.

    Parameters
    ----------
    campaign
        Its last day, included, is a day in its own time zone.
    real_now
        What the clock shows, with a time zone.

    Returns
    -------
    `real_now` as it was given, or the last microsecond of the demonstration day, in UTC.

    Raises
    ------
    NaiveInstantError
        If `real_now` has no time zone.
    """
    if real_now.utcoffset() is None:
        raise NaiveInstantError(real_now)
    today = real_now.astimezone(campaign.tz).date()
    return real_now if today <= campaign.end else campaign.instant_of(campaign.demonstration)


BOARDS_KEPT: Final = 64


def real_now() -> datetime:
    """What the clock of this machine shows, in UTC."""
    return datetime.now(UTC)


class CampaignContext:
    """One campaign as it was loaded, its ledger, and what is derived from both.

    Parameters
    ----------
    loaded
        The campaign with its sound rows and its problems.
    store
        Where the ledger stands; it is seeded from the campaign's files once.
    clock_now
        Gives the real instant.
    """

    def __init__(self, loaded: Loaded, store: Store, clock_now: Callable[[], datetime] = real_now) -> None:
        self.loaded = loaded
        self.store = store
        self.ledger = LedgerState(loaded, store, clock_now)
        self._clock_now = clock_now
        self._board = lru_cache(maxsize=BOARDS_KEPT)(self._build_board)
        self._board_text = lru_cache(maxsize=BOARDS_KEPT)(self._write_board)
        self.features_document = lru_cache(maxsize=4)(self._write_features)

    @property
    def campaign(self) -> Campaign:
        """The campaign."""
        return self.loaded.campaign

    @property
    def files_version(self) -> str:
        """Hash of the files; part of every address of a document that no report changes."""
        return self.loaded.version[:16]

    @property
    def version(self) -> str:
        """Files and the campaign's last write together; part of the addresses of boards."""
        return f"{self.files_version}-{self.ledger.version()}"

    def now(self) -> datetime:
        """Instant at which the campaign stands: the real one, or the end of its demonstration day when it is over."""
        return campaign_now(self.campaign, self._clock_now())

    def today(self) -> date:
        """Day on which the page opens: the campaign's first while it has not begun."""
        return self.campaign.clamp(self.now().astimezone(self.campaign.tz).date())

    def board(self, day: date) -> Board:
        """Board as of the end of a day; raises as ``board_at``."""
        return self.board_at(self.campaign.instant_of(day))

    def board_at(self, as_of: datetime) -> Board:
        """Board as of an instant with a time zone.

        Raises
        ------
        StoreUnavailableError
            If the store does not answer and this board was not shown before.
        """
        return self._board(as_of, self.version)

    def updates(self, as_of: datetime) -> pd.DataFrame:
        """All updates known at an instant, oldest first: ``data.store.protocol.STORED_UPDATE_COLUMNS``, index ``id``.

        Raises
        ------
        StoreUnavailableError
            If the store does not answer and its updates were not read before.
        """
        return self.ledger.updates(as_of)

    def supervision(self, as_of: datetime) -> tuple[SupervisionEvent, ...]:
        """The acts of supervision known at an instant, oldest first; raises as ``updates``."""
        return self.ledger.supervision(as_of)

    def _build_board(self, as_of: datetime, _version: str) -> Board:
        tasks, updates = self.ledger.at(as_of)
        return build_board(self.loaded.features, tasks, updates, self.campaign, as_of, units=self.loaded.units)

    def _write_features(self, datum: Datum) -> bytes:
        loaded = self.loaded
        return features_payload(loaded.features, loaded.units, loaded.context, loaded.campaign, datum).encode()

    def board_document(self, day: date) -> bytes:
        """Document of the board as of the end of a day; raises as ``board``."""
        return self._board_text(day, self.version)

    def _write_board(self, day: date, version: str) -> bytes:
        as_of = self.campaign.instant_of(day)
        board = self._board(as_of, version)
        return board_payload(board, self.campaign, self.updates(as_of), self.supervision(as_of)).encode()

    def script(self) -> str:
        """The script that builds the empty map."""
        return map_script(self.campaign)


def open_context(folder: Path, database_url: str) -> CampaignContext:
    """Open the campaign in a folder; the same context as before while its files have not changed.

    Raises
    ------
    CampaignError
        If campaign.toml cannot be used.
    StoreUnavailableError
        If the database cannot be opened.
    """
    return _open(folder, tuple(_stamp(folder / name) for name in FILES), database_url)


def get_context() -> CampaignContext:
    """The context that the settings name; raises as ``open_context``."""
    return open_context(settings().campaign_dir, settings().database_url)


@lru_cache(maxsize=4)
def store_at(database_url: str) -> Store:
    """The store at a URL, one per process; raises as ``open_context``."""
    return open_store(database_url)


@lru_cache(maxsize=4)
def _open(folder: Path, _stamps: tuple[tuple[int, int], ...], database_url: str) -> CampaignContext:
    return CampaignContext(load_campaign(folder), store_at(database_url))


def _stamp(path: Path) -> tuple[int, int]:
    if not path.is_file():
        return (0, 0)
    stat = path.stat()
    return (stat.st_mtime_ns, stat.st_size)


_INDEXES: WeakKeyDictionary[CampaignContext, Nearby] = WeakKeyDictionary()


def index_of(context: CampaignContext) -> Nearby:
    """Return the index of a campaign's features, built once."""
    if context not in _INDEXES:
        _INDEXES[context] = Nearby(context.loaded.features, metric_crs=context.campaign.metric_crs)
    return _INDEXES[context]
