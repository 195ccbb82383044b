"""Show one task: what it is, its features on a small map, its whole history, and a report where one may be sent."""

from __future__ import annotations

from typing import Final

import streamlit as st

from views.shared import map_view, state
from views.shared.context import PageContext
from views.shared.page_setup import Page
from views.shared.task_card import task_card
from views.supervision import form as supervision_form
from views.tasks import history, report_form

PAGE: Final = Page("task", "Task", place=35, of_one=True)


def show(context: PageContext) -> None:
    """Draw the task that the URL names, or say that there is none."""
    _ = context.words.gettext
    task_id = st.session_state[state.KEYS.task]
    if task_id not in context.board.tasks.index:
        st.info(_("There is no such task. Choose one from the list of tasks."))
    else:
        task = context.board.tasks.loc[task_id]
        left, right = st.columns([3, 2], gap="large")
        with left:
            st.html(f'<section class="onemap-tasks">{task_card(context, task)}</section>')
            report_form.offer(context, task)
            supervision_form.show(context, task)
            history.show(context, task_id)
        with right:
            map_view.show_features(context, tuple(task["features"]))
