"""Time what the server does without a browser: load, join, filter, and the documents that the map reads."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.timing import Sample, timed_ms
from data.campaign import FILES, load_campaign
from geo.crs import Datum
from geo.filters import Filters, facet_counts, match
from geo.joins import build_board
from geo.status import Light
from services.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.campaign import Loaded
    from geo.joins import Board

GZIP_LEVEL = 5
"""About what the server's middleware takes."""
FILTERS = Filters(lights=frozenset({Light.RED, Light.YELLOW}), categories=frozenset({"transport"}), text="路")
"""A filter that makes every part of the rule work."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the server: how long it takes, and how many bytes it reads or makes where that is of interest."""

    name: str
    taken_ms: Sample
    size_bytes: int | None = None
    gzip_bytes: int | None = None


def measure(folder: Path, *, repeats: int) -> list[Step]:
    """Time each step on the campaign in a folder, in the order in which a page needs them."""
    loaded = load_campaign(folder)
    size = sum((folder / name).stat().st_size for name in FILES)
    load = Step("load and check the files", timed_ms(lambda: load_campaign(folder), repeats=repeats), size)
    return [load, *_joining(loaded, repeats), *_documents(loaded, repeats)]


def _joining(loaded: Loaded, repeats: int) -> Iterator[Step]:
    yield Step("join to a board", timed_ms(lambda: _board(loaded), repeats=repeats))
    boards = [_board(loaded) for _ in range(repeats)]
    unindexed = iter(boards)
    yield Step("index the board, once a board", timed_ms(lambda: next(unindexed).facets.texts, repeats=repeats))
    board = boards[0]
    yield Step("match a filter", timed_ms(lambda: match(board, FILTERS), repeats=repeats))
    yield Step("count every facet", timed_ms(lambda: facet_counts(board, FILTERS), repeats=repeats))


def _documents(loaded: Loaded, repeats: int) -> Iterator[Step]:
    day = loaded.campaign.demonstration

    def fresh() -> Desk:
        desk = Desk(loaded)
        desk.board(day)
        return desk

    desks = iter([fresh() for _ in range(2 * repeats)])
    features = timed_ms(lambda: next(desks).features_document(Datum.WGS84), repeats=repeats)
    board = timed_ms(lambda: next(desks).board_document(day), repeats=repeats)
    last = fresh()
    yield _document("document of the features, once a version", features, last.features_document(Datum.WGS84))
    yield _document("document of the board, once a day", board, last.board_document(day))


def _document(name: str, taken_ms: Sample, body: bytes) -> Step:
    return Step(name, taken_ms, len(body), len(gzip.compress(body, GZIP_LEVEL)))


def _board(loaded: Loaded) -> Board:
    as_of = loaded.campaign.instant_of(loaded.campaign.demonstration)
    return build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of)
