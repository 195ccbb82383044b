"""Make a briefing or an atlas for a person: checked, followed by a job in another thread, noted in the store.

OneMapError
└── CancelledError   the work was cancelled before it was done
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event, Lock
from typing import Final

from data.store.rows import Author, Source
from geo.model.errors import OneMapError
from locales import Text
from services.access.policy import Action, Person, require
from services.briefing.atlas import AtlasRequest, compose_atlas
from services.briefing.briefing import BriefingFormat, BriefingRequest, compose, render
from services.campaign.context import CampaignContext
from services.reports.forms import author_of
from services.snapshots.export_view import File, note_export

BROKEN: Final = Text(
    "The file could not be made; the log of the server says why. Try again, or show the log to the administrator."
)


class CancelledError(OneMapError):
    """Say that work was cancelled."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Text("It was given up; no file was made."))


@dataclass(slots=True)
class Job:
    """Hold how far work is, and what it made; two threads use it: one works, the other looks and may cancel it."""

    done: int = 0
    total: int = 0
    asked: bool = False
    ended: bool = False
    failed: str = ""
    told: bool = False
    made: File | None = None
    _given_up: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def ask(self) -> None:
        """Note that the work was asked for."""
        with self._lock:
            self.done = self.total = 0
            self.asked, self.ended, self.failed, self.told, self.made = True, False, "", False, None
            self._given_up.clear()

    def page(self, done: int, total: int) -> None:
        """Note how far it is.

        Raises
        ------
        CancelledError
            It was cancelled.
        """
        if self._given_up.is_set():
            raise CancelledError
        with self._lock:
            self.done, self.total = done, total

    def end(self, made: File | None = None, failed: str = "") -> None:
        """Note that it is over, with what it made or why it failed."""
        with self._lock:
            self.ended, self.made, self.failed = True, made, failed

    def give_up(self) -> None:
        """End it after the page that is being made."""
        self._given_up.set()

    @property
    def runs(self) -> bool:
        """Whether it was asked for and is not over."""
        return self.asked and not self.ended


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
        The job was cancelled.
    SnapshotError, TemplateError, ExtentError, StoreUnavailableError
        As `services.briefing.briefing.compose`, `services.briefing.atlas.compose_atlas` and
        `services.briefing.briefing.render` do.
    """
    require(person, Action.VIEW)
    job.ask()
    made, failed = None, BROKEN.get(asked.lang)
    try:
        until, now = context.campaign.instant_of(day), context.now()
        if isinstance(asked, BriefingRequest):
            document = compose(context, until, asked, now)
        else:
            document = compose_atlas(context, until, asked, now)
        content = render(document, form, job.page)
        made, failed = File(file_name(context, asked, form, day), form.media_type, content), ""
    except OneMapError as error:
        message = getattr(error, "message", None)
        failed = str(message(asked.lang)) if message else str(error)
        raise
    finally:
        job.end(made, failed)
    author = author_of(person, Source.WEB)
    note_document(context, author, asked, form, day, size=len(content), at=real_now())
    return content


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
