"""Make a briefing or an atlas for a person: checked, followed by a job, noted in the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from data.store.rows import Author, Source
from geo.model.errors import OneMapError
from geo.model.status import Lang
from services.access.policy import Action, Person, require
from services.briefing.atlas import AtlasRequest, compose_atlas
from services.briefing.briefing import BriefingFormat, BriefingRequest, compose, render
from services.briefing.job import BROKEN, Job
from services.campaign.context import CampaignContext
from services.reports.submission import author_of
from services.snapshots.export_view import File, note_export


def export_document(
    context: CampaignContext,
    person: Person | None,
    asked: BriefingRequest | AtlasRequest,
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
    CancelledError
        The job was given up.
    SnapshotError, TemplateError, ExtentError, StoreUnavailableError
        As `services.briefing.briefing.compose`, `services.briefing.atlas.compose_atlas` and
        `services.briefing.briefing.render` do.
    """
    require(person, Action.VIEW)
    job.ask()
    made, failed = None, BROKEN.get(asked.lang)
    try:
        until = context.campaign.instant_of(day)
        own = compose(context, until, asked, context.now()) if isinstance(asked, BriefingRequest) else None
        document = own or compose_atlas(context, until, _atlas(asked), context.now())
        content = render(document, form, job.page)
        made, failed = File(file_name(context, asked, form, day), form.media_type, content), ""
    except OneMapError as error:
        failed = _told(error, asked.lang)
        raise
    finally:
        job.end(made, failed)
    author = author_of(person, Source.WEB)
    note_document(context, author, asked, form, day, size=len(content), at=real_now())
    return content


def _atlas(asked: BriefingRequest | AtlasRequest) -> AtlasRequest:
    assert isinstance(asked, AtlasRequest)  # noqa: S101  the other kind was made already
    return asked


def _told(error: OneMapError, lang: Lang) -> str:
    message = getattr(error, "message", None)
    return str(message(lang)) if message else str(error)


def what_of(asked: BriefingRequest | AtlasRequest) -> str:
    """Id of what was asked for: the kind of document, or the subject of an atlas."""
    return asked.kind if isinstance(asked, BriefingRequest) else f"atlas-{asked.of}"


def file_name(context: CampaignContext, asked: BriefingRequest | AtlasRequest, form: BriefingFormat, day: date) -> str:
    """Name of the file."""
    return f"onemap-{context.campaign.id}-{what_of(asked)}-{day.isoformat()}-{asked.lang}.{form.id}"


def note_document(
    context: CampaignContext,
    author: Author,
    asked: BriefingRequest | AtlasRequest,
    form: BriefingFormat,
    day: date,
    *,
    size: int,
    at: datetime,
) -> None:
    """Note a finished document; see `services.snapshots.export_view.note_export`."""
    sections = ",".join(asked.sections) if isinstance(asked, BriefingRequest) else ""
    held = {"version": context.version, "sections": sections, "lang": asked.lang}
    note_export(context, author, form.id, what_of(asked), held, day=day, size=size, at=at)
