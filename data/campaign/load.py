"""Load a campaign's folder: settings, layers, units, tasks, updates and every problem of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from data.campaign.features import CONTEXT_FILE, LAYER_FILES, read_context, read_features
from data.campaign.files import read_files, version_of
from data.campaign.tables import (
    DUTY_FILE,
    SUPERVISION_FILE,
    TASKS_FILE,
    UNITS_FILE,
    UPDATES_FILE,
    read_duty,
    read_supervision,
    read_tasks,
    read_units,
    read_updates,
)
from data.campaign.toml_files import read_campaign
from geo.model.campaign import Campaign
from geo.model.supervision import SupervisionEvent
from geo.validation.codes import ProblemCode
from geo.validation.problem import Problem, ProblemLog, fold_followers, roots_first

CAMPAIGN_FILE: Final = "campaign.toml"
FILES: Final = (
    CAMPAIGN_FILE,
    *LAYER_FILES.values(),
    CONTEXT_FILE,
    UNITS_FILE,
    TASKS_FILE,
    UPDATES_FILE,
    DUTY_FILE,
    SUPERVISION_FILE,
)
_SOURCES: Final = {
    ProblemCode.UNKNOWN_FEATURE: tuple(LAYER_FILES.values()),
    ProblemCode.UNKNOWN_UNIT: (UNITS_FILE,),
    ProblemCode.UNKNOWN_TASK: (TASKS_FILE,),
    ProblemCode.ACT_UNKNOWN_TASK: (TASKS_FILE,),
}


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """Hold a campaign as it was read, with its problems, errors first and in the order of `FILES`.

    The frames are those that `geo.model.campaign` describes, `duty` is as `geo.incidents.duty.duty_frame` makes it.
    `context` are drawings of the background, with `geo.validation.features.CONTEXT_COLUMNS`. `version` is the SHA-256
    in hex over all its files.
    """

    campaign: Campaign
    features: gpd.GeoDataFrame
    tasks: pd.DataFrame
    units: pd.DataFrame
    updates: pd.DataFrame
    context: gpd.GeoDataFrame
    duty: pd.DataFrame
    problems: tuple[Problem, ...]
    version: str
    supervision: tuple[SupervisionEvent, ...] = ()


def load_campaign(folder: Path) -> Loaded:
    """Load everything sound in a campaign's folder.

    Parameters
    ----------
    folder
        Folder that holds the files named by `FILES`.

    Raises
    ------
    CampaignError
        campaign.toml cannot be used. Faults of the other files are problems of the result.
    """
    files = read_files(folder, FILES)
    campaign, problems = read_campaign(files[CAMPAIGN_FILE])
    features, left_out, feature_problems = read_features(files, campaign)
    context, context_problems = read_context(files[CONTEXT_FILE], campaign)
    units, unit_problems = read_units(files)
    ids = {"units": units.index, "features": features.index}
    tasks, task_problems = read_tasks(files, campaign, **ids)
    updates, update_problems = read_updates(files, campaign, tasks=tasks.index, **ids)
    duty, duty_problems = read_duty(files, campaign, units=units.index)
    acts, act_problems = read_supervision(files, campaign, tasks=tasks, units=units.index)
    problems += _supervisor_problems(campaign, units) + duty_problems + act_problems
    problems += feature_problems + context_problems + unit_problems + task_problems + update_problems
    problems = fold_followers(problems, left_out=left_out, sources=_SOURCES)
    return Loaded(
        campaign=campaign,
        features=features,
        tasks=tasks,
        units=units,
        updates=updates,
        context=context,
        duty=duty,
        problems=tuple(roots_first(problems, FILES)),
        version=version_of(files),
        supervision=acts,
    )


def _supervisor_problems(campaign: Campaign, units: pd.DataFrame) -> list[Problem]:
    log = ProblemLog(CAMPAIGN_FILE)
    unit = campaign.supervising_unit
    if unit not in units.index:
        log.add(ProblemCode.UNKNOWN_UNIT, column="supervising_unit", value=unit)
    return log.in_order()
