"""Take what a browser shows to a file: read its filters and extent, which may be forged, make the file, log it."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from data.store.rows import Author, Source, Write
from exports.snapshot.snapshot import Snapshot
from geo.model.campaign import Extent
from geo.model.errors import StoreUnavailableError
from geo.tasks.facets import Facet
from geo.tasks.filters import Filters
from locales import Language
from services.access.policy import Action, Person, require
from services.campaign.context import CampaignContext
from services.incidents.incidents import drill_runs
from services.reports.forms import author_of
from services.snapshots.snapshots import SnapshotRequest, format_for, paper_for, render, take

EXPORTED: Final = "export"
VIEW: Final = "view"
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


def note_export(  # noqa: PLR0913  each is a word of the note
    context: CampaignContext,
    author: Author,
    form: str,
    what: str,
    detail: Mapping[str, str],
    *,
    day: date,
    size: int,
    at: datetime,
) -> None:
    """Leave what was exported in the store and the log; an export does not fail because that cannot be noted.

    Parameters
    ----------
    form
        Id of the format.
    what
        `VIEW`, or `services.briefing.export.what_of`.
    detail
        What the file holds.
    day
        Day of the board.
    size
        Bytes of the file.
    at
        Real instant.
    """
    noted = {"campaign": context.campaign.id, "what": what, "day": day.isoformat(), **detail, "bytes": str(size)}
    _log.info("exported", extra={"format": form, **noted})
    key = f"{EXPORTED}:{author.name}:{at.isoformat()}"
    try:
        context.store.append_event(EXPORTED, form, noted, Write(author, key, at))
    except StoreUnavailableError as error:
        _log.warning("an export could not be noted: %s", error)


def shown_by(snapshot: Snapshot) -> dict[str, str]:
    """What a snapshot holds, in words of the note: version, extent, filters, selection."""
    return {
        "version": snapshot.version,
        "extent": ",".join(f"{edge:.5f}" for edge in snapshot.extent),
        "filters": repr(snapshot.filters),
        "selected": snapshot.selected,
    }


def logged(context: CampaignContext) -> tuple[Logged, ...]:
    """The last exports of the campaign, the newest first; none while the store does not answer."""
    try:
        events = context.store.events(EXPORTED)
    except StoreUnavailableError:
        return ()
    own = [event for event in events if event.detail.get("campaign") == context.campaign.id]
    return tuple(
        Logged(
            at=event.at,
            who=event.author.name,
            what=event.detail.get("what", VIEW),
            day=event.detail.get("day", ""),
            format=event.subject,
        )
        for event in reversed(own[-LOGGED_MOST:])
    )


RULE_MAX: Final = 20_000
VALUES_MAX: Final = 500
TEXT_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class View:
    """Hold what a browser asks for, as text: format, paper, day, rule of the filters, bounds, selected feature."""

    format: str
    size: str
    day: str
    rule: str
    bounds: str
    feature: str


@dataclass(frozen=True, slots=True)
class File:
    """Hold a finished file."""

    name: str
    media_type: str
    content: bytes


def export_view(
    context: CampaignContext, person: Person | None, view: View, lang: Language, *, base_url: str, real_now: datetime
) -> File:
    """Make the file of a view, and log who took what.

    Raises
    ------
    NotAllowedError
        The person may not look.
    SnapshotError, ExtentError
        There is no such format or paper; the extent cannot be drawn.
    StoreUnavailableError
        The store does not answer and this board was not shown before.
    """
    require(person, Action.VIEW)
    form, paper = format_for(view.format), paper_for(view.size)
    day = _day(view.day, context)
    asked = SnapshotRequest(
        lang,
        filters=filters_of(view.rule),
        extent=extent_of_text(view.bounds),
        paper=paper,
        selected=view.feature if view.feature in context.loaded.features.index else "",
        exporter=person.display_name or person.name if person else "",
        base_url=base_url,
        drill=drill_runs(context),
    )
    snapshot = take(context, context.campaign.instant_of(day), asked, context.now())
    content = render(snapshot, form)
    author = author_of(person, Source.WEB)
    note_export(context, author, form.id, VIEW, shown_by(snapshot), day=day, size=len(content), at=real_now)
    return File(f"onemap-{context.campaign.id}-{day.isoformat()}-{lang}.{form.id}", form.media_type, content)


def filters_of(rule: str) -> Filters:
    """The filters of a rule as the front-end holds it; what is not text of a facet is left out."""
    held = json_of(rule) if len(rule) <= RULE_MAX else {}
    if not isinstance(held, dict):
        return Filters()
    facets: dict[str, Any] = {str(facet): _texts(held.get(str(facet))) for facet in Facet}
    text = held.get("text")
    sought = text[:TEXT_MAX] if isinstance(text, str) else ""
    return Filters(**facets, text=sought, lead_only=held.get("leadOnly") is True)


def json_of(text: str) -> Any:  # noqa: ANN401  whatever somebody sends
    """What a text holds as JSON, an empty object where it is none."""
    try:
        return json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}


def _texts(values: object) -> frozenset[str]:
    if not isinstance(values, list):
        return frozenset()
    return frozenset(value for value in values[:VALUES_MAX] if isinstance(value, str))


def extent_of_text(bounds: str) -> Extent | None:
    """West, south, east, north of a text of four numbers; None where it is something else."""
    try:
        west, south, east, north = (float(edge) for edge in bounds.split(","))
    except ValueError:
        return None
    sound = all(map(math.isfinite, (west, south, east, north))) and west < east and south < north
    return (west, south, east, north) if sound else None


def _day(text: str, context: CampaignContext) -> date:
    try:
        return context.campaign.clamp(date.fromisoformat(text))
    except ValueError:
        return context.today()
