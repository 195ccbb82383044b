"""Offer the documents for a meeting: choose what they hold, and have the file with one click."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from views.briefing import form as briefing_form
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("briefing", "Briefings", place=90, link=Text("Briefings"))


def show(context: PageContext) -> None:
    """Draw the choices, the button and what was taken before."""
    _ = context.words.gettext
    st.html(f'<h2 class="onemap-part">{_("Briefings")}</h2>')
    left, right = st.columns([3, 2], gap="large")
    with left:
        briefing_form.show(context)
    with right:
        briefing_form.show_log(context)
