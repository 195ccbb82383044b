"""Tell who is on duty at the instant that a page shows, and whether that instant moves."""

from __future__ import annotations

from datetime import date, datetime

from geo.incidents.duty import OnDuty, on_duty
from services.campaign.context import Desk


def duty_at(desk: Desk, day: date) -> OnDuty | None:
    """Who is on duty at the instant that a page of a day shows, and who comes next; None without a roster."""
    return None if desk.loaded.duty.empty else on_duty(desk.loaded.duty, instant(desk, day))


def instant(desk: Desk, day: date) -> datetime:
    """The instant that a page of a day shows: now on the day itself, else the day's end."""
    return desk.now() if day == desk.today() else desk.campaign.instant_of(day)


def moves(desk: Desk, day: date) -> bool:
    """Whether a page of a day shows the running clock: not of a past day, nor once the campaign is over."""
    return day == desk.today() and desk.now() != desk.campaign.instant_of(day)
