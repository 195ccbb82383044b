"""Bring the ledger in from a workbook: a dry run first, then everything or nothing."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.access.policy import Action, may
from views.ledger import dry_run as ledger_import
from views.shared import header, live, state
from views.shared.context import open_page
from views.shared.page_setup import Page

PAGE: Final = Page("ledger", "Ledger", place=100, link=Text("Ledger"), right=Action.IMPORT_LEDGER)


def show() -> None:
    """Draw the import for whoever may do it."""
    context = open_page()
    _ = context.words.gettext
    header.show(context)
    with st.container(key="ledger-page"):
        if not may(context.person, Action.IMPORT_LEDGER):
            st.info(_("Only an administrator brings in the ledger. Sign in as one."))
        else:
            ledger_import.show(context)
    live.show(context)
    state.write(context.opened, context.choices)
