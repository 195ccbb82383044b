"""Show who answers for what: units against categories, with counts and lights."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from views.shared.context import PageContext
from views.shared.page_setup import Page
from views.units import matrix

PAGE: Final = Page("units", "Units", place=80, link=Text("Units"))


def show(context: PageContext) -> None:
    """Draw the switch and the matrix."""
    _ = context.words.gettext
    with st.container(key="units-head", horizontal=True, vertical_alignment="center"):
        st.html(f'<h2 class="onemap-page-title">{_("Who answers")}</h2>', width="content")
        part = matrix.switch(context)
    matrix.show(context, part)
