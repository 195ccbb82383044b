"""Show the list beside the map: the features that are shown, most urgent first; a click selects."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from services import assets
from views.state import KEYS
from views.widgets import map_view

if TYPE_CHECKING:
    from views.context import PageContext

_list = st.components.v2.component("onemap_list", js=map_view.loader(), isolate_styles=False)


def show(context: PageContext) -> None:
    """Draw heading and list."""
    _ = context.words.gettext
    swatch = assets.swatch_url("light-LIGHT", context.theme)
    data = map_view.shared_data(context, "list.js") | {"swatch": swatch}
    with st.container(key="list-frame"):
        heading = escape(_("Features, most urgent first"))
        st.html(f'<h2 class="onemap-heading">{heading}</h2>')
        _list(key=KEYS.feature_list, data=data, on_picked_change=map_view.take_pick(KEYS.feature_list))
