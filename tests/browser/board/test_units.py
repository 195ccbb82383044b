"""In the browser: the features whose works collide with those of the selected one reach the drawing."""

from __future__ import annotations

from tests.support.driver import Desk


def test_what_collides_with_the_selected_feature_gets_a_halo(desk: Desk) -> None:
    desk.open("?date=2020-09-15&feature=C04")
    assert "C45" in desk.js("oneMap.scene.state.linked")
    assert "C04" not in desk.js("oneMap.scene.state.linked")
    assert desk.js("oneMap.scene.state.style.linkedWidth") > 0


def test_without_a_selection_nothing_is_linked(desk: Desk) -> None:
    desk.open("?date=2020-09-15")
    assert desk.js("oneMap.scene.state.linked") == []
