"""Read the acts of supervision that a campaign comes with; the file may be absent."""

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from data.campaign.files import SourceFile
from data.campaign.tables import read_rows
from geo.model.campaign import Campaign
from geo.model.supervision import SupervisionEvent
from geo.validation.problem import Problem
from geo.validation.supervision import SUPERVISION_COLUMNS, check_supervision

SUPERVISION_FILE: Final = "supervision.csv"


def read_supervision(
    files: Mapping[str, SourceFile],
    campaign: Campaign,
    *,
    tasks: pd.DataFrame,
    units: Collection[str],
) -> tuple[tuple[SupervisionEvent, ...], list[Problem]]:
    """Return the acts, oldest first, none where there is no file, and every problem of it."""
    file = files[SUPERVISION_FILE]
    if file.content is None and not file.reason:
        return (), []
    rows, problems = read_rows(file, SUPERVISION_COLUMNS)
    task_units = {
        str(task): (lead, *supporting)
        for task, lead, supporting in zip(tasks.index, tasks["lead_unit"], tasks["supporting_units"], strict=True)
    }
    acts, faults = check_supervision(rows, SUPERVISION_FILE, campaign, task_units=task_units, units=units)
    return acts, problems + faults
