"""Columns share the width of a table by weight, and no usual word is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.document.measure import column_widths, taken_in
from exports.document.model import Cell, Column, Table
from geo.model.status import Light

_SIZES = {"head_pt": 9.0, "size_pt": 10.0, "pad_in": 0.2}


def _table(*columns: tuple[str, float, str]) -> Table:
    heads = tuple(Column(title, weight) for title, weight, _ in columns)
    return Table(heads, (tuple(Cell(text) for _, _, text in columns),))


def test_a_word_gets_its_room_from_the_columns_that_have_some_to_spare() -> None:
    table = _table(("Kind", 1, "coordination"), ("Task", 9, "T01 a road"), ("Unit", 2, "district"))
    narrow, wide, other = column_widths(table, 6.0, "en", **_SIZES)
    assert narrow == pytest.approx(taken_in("coordination", 10.0, "en") + 0.2)
    assert other >= taken_in("district", 10.0, "en") + 0.2
    assert narrow + wide + other == pytest.approx(6.0)


def test_many_columns_give_way_together() -> None:
    table = _table(("A", 1, "coordination"), *(("B", 2, "road") for _ in range(4)))
    widths = column_widths(table, 4.5, "en", **_SIZES)
    assert widths[0] == pytest.approx(taken_in("coordination", 10.0, "en") + 0.2)
    assert min(widths[1:]) >= taken_in("road", 10.0, "en") + 0.2


def test_a_light_before_a_word_has_its_room_too() -> None:
    columns = (Column("", 1), Column("", 9))
    dark, lit = (
        column_widths(Table(columns, ((Cell("coordination", light=light), Cell("")),)), 6.0, "en", **_SIZES)
        for light in (None, Light.RED)
    )
    assert lit[0] == pytest.approx(dark[0] + 1.5 * 10 / 72)


def test_where_there_is_too_little_for_all_weights_decide() -> None:
    table = _table(("A", 1, "coordination"), ("B", 3, "coordination"))
    assert column_widths(table, 1.2, "en", **_SIZES) == pytest.approx((0.3, 0.9))


def test_bold_words_get_more_room() -> None:
    plain, bold = (
        column_widths(
            Table((Column("", 1), Column("", 9)), ((Cell("coordination", bold=bold), Cell("")),)), 6.0, "en", **_SIZES
        )
        for bold in (False, True)
    )
    assert bold[0] > plain[0]


@pytest.mark.parametrize("text", ["x" * 400, "征地腾地协调配合管线搬迁" * 9, ""])
def test_what_may_be_broken_takes_no_room_from_others(text: str) -> None:
    assert column_widths(_table(("A", 1, text), ("B", 3, "b")), 8.0, "zh", **_SIZES) == pytest.approx((2.0, 6.0))


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.floats(0.5, 9), st.text(alphabet="ab -中", max_size=40)),
        min_size=1,
        max_size=8,
    )
)
def test_widths_always_add_up_and_none_vanishes(columns: list[tuple[str, float, str]]) -> None:
    widths = column_widths(_table(*columns), 7.0, "en", **_SIZES)
    assert sum(widths) == pytest.approx(7.0)
    assert min(widths) > 0
