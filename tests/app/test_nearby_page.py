"""Near me and along the corridor, as Streamlit runs them, for who may report and who may not."""

from __future__ import annotations

from typing import Any

import pytest

from geo.model.errors import StoreUnavailableError
from geo.space.position import PositionKind
from geo.space.rank import RankBy
from services.campaign.context import get_context
from services.field.choices import report_choices
from services.field.nearby import NUMBER
from tests.support.screens import PEOPLE, Screen
from views.nearby import choice as nearby_choice
from views.nearby import list as nearby_list
from views.nearby import place as nearby_place
from views.nearby.place import Spot

HERE = Spot(121.3045, 31.1925, accuracy_m=35, declared=True, device=True)


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the page hands to the list in the browser."""
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(nearby_list, "_list", lambda *, data, **_more: kept.append(data))
    return kept


def stand(screen: Screen, place: Spot) -> None:
    screen.page.session_state[nearby_place.SPOT] = place
    screen.run()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_place_the_page_says_how_to_give_one(screen: Screen, handed: list[dict[str, Any]], lang: str) -> None:
    screen.signs_in("lead")
    screen.open("nearby", lang=lang)
    assert handed[-1]["rows"] == []
    assert handed[-1]["empty"]
    assert {"nearby-tap", "nearby-search", "nearby-pocket", "nearby-datum"} <= screen.offered()


def test_with_a_place_the_rows_say_how_far_and_why(screen: Screen, handed: list[dict[str, Any]]) -> None:
    screen.signs_in("lead")
    screen.open("nearby", lang="zh")
    stand(screen, HERE)
    rows = handed[-1]["rows"]
    assert len(rows) == NUMBER
    assert "值得多走" in rows[0]["way"]
    assert rows[0]["apps"][0][0] == "高德地图"
    assert f"id={rows[0]['task']}" in rows[0]["page"]


def test_the_order_and_filters_of_the_widgets_are_asked_for(screen: Screen, handed: list[dict[str, Any]]) -> None:
    screen.signs_in("lead")
    screen.open("nearby")
    stand(screen, HERE)
    screen.page.segmented_control(key=nearby_choice.SORT).set_value(RankBy.NEARNESS).run()
    screen.page.selectbox(key=nearby_choice.RADIUS).set_value(500).run()
    distances = [row["distance_m"] for row in handed[-1]["rows"]]
    assert distances == sorted(distances)
    assert distances[-1] <= 500


@pytest.mark.parametrize("who", ["visitor", "viewer", "lead", "centre", "admin"])
def test_who_may_report_is_offered_what_they_may(screen: Screen, handed: list[dict[str, Any]], who: str) -> None:
    screen.signs_in(who)
    screen.open("nearby")
    tasks = get_context().board(get_context().today()).tasks
    offered = [choice["task"] for choice in handed[-1]["choices"]]
    assert bool(offered) == (who in {"lead", "centre"})
    if who == "lead":
        assert all("minhang" in (tasks.loc[one, "lead_unit"], *tasks.loc[one, "supporting_units"]) for one in offered)


def test_the_nearest_open_project_of_the_unit_is_offered_first(screen: Screen) -> None:
    screen.signs_in("lead")
    screen.open("nearby")
    choices = report_choices(get_context(), PEOPLE["lead"], (HERE.lon, HERE.lat))
    open_ones = [one for one in choices if one.status not in {"done", "accepted"} and one.feature[0] != "Z"]
    assert choices[0] == min(open_ones, key=lambda one: one.distance_m or 0.0)
    assert all(one.based_on > 0 for one in choices if one.status != "not_started")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (Spot(31.19, 121.3, declared=True), "写反"),
        (Spot(116.4, 39.9, declared=True), "公里"),
        (Spot(0.0, 0.0, declared=True), "(0, 0)"),
        (Spot(float("nan"), 31.0, declared=True), "有效的数字"),
        (Spot(121.3045, 31.1925, accuracy_m=6000, declared=True), "误差"),
    ],
)
def test_a_position_that_cannot_be_meant_is_explained(screen: Screen, place: Spot, sentence: str) -> None:
    screen.open("nearby", lang="zh")
    stand(screen, place)
    assert any(sentence in warning.value.replace("\\", "") for warning in screen.page.warning)


def test_the_mended_pair_is_offered_and_taken(screen: Screen, handed: list[dict[str, Any]]) -> None:
    screen.open("nearby", lang="zh")
    stand(screen, Spot(31.1925, 121.3045, declared=True))
    screen.click("nearby-mended")
    assert handed[-1]["place"]["lon"] == pytest.approx(121.3045)


@pytest.mark.parametrize("kind", [PositionKind.DENIED, PositionKind.TIMEOUT, PositionKind.INSECURE])
def test_why_the_device_gave_no_place_is_said(screen: Screen, kind: PositionKind) -> None:
    screen.open("nearby", lang="en")
    screen.page.session_state[nearby_place.FAILED] = kind
    screen.run()
    assert any("tap your place on the map" in warning.value for warning in screen.page.warning)


def test_a_declared_datum_moves_the_place_back(screen: Screen, handed: list[dict[str, Any]]) -> None:
    screen.open("nearby", lang="zh")
    stand(screen, HERE)
    screen.page.segmented_control(key=nearby_place.DATUM).set_value("gcj02").run()
    assert handed[-1]["place"]["lon"] == pytest.approx(121.2999, abs=3e-4)
    assert handed[-1]["datum"] == "gcj02"


def test_a_landmark_and_numbers_can_be_the_place(screen: Screen, handed: list[dict[str, Any]]) -> None:
    screen.open("nearby", lang="zh")
    screen.page.text_input(key=nearby_place.SEARCH).set_value("诸光路").run()
    screen.click("nearby-landmark-C01")
    assert handed[-1]["rows"][0]["distance_m"] < 1000
    screen.page.text_input(key=nearby_place.SEARCH).set_value("121.3045, 31.1925").run()
    screen.click("nearby-pair")
    assert handed[-1]["place"]["lat"] == pytest.approx(31.1925)


def test_the_round_takes_what_was_chosen_and_all_that_is_open_where_nothing_was(
    screen: Screen, handed: list[dict[str, Any]]
) -> None:
    screen.open("nearby", lang="zh")
    screen.page.session_state[nearby_list.WALKING] = ("C01", "N01", "no such")
    stand(screen, HERE)
    assert {stop["feature"] for stop in handed[-1]["round"]["stops"]} == {"C01", "N01"}
    assert "nearby-round-pdf" in screen.offered()
    screen.page.session_state[nearby_list.WALKING] = ()
    screen.run()
    assert len(handed[-1]["round"]["stops"]) > 2


def test_while_the_database_is_away_a_report_can_still_be_written(screen: Screen, handed: list[dict[str, Any]]) -> None:
    screen.signs_in("lead")
    screen.open("nearby")
    before = handed[-1]["choices"]
    screen.store.away = True
    with pytest.raises(StoreUnavailableError):
        screen.store.ping()
    screen.run()
    assert handed[-1]["choices"] == before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_along_the_corridor_stands_what_lies_there(screen: Screen, lang: str) -> None:
    shown = screen.open("corridor", lang=lang, feature="C01")
    assert "onemap-along" in shown
    assert "K0+" in shown


@pytest.mark.parametrize("feature", ["Z1", "no such", ""])
def test_what_is_no_corridor_is_said_to_be_none(screen: Screen, feature: str) -> None:
    screen.open("corridor", lang="en", feature=feature)
    assert any("Choose a corridor" in info.value for info in screen.page.info)
