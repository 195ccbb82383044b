"""Note every export in the store: who took what, of which day, holding what."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from data.store.rows import Author, Write
from exports.snapshot.snapshot import Snapshot
from geo.model.errors import StoreUnavailableError
from services.campaign.context import Desk

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
    desk: Desk, author: Author, form: str, what: str, detail: Mapping[str, str], *, day: date, size: int, at: datetime
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
    noted = {"campaign": desk.campaign.id, "what": what, "day": day.isoformat(), **detail, "bytes": str(size)}
    _log.info("exported", extra={"format": form, **noted})
    key = f"{EXPORTED}:{author.name}:{at.isoformat()}"
    try:
        desk.store.append_event(EXPORTED, form, noted, Write(author, key, at))
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
            what=event.detail.get("what", VIEW),
            day=event.detail.get("day", ""),
            format=event.subject,
        )
        for event in reversed(own[-LOGGED_MOST:])
    )
