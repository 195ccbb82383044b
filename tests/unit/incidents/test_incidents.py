"""Incidents and drills: opened at a place, written on, closed with a result; the service refuses the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded, load_campaign
from geo.incidents.incidents import IncidentAct, IncidentEvent, IncidentKind, Severity, incidents
from geo.model.errors import ConflictError
from services.access.policy import NotAllowedError, Person, Role
from services.campaign.context import CampaignContext
from services.incidents.incidents import Opening, add_entry, all_incidents, around, drill_runs, open_incident
from services.reports.forms import TransitionError
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore

NOW = datetime(2020, 9, 15, 2, 0, tzinfo=UTC)
CENTRE = Person("wang", "王处", Role.COMMAND_CENTRE, "adm-coordination")
LEAD = Person("li", "李工", Role.FIELD_LEAD, "qingpu")
GUEST = Person("guest", "来宾", Role.VIEWER, "")
OPENING = Opening("flooding", "serious", "地道积水 20 厘米", 121.3, 31.19, drill=False)


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@pytest.fixture
def desk(shipped: Loaded) -> CampaignContext:
    return CampaignContext(shipped, FakeStore(), lambda: NOW)


def log(desk: CampaignContext, opening: Opening = OPENING, key: str = "one", person: Person | None = LEAD) -> None:
    open_incident(desk.store, desk.campaign, person, opening, key=key, now=desk.now())


def test_an_incident_is_opened_written_on_and_closed_with_a_result(desk: CampaignContext) -> None:
    log(desk)
    add_entry(desk, LEAD, "one", "泵车到场", key="a", seen=0)
    add_entry(desk, CENTRE, "one", "积水排除", key="b", seen=all_incidents(desk)[0].seq, close=True)
    (incident,) = all_incidents(desk)
    assert [entry.text for entry in incident.entries] == ["地道积水 20 厘米", "泵车到场", "积水排除"]
    assert (incident.result, incident.number, incident.lon) == ("积水排除", 1, 121.3)


def test_the_same_form_sent_twice_is_one_incident(desk: CampaignContext) -> None:
    log(desk)
    log(desk)
    assert len(all_incidents(desk)) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "alien"}, "kind"),
        ({"severity": ""}, "severity"),
        ({"text": " \x00 "}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"lon": None}, "place"),
        ({"lon": float("nan")}, "place"),
        ({"lon": 31.19, "lat": 121.3}, "place"),
    ],
)
def test_a_form_that_lacks_something_is_refused_and_nothing_stored(
    desk: CampaignContext, change: dict[str, object], field: str
) -> None:
    with pytest.raises(TransitionError) as refused:
        log(desk, replace(OPENING, **change))  # type: ignore[arg-type]
    assert [one.field for one in refused.value.field_errors] == [field]
    assert all_incidents(desk) == ()


@pytest.mark.parametrize("person", [None, GUEST])
def test_who_only_looks_logs_nothing(desk: CampaignContext, person: Person | None) -> None:
    with pytest.raises(NotAllowedError):
        log(desk, person=person)


def test_only_the_command_centre_closes_and_only_what_it_has_seen(desk: CampaignContext) -> None:
    log(desk)
    seen = all_incidents(desk)[0].seq
    with pytest.raises(NotAllowedError):
        add_entry(desk, LEAD, "one", "结束", key="a", seen=seen, close=True)
    add_entry(desk, LEAD, "one", "水又涨了", key="b", seen=seen)
    with pytest.raises(ConflictError):
        add_entry(desk, CENTRE, "one", "结束", key="c", seen=seen, close=True)


@pytest.mark.parametrize("incident", ["one", "unknown"])
def test_what_is_closed_or_unknown_takes_no_entry(desk: CampaignContext, incident: str) -> None:
    log(desk)
    add_entry(desk, CENTRE, "one", "结束", key="a", seen=all_incidents(desk)[0].seq, close=True)
    with pytest.raises(TransitionError):
        add_entry(desk, CENTRE, incident, "又来", key="b", seen=0)


def test_a_drill_runs_until_it_is_closed_and_is_numbered_apart(desk: CampaignContext) -> None:
    log(desk)
    log(desk, replace(OPENING, drill=True), "two")
    assert drill_runs(desk)
    drill = next(one for one in all_incidents(desk) if one.drill)
    assert drill.number == 1
    add_entry(desk, CENTRE, "two", "演练结束", key="a", seen=drill.seq, close=True)
    assert not drill_runs(desk)


def test_what_is_near_is_nearest_first_with_units_and_duty(desk: CampaignContext) -> None:
    board = desk.board(desk.today())
    near = around(desk, board, 121.3, 31.19, NOW)
    metres = [one.distance_m for one in near.nodes]
    assert metres == sorted(metres)
    assert set(near.units) <= set(desk.loaded.units.index)
    assert {board.features.at[one.feature, "layer"] for one in near.corridors} == {"corridors"}


ACTS = st.builds(
    IncidentEvent,
    incident=st.sampled_from("ab"),
    act=st.sampled_from(IncidentAct),
    text=st.just("x"),
    at=st.integers(0, 5).map(lambda hours: NOW + timedelta(hours=hours)),
    who=st.just("li"),
    seq=st.integers(1, 99),
    kind=st.sampled_from([None, IncidentKind.FIRE]),
    severity=st.sampled_from(Severity),
    drill=st.booleans(),
)


@given(st.lists(ACTS, unique_by=lambda one: one.seq))
def test_whatever_is_stored_gives_sound_incidents(events: list[IncidentEvent]) -> None:
    for one in incidents(events):
        acts = [entry.act for entry in one.entries]
        assert acts[0] is IncidentAct.OPEN
        assert IncidentAct.OPEN not in acts[1:]
        assert acts.count(IncidentAct.CLOSE) == (one.closed_at is not None)


def opening(seq: int, *, incident: str = "", hours: int = 0, **more: object) -> IncidentEvent:
    at, severity = NOW + timedelta(hours=hours), more.pop("severity", Severity.SERIOUS)
    found = IncidentEvent(incident or f"i{seq}", IncidentAct.OPEN, "开始", at, "li", seq, IncidentKind.FLOODING)
    return replace(found, severity=severity, **more)  # type: ignore[arg-type]


def closing(seq: int, incident: str, hours: int = 1) -> IncidentEvent:
    return IncidentEvent(incident, IncidentAct.CLOSE, "结束", NOW + timedelta(hours=hours), "wang", seq)


def test_open_ones_come_first_then_the_graver_then_the_newest() -> None:
    events = [
        opening(1, severity=Severity.EXTREME),
        opening(2, severity=Severity.ORDINARY),
        opening(3, severity=Severity.MAJOR),
        opening(4, severity=Severity.MAJOR),
        closing(5, "i1"),
    ]
    assert [one.id for one in incidents(events)] == ["i4", "i3", "i2", "i1"]


def test_incidents_and_drills_are_counted_apart_from_one() -> None:
    events = [opening(1), opening(2, drill=True), opening(3), opening(4, drill=True)]
    assert {one.id: (one.drill, one.number) for one in incidents(events)} == {
        "i1": (False, 1),
        "i2": (True, 1),
        "i3": (False, 2),
        "i4": (True, 2),
    }


def test_what_is_written_at_the_instant_itself_is_known_and_what_is_later_hides_nothing_after_it() -> None:
    events = [opening(1, hours=2), opening(2), closing(3, "i2", hours=1)]
    known = [incidents(events, NOW + timedelta(hours=hours)) for hours in (0, 1, 2)]
    assert [[(one.id, one.closed_at is None) for one in found] for found in known] == [
        [("i2", True)],
        [("i2", False)],
        [("i1", True), ("i2", False)],
    ]


def test_an_incident_keeps_what_was_said_at_its_opening_and_is_closed_once() -> None:
    entry = IncidentEvent("i1", IncidentAct.ENTRY, "到场", NOW, "li", 2)
    (found,) = incidents([opening(1, lon=121.3, lat=31.19), entry, closing(3, "i1"), closing(4, "i1", 9)])
    assert (found.kind, found.severity, found.lon, found.lat) == (
        IncidentKind.FLOODING,
        Severity.SERIOUS,
        121.3,
        31.19,
    )
    assert (found.opened_at, found.closed_at, found.seq) == (NOW, NOW + timedelta(hours=1), 3)
    assert (found.text, found.result) == ("开始", "结束")


@pytest.mark.parametrize("lacking", ["kind", "severity"])
def test_an_opening_that_lacks_its_kind_or_severity_opens_nothing(lacking: str) -> None:
    assert incidents([replace(opening(1), **{lacking: None}), closing(2, "i1")]) == ()  # type: ignore[arg-type]


def test_a_second_opening_of_an_open_incident_is_passed_over() -> None:
    (found,) = incidents([opening(1, incident="i1"), opening(2, incident="i1", severity=Severity.EXTREME)])
    assert (found.severity, found.seq, len(found.entries)) == (Severity.SERIOUS, 1, 1)


def test_an_open_incident_has_no_result() -> None:
    (found,) = incidents([opening(1)])
    assert (found.closed_at, found.result) == (None, "")
