"""One vocabulary draws everything: each kind has strokes or a symbol, and loud lights are thicker."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from geo.model.kinds import KINDS_DRAWN, ContextKind, Kind, Layer, kinds_of
from geo.model.status import LIGHT_COLOURS, LIGHT_ORDER, Light
from layers.style import PALETTES, THEMES, css_variables, kind_swatch, light_swatch, line_classes, style_table


def test_each_layer_draws_every_kind_of_it_and_no_other() -> None:
    drawn = {name.partition("/")[0] for name in line_classes()}
    assert drawn == set(style_table()["labels"]) == set(Kind) == set(KINDS_DRAWN)
    assert [kind.layer for kind in KINDS_DRAWN] == [layer for layer in Layer for _ in kinds_of(layer)]


def test_every_node_kind_has_a_symbol_and_every_context_kind_strokes() -> None:
    assert {kind for kind in Kind if kind.drawing.symbol} == set(kinds_of(Layer.NODES)) == set(style_table()["symbols"])
    assert set(style_table()["context"]) == set(ContextKind)


def test_red_lines_are_thicker_than_yellow_than_green_than_done() -> None:
    order = (Light.RED, Light.YELLOW, Light.GREEN, Light.DONE)
    classes = line_classes()
    for kind in Kind:
        widths = [max(stroke.width_px for stroke in classes[f"{kind}/{light}"]) for light in order]
        assert widths == sorted(widths, reverse=True)


def test_plausible_lines_are_dashed() -> None:
    for name, strokes in line_classes().items():
        if name.endswith("/plausible"):
            assert all(stroke.dash_px for stroke in strokes if stroke.ink == "light")


def test_every_ink_of_a_stroke_stands_in_both_palettes() -> None:
    table = style_table()
    inks = {stroke["ink"] for part in ("classes", "context") for strokes in table[part].values() for stroke in strokes}
    for theme in THEMES:
        assert inks - {"light", "zone"} <= set(PALETTES[theme])


@pytest.mark.parametrize("theme", THEMES)
def test_lights_differ_in_greyscale_or_in_shape_and_stand_out_from_the_land(theme: str) -> None:
    land = _luminance(PALETTES["light" if theme == "light" else "dark"]["land"])
    for light in (Light.RED, Light.GREEN, Light.DONE):
        colour = LIGHT_COLOURS[light].light if theme == "light" else LIGHT_COLOURS[light].dark
        darker, lighter = sorted((land, _luminance(colour)))
        assert (lighter + 0.05) / (darker + 0.05) > 3


def test_each_light_has_a_shape_of_its_own() -> None:
    shapes = [re.search(r' d="([^"]+)"', light_swatch(light, "light")) for light in LIGHT_ORDER]
    texts = [shape.group(1) for shape in shapes if shape]
    assert len(texts) == len(LIGHT_ORDER)
    assert all(one != other for one, other in combinations(texts, 2))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_swatch_that_differs_between_themes(kind: Kind) -> None:
    light, dark = (kind_swatch(kind, theme) for theme in THEMES)
    assert light.startswith("<svg")
    assert light != dark


def test_the_style_sheet_gets_every_colour_of_the_theme() -> None:
    text = css_variables()
    red = LIGHT_COLOURS[Light.RED]
    assert f"--light-red:light-dark({red.light},{red.dark});" in text
    assert all(colour in text for theme in THEMES for colour in PALETTES[theme].values())


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
