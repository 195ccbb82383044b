"""What the store holds of incidents is read for any instant, also while it is away, and whatever was written there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from data.campaign.load import Loaded, load_campaign
from data.store.rows import Author, Source, Write
from geo.model.errors import StoreUnavailableError
from services.campaign.context import CampaignContext
from services.incidents.incidents import all_incidents, drill_runs
from services.wall.wall import wall_state
from settings import DEFAULT_CAMPAIGN
from tests.support.screens import LeavingStore

NOW = datetime(2020, 9, 15, 2, 0, tzinfo=UTC)
SOMEBODY = Author("li", "qingpu", "field_lead", Source.API)
FINE: Final = {
    "act": "open", "kind": "fire", "severity": "major", "text": "烟", "lon": "121.3", "lat": "31.19", "drill": "1"
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@pytest.fixture
def store() -> LeavingStore:
    return LeavingStore()


@pytest.fixture
def desk(shipped: Loaded, store: LeavingStore) -> CampaignContext:
    return CampaignContext(shipped, store, lambda: NOW)


def write(desk: CampaignContext, detail: dict[str, str], subject: str = "one", at: datetime = NOW) -> None:
    key = f"{subject}:{desk.store.version()}"
    desk.store.append_event("incident", subject, detail, Write(SOMEBODY, key, at), campaign=desk.campaign.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": "dance"},
        {"act": ""},
        {"kind": "alien"},
        {"severity": "5"},
        {"lon": "nan"},
        {"lat": "here"},
        {"lon": "31.19", "lat": "121.3"},
    ],
)
def test_an_event_that_cannot_be_read_breaks_nothing(
    desk: CampaignContext, tmp_path: Path, wrong: dict[str, str]
) -> None:
    write(desk, FINE)
    write(desk, FINE | wrong, "two")
    write(desk, {}, "three")
    assert [one.id for one in all_incidents(desk)] == ["one"]
    assert [one["lon"] for one in wall_state(desk, "zh", "", tmp_path)["document"]["incidents"]] == [121.3]


def test_the_last_known_incidents_stay_while_the_database_is_away(desk: CampaignContext, store: LeavingStore) -> None:
    write(desk, FINE)
    assert drill_runs(desk)
    write(desk, {"act": "close", "text": "结束"})
    version = desk.version
    store.away = True
    assert (drill_runs(desk), desk.version) == (True, version)
    store.away = False
    assert not drill_runs(desk)


def test_a_database_that_never_answered_says_so(desk: CampaignContext, store: LeavingStore) -> None:
    store.away = True
    with pytest.raises(StoreUnavailableError):
        all_incidents(desk)


def test_a_past_instant_knows_what_was_known_then(desk: CampaignContext) -> None:
    write(desk, FINE, at=NOW)
    write(desk, {"act": "close", "text": "结束"}, at=NOW + timedelta(hours=3))
    then = [all_incidents(desk, NOW + timedelta(hours=hours)) for hours in (-1, 1, 4)]
    assert [len(one) for one in then] == [0, 1, 1]
    assert [bool(one[0].closed_at) for one in then[1:]] == [False, True]
