"""Take a report on a task: who may send it, what it must hold and what it is based on are checked here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

import pandas as pd

from data.store.protocol import Store
from data.store.rows import NewUpdate, Receipt
from geo.model.campaign import Campaign
from geo.model.errors import UnknownTaskError
from geo.model.status import INITIAL, Status
from locales import Text
from services.access.policy import Action, NotAllowedError, Person, may
from services.reports.forms import (
    FieldError,
    ReportForm,
    Submission,
    TransitionError,
    faults,
    refusals_noted,
    too_many_photos,
    write_of,
)
from services.reports.photos import Uploads, take_photos
from services.reports.transitions import action_of, check

REFUSAL: Final = "report_refused"
"""Kind of the event that a refused report leaves in the store."""


def units_of_task(tasks: pd.DataFrame, task: str) -> tuple[str, ...]:
    """Return the lead unit and the supporting units of a task, none where there is no such task."""
    if task not in tasks.index:
        return ()
    row = tasks.loc[task]
    return (str(row["lead_unit"]), *map(str, row["supporting_units"]))


def status_of(store: Store, campaign: str, task: str, as_of: datetime) -> tuple[Status, int]:
    """Return the status of a task at an instant and the `seq` of the report that says so.

    Without a report it is not started, and the `seq` is 0. A campaign may come with reports that are later than its
    clock; they are not seen.
    """
    latest = store.latest_updates(campaign, as_of)
    mine = latest[latest["task"] == task]
    if mine.empty:
        return INITIAL, 0
    return Status(mine["status"].iloc[-1]), int(mine["seq"].iloc[-1])


def last_seq(store: Store, campaign: str, task: str, now: datetime) -> int:
    """Return the greatest `seq` of the task's reports, 0 without one; what a new report is based on.

    Reports of later days count too, since the store counts them: the files of a campaign that is over hold some, and
    it stands at its demonstration day. The last of all and the last until now are asked for, for either may be it.
    """
    frames = (store.latest_updates(campaign), store.latest_updates(campaign, now))
    found = [int(seq) for frame in frames for seq in frame.loc[frame["task"] == task, "seq"]]
    return max(found, default=0)


def submit_report(
    store: Store,
    campaign: Campaign,
    *,
    tasks: pd.DataFrame,
    person: Person | None,
    form: ReportForm,
    submission: Submission,
    uploads: Uploads | None = None,
) -> Receipt:
    """Store a report on a task, or say why not; a refusal is logged as an event and nothing else is stored.

    Parameters
    ----------
    store, campaign
        Where, and in which campaign.
    tasks
        The campaign's tasks as `Store.tasks` gives them.
    person
        Who reports; None where nobody is signed in.
    form, submission
        The report as it was written, and its key, basis and time.
    uploads
        Photos that come with it: decoded and put stored when everything else was found in order.

    Raises
    ------
    UnknownTaskError
        If the campaign has no such task.
    NotAllowedError
        If the person may not make this move of this task.
    TransitionError
        If the report lacks what its move demands.
    PhotoError
        If an upload is no photo, or too large.
    ConflictError
        If somebody reported on the task since `submission.based_on`, or its key was used for another report.
    StoreUnavailableError
        If it cannot be stored.
    """
    form = form.tidied()
    files = uploads.files if uploads else ()
    with refusals_noted(store, REFUSAL, form.task, person, submission):
        seq = _check(store, campaign, tasks, person, form, submission, len(files))
    if uploads:
        form = replace(form, photos=(*form.photos, *take_photos(uploads)))
    return store.append_update(
        campaign.id, _update(campaign, person, form, submission), write_of(person, submission, seq)
    )


def _check(
    store: Store,
    campaign: Campaign,
    tasks: pd.DataFrame,
    person: Person | None,
    form: ReportForm,
    submission: Submission,
    uploaded: int,
) -> int:
    """Return the `seq` of the report that the check was made against."""
    if str(form.task) not in set(tasks.index):
        raise UnknownTaskError(str(form.task))
    wrong = faults(form) or tuple(too_many_photos(len(form.photos) + uploaded))
    current, _ = status_of(store, campaign.id, form.task, submission.now)
    seq = last_seq(store, campaign.id, form.task, submission.now)
    outdated = submission.based_on < seq
    action = Action.REPORT if wrong or outdated else action_of(current, form.status)
    if not may(person, action, task_units=units_of_task(tasks, form.task)):
        raise NotAllowedError(person, action, form.task)
    # An outdated basis cannot be stored: the store knows the key, or calls it a conflict. Both tell the person more
    # than that the move is impossible from a status they have not seen.
    lacks = wrong or (() if outdated else (*check(form, current), *_feature(form, tasks)))
    if lacks:
        raise TransitionError(form.task, lacks)
    return seq


def _feature(form: ReportForm, tasks: pd.DataFrame) -> Iterator[FieldError]:
    features = tuple(map(str, tasks.loc[form.task]["features"]))
    if form.feature and form.feature not in features:
        choices = ", ".join(features) or "–"
        yield FieldError(
            "feature",
            Text("does not belong to this task. Choose one of: {choices}.", choices=choices),
        )


def _update(campaign: Campaign, person: Person | None, form: ReportForm, submission: Submission) -> NewUpdate:
    return NewUpdate(
        task=form.task,
        feature=form.feature,
        status=form.status,
        percent=form.percent,
        note=form.note,
        difficulty_kind=form.difficulty_kind,
        difficulty=form.difficulty,
        suggestion=form.suggestion,
        unit=(person.unit if person else "") or campaign.supervising_unit,
        written_at=min(form.written_at or submission.now, submission.now),  # a device's clock may be ahead
        photos=tuple(dict.fromkeys(form.photos)),
    )
