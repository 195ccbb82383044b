"""Make a briefing or an atlas for a person: checked, followed by a job, noted in the store."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.store import Source, Write
from geo.errors import OneMapError, StoreUnavailableError
from services.atlas import AtlasAsked, compose_atlas
from services.briefing import BriefingAsked, compose, render
from services.export_view import EXPORTED
from services.policy import Action, demand
from services.refusals import author_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from geo.status import Lang
    from services.briefing import BriefingFormat
    from services.desk import Desk
    from services.export_job import Job
    from services.policy import Person

LOGGED_MOST: Final = 10
_log = logging.getLogger("onemap.exports")


@dataclass(frozen=True, slots=True)
class Logged:
    """Hold one export that was noted: when (real), who, what, of which day, in which format."""

    at: datetime
    who: str
    what: str
    day: str
    format: str


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
        As `services.briefing.compose`, `services.atlas.compose_atlas` and `services.briefing.render` do.
    """
    demand(person, Action.VIEW)
    job.ask()
    try:
        until = desk.campaign.instant_of(day)
        made = compose(desk, until, asked, desk.now()) if isinstance(asked, BriefingAsked) else None
        document = made or compose_atlas(desk, until, _atlas(asked), desk.now())
        content = render(document, form, job.page)
    except OneMapError as error:
        job.end(_told(error, asked.lang))
        raise
    finally:
        job.end(job.failed)
    _note(desk, person, asked, form, day, size=len(content), now=real_now())
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


def _note(
    desk: Desk,
    person: Person | None,
    asked: BriefingAsked | AtlasAsked,
    form: BriefingFormat,
    day: date,
    *,
    size: int,
    now: datetime,
) -> None:
    """Leave what was exported in the store; an export does not fail because that cannot be noted."""
    sections = ",".join(asked.sections) if isinstance(asked, BriefingAsked) else ""
    detail = {
        "campaign": desk.campaign.id,
        "what": what_of(asked),
        "day": day.isoformat(),
        "version": desk.version,
        "sections": sections,
        "lang": asked.lang,
        "bytes": str(size),
    }
    _log.info("exported", extra={"format": form.id, **detail})
    key = f"{EXPORTED}:{person.name if person else ''}:{now.isoformat()}"
    try:
        desk.store.append_event(EXPORTED, form.id, detail, Write(author_of(person, Source.WEB), key, now))
    except StoreUnavailableError as error:
        _log.warning("an export could not be noted: %s", error)


def logged(desk: Desk) -> tuple[Logged, ...]:
    """The last exports of the campaign, the newest first; none while the store does not answer."""
    try:
        events = desk.store.events(EXPORTED)
    except StoreUnavailableError:
        return ()
    own = [event for event in events if event.detail.get("campaign") == desk.campaign.id]
    return tuple(
        Logged(
            at=event.at,
            who=event.author.name,
            what=event.detail.get("what", "view"),
            day=event.detail.get("day", ""),
            format=event.subject,
        )
        for event in reversed(own[-LOGGED_MOST:])
    )
