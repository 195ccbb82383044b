"""Show the map page: figures, legend and filters, the map, the list with its panel, the timeline."""

import streamlit as st

from views import state
from views.context import open_page
from views.widgets import feature_list, feature_panel, figures, header, legend, map_view, problems, timeline


def show() -> None:
    """Draw the page from top to bottom."""
    context = open_page()
    header.show(context)
    figures.show(context)
    problems.show(context)
    with st.container(key="desk"):
        _desk()
    timeline.show(context)


@st.fragment
def _desk() -> None:
    """Draw what a filter or a selection changes; only this runs again then. Put the state into the URL at the end."""
    context = open_page()
    left, middle, right = st.columns([16, 64, 20], gap=None)
    with left:
        legend.show(context)
    with middle:
        map_view.show(context)
    with right:
        feature_panel.show(context)
        feature_list.show(context)
    state.write(context.desk, context.choices)
