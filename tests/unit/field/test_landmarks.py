"""A place is found by what people call it, best first, or by two numbers."""

from __future__ import annotations

from functools import cache

import pytest

from data.campaign.load import load_campaign
from geo.model.kinds import Layer
from services.campaign.context import CampaignContext
from services.field.nearby import coordinates, find
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore


@cache
def desk() -> CampaignContext:
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), FakeStore())


def test_every_name_and_id_finds_its_own_feature_first() -> None:
    features = desk().loaded.features
    for feature, row in features.iterrows():
        for text in (feature, row["name_zh"], row["name_en"].upper()):
            best = find(desk(), str(text), number=1)[0]
            assert str(text).casefold() in {best.feature.casefold(), best.name.zh.casefold(), best.name.en.casefold()}


@pytest.mark.parametrize("text", ["３号桥", "3号桥", "bridge no. 3", "no. 3 FOOTBRIDGE"])
def test_width_case_and_order_of_words_do_not_matter(text: str) -> None:
    assert "3" in find(desk(), text)[0].name.zh


def test_what_begins_so_stands_before_what_only_holds_it() -> None:
    names = [one.name.zh for one in find(desk(), "国家会展中心", number=20)]
    begins = [name.startswith("国家会展中心") for name in names]
    assert len(names) > 3
    assert begins == sorted(begins, reverse=True)


@pytest.mark.parametrize("text", ["", "  "])
def test_without_a_text_the_zones_are_offered(text: str) -> None:
    zones = {one for one, layer in desk().loaded.features["layer"].items() if layer == Layer.ZONES}
    assert {one.feature for one in find(desk(), text)} == zones


@pytest.mark.parametrize("text", ["no such place", "<script>", "%", "\0"])
def test_what_nobody_is_called_finds_nothing(text: str) -> None:
    assert find(desk(), text) == ()


def test_a_landmark_lies_on_or_in_its_feature() -> None:
    features = desk().loaded.features
    for feature in features.index:
        one = find(desk(), str(feature), number=1)[0]
        shape = features.geometry[one.feature]
        west, south, east, north = shape.bounds
        assert west <= one.lon <= east
        assert south <= one.lat <= north


@pytest.mark.parametrize("text", ["121.30, 31.19", "121.30，31.19", " 121.30 31.19 ", "121.30;31.19"])
def test_two_numbers_are_coordinates(text: str) -> None:
    assert coordinates(text) == (121.30, 31.19)


@pytest.mark.parametrize("text", ["", "121.3", "1号 2号", "nan, nan", "1e9, 2", "121.3, 31.2, 5", "9" * 400 + ",1"])
def test_anything_else_is_none(text: str) -> None:
    assert coordinates(text) is None
