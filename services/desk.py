"""Keep one campaign open: its boards by day and the documents that the map reads, each computed once per data version.

Pages and HTTP routes are two edges of one process and need the same boards; therefore the caches stand here and
not in one of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from data.campaign import FILES, load_campaign
from geo.joins import build_board
from layers.folium_map import map_script
from layers.payload import board_payload, compact_json, features_payload

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from data.campaign import Loaded
    from geo.crs import Datum
    from geo.joins import Board

BOARDS_KEPT = 64


class Desk:
    """One campaign as it was loaded, and what is derived from it.

    Parameters
    ----------
    loaded
        The campaign with its sound rows and its problems.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.board = lru_cache(maxsize=BOARDS_KEPT)(self._board)
        self.features_document = lru_cache(maxsize=4)(self._features_document)
        self.board_document = lru_cache(maxsize=BOARDS_KEPT)(self._board_document)

    @property
    def version(self) -> str:
        """Hash of everything that was loaded; part of every address of a document."""
        return self.loaded.version[:16]

    def _board(self, day: date) -> Board:
        loaded = self.loaded
        as_of = loaded.campaign.instant_of(day)
        return build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of)

    def _features_document(self, datum: Datum) -> bytes:
        board = self.board(self.loaded.campaign.demonstration)
        loaded = self.loaded
        return features_payload(board, loaded.units, loaded.context, loaded.campaign, datum).encode()

    def _board_document(self, day: date) -> bytes:
        return compact_json(board_payload(self.board(day), self.loaded.campaign)).encode()

    def script(self) -> str:
        """The script that builds the empty map."""
        return map_script(self.loaded.campaign)


def open_desk(folder: Path) -> Desk:
    """Open the campaign in a folder; the same desk as before while its files have not changed.

    Raises
    ------
    CampaignError
        If campaign.toml cannot be used.
    """
    return _open(folder, tuple(_stamp(folder / name) for name in FILES))


@lru_cache(maxsize=4)
def _open(folder: Path, _stamps: tuple[tuple[int, int], ...]) -> Desk:
    return Desk(load_campaign(folder))


def _stamp(path: Path) -> tuple[int, int]:
    if not path.is_file():
        return (0, 0)
    stat = path.stat()
    return (stat.st_mtime_ns, stat.st_size)
