"""Show what lies along one corridor, in order, with chainage, side and light."""

from __future__ import annotations

from typing import Final

import streamlit as st

from services.field.corridor import is_corridor
from views.nearby import along
from views.shared import map_view
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("corridor", "Along the corridor", place=25)


def show(context: PageContext) -> None:
    """Draw the corridor that the URL names on a small map, and what lies along it."""
    _ = context.words.gettext
    chosen = context.selected
    if chosen is None or not is_corridor(context.opened, chosen):
        st.info(_("Choose a corridor on the map; its panel leads here."))
    else:
        left, right = st.columns([3, 2], gap="large")
        with left:
            along.show(context, chosen)
        with right:
            map_view.show_features(context, (chosen, *along.ids(context, chosen)))
