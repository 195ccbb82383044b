"""Show what moved since the last meeting, or since any day: figures, the map of change, the list, counts."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.tasks.changes import marks
from locales import Text
from services.board.changes import compare
from views.changes import list as change_list
from views.shared import map_view, state
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("changes", "Since the last meeting", place=40, link=Text("Changes"))


def show(context: PageContext) -> None:
    """Draw the page for the chosen instant and the day of the head."""
    comparison = compare(context.opened, st.session_state[state.KEYS.since], context.board.as_of)
    change_list.show_choice(context, comparison)
    change_list.figures(context, comparison)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        map_view.show_marks(context, marks(comparison.found))
        change_list.legend(context)
    with right:
        change_list.show(context, comparison)
    change_list.table(context, comparison)
