"""Views are kept under a name for everybody; the last of a name counts; odd ones are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from data.campaign.load import Loaded
from services.access.policy import VISITOR, NotAllowedError, Person, Role
from services.campaign.context import CampaignContext
from services.reports.forms import TransitionError
from services.snapshots.saved_views import (
    NAME_MAX,
    VIEWS_MAX,
    address_of,
    asked_for,
    remove_view,
    save_view,
    saved_views,
)
from services.snapshots.snapshots import SnapshotError, SnapshotRequest
from tests.support.fakes import FakeStore

CENTRE = Person("wang", "王处", Role.COMMAND_CENTRE, "office")
RULE = '{"zones": ["Z1"], "lights": ["red"]}'
BOUNDS = "121.28,31.17,121.30,31.19"


@pytest.fixture
def desk(loaded: Loaded) -> CampaignContext:
    return CampaignContext(loaded, FakeStore(), lambda: datetime(2020, 9, 15, tzinfo=UTC))


def keep(
    desk: CampaignContext, name: str = "早会", rule: str = RULE, person: Person | None = CENTRE, bounds: str = BOUNDS
) -> None:
    key = f"{name}:{desk.store.version()}"
    save_view(desk, person, name=name, rule=rule, bounds=bounds, feature="", key=key)


def test_a_view_is_kept_for_everybody_and_replaced_by_its_name(desk: CampaignContext) -> None:
    keep(desk)
    keep(desk, "早会", '{"zones": ["Z2"]}')
    (view,) = saved_views(desk)
    assert (view.filters.zones, view.saved_by) == (frozenset({"Z2"}), "wang")


def test_a_view_that_was_removed_is_no_more(desk: CampaignContext) -> None:
    keep(desk)
    remove_view(desk, CENTRE, "早会", key="gone")
    assert saved_views(desk) == ()


def test_its_address_opens_the_same_view(desk: CampaignContext) -> None:
    keep(desk)
    query = parse_qs(urlsplit(address_of(desk, saved_views(desk)[0], "en")).query)
    assert query["zone"] == ["Z1"]
    assert [round(float(edge), 2) for edge in query["bounds"][0].split(",")] == [121.28, 31.17, 121.3, 31.19]


def test_it_is_asked_for_by_name_as_a_preset_is(desk: CampaignContext) -> None:
    keep(desk)
    assert asked_for(desk, "早会", SnapshotRequest("zh")).filters.lights == frozenset({"red"})
    assert asked_for(desk, "LATE", SnapshotRequest("zh")).filters.lights == frozenset({"red"})
    with pytest.raises(SnapshotError):
        asked_for(desk, "nothing", SnapshotRequest("zh"))


@pytest.mark.parametrize("name", ["", " \n ", "长" * (NAME_MAX + 1)])
def test_a_name_that_cannot_be_shown_is_refused(desk: CampaignContext, name: str) -> None:
    with pytest.raises(TransitionError):
        keep(desk, name)
    assert saved_views(desk) == ()


@pytest.mark.parametrize("person", [None, VISITOR, Person("guest", "来宾", Role.VIEWER, "")])
def test_who_only_looks_keeps_nothing(desk: CampaignContext, person: Person | None) -> None:
    with pytest.raises(NotAllowedError):
        keep(desk, person=person)


@pytest.mark.parametrize(("rule", "bounds"), [("[", "1,2"), ("[1]", ""), ('{"zones": 7}', "nan,1,2,3")])
def test_a_forged_view_restricts_nothing(desk: CampaignContext, rule: str, bounds: str) -> None:
    keep(desk, rule=rule, bounds=bounds)
    (view,) = saved_views(desk)
    assert (view.filters.is_empty, view.extent) == (True, None)


def test_there_are_not_endless_views(desk: CampaignContext) -> None:
    for number in range(VIEWS_MAX):
        keep(desk, f"view {number}")
    with pytest.raises(TransitionError):
        keep(desk, "one more")
    keep(desk, "view 1")
