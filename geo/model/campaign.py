"""Define the campaign, the closed vocabularies of its layers and the row types of its tables.

Frames
------
Features of all layers stand in one `GeoDataFrame` in EPSG:4326, indexed by `id` (unique text):

| column | type | content |
|---|---|---|
| layer, kind | text | a `Layer`, and one of `kinds_of(layer)` |
| name_zh, name_en | text | never both empty |
| zones | tuple of text | ids of the zones that it lies in, computed from geometry |
| source, source_zh | text | where the geometry comes from, in English and in Chinese; may be empty |
| accuracy_m | float | metres, > 0; NaN where the file holds no number |
| plausible | bool | the position is only plausible |
| sign | text | at most `SIGN_MAX` characters for the inside of a symbol, or empty |
| bounding_roads_zh, bounding_roads_en | text | of zones; else empty |
| geometry | geometry | lon, lat in degrees |

Tasks, units and updates are `DataFrame`s indexed by `id` with the fields of `Task`, `Unit` and
`StatusUpdate`; `planned_start` and `due` are datetime64 without time zone (NaT where absent),
`reported_at` is datetime64 in UTC, and updates are in the order of `geo.model.campaign.updates_frame`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, tzinfo
from operator import attrgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from geo.model.errors import NaiveInstantError
from geo.model.status import Status
from geo.model.supervision import DEFAULT_RULES, SupervisionRules
from locales import Name, same


@dataclass(frozen=True, slots=True)
class JointRules:
    """Hold the thresholds of joint action in whole metres and degrees.

    Units that work within `near_m` of a feature are its neighbours: half a kilometre is about the distance
    between two junctions of the district, the stretch that one site's barriers and lorries touch. Two corridors
    run parallel where at least `stretch_m` of each lie within `parallel_m` of the other and their directions
    differ by at most `parallel_degrees`: 60 m is two carriageways with their verges, 100 m is longer than any
    junction is wide, and from 30° on lines part faster than they run on beside each other.
    """

    near_m: int = 500
    parallel_m: int = 60
    parallel_degrees: int = 30
    stretch_m: int = 100


DEFAULT_JOINT: Final = JointRules()


FEATURE_CRS: Final = "EPSG:4326"
NAME_MAX: Final = 200
SIGN_MAX: Final = 2

Extent = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Category:
    """Hold one category of tasks."""

    id: str
    name: Name


@dataclass(frozen=True, slots=True)
class Phase:
    """Hold one phase of a campaign, first and last day included."""

    id: str
    name: Name
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class LightRules:
    """Hold the campaign's rules for lights, in days."""

    due_soon_days: int
    stale_days: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """Hold one edition of the expo: all of it that is not a layer, unit, task or update."""

    id: str
    name: Name
    short: Name
    tz: ZoneInfo
    metric_crs: str
    extent: Extent
    view: Extent
    sample: bool
    start: date
    end: date
    deadline: date
    opening: date
    closing: date
    demonstration: date
    meetings: tuple[datetime, ...]
    supervising_unit: str
    lights: LightRules
    phases: tuple[Phase, ...]
    categories: tuple[Category, ...]
    attribution: Name
    supervision: SupervisionRules = DEFAULT_RULES
    joint: JointRules = DEFAULT_JOINT

    def instant_of(self, day: date) -> datetime:
        """Return the last microsecond of a day in the campaign's time zone, as UTC."""
        return datetime.combine(day, time.max, tzinfo=self.tz).astimezone(UTC)

    def clamp(self, day: date) -> date:
        """Return the day of the campaign that is nearest to a day."""
        return min(max(day, self.start), self.end)

    def category_name(self, category: str) -> Name:
        """Return the name of a category, or its id where the campaign has no such category."""
        return next((one.name for one in self.categories if one.id == category), same(category))


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one responsible unit: a row of units.csv."""

    id: str
    kind: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str


@dataclass(frozen=True, slots=True)
class Task:
    """Hold one task: a row of tasks.csv as it was written; `features` may hold unknown ids."""

    id: str
    category: str
    title_zh: str
    title_en: str
    lead_unit: str
    supporting_units: tuple[str, ...]
    planned_start: date | None
    due: date | None
    priority: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """Hold one append-only report of a task's status: a row of updates.csv."""

    id: str
    task: str
    feature: str
    status: Status
    percent: int
    note: str
    difficulty_kind: str
    difficulty: str
    suggestion: str
    unit: str
    reported_at: datetime


FEATURE_COLUMNS: Final = (
    "layer",
    "kind",
    "name_zh",
    "name_en",
    "zones",
    "source",
    "source_zh",
    "accuracy_m",
    "plausible",
    "sign",
    "bounding_roads_zh",
    "bounding_roads_en",
    "geometry",
)
UNIT_COLUMNS: Final = tuple(field.name for field in fields(Unit))
TASK_COLUMNS: Final = tuple(field.name for field in fields(Task))
UPDATE_COLUMNS: Final = tuple(field.name for field in fields(StatusUpdate))
"""Columns of the files, `id` first; in the frames `id` is the index."""


def local_day(as_of: datetime, tz: tzinfo) -> date:
    """Return the calendar day of an instant in a time zone.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    if as_of.tzinfo is None:
        raise NaiveInstantError(as_of)
    return as_of.astimezone(tz).date()


_DTYPES: Final = {"supporting_units": "object", "features": "object", "percent": "int64"}
_DAYS: Final = frozenset({"planned_start", "due"})
_INSTANTS: Final = frozenset({"reported_at"})


def units_frame(units: Iterable[Unit]) -> pd.DataFrame:
    """Return units in their order, indexed by id."""
    return _frame(UNIT_COLUMNS, map(attrgetter(*UNIT_COLUMNS), units))


def tasks_frame(tasks: Iterable[Task]) -> pd.DataFrame:
    """Return tasks in their order, indexed by id; dates are naive datetime64, or NaT."""
    return _frame(TASK_COLUMNS, map(attrgetter(*TASK_COLUMNS), tasks))


def updates_frame(updates: Iterable[StatusUpdate]) -> pd.DataFrame:
    """Return updates indexed by id, oldest first, `reported_at` in UTC.

    Updates of one instant stand in the order of their ids: shorter ids first, so that U9999 is
    before U10000.
    """
    rows = sorted(updates, key=lambda update: (update.reported_at, len(update.id), update.id))
    return _frame(UPDATE_COLUMNS, map(attrgetter(*UPDATE_COLUMNS), rows))


def _frame(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    cells = dict(zip(names, columns, strict=True))
    index = pd.Index(cells.pop("id"), name="id", dtype="str")
    return pd.DataFrame({name: _column(name, values, index) for name, values in cells.items()}, index=index)


def _column(name: str, values: Sequence[Any], index: pd.Index) -> pd.Series:
    if name in _DAYS:
        return pd.Series(_midnights(values), index=index)
    if name in _INSTANTS:
        return pd.Series(_instants(values), index=index)
    return pd.Series(list(values), index=index, dtype=_DTYPES.get(name, "str"))


def _midnights(days: Sequence[date | None]) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(np.array(days, dtype="datetime64[D]").astype("datetime64[us]"))


def _instants(instants: Sequence[datetime]) -> pd.DatetimeIndex:
    naive = [instant.astimezone(UTC).replace(tzinfo=None) for instant in instants]
    return pd.DatetimeIndex(np.array(naive, dtype="datetime64[us]")).tz_localize(UTC)
