"""Show the supervision of the whole campaign: who was asked what, who owes an answer, what comes next."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from views.shared import header, live, state
from views.shared.context import ladders_of, open_page
from views.shared.page_setup import Page
from views.supervision import board as supervision_board

PAGE: Final = Page("supervision", "Supervision", place=60, link=Text("Supervision"))


def show() -> None:
    """Draw the board of all ladders as of the chosen day."""
    context = open_page()
    header.show(context)
    with st.container(key="supervision-page"):
        supervision_board.show(context, ladders_of(context))
    live.show(context)
    state.write(context.opened, context.choices)
