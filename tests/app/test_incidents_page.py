"""Incidents and drills: logged by a place and a text, continued, closed by the command centre, marked everywhere."""

from __future__ import annotations

import pytest

from data.store.rows import Author, Source, Write
from services.campaign.context import get_context
from services.incidents.incidents import add_entry, all_incidents
from tests.support.screens import PEOPLE, Screen
from views.incidents import form as incident_form
from views.shared.url import KEYS

SOMEBODY = Author("x", "", "", Source.API)
PLACE = (121.3031, 31.1902)
HOSTILE = "<img src=x onerror=alert(1)> **bold** ${x}"
PAGES = ("", "tasks", "task", "changes", "progress", "incidents", "supervision", "units", "unit", "ledger", "people")


def _begin(screen: Screen, role: str = "lead") -> None:
    screen.signs_in(role)
    screen.open("incidents", lang="en")
    screen.click("incident-new")


def _log(screen: Screen, *, text: str = "Water on the road", drill: bool = False) -> str:
    """Fill in and send the form as a click on the map and a keyboard would."""
    screen.page.session_state[incident_form.AT] = PLACE
    screen.page.selectbox(key="incident-kind").select_index(0)
    screen.page.text_area(key="incident-text").input(text)
    screen.page.toggle(key="incident-drill").set_value(drill)
    return screen.click("incident-send")


def _says(screen: Screen, text: str, button: str) -> str:
    screen.page.text_area(key="incident-entry").input(text)
    return screen.click(button)


def _labels(screen: Screen) -> list[str]:
    return [one.label for one in screen.page.button if str(one.key).startswith("incident-open-")]


def test_a_logged_incident_opens_with_what_is_near_and_stands_in_the_list(screen: Screen) -> None:
    _begin(screen)
    html = _log(screen)
    for text in ("Water on the road", "Nearest nodes", "Nearest corridors", "Units at work within 1 km", "On duty"):
        assert text in html
    (logged,) = all_incidents(get_context())
    assert screen.page.query_params["id"] == logged.id
    assert (logged.lon, logged.lat) == pytest.approx(PLACE)
    screen.click("incident-back")
    assert "Incident 1" in _labels(screen)[0]
    assert "id" not in screen.page.query_params


def test_a_link_opens_the_incident(screen: Screen) -> None:
    _begin(screen)
    _log(screen)
    screen.click("incident-back")
    (logged,) = all_incidents(get_context())
    assert "Water on the road" in screen.open("incidents", id=logged.id)
    assert screen.page.session_state[KEYS.task] == logged.id


def test_a_page_that_notices_its_own_write_before_it_hears_its_address_keeps_the_incident(screen: Screen) -> None:
    _begin(screen)
    _log(screen)
    del screen.page.query_params["id"]
    assert "Water on the road" in screen.run()
    assert screen.page.query_params["id"] == all_incidents(get_context())[0].id


def test_what_is_missing_is_said_and_what_was_typed_stays(screen: Screen) -> None:
    _begin(screen)
    screen.page.text_area(key="incident-text").input("half a sentence")
    screen.click("incident-send")
    (error,) = screen.page.error
    assert "choose what happened" in error.value
    assert "click its place" in error.value
    assert screen.page.text_area(key="incident-text").value == "half a sentence"
    assert all_incidents(get_context()) == ()
    screen.run()
    assert [one.value for one in screen.page.error] == [error.value]


def test_an_entry_is_added_and_the_command_centre_closes_with_a_result(screen: Screen) -> None:
    _begin(screen)
    _log(screen)
    assert "Pumps on the way" in _says(screen, "Pumps on the way", "incident-add")
    assert "incident-close" not in screen.offered()
    screen.signs_in("centre")
    screen.run()
    html = _says(screen, "Road is dry", "incident-close")
    assert "closed with this result" in html
    assert "Road is dry" in html
    assert not {"incident-add", "incident-close"} & screen.offered()
    assert all_incidents(get_context())[0].closed_at is not None


@pytest.mark.parametrize("role", ["visitor", "viewer", "admin"])
def test_whoever_may_not_log_is_offered_nothing(screen: Screen, role: str) -> None:
    _begin(screen)
    _log(screen)
    screen.signs_in(role)
    assert "Water on the road" in screen.run()
    assert not {"incident-entry", "incident-add", "incident-close"} & screen.offered()
    screen.click("incident-back")
    assert "incident-new" not in screen.offered()


def test_an_entry_of_somebody_else_stops_a_closing_until_it_was_seen(screen: Screen) -> None:
    _begin(screen, "centre")
    _log(screen)
    (logged,) = all_incidents(get_context())
    screen.page.text_area(key="incident-entry").input("all clear").run()
    _meanwhile(logged.id)
    assert "not yet" in screen.click("incident-close")
    assert screen.page.text_area(key="incident-entry").value == "all clear"
    assert all_incidents(get_context())[0].closed_at is None
    screen.click("incident-close")
    assert all_incidents(get_context())[0].closed_at is not None


def _meanwhile(incident: str) -> None:
    add_entry(get_context(), PEOPLE["lead"], incident, "not yet", key="meanwhile", seen=0)


@pytest.mark.parametrize("name", PAGES)
def test_a_drill_marks_every_page_until_it_is_closed(screen: Screen, name: str) -> None:
    _begin(screen, "centre")
    assert "onemap-drill" not in screen.html()
    _log(screen, drill=True)
    (logged,) = all_incidents(get_context())
    assert 'class="onemap-drill" role="note" aria-label="A drill is running"' in screen.open(name, id="T29")
    screen.open("incidents", id=logged.id)
    _says(screen, "Everybody knew what to do", "incident-close")
    assert "onemap-drill" not in screen.open(name, id="T29")


def test_an_incident_marks_no_page_as_a_drill(screen: Screen) -> None:
    _begin(screen)
    assert "onemap-drill" not in _log(screen)


def test_hostile_text_is_escaped_in_card_and_list(screen: Screen) -> None:
    _begin(screen)
    html = _log(screen, text=HOSTILE)
    assert "&lt;img src=x onerror=alert(1)&gt; **bold** ${x}" in html
    assert "<img src=x" not in html
    screen.click("incident-back")
    (caption,) = [one.value for one in screen.page.caption if "img" in one.value]
    assert caption == r"\<img src=x onerror=alert\(1\)\> \*\*bold\*\* \$\{x\}"


def test_an_incident_that_cannot_be_stored_says_so_and_keeps_what_was_typed(screen: Screen) -> None:
    _begin(screen)
    screen.store.away = True
    _log(screen)
    assert ["The database does not answer" in one.value for one in screen.page.error] == [True]
    assert screen.page.text_area(key="incident-text").value == "Water on the road"
    screen.store.away = False
    screen.click("incident-send")
    assert len(all_incidents(get_context())) == 1


def test_a_past_day_shows_what_was_known_then_and_takes_nothing(screen: Screen) -> None:
    _begin(screen)
    _log(screen)
    (logged,) = all_incidents(get_context())
    assert "Water on the road" not in screen.open("incidents", id=logged.id, date="2020-08-01")
    assert not {"incident-new", "incident-entry"} & screen.offered()
    assert any("As known on that day" in one.value for one in screen.page.caption)
    assert "Water on the road" in screen.open("incidents", id=logged.id, date="2020-09-15")


def test_what_was_typed_for_one_incident_is_not_offered_for_another(screen: Screen) -> None:
    _begin(screen, "centre")
    _log(screen)
    first = all_incidents(get_context())[0]
    screen.click("incident-back")
    screen.click("incident-new")
    _log(screen, text="Smoke")
    screen.page.text_area(key="incident-entry").input("fire brigade called").run()
    screen.page.session_state[KEYS.task] = first.id  # as a click on its mark does
    assert "Water on the road" in screen.run()
    assert screen.page.text_area(key="incident-entry").value == ""


def test_a_form_that_was_left_for_another_page_is_still_there(screen: Screen) -> None:
    _begin(screen)
    screen.page.text_area(key="incident-text").input("half a sentence").run()
    screen.open("tasks")
    screen.open("incidents")
    assert screen.page.text_area(key="incident-text").value == "half a sentence"


def test_incidents_stay_on_the_screen_while_the_database_is_away(screen: Screen) -> None:
    _begin(screen)
    _log(screen, drill=True)
    screen.store.append_event(
        "note", "x", {}, Write(SOMEBODY, "note", get_context().now()), campaign=get_context().campaign.id
    )
    get_context().board_document(get_context().today())  # of the newer version, of which the incidents were not read
    screen.store.away = True
    html = screen.run()
    assert "Water on the road" in html
    assert 'class="onemap-drill"' in html
