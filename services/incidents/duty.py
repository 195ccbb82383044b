"""Tell who is on duty at the instant that a page shows, and whether that instant moves."""

from __future__ import annotations

from datetime import date, datetime

from geo.incidents.duty import OnDuty, on_duty
from services.campaign.context import CampaignContext


def duty_at(context: CampaignContext, day: date) -> OnDuty | None:
    """Who is on duty at the instant that a page of a day shows, and who comes next; None without a roster."""
    return None if context.loaded.duty.empty else on_duty(context.loaded.duty, instant(context, day))


def instant(context: CampaignContext, day: date) -> datetime:
    """The instant that a page of a day shows: now on the day itself, else the day's end."""
    return context.now() if day == context.today() else context.campaign.instant_of(day)


def moves(context: CampaignContext, day: date) -> bool:
    """Whether a page of a day shows the running clock: not of a past day, nor once the campaign is over."""
    return day == context.today() and context.now() != context.campaign.instant_of(day)
