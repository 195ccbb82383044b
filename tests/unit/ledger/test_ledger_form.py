"""What an id is shown as in a workbook, and which id a name finds again."""

from __future__ import annotations

import pandas as pd
import pytest

from data.campaign.load import Loaded
from geo.ledger.form import Choice, Choices, Spelling, spelling, with_ids


def _units(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "name_zh", "name_en"]).set_index("id")
    return frame.assign(short_zh=frame["name_zh"], short_en=frame["name_en"])


def _spelling(loaded: Loaded, units: pd.DataFrame, *, features: bool = True) -> Spelling:
    given = loaded.features if features else None
    return spelling(loaded.campaign, units, given, tasks=loaded.tasks, updates=loaded.updates)


def test_a_name_of_two_units_finds_neither_and_both_are_shown_as_their_ids(loaded: Loaded) -> None:
    choices = _spelling(loaded, _units(("a", "道路局", "Streets"), ("b", "道路局", "Highways")))[Choice.UNIT]
    assert (choices.find("道路局"), choices.find("streets"), choices.find("Highways")) == (None, "a", "b")
    assert (choices.label("a"), choices.label("b")) == ("a", "b")


def test_an_id_that_is_the_name_of_another_unit_stays_an_id(loaded: Loaded) -> None:
    choices = _spelling(loaded, _units(("a", "b", "One"), ("b", "乙", "Two")))[Choice.UNIT]
    assert (choices.find("b"), choices.find("B"), choices.label("a"), choices.label("b")) == ("b", "b", "a", "乙")


@pytest.mark.parametrize("name", ["市道路局；停车集团", "", "  "])
def test_a_name_that_a_cell_of_several_would_split_and_an_empty_one_are_not_shown(loaded: Loaded, name: str) -> None:
    choices = _spelling(loaded, _units(("a", name, "Streets")))[Choice.UNIT]
    assert (choices.label("a"), choices.find("Streets")) == ("a", "a")


def test_without_features_only_those_of_tasks_are_known(loaded: Loaded) -> None:
    choices = _spelling(loaded, loaded.units, features=False)[Choice.FEATURE]
    named = {feature for features in loaded.tasks["features"] for feature in features}
    assert named <= set(choices.shown)
    assert choices.find(str(loaded.features["name_zh"].iloc[0])) is None


def test_an_exact_id_is_found_before_a_name_that_looks_like_it() -> None:
    choices = Choices({"T 1": "T 1", "t1": "t1"}, {"t1": "t1"})
    assert (choices.find("T 1"), choices.find("t 1")) == ("T 1", "t1")


def test_further_ids_are_shown_as_they_are_and_take_no_place_of_known_ones() -> None:
    known = Choices({"a": "甲"}, {"a": "a", "甲": "a"})
    more = with_ids(known, ["", "a", "B"])
    assert (dict(more.shown), more.find("b"), more.find("甲")) == ({"a": "甲", "B": "B"}, "B", "a")
    assert dict(with_ids(None, ["x"]).shown) == {"x": "x"}
