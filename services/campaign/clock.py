"""Tell which instant a campaign stands at."""

from __future__ import annotations

from datetime import datetime

from geo.model.campaign import Campaign
from geo.model.errors import NaiveInstantError


def now(campaign: Campaign, real_now: datetime) -> datetime:
    """Return the instant at which pages and reports stand.

    Up to the campaign's last day this is the real instant, also while it is being prepared. Afterwards
    it is the end of its demonstration day: an edition that is over would otherwise open with everything
    late. The store keeps the real instant of every write beside this one.

    Parameters
    ----------
    campaign
        Its last day, included, is a day in its own time zone.
    real_now
        What the clock shows, with a time zone.

    Returns
    -------
    `real_now` as it was given, or the last microsecond of the demonstration day, in UTC.

    Raises
    ------
    NaiveInstantError
        If `real_now` has no time zone.
    """
    if real_now.utcoffset() is None:
        raise NaiveInstantError(real_now)
    today = real_now.astimezone(campaign.tz).date()
    return real_now if today <= campaign.end else campaign.instant_of(campaign.demonstration)
