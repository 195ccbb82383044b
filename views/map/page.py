"""Show the map page: figures, legend and filters, the map, the list with its panel, the timeline."""

from typing import Final

import streamlit as st

from geo.model.errors import StoreUnavailableError
from geo.validation.problem import CampaignError
from locales import Text
from views.map import feature_panel, timeline
from views.shared import failure, figures, header, legend, live, map_view, state
from views.shared.context import PageContext, open_page
from views.shared.page_setup import Page
from views.tasks import report_form

PAGE: Final = Page("map", "One Map", place=10, link=Text("Map"), framed=False)


def show(context: PageContext) -> None:
    """Draw the page; the map first, so that the browser fetches what it needs while the rest is still being made."""
    st.session_state[state.KEYS.drawn] = context.opened.version
    top = st.container(key="page-top")
    with st.container(key="desk"):
        _desk()
    with top:
        header.show(context)
        figures.show(context)
        failure.show_problems(context)
    timeline.show(context)
    live.show(context)


@st.fragment
def _desk() -> None:
    """Draw what a filter or a selection changes; only this runs again then. Put the state into the URL at the end."""
    try:
        _drawn_desk()
    except (CampaignError, StoreUnavailableError) as error:
        failure.show(error)


def _drawn_desk() -> None:
    report_form.FORM.preserve()
    context = open_page()
    if st.session_state[state.KEYS.drawn] != context.opened.version:
        st.rerun(scope="app")
    left, middle, right = st.columns([16, 64, 20], gap=None)
    with middle:
        map_view.show(context)
    with left:
        legend.show(context)
    with right:
        feature_panel.show(context)
        feature_panel.show_list(context)
    state.write(context.opened, context.choices)
