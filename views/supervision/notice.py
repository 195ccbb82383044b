"""Offer the notice of a task's last step as a file; it is made when asked for, not when the page is drawn."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from exports.notice.docx import notice_docx
from exports.notice.notice import file_name
from exports.notice.pdf import notice_pdf
from geo.supervision.ladder import Ladder
from services.supervision.notice import notice_of
from views.shared import drill
from views.shared.context import PageContext

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def offer(context: PageContext, task: pd.Series, ladder: Ladder) -> None:
    """Draw the two buttons."""
    _, lang = context.words.gettext, context.lang
    units = context.desk.loaded.units
    notice = notice_of(context.campaign, units, task, context.board.as_of, ladder.last, drill=drill.runs(context))
    with st.container(horizontal=True, key=f"notice-{task.name}"):
        st.download_button(
            _("Notice (PDF)"),
            data=lambda: notice_pdf(notice, lang),
            file_name=file_name(notice, lang, "pdf"),
            mime="application/pdf",
            key=f"notice-pdf-{task.name}",
            icon=":material/description:",
            on_click="ignore",
        )
        st.download_button(
            _("Notice (Word)"),
            data=lambda: notice_docx(notice, lang),
            file_name=file_name(notice, lang, "docx"),
            mime=_WORD,
            key=f"notice-docx-{task.name}",
            icon=":material/edit_document:",
            on_click="ignore",
        )
