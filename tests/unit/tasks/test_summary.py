from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from data.campaign.load import Loaded, load_campaign
from geo.model.status import FINISHED, LIGHT_ORDER, STATUS_ORDER, Status
from geo.tasks.filters import Filters, match_tasks
from geo.tasks.joins import Board, build_board
from geo.tasks.summary import summarise
from settings import DEFAULT_CAMPAIGN
from tests.support.strategies import CAMPAIGN, World, worlds


def board_of(loaded: Loaded) -> Board:
    as_of = datetime(2020, 9, 15, 12, tzinfo=UTC)
    return build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of)


def test_figures_of_the_small_campaign(loaded: Loaded) -> None:
    summary = summarise(board_of(loaded), loaded.campaign)
    assert summary.total.tasks == 4
    assert list(summary.total.by_status.values()) == [0, 2, 1, 1, 0]
    assert list(summary.total.by_light.values()) == [1, 1, 1, 0, 1]
    assert summary.total.readiness == 0.25
    assert (summary.days_to_deadline, summary.days_to_opening) == (15, 51)


def test_a_task_counts_in_every_zone_that_it_has_a_feature_in(loaded: Loaded) -> None:
    summary = summarise(board_of(loaded), loaded.campaign)
    assert {group.key: group.tasks for group in summary.by_zone} == {"Z1": 2, "Z2": 2}
    assert {group.key: group.readiness for group in summary.by_zone} == {"Z1": 0.0, "Z2": 0.5}


def test_a_task_counts_for_its_lead_unit_only(loaded: Loaded) -> None:
    summary = summarise(board_of(loaded), loaded.campaign)
    assert {group.key: group.tasks for group in summary.by_unit} == {"roads": 2, "parks": 1, "office": 1}


def test_every_category_of_the_campaign_is_listed_in_its_order(loaded: Loaded) -> None:
    board = board_of(loaded)
    nothing = match_tasks(board, Filters(text="no such thing"))
    groups = summarise(board, loaded.campaign, tasks=nothing).by_category
    assert [group.key for group in groups] == ["infrastructure", "services"]
    assert [(group.tasks, group.readiness) for group in groups] == [(0, None), (0, None)]


@given(worlds())
def test_counts_add_up(world: World) -> None:
    summary = summarise(world.board(), CAMPAIGN)
    assert summary.total.tasks == len(world.tasks)
    for groups in (summary.by_category, summary.by_unit):
        assert sum(group.tasks for group in groups) == len(world.tasks)
    for group in (summary.total, *summary.by_zone):
        assert list(group.by_status) == list(STATUS_ORDER)
        assert list(group.by_light) == list(LIGHT_ORDER)
        assert sum(group.by_status.values()) == sum(group.by_light.values()) == group.tasks


@given(worlds())
def test_readiness_is_the_share_of_finished_tasks(world: World) -> None:
    board = world.board()
    finished = [Status(status) in FINISHED for status in board.tasks["status"]]
    readiness = summarise(board, CAMPAIGN).total.readiness
    assert readiness == (pytest.approx(sum(finished) / len(finished)) if finished else None)


@pytest.mark.parametrize("day", [CAMPAIGN.deadline, CAMPAIGN.opening])
def test_on_the_day_itself_no_day_is_left_and_the_day_after_one_is_gone(day: date) -> None:
    world = World(load_campaign(DEFAULT_CAMPAIGN).features, (), ())
    left = [summarise(world.board(CAMPAIGN.instant_of(day + timedelta(days=more))), CAMPAIGN) for more in (-1, 0, 1)]
    name = "days_to_deadline" if day == CAMPAIGN.deadline else "days_to_opening"
    assert [getattr(one, name) for one in left] == [1, 0, -1]
