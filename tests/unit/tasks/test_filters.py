from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded
from geo.model.status import Light, Status
from geo.tasks.facets import Facet, ValueIndex, normalise, words
from geo.tasks.filters import Filters, facet_counts, match, match_tasks
from geo.tasks.joins import Board, build_board
from tests.support.strategies import CATEGORIES, KINDS, UNITS, ZONES, World, names, worlds


def some(*values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([*values, "unknown"]), max_size=2)


filters = st.builds(
    Filters,
    zones=some(*ZONES),
    kinds=some(*KINDS),
    categories=some(*CATEGORIES),
    units=some(*UNITS),
    statuses=some(*Status),
    lights=some(*Light),
    text=names.map(lambda name: name[:3])
    | st.sampled_from(["", "f1", " ROAD ", "p5", "ss", "t1 r", "路 一", "局 t", "Ｂureau road"]),
    lead_only=st.booleans(),
)


@pytest.fixture
def board(loaded: Loaded) -> Board:
    as_of = datetime(2020, 9, 15, 12, tzinfo=UTC)
    return build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of, units=loaded.units)


def task_satisfies(
    board: Board,
    task: Any,  # noqa: ANN401  pandas gives ids as Hashable
    wanted: Filters,
) -> bool:
    row = board.tasks.loc[task]
    units = {row["lead_unit"]} if wanted.lead_only else {row["lead_unit"], *row["supporting_units"]}
    return (
        (not wanted.categories or row["category"] in wanted.categories)
        and (not wanted.units or bool(units & wanted.units))
        and (not wanted.statuses or row["status"] in wanted.statuses)
    )


def texts_of_task(board: Board, task: Any) -> list[str]:  # noqa: ANN401  pandas gives ids as Hashable
    row = board.tasks.loc[task]
    known = board.units
    texts = [str(task), row["title_zh"], row["title_en"]]
    for unit in (row["lead_unit"], *row["supporting_units"]):
        if known is not None:
            texts += (
                list(known.loc[unit, ["name_zh", "name_en", "short_zh", "short_en"]]) if unit in known.index else [unit]
            )
    return texts


def says(texts: list[str], wanted: Filters) -> bool:
    return all(any(word in normalise(text) for text in texts) for word in normalise(wanted.text).split())


def feature_satisfies(board: Board, feature: str, wanted: Filters) -> bool:
    row = board.features.loc[feature]
    texts = [feature, row["name_zh"], row["name_en"]]
    texts += [text for task in row["tasks"] for text in texts_of_task(board, task)]
    return (
        (not wanted.zones or bool(set(row["zones"]) & wanted.zones))
        and (not wanted.kinds or row["kind"] in wanted.kinds)
        and (not wanted.lights or row["light"] in wanted.lights)
        and says(texts, wanted)
    )


def shown(board: Board, wanted: Filters) -> list[bool]:
    any_task = not (wanted.categories or wanted.units or wanted.statuses)
    return [
        feature_satisfies(board, feature, wanted)
        and (any_task or any(task_satisfies(board, task, wanted) for task in row["tasks"]))
        for feature, row in board.features.iterrows()
    ]


@given(worlds(), filters)
def test_match_shows_what_the_rule_says(world: World, wanted: Filters) -> None:
    board = world.board()
    assert match(board, wanted).tolist() == shown(board, wanted)


@given(worlds(), filters)
def test_a_value_counts_what_it_would_show_alone_in_its_facet(world: World, wanted: Filters) -> None:
    board = world.board()
    for facet, counts in facet_counts(board, wanted).items():
        for value, count in counts.items():
            only: Any = {facet.value: frozenset({value})}
            alone = replace(wanted.without(facet), **only)
            assert count == sum(shown(board, alone)), (facet, value)


@given(worlds(), filters)
def test_tasks_are_shown_that_satisfy_the_filter_on_a_shown_feature(world: World, wanted: Filters) -> None:
    board = world.board()
    free = not (wanted.zones or wanted.kinds or wanted.lights)
    expected = [
        task_satisfies(board, task, wanted)
        and (
            (free and says(texts_of_task(board, task), wanted))
            or any(feature_satisfies(board, one, wanted) for one in row["features"])
        )
        for task, row in board.tasks.iterrows()
    ]
    assert match_tasks(board, wanted).tolist() == expected


def test_an_empty_filter_shows_everything(board: Board) -> None:
    assert Filters().is_empty
    assert Filters(text=" \t ").is_empty
    assert not Filters(zones=frozenset({"Z1"})).is_empty
    assert match(board, Filters()).all()
    assert match_tasks(board, Filters()).all()


def test_one_task_must_satisfy_category_unit_and_status_together(board: Board) -> None:
    wanted = Filters(categories=frozenset({"services"}), units=frozenset({"roads"}))
    assert list(board.features.index[match(board, wanted)]) == ["Z2", "N02", "N03"]
    other = replace(wanted, statuses=frozenset({"blocked"}))
    assert not match(board, other).any()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("河道", ["C02"]),
        ("DREDG", ["C02"]),
        ("  first   ROAD ", ["C01", "N01"]),
        ("road FIRST", ["C01", "N01"]),
        ("n02 guidance", ["N02"]),
        ("first dredging", []),
        ("t02", ["C02"]),
        ("铁路 Office", ["C03"]),
        ("市道路局 引导", ["Z2", "N02", "N03"]),
        ("parking GROUP 一号路", ["C01", "N01"]),
        ("停车 c01", ["C01"]),
        ("ｃ０３", ["C03"]),
        ("parking guidance", ["Z2", "N02", "N03"]),
        ("N01\nfeature", ["N01"]),
        ("no such thing", []),
    ],
)
def test_every_word_finds_part_of_an_id_a_name_a_task_or_a_unit(board: Board, text: str, found: list[str]) -> None:
    assert list(board.features.index[match(board, Filters(text=text))]) == found


def test_the_text_searched_is_normalised_with_one_part_a_line(board: Board) -> None:
    units = "道路\n市道路局\nroads\nroads bureau"
    searched = dict(zip(board.features.index, board.facets.texts, strict=True))
    assert searched["C02"] == f"c02\nc02号\nfeature c02\nt02\n疏浚河道\ndredging\n{units}"


def test_an_unknown_unit_is_found_as_it_is_written(loaded: Loaded) -> None:
    as_of = datetime(2020, 9, 15, 12, tzinfo=UTC)
    frames = (loaded.features, loaded.tasks, loaded.updates)
    board = build_board(*frames, loaded.campaign, as_of, units=loaded.units.drop(index="parks"))
    assert list(board.features.index[match(board, Filters(text="PARKS t03"))]) == ["Z2", "N02", "N03"]
    without = build_board(*frames, loaded.campaign, as_of)
    assert not match(without, Filters(text="parks")).any()


def test_a_task_without_a_feature_is_found_by_its_own_words(loaded: Loaded) -> None:
    as_of = datetime(2020, 9, 15, 12, tzinfo=UTC)
    features = loaded.tasks["features"].map(lambda ids: tuple(set(ids) - {"C01", "N01"}))
    tasks = loaded.tasks.assign(features=features)
    board = build_board(loaded.features, tasks, loaded.updates, loaded.campaign, as_of, units=loaded.units)
    assert list(board.tasks.index[match_tasks(board, Filters(text="停车 t01"))]) == ["T01"]
    assert not match_tasks(board, Filters(text="t01", zones=frozenset({"Z1"}))).any()


def test_words_are_normalised_and_split_at_any_space() -> None:
    assert words(" 虹桥\u3000步廊  ＲＯＡＤ\n") == ("虹桥", "步廊", "road")
    assert words(" \t ") == ()


def test_all_lights_and_statuses_are_counted_even_where_none_has_them(board: Board) -> None:
    counts = facet_counts(board, Filters())
    assert list(counts) == list(Facet)
    assert counts[Facet.LIGHTS] == {"red": 1, "yellow": 2, "green": 1, "none": 1, "done": 3}
    assert counts[Facet.STATUSES]["accepted"] == 0
    assert counts[Facet.ZONES] == {"Z1": 4, "Z2": 3}


def test_values_pass_through_links_once_each() -> None:
    tasks = ValueIndex.of([("a", "b"), (), ("b",)])
    sources, targets = np.array([0, 2, 1, 2]), np.array([0, 0, 1, 2])
    spread = tasks.through(sources, targets, 4)
    assert spread.having({"b"}).tolist() == [True, False, True, False]
    assert spread.counts(spread.having({"a", "b"})) == {"a": 1, "b": 2}


def test_values_of_several_sources_pass_whole_and_no_row_is_made_up() -> None:
    index = ValueIndex.of([("a", "b"), ("c", "d"), ()])
    through = index.through(np.array([1, 2]), np.array([0, 1]), 2)
    assert [through.having({value}).tolist() for value in "abcd"] == [
        [False] * 2,
        [False] * 2,
        [True, False],
        [True, False],
    ]
    assert ValueIndex.of([]).having(("a",)).tolist() == []
    assert ValueIndex.of([()]).size == 1


def test_facets_restrict_together_and_words_count_besides(board: Board) -> None:
    by_zone, by_kind = Filters(zones=frozenset({"Z1"})), Filters(kinds=frozenset({"footbridge", "parking"}))
    both = replace(by_zone, kinds=by_kind.kinds)
    assert match(board, both).tolist() == (match(board, by_zone) & match(board, by_kind)).tolist()
    assert 0 < match(board, both).sum() < min(match(board, by_zone).sum(), match(board, by_kind).sum())
    worded = replace(both, text="N01")
    assert list(board.features.index[match(board, worded)]) == ["N01"]


def test_tasks_are_found_by_their_features_words_and_by_their_zone(board: Board) -> None:
    assert list(board.tasks.index[match_tasks(board, Filters(text="C02"))]) == ["T02"]
    zoned = match_tasks(board, Filters(zones=frozenset({"Z2"})))
    inside = set(board.features.index[match(board, Filters(zones=frozenset({"Z2"})))])
    assert list(board.tasks.index[zoned]) == [
        task for task, ids in board.tasks["features"].items() if inside & set(ids)
    ]
    assert 0 < zoned.sum() < len(board.tasks)
