"""Read the duty roster of a campaign, which may be absent."""

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from data.files import SourceFile
from data.tables import read_rows
from geo.duty import DUTY_COLUMNS, duty_frame
from geo.model import Campaign
from geo.problems import Problem
from geo.validate import check_duty

DUTY_FILE: Final = "duty.csv"


def read_duty(
    files: Mapping[str, SourceFile], campaign: Campaign, *, units: Collection[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the roster as `geo.duty.duty_frame` makes it, empty where there is no file, and every problem of it."""
    file = files[DUTY_FILE]
    if file.content is None and not file.reason:
        return duty_frame([]), []
    rows, problems = read_rows(file, DUTY_COLUMNS)
    frame, faults = check_duty(rows, DUTY_FILE, campaign, units=units)
    return frame, problems + faults
