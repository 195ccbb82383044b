"""Explain the rings of the map: which rung of supervision each is, and how many tasks stand on it."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.supervision import ESCALATION_LEVELS, LEVEL_LABELS
from services.campaign.urls import swatch_url
from views.shared.context import PageContext
from views.supervision.ladder import ladders_of


def show(context: PageContext) -> None:
    """Draw one entry for each rung on which a task stands; nothing where no supervision is open."""
    _, plural = context.words.gettext, context.words.ngettext
    rungs = [one.rung for one in ladders_of(context).values() if one.rung]
    if not rungs:
        return
    entries = []
    for rung in ESCALATION_LEVELS:
        if number := rungs.count(rung):
            image = swatch_url(f"ring-{rung}", context.theme)
            title = plural("{n} task", "{n} tasks", number).format(n=number)
            word = f'{escape(LEVEL_LABELS[rung].get(context.lang))} <b title="{escape(title)}">{number}</b>'
            entries.append(f'<span><img src="{image}" alt="">{word}</span>')
    head = escape(_("Under supervision (tasks)"))
    st.html(f'<p class="onemap-rings"><span class="head">{head}</span>{"".join(entries)}</p>')
