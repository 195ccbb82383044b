"""Mark every screen as a drill while one is open."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.errors import StoreUnavailableError
from services.incidents.incidents import drill_runs
from views.shared.context import PageContext

REPEATS = 40


def runs(context: PageContext) -> bool:
    """Whether a drill is open; not, where the database never answered."""
    try:
        return drill_runs(context.desk)
    except StoreUnavailableError:
        return False


def show(context: PageContext) -> None:
    """Draw the watermark, if a drill is open; it lies over everything and takes no click."""
    _ = context.words.gettext
    if runs(context):
        word = f'<span aria-hidden="true">{escape(_("DRILL"))}</span>'
        st.html(
            f'<div class="onemap-drill" role="note" aria-label="{escape(_("A drill is running"))}">'
            f"{word * REPEATS}</div>"
        )
