"""Show the guide in the reader's language: a table of contents, then its sections with their pictures."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.campaign.guide import guide
from views.guide import text as guide_text
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("guide", "Help", place=120, link=Text("Help"))


def show(context: PageContext) -> None:
    """Draw contents and text."""
    shown = guide(context.lang)
    contents, text = st.columns([1, 4], gap="large")
    with contents:
        guide_text.contents(context, shown)
    with text:
        guide_text.show(context, shown)
