"""Show the list beside the map: what needs somebody now, or all features shown, most urgent first; a click selects."""

from __future__ import annotations

import streamlit as st

from services.campaign import urls
from views.shared import map_view
from views.shared.context import PageContext
from views.shared.url import KEYS

_list = st.components.v2.component("onemap_list", js=map_view.loader(), isolate_styles=False)


def show(context: PageContext) -> None:
    """Draw the list; it has a tab for each of the two."""
    swatch = urls.swatch_url("light-LIGHT", context.theme)
    data = map_view.shared_data(context, "list.js") | {"swatch": swatch}
    with st.container(key="list-frame"):
        _list(key=KEYS.feature_list, data=data, on_picked_change=map_view.take_pick(KEYS.feature_list))
