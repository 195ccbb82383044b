"""Time what the server does without a browser: load, join, filter, and the documents that the map reads."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Sample, timed_ms
from data.campaign.load import FILES, Loaded, load_campaign
from geo.model.status import Light
from geo.space.crs import Datum
from geo.tasks.filters import Filters, facet_counts, match
from geo.tasks.joins import Board, build_board
from layers.screen.documents import board_payload, features_payload

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


def board_of(loaded: Loaded) -> Board:
    """Join a campaign as of its demonstration date."""
    campaign = loaded.campaign
    as_of = campaign.instant_of(campaign.demonstration)
    return build_board(loaded.features, loaded.tasks, loaded.updates, campaign, as_of, units=loaded.units)


def measure(folder: Path, *, repeats: int) -> list[Step]:
    """Time each step on the campaign in a folder, in the order in which a page needs them."""
    loaded = load_campaign(folder)
    size = sum((folder / name).stat().st_size for name in FILES)
    load = Step("load and check the files", timed_ms(lambda: load_campaign(folder), repeats=repeats), size)
    return [load, *_joining(loaded, repeats), *_documents(loaded, repeats)]


def _joining(loaded: Loaded, repeats: int) -> Iterator[Step]:
    yield Step("join to a board", timed_ms(lambda: board_of(loaded), repeats=repeats))
    unindexed = iter([board_of(loaded) for _ in range(repeats)])
    yield Step("index the board, once a board", timed_ms(lambda: next(unindexed).facets.texts, repeats=repeats))
    board = board_of(loaded)
    match(board, FILTERS)
    yield Step("match a filter", timed_ms(lambda: match(board, FILTERS), repeats=repeats))
    yield Step("count every facet", timed_ms(lambda: facet_counts(board, FILTERS), repeats=repeats))


def _documents(loaded: Loaded, repeats: int) -> Iterator[Step]:
    campaign, board = loaded.campaign, board_of(loaded)
    match(board, FILTERS)

    def features() -> str:
        return features_payload(loaded.features, loaded.units, loaded.context, campaign, Datum.WGS84)

    yield _document("document of the features, once a version", features, repeats)
    yield _document(
        "document of the board, once a day", lambda: board_payload(board, campaign, loaded.updates), repeats
    )


def _document(name: str, write: Callable[[], str], repeats: int) -> Step:
    body = write().encode()
    return Step(name, timed_ms(write, repeats=repeats), len(body), len(gzip.compress(body, GZIP_LEVEL)))
