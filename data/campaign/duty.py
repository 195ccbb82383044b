"""Read the duty roster of a campaign, which may be absent."""

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from data.campaign.files import SourceFile
from data.campaign.tables import read_rows
from geo.incidents.duty import DUTY_COLUMNS, duty_frame
from geo.model.campaign import Campaign
from geo.validation.duty import check_duty
from geo.validation.problem import Problem

DUTY_FILE: Final = "duty.csv"


def read_duty(
    files: Mapping[str, SourceFile], campaign: Campaign, *, units: Collection[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the roster as `geo.incidents.duty.duty_frame` makes it, empty where there is no file, and problems."""
    file = files[DUTY_FILE]
    if file.content is None and not file.reason:
        return duty_frame([]), []
    rows, problems = read_rows(file, DUTY_COLUMNS)
    frame, faults = check_duty(rows, DUTY_FILE, campaign, units=units)
    return frame, problems + faults
