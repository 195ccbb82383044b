"""Show the progress of the campaign: the forecast in a sentence, the curve, the schedule, and both as tables."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.board.progress import progress_of
from views.progress import curve, gantt
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("progress", "Progress", place=50, link=Text("Progress"))


def show(context: PageContext) -> None:
    """Draw sentence, curve, schedule and tables as of the chosen day."""
    _ = context.words.gettext
    if context.board.tasks.empty:
        st.info(_("There are no tasks yet: no progress can be shown."))
    else:
        progress = progress_of(context.opened, context.board)
        curve.show_sentence(context, progress)
        curve.show(context, progress)
        gantt.show(context, progress)
        gantt.show_tables(context, progress)
