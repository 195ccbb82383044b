"""A snapshot is taken from the desk: presets, links that reopen the view, and errors that say what there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from data.store.sql import open_store
from geo.tasks.filters import Filters, match
from services.campaign.context import CampaignContext
from services.snapshots.snapshots import (
    SnapshotError,
    SnapshotRequest,
    format_for,
    link,
    paper_for,
    preset_asked,
    preset_for,
    presets_of,
    render,
    take,
)
from tests.support.fixtures_snapshot import campaign
from views.shared import state

NOW = datetime(2020, 9, 15, 10, tzinfo=UTC)
DAY = date(2020, 9, 10)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CampaignContext]:
    folder: Path = tmp_path_factory.mktemp("store")
    store = open_store(f"sqlite:///{folder / 'onemap.sqlite'}")
    yield CampaignContext(campaign(), store, lambda: NOW)
    store.close()


def as_of(desk: CampaignContext) -> datetime:
    return desk.campaign.instant_of(DAY)


def test_there_is_a_preset_for_the_whole_for_each_zone_and_for_what_is_late(desk: CampaignContext) -> None:
    assert [preset.id for preset in presets_of(desk)] == ["overview", "Z1", "Z2", "Z3", "late"]


def test_a_preset_of_a_zone_shows_the_zone_and_names_it(desk: CampaignContext) -> None:
    asked = preset_asked(preset_for(desk, "z2"), desk, SnapshotRequest("zh"))
    taken = take(desk, as_of(desk), asked, NOW)
    west, south, east, north = taken.extent
    left, bottom, right, top = desk.loaded.features.geometry["Z2"].bounds
    assert taken.title.endswith("商务区核心区周边")
    assert (west, south) < (left, bottom)
    assert (east, north) > (right, top)
    assert set(taken.features["zones"].map(lambda zones: "Z2" in zones)) == {True}


def test_what_is_shown_is_what_the_filter_shows(desk: CampaignContext) -> None:
    filters = Filters(units=frozenset({"minhang"}), lead_only=True)
    taken = take(desk, as_of(desk), SnapshotRequest("en", filters=filters), NOW)
    assert list(taken.features.index) == list(desk.board(DAY).features.index[match(desk.board(DAY), filters)])
    assert taken.filter_words == "Filters: lead unit Minhang"


def test_the_link_reopens_the_filter_day_language_and_selection(desk: CampaignContext) -> None:
    filters = Filters(zones=frozenset({"Z1"}), lights=frozenset({"red", "yellow"}), text="路 & <x>", lead_only=True)
    asked = SnapshotRequest("en", filters=filters, selected="C01", base_url="https://map.example/")
    query = parse_qs(urlsplit(link(desk, as_of(desk), asked)).query)
    found = state.parse(query | {"lang": ["en"]}, desk, state.choices_of(desk))
    assert found[state.KEYS.zone] == ["Z1"]
    assert set(found[state.KEYS.light]) == {"red", "yellow"}
    assert found[state.KEYS.text] == filters.text
    assert found[state.KEYS.lead] is True
    assert found[state.KEYS.as_of] == DAY
    assert found[state.KEYS.selected] == "C01"


def test_a_file_is_made_of_what_was_taken(desk: CampaignContext) -> None:
    taken = take(desk, as_of(desk), SnapshotRequest("zh", paper=paper_for("1920x1080")), NOW)
    assert render(taken, format_for(".PNG")).startswith(b"\x89PNG")
    assert desk.version in taken.description


WRONG = {
    "format": lambda _: format_for("doc"),
    "size": lambda _: paper_for("B5"),
    "preset": lambda desk: preset_for(desk, "x"),
}


@pytest.mark.parametrize("ask", WRONG.values(), ids=WRONG)
def test_what_there_is_not_is_said_with_what_there_is(ask: object, desk: CampaignContext) -> None:
    with pytest.raises(SnapshotError, match="Choose one of") as told:
        ask(desk)  # type: ignore[operator]
    assert "可选" in told.value.message("zh")
