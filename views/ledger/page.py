"""Bring the ledger in from a workbook: a dry run first, then everything or nothing."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.access.policy import Action, may
from views.ledger import dry_run as ledger_import
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("ledger", "Ledger", place=100, link=Text("Ledger"), right=Action.IMPORT_LEDGER)


def show(context: PageContext) -> None:
    """Draw the import for whoever may do it."""
    _ = context.words.gettext
    if not may(context.person, Action.IMPORT_LEDGER):
        st.info(_("Only an administrator brings in the ledger. Sign in as one."))
    else:
        ledger_import.show(context)
