"""Draw random features, tasks and updates, with links to what does not exist among them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

import geopandas as gpd
import pandas as pd
from hypothesis import strategies as st
from shapely import Point

from data.campaign.files import SourceFile
from data.campaign.toml_files import read_campaign
from geo.model.campaign import (
    FEATURE_CRS,
    LightRules,
    StatusUpdate,
    Task,
    Unit,
    tasks_frame,
    units_frame,
    updates_frame,
)
from geo.model.status import Light, Status
from geo.tasks.joins import Board, build_board
from geo.tasks.lights import lights_of
from tests.support.fixtures_campaign import TOML

ZONES = ("Z1", "Z2")
KINDS = ("river", "railway", "parking")
CATEGORIES = ("infrastructure", "services")
UNITS = ("office", "roads", "parks")
UNITS_KNOWN = units_frame(
    [
        Unit("office", "office", "管委会办公室", "Office of the Road", "办公室", "Office"),
        Unit("roads", "bureau", "市道路局", "Roads bureau", "道路局", "Roads"),
    ],
)
AS_OF = datetime(2020, 9, 15, 15, 59, 59, tzinfo=UTC)


CAMPAIGN = read_campaign(SourceFile("campaign.toml", TOML.encode()))[0]


@dataclass(frozen=True)
class World:
    """What a board is built from; ids from 0 to 5 exist or not by chance."""

    features: gpd.GeoDataFrame
    tasks: tuple[Task, ...]
    updates: tuple[StatusUpdate, ...]

    def board(self, as_of: datetime = AS_OF) -> Board:
        tasks, updates = tasks_frame(self.tasks), updates_frame(self.updates)
        return build_board(self.features, tasks, updates, CAMPAIGN, as_of, units=UNITS_KNOWN)


def light_of(*, status: Status, due: date | None, as_of: datetime, rules: LightRules, tz: tzinfo) -> Light:
    """The light that a board shows for one task alone."""
    days = pd.Series([due], dtype="datetime64[us]")
    (light,) = lights_of(status=[status.value], due=days, as_of=as_of, rules=rules, tz=tz)
    return Light(light)


def _ids(letter: str) -> st.SearchStrategy[str]:
    return st.integers(0, 5).map(lambda number: f"{letter}{number}")


def _subsets(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


names = st.sampled_from(["一号路", "North Road", "北路 (East)", "Ｐ５停车场", "straße", ""])

tasks = st.builds(
    Task,
    id=_ids("T"),
    category=st.sampled_from(CATEGORIES),
    title_zh=names,
    title_en=names,
    lead_unit=st.sampled_from(UNITS),
    supporting_units=_subsets(UNITS),
    planned_start=st.none(),
    due=st.none() | st.dates(date(2020, 9, 1), date(2020, 10, 1)),
    priority=st.just("low"),
    features=st.lists(_ids("F"), max_size=4).map(tuple),
)
updates = st.builds(
    StatusUpdate,
    id=st.just(""),
    task=_ids("T"),
    feature=st.just(""),
    status=st.sampled_from(list(Status)),
    percent=st.integers(0, 100),
    note=names,
    difficulty_kind=st.just(""),
    difficulty=st.just(""),
    suggestion=st.just(""),
    unit=st.sampled_from(UNITS),
    reported_at=st.datetimes(
        datetime(2020, 9, 15),  # noqa: DTZ001  hypothesis wants naive bounds
        datetime(2020, 9, 16),  # noqa: DTZ001  likewise
        timezones=st.just(UTC),
    ).map(lambda instant: instant.replace(minute=0, second=0, microsecond=0)),
)


@st.composite
def features(draw: st.DrawFn) -> gpd.GeoDataFrame:
    ids = draw(st.lists(_ids("F"), unique=True))
    columns = {
        "kind": draw(st.lists(st.sampled_from(KINDS), min_size=len(ids), max_size=len(ids))),
        "name_zh": draw(st.lists(names, min_size=len(ids), max_size=len(ids))),
        "name_en": draw(st.lists(names, min_size=len(ids), max_size=len(ids))),
    }
    index = pd.Index(ids, name="id", dtype="str")
    data = {name: pd.Series(cells, index=index, dtype="str") for name, cells in columns.items()}
    zones = draw(st.lists(_subsets(ZONES), min_size=len(ids), max_size=len(ids)))
    data["zones"] = pd.Series(zones, index=index, dtype="object")
    points = [Point(121.3, 31.2)] * len(ids)
    return gpd.GeoDataFrame(data, geometry=points, crs=FEATURE_CRS, index=index)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    found = draw(st.lists(updates, max_size=12))
    numbered = (replace(one, id=f"U{number}") for number, one in enumerate(found))
    ledger = draw(st.lists(tasks, unique_by=lambda task: task.id))
    return World(draw(features()), tuple(ledger), tuple(numbered))
