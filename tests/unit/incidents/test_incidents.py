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
