"""Show what lies along one corridor, in order, with chainage, side and light."""

from __future__ import annotations

from typing import Final

import streamlit as st

from services.field.corridor import is_corridor
from views.nearby import along
from views.shared import header, live, map_view, state
from views.shared.context import open_page
from views.shared.page_setup import Page

PAGE: Final = Page("corridor", "Along the corridor", place=25)


def show() -> None:
    """Draw the corridor that the URL names on a small map, and what lies along it."""
    context = open_page()
    _ = context.words.gettext
    header.show(context)
    chosen = context.selected
    with st.container(key="corridor-page"):
        if chosen is None or not is_corridor(context.opened, chosen):
            st.info(_("Choose a corridor on the map; its panel leads here."))
        else:
            left, right = st.columns([3, 2], gap="large")
            with left:
                along.show(context, chosen)
            with right:
                map_view.show_features(context, (chosen, *along.ids(context, chosen)))
    live.show(context)
    state.write(context.opened, context.choices)
