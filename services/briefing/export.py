"""Make a briefing or an atlas for a person: checked, followed by a job, noted in the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from data.store.rows import Author, Source
from geo.model.errors import OneMapError
from geo.model.status import Lang
from services.access.policy import Action, Person, demand
from services.briefing.atlas import AtlasAsked, compose_atlas
from services.briefing.briefing import BriefingAsked, BriefingFormat, compose, render
from services.briefing.job import BROKEN, Job
from services.campaign.context import Desk
from services.reports.submission import author_of
from services.snapshots.export_view import File, note_export


def export_document(
    desk: Desk,
    person: Person | None,
    asked: BriefingAsked | AtlasAsked,
    form: BriefingFormat,
    day: date,
    *,
    job: Job,
    real_now: Callable[[], datetime],
) -> bytes:
    """Make the file, and note who took what.

    Raises
    ------
    NotAllowedError
        The person may not look.
    GivenUpError
        The job was given up.
    SnapshotError, TemplateError, ExtentError, StoreUnavailableError
        As `services.briefing.briefing.compose`, `services.briefing.atlas.compose_atlas` and
        `services.briefing.briefing.render` do.
    """
    demand(person, Action.VIEW)
    job.ask()
    made, failed = None, BROKEN.get(asked.lang)
    try:
        until = desk.campaign.instant_of(day)
        own = compose(desk, until, asked, desk.now()) if isinstance(asked, BriefingAsked) else None
        document = own or compose_atlas(desk, until, _atlas(asked), desk.now())
        content = render(document, form, job.page)
        made, failed = File(file_name(desk, asked, form, day), form.media_type, content), ""
    except OneMapError as error:
        failed = _told(error, asked.lang)
        raise
    finally:
        job.end(made, failed)
    author = author_of(person, Source.WEB)
    note_document(desk, author, asked, form, day, size=len(content), at=real_now())
    return content


def _atlas(asked: BriefingAsked | AtlasAsked) -> AtlasAsked:
    assert isinstance(asked, AtlasAsked)  # noqa: S101  the other kind was made already
    return asked


def _told(error: OneMapError, lang: Lang) -> str:
    message = getattr(error, "message", None)
    return str(message(lang)) if message else str(error)


def what_of(asked: BriefingAsked | AtlasAsked) -> str:
    """Id of what was asked for: the kind of document, or the subject of an atlas."""
    return asked.kind if isinstance(asked, BriefingAsked) else f"atlas-{asked.of}"


def file_name(desk: Desk, asked: BriefingAsked | AtlasAsked, form: BriefingFormat, day: date) -> str:
    """Name of the file."""
    return f"onemap-{desk.campaign.id}-{what_of(asked)}-{day.isoformat()}-{asked.lang}.{form.id}"


def note_document(
    desk: Desk,
    author: Author,
    asked: BriefingAsked | AtlasAsked,
    form: BriefingFormat,
    day: date,
    *,
    size: int,
    at: datetime,
) -> None:
    """Note a finished document; see `services.snapshots.export_view.note_export`."""
    sections = ",".join(asked.sections) if isinstance(asked, BriefingAsked) else ""
    held = {"version": desk.version, "sections": sections, "lang": asked.lang}
    note_export(desk, author, form.id, what_of(asked), held, day=day, size=size, at=at)
