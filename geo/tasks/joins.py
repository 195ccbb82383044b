"""Join features, tasks and updates to the board of one instant; what does not match is listed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model.campaign import Campaign
from geo.model.errors import NaiveInstantError
from geo.model.status import FINISHED, INITIAL, LIGHT_ORDER, Light
from geo.tasks.facets import FacetIndex
from geo.tasks.lights import days_left_of, lights_at, lights_of, ranks_of

LATEST_COLUMNS: Final = (
    "status",
    "percent",
    "note",
    "difficulty_kind",
    "difficulty",
    "suggestion",
    "unit",
    "reported_at",
)
_UNREPORTED: Final = {
    "status": INITIAL.value,
    "percent": 0,
    "note": "",
    "difficulty_kind": "",
    "difficulty": "",
    "suggestion": "",
    "reported_by": "",
}
_NO_TASK: Final = len(LIGHT_ORDER)


@dataclass(frozen=True, eq=False)
class Board:
    """Hold features joined with their tasks, statuses and lights at one instant.

    `tasks` are the tasks with `status`, `percent`, `note`, `difficulty_kind`, `difficulty`,
    `suggestion`, `reported_by`, `reported_at` (UTC, NaT without an update), `days_left` (Int64, NA
    without a due date) and `light`; its `features` hold known features only. `units` are the units
    whose names are searched. `features` are the
    features with `light`, `tasks` (tuple of ids) and `open_tasks` (int). `links` holds one row per
    pair of `task` and `feature`, in the order of tasks.
    """

    as_of: datetime
    features: gpd.GeoDataFrame
    tasks: pd.DataFrame
    links: pd.DataFrame
    units: pd.DataFrame | None = None

    @cached_property
    def facets(self) -> FacetIndex:
        """Arrays for fast filtering, made once a board."""
        return FacetIndex.of(self.features, self.tasks, self.links, self.units)


def latest_status(updates: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """Return the latest update of each task that was reported at or before an instant.

    Parameters
    ----------
    updates
        In the order of `geo.model.campaign.updates_frame`; of updates of one instant the last counts.
    as_of
        Aware instant.

    Returns
    -------
    One row per task that has an update, indexed by `task`, with `LATEST_COLUMNS`.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    if as_of.tzinfo is None:
        raise NaiveInstantError(as_of)
    seen = updates[updates["reported_at"] <= pd.Timestamp(as_of)]
    last = seen.drop_duplicates("task", keep="last")
    return last.set_index("task")[list(LATEST_COLUMNS)]


def build_board(
    features: gpd.GeoDataFrame,
    tasks: pd.DataFrame,
    updates: pd.DataFrame,
    campaign: Campaign,
    as_of: datetime,
    *,
    units: pd.DataFrame | None = None,
) -> Board:
    """Join features with tasks and their latest status at an instant.

    Parameters
    ----------
    features, tasks, updates
        Frames as `geo.model.campaign` describes them.
    campaign
        Rules and time zone.
    as_of
        Aware instant; later updates are not seen.
    units
        Units as `geo.model.campaign` describes them, for searches to find tasks by their names.

    Raises
    ------
    NaiveInstantError
        The instant has no time zone.
    """
    lit = _lit_tasks(tasks, latest_status(updates, as_of), campaign, as_of)
    links = _matched(tasks, features)
    task = tasks.index.get_indexer(pd.Index(links["task"]))
    feature = features.index.get_indexer(pd.Index(links["feature"]))
    lit["features"] = _gathered(task, links["feature"], len(tasks))
    joined = _lit_features(features, lit, feature, task)
    joined["tasks"] = _gathered(feature, links["task"], len(features))
    return Board(as_of=as_of, features=joined, tasks=lit, links=links, units=units)


def _matched(tasks: pd.DataFrame, features: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the pairs of task and known feature, each once."""
    known = set(features.index)
    pairs = [(str(task), feature) for task, ids in tasks["features"].items() for feature in dict.fromkeys(ids)]
    links = [pair for pair in pairs if pair[1] in known]
    return pd.DataFrame(links, columns=["task", "feature"], dtype="str")


def _lit_tasks(tasks: pd.DataFrame, latest: pd.DataFrame, campaign: Campaign, as_of: datetime) -> pd.DataFrame:
    reported = latest.rename(columns={"unit": "reported_by"})
    lit = tasks.join(reported).fillna(_UNREPORTED).astype({"percent": "int64"})
    lit["days_left"] = days_left_of(tasks["due"], as_of, campaign.tz)
    lit["light"] = lights_of(
        status=lit["status"],
        due=lit["due"],
        as_of=as_of,
        rules=campaign.lights,
        tz=campaign.tz,
    )
    return lit


def _lit_features(
    features: gpd.GeoDataFrame,
    tasks: pd.DataFrame,
    feature_place: NDArray[np.intp],
    task_place: NDArray[np.intp],
) -> gpd.GeoDataFrame:
    ranks = np.full(len(features), _NO_TASK, dtype=np.intp)
    np.minimum.at(ranks, feature_place, ranks_of(tasks["light"])[task_place])
    ranks[ranks == _NO_TASK] = LIGHT_ORDER.index(Light.NONE)
    unfinished = ~tasks["status"].isin(list(FINISHED)).to_numpy()[task_place]
    joined = features.copy(deep=False)
    joined["light"] = lights_at(ranks)
    joined["open_tasks"] = np.bincount(feature_place[unfinished], minlength=len(features))
    return joined


def _gathered(places: NDArray[np.intp], values: pd.Series, size: int) -> NDArray[np.object_]:
    """Return for each place the tuple of the values that stand beside it, in their order."""
    found: list[list[str]] = [[] for _ in range(size)]
    for place, value in zip(places.tolist(), values.tolist(), strict=True):
        found[place].append(value)
    tuples = np.empty(size, dtype=object)
    tuples[:] = [tuple(row) for row in found]
    return tuples
