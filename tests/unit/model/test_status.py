import colorsys
import re
from enum import StrEnum

import pytest

from geo.model.kinds import KIND_LABELS, PRIORITY_LABELS, UNIT_KIND_LABELS, Layer, Priority, UnitKind, kinds_of
from geo.model.status import (
    DIFFICULTY_LABELS,
    LIGHT_COLOURS,
    LIGHT_GLYPHS,
    LIGHT_LABELS,
    LIGHT_ORDER,
    STATUS_LABELS,
    STATUS_ORDER,
    DifficultyKind,
    Light,
    Status,
)
from locales import Label, Name

VOCABULARIES = [
    (Status, STATUS_LABELS),
    (Light, LIGHT_LABELS),
    (DifficultyKind, DIFFICULTY_LABELS),
    (Priority, PRIORITY_LABELS),
    (UnitKind, UNIT_KIND_LABELS),
]


def hue_and_lightness(colour: str) -> tuple[float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, lightness, _ = colorsys.rgb_to_hls(red, green, blue)
    return hue * 360, lightness


@pytest.mark.parametrize(("values", "labels"), VOCABULARIES)
def test_every_value_has_a_label_in_both_languages(values: type[StrEnum], labels: dict[StrEnum, Label]) -> None:
    assert set(labels) == set(values)
    assert all(label.zh and label.en for label in labels.values())
    assert len(set(labels.values())) == len(labels)


def test_every_kind_has_a_label_and_stands_in_one_layer() -> None:
    kinds = [kind for layer in Layer for kind in kinds_of(layer)]
    assert len(kinds) == len(set(kinds))
    assert set(KIND_LABELS) == set(kinds)
    assert all(label.zh and label.en for label in KIND_LABELS.values())


@pytest.mark.parametrize("labels", [KIND_LABELS, STATUS_LABELS, LIGHT_LABELS, UNIT_KIND_LABELS])
def test_english_labels_that_stand_alone_begin_with_a_capital(labels: dict[str, Label]) -> None:
    assert all(label.en[0].isupper() for label in labels.values())


def test_orders_hold_every_value_once() -> None:
    assert sorted(LIGHT_ORDER) == sorted(Light)
    assert sorted(STATUS_ORDER) == sorted(Status)
    assert LIGHT_ORDER[0] is Light.RED


def test_every_light_has_a_glyph_of_its_own() -> None:
    assert set(LIGHT_GLYPHS) == set(Light)
    assert len(set(LIGHT_GLYPHS.values())) == len(Light)


@pytest.mark.parametrize("light", list(Light))
def test_dark_theme_keeps_the_hue_and_gains_lightness(light: Light) -> None:
    colour = LIGHT_COLOURS[light]
    assert all(re.fullmatch("#[0-9A-F]{6}", one) for one in (colour.light, colour.dark))
    hue, lightness = hue_and_lightness(colour.light)
    dark_hue, dark_lightness = hue_and_lightness(colour.dark)
    assert abs(hue - dark_hue) <= 8
    assert dark_lightness > lightness


def test_a_label_falls_back_to_the_other_language() -> None:
    assert Name("路", "road").get("zh") == "路"
    assert Name("路", "road").get("en") == "road"
    assert Name("路", "").get("en") == "路"
    assert Name("", "road").get("zh") == "road"
