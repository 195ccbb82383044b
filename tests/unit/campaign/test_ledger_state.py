"""The ledger of a campaign follows its store: seeded when it can be, read once per version, kept while it is away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from data.campaign.load import Loaded
from data.store.protocol import STORED_UPDATE_COLUMNS
from data.store.rows import Author, Source, Write
from geo.model.errors import StoreUnavailableError
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem
from services.campaign.context import CampaignContext, LedgerState
from tests.support.fakes import FakeStore
from tests.support.fixtures_reports import NOW, put
from tests.support.store_samples import CAMPAIGN, UPDATE, write

NOVEMBER = datetime(2026, 11, 24, tzinfo=UTC)
EARLY, LATE = NOW - timedelta(days=5), NOW + timedelta(days=5)
ACTS = tuple(
    SupervisionEvent("T01", EscalationLevel.REMIND, act, "roads", "", None, at=at, who="李主任")
    for at, act in [(LATE, Act.RECEIPT), (EARLY, Act.ISSUE)]
)


class FaultyStore(FakeStore):
    """Be away when told so, and count what is read."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.reads = 0

    def campaign_version(self, campaign: str) -> int:
        self._answer()
        return super().campaign_version(campaign)

    def updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        self._answer()
        self.reads += 1
        return super().updates(campaign, as_of)

    def latest_updates(self, campaign: str, as_of: datetime | None = None) -> pd.DataFrame:
        self._answer()
        self.reads += 1
        return super().latest_updates(campaign, as_of)

    def _answer(self) -> None:
        if self.away:
            raise StoreUnavailableError("away")


@pytest.fixture
def store() -> FaultyStore:
    return FaultyStore()


def state_of(loaded: Loaded, store: FakeStore) -> LedgerState:
    return LedgerState(loaded, store, lambda: NOVEMBER)


def desk_of(loaded: Loaded, store: FakeStore) -> CampaignContext:
    return CampaignContext(loaded, store, lambda: NOVEMBER)


def broken(loaded: Loaded) -> Loaded:
    fault = Problem(ProblemCode.UNKNOWN_UNIT, "tasks.csv", row=2, column="lead_unit", value="x")
    assert fault.severity == "error"
    return replace(loaded, problems=(fault,))


def test_a_store_that_was_away_at_the_start_is_seeded_when_it_answers(loaded: Loaded, store: FaultyStore) -> None:
    store.away = True
    state = state_of(loaded, store)
    assert (state.version(), state.from_files, state.stale_since) == (0, True, NOVEMBER)
    assert state.at(NOW)[0] is loaded.tasks
    store.away = False
    assert (state.version(), state.from_files, state.stale_since) == (1, False, None)
    assert "seq" in state.at(NOW)[0].columns


def test_a_ledger_that_another_process_brought_is_seen_at_once(loaded: Loaded, store: FaultyStore) -> None:
    state = state_of(broken(loaded), store)
    assert (state.version(), state.from_files, store.version()) == (0, True, 0)
    store.seed(CAMPAIGN, loaded.tasks, loaded.updates, write("seed"))
    assert (state.version(), state.from_files) == (1, False)


def test_a_campaign_with_writes_but_no_ledger_is_read_from_its_files(loaded: Loaded, store: FaultyStore) -> None:
    store.append_event("note", "x", {}, write("event"), campaign=CAMPAIGN)
    state = state_of(broken(loaded), store)
    assert (state.version(), state.from_files) == (1, True)
    assert state.at(NOW)[1] is loaded.updates


def test_supervision_of_the_files_is_seeded_with_the_ledger(loaded: Loaded, store: FaultyStore) -> None:
    state = state_of(replace(loaded, supervision=ACTS), store)
    assert [(act.act, act.who, act.seq) for act in state.supervision(NOW)] == [(Act.ISSUE, "李主任", 2)]
    assert [act.act for act in state.supervision(LATE)] == [Act.ISSUE, Act.RECEIPT]
    assert state.version() == 3


def test_before_the_ledger_is_stored_updates_and_supervision_are_those_of_the_files(loaded: Loaded) -> None:
    state = state_of(replace(broken(loaded), supervision=ACTS), FakeStore())
    updates = state.updates(NOW)
    assert tuple(updates.columns) == STORED_UPDATE_COLUMNS
    assert updates["reported_at"].is_monotonic_increasing
    assert set(updates.index) == set(loaded.updates.index) - {"U0007"}
    assert [act.act for act in state.supervision(NOW)] == [Act.ISSUE]


def test_updates_as_of_an_instant_are_those_that_the_store_knew_then(loaded: Loaded, store: FaultyStore) -> None:
    desk = desk_of(loaded, store)
    put(store, loaded, UPDATE.status)
    for as_of in (EARLY, NOW, LATE, loaded.campaign.instant_of(date(2020, 1, 1))):
        assert_frame_equal(desk.updates(as_of), store.updates(CAMPAIGN, as_of))
    assert tuple(desk.updates(NOW).columns) == STORED_UPDATE_COLUMNS


def test_updates_are_read_once_per_version_of_the_campaign(loaded: Loaded, store: FaultyStore) -> None:
    desk = desk_of(loaded, store)
    for minute in range(9):
        desk.updates(NOW - timedelta(minutes=minute))
        store.append_event("sign-in", "wang", {}, Write(Author("", "", "", Source.WEB), f"in {minute}", NOVEMBER))
    assert store.reads == 1
    put(store, loaded, UPDATE.status)
    assert len(desk.updates(LATE)) == 9
    assert store.reads == 2


def test_a_sign_in_makes_no_board_anew(loaded: Loaded, store: FaultyStore) -> None:
    desk = desk_of(loaded, store)
    version, board = desk.version, desk.board_at(NOW)
    store.append_event("sign-in", "wang", {}, write("in"))
    assert desk.version == version
    assert desk.board_at(NOW) is board
    put(store, loaded, UPDATE.status)
    assert desk.version == f"{desk.files_version}-3"
    assert desk.board_at(NOW) is not board


def test_the_board_of_a_day_is_that_of_its_end(loaded: Loaded, store: FaultyStore) -> None:
    desk, day = desk_of(loaded, store), date(2020, 9, 15)
    assert desk.board(day) is desk.board_at(loaded.campaign.instant_of(day))
    assert desk.board_at(NOW).as_of == NOW


def test_while_the_database_is_away_the_last_state_is_shown(loaded: Loaded, store: FaultyStore) -> None:
    desk = desk_of(replace(loaded, supervision=ACTS), store)
    board, updates, acts = desk.board_at(NOW), desk.updates(NOW), desk.supervision(NOW)
    store.away = True
    assert desk.board_at(NOW) is board
    assert_frame_equal(desk.updates(NOW), updates)
    assert desk.supervision(NOW) == acts
    assert len(desk.updates(LATE)) > len(updates)
    assert desk.ledger.stale_since == NOVEMBER
    with pytest.raises(StoreUnavailableError):
        desk.board_at(EARLY)
