"""Offer the filters of the map above the table of tasks: the same keys, the same links."""

from __future__ import annotations

import streamlit as st

from geo.tasks.filters import facet_counts
from views.map import legend
from views.shared import state
from views.shared.context import PageContext
from views.shared.url import KEYS


def show(context: PageContext) -> None:
    """Draw search, lights and the selects in one row."""
    _ = context.words.gettext
    counts = facet_counts(context.board, context.filters)
    legend.plain_lights(context)
    search, *columns, last = st.columns([2, 2, 2, 2, 2, 1], vertical_alignment="bottom")
    with search:
        legend.search(context)
    legend.selects(context, counts, columns)
    last.button(
        _("Clear"),
        key=KEYS.clear,
        on_click=state.clear,
        args=(context.choices,),
        disabled=context.filters.is_empty,
        width="stretch",
    )
