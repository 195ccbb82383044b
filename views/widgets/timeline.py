"""Draw the timeline of the campaign along the bottom: phases, deadline, opening, meetings and the chosen day."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from datetime import date

    from geo.model import Campaign
    from views.context import PageContext


LABEL_SHARE = 0.06
"""Share of the timeline that a day's label takes."""


def show(context: PageContext) -> None:
    """Draw the timeline as of the chosen day."""
    campaign = context.campaign
    _ = context.words.gettext
    phases = "".join(
        f'<span class="phase p{place % 4}" style="{_span(campaign, phase.start, phase.end)}" '
        f'title="{escape(phase.name.get(context.lang))}"><em>{escape(phase.name.get(context.lang))}</em></span>'
        for place, phase in enumerate(campaign.phases)
    )
    expo = f'<span class="expo" style="{_span(campaign, campaign.opening, campaign.closing)}"></span>'
    meetings = "".join(
        f'<span class="meeting" style="left:{_place(campaign, meeting.astimezone(campaign.tz).date()):.2%}" '
        f'title="{escape(_("Meeting"))} {meeting.astimezone(campaign.tz):%m-%d %H:%M}"></span>'
        for meeting in campaign.meetings
    )
    marks = "".join(
        (
            _mark(campaign, campaign.deadline, "deadline", _("deadline")),
            _mark(campaign, campaign.opening, "opening", _("opening")),
            _mark(campaign, context.day, f"today {_side(campaign, context.day)}", ""),
        )
    )
    st.html(f'<div class="onemap-timeline" data-testid="timeline">{phases}{expo}{meetings}{marks}</div>')


def _side(campaign: Campaign, day: date) -> str:
    """Side on which the day's label has room: its row is its own, so only the edges matter."""
    return "before" if _place(campaign, day) > LABEL_SHARE else "after"


def _place(campaign: Campaign, day: date) -> float:
    """Share of the campaign that lies before the end of a day."""
    whole = (campaign.end - campaign.start).days + 1
    return min(max(((day - campaign.start).days + 1) / whole, 0), 1)


def _span(campaign: Campaign, start: date, end: date) -> str:
    left = _place(campaign, start) - 1 / ((campaign.end - campaign.start).days + 1)
    return f"left:{left:.3%};width:{_place(campaign, end) - left:.3%}"


def _mark(campaign: Campaign, day: date, style: str, word: str) -> str:
    text = f"{day:%m-%d} {word}".strip()
    return f'<span class="mark {style}" style="left:{_place(campaign, day):.2%}"><b>{escape(text)}</b></span>'
