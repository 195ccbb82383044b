"""Choose since when changes are told: a meeting, or any day; the choice is the state's and stands in the URL."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html import escape
from typing import Final

import streamlit as st

from services.board.changes import Comparison, meetings_before
from views.shared.context import PageContext
from views.shared.url import KEYS

MEETING: Final = "changes-meeting"
DAY: Final = "changes-day"
OTHER: Final = "other"
_WEEK: Final = timedelta(days=7)


def show(context: PageContext, comparison: Comparison) -> None:
    """Draw the select box of meetings, the date where another day is wanted, and the two instants in words."""
    _ = context.words.gettext
    zone = context.campaign.tz
    until = min(comparison.until, context.desk.now())
    meetings = [one.astimezone(zone) for one in meetings_before(context.campaign, until)]
    since = comparison.since.astimezone(zone).date()
    names = {one.date().isoformat(): _("Meeting of {when}").format(when=f"{one:%Y-%m-%d %H:%M}") for one in meetings}
    st.session_state[MEETING] = since.isoformat() if since.isoformat() in names else OTHER
    st.session_state[DAY] = since
    with st.container(key="changes-choice", horizontal=True, vertical_alignment="center", gap="small"):
        st.selectbox(
            _("Changes since"),
            [*names, OTHER],
            key=MEETING,
            format_func=lambda one: names.get(one, _("another day")),
            on_change=_take_meeting,
            args=(context, next(iter(names), "")),
            width=300,
        )
        if st.session_state[MEETING] == OTHER:
            st.date_input(
                _("Since the end of"),
                key=DAY,
                min_value=context.campaign.start,
                max_value=max(context.day, since),
                format="YYYY-MM-DD",
                on_change=_take_day,
                width=170,
            )
        st.html(f'<p class="onemap-span">{escape(_span(context, comparison))}</p>', width="content")


def _take_meeting(context: PageContext, last: str) -> None:
    """The last meeting is the default; another day begins a week before what is shown, but at no meeting."""
    chosen = st.session_state[MEETING]
    days = {one.astimezone(context.campaign.tz).date() for one in context.campaign.meetings}
    if chosen == OTHER:
        day = context.day - _WEEK
        while day in days:
            day -= timedelta(days=1)
        st.session_state[KEYS.since] = context.campaign.clamp(day)
    else:
        st.session_state[KEYS.since] = None if chosen == last else _day_of(chosen, days)


def _take_day() -> None:
    st.session_state[KEYS.since] = st.session_state[DAY]


def _day_of(text: str, days: set[date]) -> date:
    return next(day for day in days if day.isoformat() == text)


def _span(context: PageContext, comparison: Comparison) -> str:
    return f"{_written(comparison.since, context)} → {_written(comparison.until, context)}"


def _written(instant: datetime, context: PageContext) -> str:
    """An instant of the campaign; the last of a day is its 24:00."""
    local = instant.astimezone(context.campaign.tz)
    ends = instant == context.campaign.instant_of(local.date())
    return f"{local:%Y-%m-%d} 24:00" if ends else f"{local:%Y-%m-%d %H:%M}"
