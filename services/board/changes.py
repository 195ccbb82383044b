"""Say what moved between two instants, by default since the last meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from geo.model.campaign import Campaign
from geo.tasks.changes import Changes, changes
from geo.tasks.joins import Board
from services.campaign.context import Desk


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Hold two boards, the instants of which it is about, and what moved between them."""

    since: datetime
    until: datetime
    before: Board
    after: Board
    found: Changes


def meetings_before(campaign: Campaign, until: datetime) -> tuple[datetime, ...]:
    """Meetings that were held before an instant, the last one first."""
    return tuple(sorted((meeting for meeting in campaign.meetings if meeting < until), reverse=True))


def instant_since(campaign: Campaign, day: date | None, until: datetime, now: datetime | None = None) -> datetime:
    """The instant from which changes are told.

    Parameters
    ----------
    campaign
        Its meetings count.
    day
        The day that was chosen; None for the last meeting.
    until
        The instant until which changes are told.
    now
        What the campaign's clock shows, where `until` is the end of a day that still runs: a meeting of this evening
        was not held yet. None: `until`.

    Returns
    -------
    The start of the meeting on that day, else the end of the day; without a day, or with one that does not end before
    ``until``, the last meeting; before the first meeting the end of the campaign's first day.
    """
    held = meetings_before(campaign, min(until, now or until))
    if day is not None:
        on = next((one for one in held if one.astimezone(campaign.tz).date() == day), campaign.instant_of(day))
        if on < until:
            return on
    return held[0] if held else min(campaign.instant_of(campaign.start), until)


def compare(desk: Desk, day: date | None, until: datetime) -> Comparison:
    """What moved from the chosen day, or the last meeting, until an instant.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and one of the boards was not shown before.
    """
    since = instant_since(desk.campaign, day, until, desk.now())
    before, after = desk.board_at(since), desk.board_at(until)
    found = changes(
        before,
        after,
        supervision_before=desk.supervision(since),
        supervision_after=desk.supervision(until),
    )
    return Comparison(since, until, before, after, found)
