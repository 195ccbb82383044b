"""Draw the timeline of the campaign along the bottom: phases, deadline, meetings, and the slider of the day."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import streamlit as st

from geo.model.campaign import Campaign
from services.campaign import urls
from views.shared import map_view, state
from views.shared.context import PageContext
from views.shared.url import KEYS

_slider = st.components.v2.component("onemap_time", js=map_view.loader(), isolate_styles=False)

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
    with st.container(key="timeline-frame"):
        st.html(f'<div class="onemap-timeline" data-testid="timeline">{phases}{expo}{meetings}{marks}</div>')
        _slider(key=KEYS.time, data=_slider_data(context), on_moved_change=_go)


def _slider_data(context: PageContext) -> dict[str, Any]:
    """What the slider needs: the days, and where the board of any day is, with DAY for the day."""
    _ = context.words.gettext
    campaign = context.campaign
    return {
        "module": urls.frontend_url(map_view.FRONTEND, "time.js"),
        "features": urls.features_url(context.opened.files_version, context.datum),
        "board": urls.BOARD.format(version=context.opened.version, day="DAY"),
        "start": campaign.start.isoformat(),
        "end": campaign.end.isoformat(),
        "day": context.day.isoformat(),
        "words": {
            "play": _("Play the campaign (space bar)"),
            "pause": _("Pause (space bar)"),
            "slider": _("Day of the campaign"),
            "step": _("Step"),
            "pace": _("Pace"),
            "day": _("by day"),
            "week": _("by week"),
            "speed": _("{n} / s"),
        },
    }


def _go() -> None:
    """Take the day at which the slider came to rest."""
    moved = st.session_state[KEYS.time].moved
    if moved is not None:
        state.go_to_day(date.fromisoformat(moved["day"]))


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
