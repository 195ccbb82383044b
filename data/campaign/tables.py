"""Read the tables of a campaign: units, tasks, updates, and where present acts of supervision and the duty roster."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from data.campaign.files import SourceFile, text_of
from geo.incidents.duty import DUTY_COLUMNS, duty_frame
from geo.model.campaign import TASK_COLUMNS, UNIT_COLUMNS, UPDATE_COLUMNS, Campaign
from geo.model.supervision import SupervisionEvent
from geo.validation.codes import ProblemCode
from geo.validation.events import SUPERVISION_COLUMNS, check_duty, check_supervision
from geo.validation.problem import Problem, ProblemLog
from geo.validation.tables import Rows, check_tasks, check_units, check_updates

UNITS_FILE: Final = "units.csv"
TASKS_FILE: Final = "tasks.csv"
UPDATES_FILE: Final = "updates.csv"


def read_units(files: Mapping[str, SourceFile]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the units, and every problem of their file."""
    rows, problems = read_rows(files[UNITS_FILE], UNIT_COLUMNS)
    frame, faults = check_units(rows, UNITS_FILE)
    return frame, problems + faults


def read_tasks(
    files: Mapping[str, SourceFile],
    campaign: Campaign,
    *,
    units: Collection[str],
    features: Collection[str],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the tasks, and every problem of their file."""
    rows, problems = read_rows(files[TASKS_FILE], TASK_COLUMNS)
    frame, faults = check_tasks(rows, TASKS_FILE, campaign, units=units, features=features)
    return frame, problems + faults


def read_updates(
    files: Mapping[str, SourceFile],
    campaign: Campaign,
    *,
    tasks: Collection[str],
    units: Collection[str],
    features: Collection[str],
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the status updates, and every problem of their file."""
    rows, problems = read_rows(files[UPDATES_FILE], UPDATE_COLUMNS)
    frame, faults = check_updates(rows, UPDATES_FILE, campaign, tasks=tasks, units=units, features=features)
    return frame, problems + faults


def read_rows(file: SourceFile, columns: Sequence[str]) -> tuple[Rows, list[Problem]]:
    """Return the records of a CSV file, and the problems of the file itself.

    Parameters
    ----------
    file
        File with a header line; the order of its columns is free, further columns are kept.
    columns
        Columns that it must have; a missing one is reported once and absent from every record.

    Returns
    -------
    Line on which each record starts with its cells by column, blank lines left out; and the
    problems by row.
    """
    log = ProblemLog(file.name)
    text = text_of(file, log)
    records = [] if text is None else list(_records(text, log))
    if not records:
        return [], log.in_order()
    header = [name.strip() for name in records[0][1]]
    for column in columns:
        if column not in header:
            log.add(
                ProblemCode.MISSING_COLUMN,
                row=records[0][0],
                column=column,
                allowed=",".join(columns),
            )
    rows = []
    for line, cells in records[1:]:
        fitted = _fitted(cells, len(header))
        if len(fitted) == len(header):
            rows.append((line, dict(zip(header, fitted, strict=True))))
        else:
            size = {"value": str(len(fitted)), "expected": str(len(header))}
            log.add(ProblemCode.WRONG_CELL_COUNT, row=line, **size)
    return rows, log.in_order()


def _records(text: str, log: ProblemLog) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record starts, and its cells; empty rows are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        log.add(ProblemCode.NOT_CSV, row=line, value="".join(text.split("\n")[line - 1 : line]).strip())


def _fitted(cells: list[str], size: int) -> list[str]:
    """Return the cells without the empty ones that a spreadsheet leaves after the last column."""
    extra = cells[size:]
    return cells[:size] if not any(cell.strip() for cell in extra) else cells


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
