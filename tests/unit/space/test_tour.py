"""Hold that a round is the shortest up to nine stops by brute force, and a local optimum beyond twelve."""

from collections.abc import Sequence
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from geo.space import tour as module
from geo.space.tour import EXACT_MOST, Tour, greedy, improved, tour

START = (0.0, 0.0)
metres = st.floats(-2_000, 2_000, width=32)
places = st.tuples(metres, metres)
Case = tuple[list[tuple[float, float]], bool]


def walked(stops: list[tuple[float, float]], order: tuple[int, ...], *, back: bool) -> float:
    way = [START, *(stops[at] for at in order), *([START] if back and stops else [])]
    return sum(float(np.hypot(to[0] - at[0], to[1] - at[1])) for at, to in pairwise(way))


def matrix(stops: np.ndarray, *, back: bool) -> np.ndarray:
    return module._distances(np.vstack([START, stops]), back=back)  # noqa: SLF001  the one place that builds it


def length_of(far: np.ndarray, order: Sequence[int]) -> float:
    """Length of an order of stops, from the start to the end."""
    path = np.array([0, *order, len(far) - 1])
    return float(far[path[:-1], path[1:]].sum())


@given(st.tuples(st.lists(places, max_size=6), st.booleans()))
def test_up_to_six_stops_no_order_is_shorter(case: Case) -> None:
    stops, back = case
    found = tour(START, stops, back=back)
    assert sorted(found.order) == list(range(len(stops)))
    shortest = min(walked(stops, order, back=back) for order in permutations(range(len(stops))))
    assert found.total_m == pytest.approx(shortest, rel=1e-9, abs=1e-6)
    assert found.total_m == pytest.approx(walked(stops, found.order, back=back), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("count", [7, 8, 9])
@pytest.mark.parametrize("back", [False, True])
def test_up_to_nine_stops_no_order_is_shorter(count: int, *, back: bool) -> None:
    stops = np.random.default_rng(count).uniform(-2_000, 2_000, (count, 2))
    far = matrix(stops, back=back)
    orders = np.array(list(permutations(range(1, count + 1))))
    ways = np.column_stack([np.zeros(len(orders), int), orders, np.full(len(orders), count + 1)])
    shortest = far[ways[:, :-1], ways[:, 1:]].sum(axis=1).min()
    assert tour(START, stops, back=back).total_m == pytest.approx(shortest, rel=1e-12)


@pytest.mark.parametrize("back", [False, True])
def test_up_to_twelve_stops_no_neighbouring_order_and_no_random_one_is_shorter(*, back: bool) -> None:
    stops = np.random.default_rng(1).uniform(-2_000, 2_000, (EXACT_MOST, 2))
    far = matrix(stops, back=back)
    found = tour(START, stops, back=back)
    rng = np.random.default_rng(2)
    shuffled = [improved(far, (rng.permutation(EXACT_MOST) + 1).tolist()) for _ in range(30)]
    assert found.exact
    assert found.total_m <= min(length_of(far, order) for order in shuffled) + 1e-6


@hypothesis_settings(max_examples=20)
@given(st.tuples(st.lists(places, min_size=13, max_size=40), st.booleans()))
def test_beyond_twelve_it_is_never_longer_than_the_greedy_round(case: Case) -> None:
    stops, back = case
    far, found = matrix(np.array(stops), back=back), tour(START, stops, back=back)
    assert sorted(found.order) == list(range(len(stops)))
    assert not found.exact
    assert found.total_m <= length_of(far, greedy(far)) + 1e-6


@hypothesis_settings(max_examples=20)
@given(st.tuples(st.lists(places, min_size=13, max_size=30), st.booleans()))
def test_beyond_twelve_no_reversal_makes_it_shorter(case: Case) -> None:
    stops, back = case
    far, found = matrix(np.array(stops), back=back), tour(START, stops, back=back)
    order = [stop + 1 for stop in found.order]
    count = len(order)
    turned = [order[:i] + order[i:j][::-1] + order[j:] for i in range(count) for j in range(i + 2, count + 1)]
    assert min(length_of(far, one) for one in turned) >= found.total_m - 1e-4


def test_thirteen_stops_on_a_line_are_walked_from_the_near_end() -> None:
    stops = [(float(place), 0.0) for place in (700, 100, 900, 300, 1300, 500, 1100, 200, 1200, 400, 600, 800, 1000)]
    assert [stops[at][0] for at in tour(START, stops).order] == [100.0 * step for step in range(1, 14)]


def test_no_stops_are_no_round() -> None:
    assert tour(START, []) == tour(START, [], back=True) == Tour((), (), exact=True)


def test_the_way_back_is_one_leg_more() -> None:
    assert tour(START, [(100, 0)], back=True).legs_m == (100.0, 100.0)
    assert tour(START, [(100, 0)]).legs_m == (100.0,)


def test_stops_at_one_place_are_walked_in_the_order_given() -> None:
    assert tour(START, [(5, 5)] * 4).order in set(permutations(range(4)))
    assert tour(START, [(5, 5)] * 4) == tour(START, [(5, 5)] * 4)


def test_a_stop_without_a_position_is_refused() -> None:
    with pytest.raises(ValueError, match="leave out stops"):
        tour(START, [(np.nan, 0)])


def moved(order: list[int]) -> list[list[int]]:
    """All orders that moving one run of up to three stops elsewhere gives, as it is or turned."""
    found = []
    for size in (1, 2, 3):
        for first in range(len(order) - size + 1):
            run, rest = order[first : first + size], order[:first] + order[first + size :]
            found += [rest[:at] + part + rest[at:] for at in range(len(rest) + 1) for part in (run, run[::-1])]
    return found


@pytest.mark.parametrize("seed", [*range(6), 17, 23, 59, 61])
@pytest.mark.parametrize("back", [False, True])
def test_beyond_twelve_no_move_of_up_to_three_stops_makes_it_shorter(seed: int, *, back: bool) -> None:
    stops = np.random.default_rng(seed).uniform(-2_000, 2_000, (16, 2))
    far, found = matrix(stops, back=back), tour(START, stops, back=back)
    order = [stop + 1 for stop in found.order]
    assert min(length_of(far, one) for one in moved(order)) >= found.total_m - 1e-4


@pytest.mark.parametrize(
    "order", [[2, 1, 3, 4, 5, 6, 7], [1, 5, 6, 2, 3, 4, 7], [1, 6, 5, 4, 2, 3, 7], [2, 3, 4, 5, 6, 7, 1]]
)
def test_a_run_that_stands_in_the_wrong_place_is_put_back(order: list[int]) -> None:
    far = matrix(np.array([(100.0 * place, 0.0) for place in range(1, 8)]), back=False)
    assert improved(far, order) == [1, 2, 3, 4, 5, 6, 7]


def test_greedy_goes_from_the_start_to_the_nearest_stop_left() -> None:
    far = matrix(np.array([(-900.0, 0.0), (100.0, 0.0), (-150.0, 0.0), (300.0, 0.0)]), back=False)
    assert greedy(far) == [2, 4, 3, 1]
