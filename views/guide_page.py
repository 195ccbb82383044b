"""Show the guide in the reader's language: a table of contents, then its sections with their pictures."""

from __future__ import annotations

import streamlit as st

from services.campaign.guide import guide
from views import state
from views.context import open_page
from views.widgets import guide_text, header, live


def show() -> None:
    """Draw contents and text."""
    context = open_page()
    shown = guide(context.lang)
    header.show(context)
    with st.container(key="guide-page"):
        contents, text = st.columns([1, 4], gap="large")
        with contents:
            guide_text.contents(context, shown)
        with text:
            guide_text.show(context, shown)
    live.show(context)
    state.write(context.desk, context.choices)
