"""The matrix counts what the list of tasks shows."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import load_campaign
from geo.model.status import LIGHT_ORDER, Light
from geo.tasks.filters import Filters, match_tasks
from geo.tasks.joins import Board, build_board
from geo.tasks.summary import EMPTY, Cell, Part, matrix
from settings import DEFAULT_CAMPAIGN
from tests.support.strategies import CATEGORIES, UNITS, World, worlds

parts = st.sampled_from(list(Part))


def plainly(board: Board, part: Part, unit: str | None, category: str | None) -> Cell:
    """Count one cell by going through all tasks."""
    lights = []
    for _, task in board.tasks.iterrows():
        units = [task["lead_unit"], *(task["supporting_units"] if part == Part.ANY else ())]
        if (unit is None or unit in units) and (category is None or category == task["category"]):
            lights.append(task["light"])
    return Cell(tuple(lights.count(light) for light in LIGHT_ORDER))


def shown(board: Board, part: Part, unit: str | None, category: str | None) -> int:
    """Rows of the list of tasks with the filter that a cell's link sets."""
    units, categories = ({one} if one else set() for one in (unit, category))
    filters = Filters(units=frozenset(units), categories=frozenset(categories), lead_only=part == Part.LEAD)
    return int(match_tasks(board, filters).sum())


@given(worlds(), parts)
def test_every_cell_is_what_a_plain_count_gives(world: World, part: Part) -> None:
    board = world.board()
    found = matrix(board, UNITS, CATEGORIES, part)
    assert dict(found.cells) == {(u, c): plainly(board, part, u, c) for u, c in product(UNITS, CATEGORIES)}
    assert dict(found.of_unit) == {unit: plainly(board, part, unit, None) for unit in UNITS}
    assert dict(found.of_category) == {category: plainly(board, part, None, category) for category in CATEGORIES}
    assert found.all == plainly(board, part, None, None)


@given(worlds(), parts)
def test_every_number_is_the_number_of_rows_that_its_link_opens(world: World, part: Part) -> None:
    board = world.board()
    found = matrix(board, UNITS, CATEGORIES, part)
    assert all(cell.total == shown(board, part, *key) for key, cell in found.cells.items())
    assert all(cell.total == shown(board, part, unit, None) for unit, cell in found.of_unit.items())
    assert all(cell.total == shown(board, part, None, category) for category, cell in found.of_category.items())
    assert found.all.total == shown(board, part, None, None)


@pytest.mark.parametrize("part", list(Part))
def test_the_shipped_campaign_counts_right(part: Part) -> None:
    loaded = load_campaign(DEFAULT_CAMPAIGN)
    campaign, units = loaded.campaign, loaded.units
    as_of = campaign.instant_of(campaign.demonstration)
    board = build_board(loaded.features, loaded.tasks, loaded.updates, campaign, as_of, units=units)
    found = matrix(board, units.index, [one.id for one in campaign.categories], part)
    assert {key: cell.total for key, cell in found.cells.items()} == {
        key: shown(board, part, *key) for key in found.cells
    }
    assert found.all.total == 44


def test_who_leads_has_less_than_who_also_supports() -> None:
    loaded = load_campaign(DEFAULT_CAMPAIGN)
    board = build_board(
        loaded.features, loaded.tasks, loaded.updates, loaded.campaign, loaded.campaign.instant_of(loaded.campaign.end)
    )
    lead, both = (matrix(board, loaded.units.index, [], part).of_unit for part in (Part.LEAD, Part.ANY))
    assert all(lead[unit].total <= both[unit].total for unit in both)
    assert sum(cell.total for cell in lead.values()) == 44 < sum(cell.total for cell in both.values())


def test_a_cell_tells_its_worst_light() -> None:
    assert Cell((0, 2, 5, 0, 1)).worst == Light.YELLOW
    assert Cell((3, 0, 0, 0, 1)).red == 3
    assert Cell((3, 0, 0, 0, 1)).total == 4
    assert EMPTY.worst is None
