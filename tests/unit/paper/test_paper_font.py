"""Text for paper is measured, broken and cut; what the font lacks is never a box."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import load_campaign
from layers.paper.font import ELLIPSIS, SUBSTITUTE, balance, cut, literal, missing, width_em, wrap
from layers.paper.labels import LONG_EM
from settings import DEFAULT_CAMPAIGN


def test_the_substitute_and_the_ellipsis_have_glyphs() -> None:
    assert not missing(SUBSTITUTE + ELLIPSIS)


@pytest.mark.parametrize(
    ("text", "drawn"), [("a\nb", "a b"), ("表情😀", "表情〓"), ("a\u202eb", "ab"), ("$x_1$", "$x_1$")]
)
def test_text_is_drawn_literally(text: str, drawn: str) -> None:
    assert literal(text) == drawn


@given(st.text(max_size=80))
def test_what_is_drawn_has_a_glyph_for_every_character(text: str) -> None:
    drawn = literal(text)
    assert not missing(drawn)
    assert not any(unicodedata.category(one) in {"Cc", "Cf"} for one in drawn)


@given(st.text(max_size=300), st.floats(3, 30), st.integers(1, 4))
def test_no_line_is_wider_than_asked(text: str, width: float, lines: int) -> None:
    made = wrap(text, width, lines=lines)
    assert len(made) <= lines
    assert all(width_em(line) <= width for line in made)


def test_nothing_is_lost_where_it_fits() -> None:
    text = "国家会展中心二层步廊东延伸（一期）"
    assert "".join(wrap(text, 9, lines=3)) == text


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert cut("东" * 400, 10) == "东" * 9 + ELLIPSIS
    assert wrap("东" * 400, 10, lines=2)[-1].endswith(ELLIPSIS)


def test_words_stay_whole_and_brackets_stay_with_what_they_hold() -> None:
    assert wrap("Outer Ring Expressway (S20)", 9, lines=3) == ["Outer Ring", "Expressway (S20)"]
    assert wrap("外环高速公路（S20）", 7, lines=2) == ["外环高速公路", "（S20）"]


def test_a_word_as_wide_as_the_line_is_not_broken() -> None:
    for name in load_campaign(DEFAULT_CAMPAIGN).features["name_en"]:
        words = literal(name).replace("-", "- ").split()
        for lines in (balance(name, most=LONG_EM, least=4), wrap(literal(name), max(map(width_em, words)), lines=9)):
            assert " ".join(lines).replace("-", "- ").split() == words


def test_a_name_is_broken_into_two_like_lines() -> None:
    assert balance("国家会展中心配套5号停车场", most=LONG_EM, least=4) == ["国家会展中心", "配套5号停车场"]
    assert balance("Yanghong Road", most=LONG_EM, least=4) == ["Yanghong", "Road"]
