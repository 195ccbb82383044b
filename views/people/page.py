"""Show the accounts to the administrator: add, disable, open again, give a one-time password."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.access.policy import Action, may
from views.people import accounts
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("people", "People", place=110, link=Text("People"), right=Action.MANAGE_USERS)


def show(context: PageContext) -> None:
    """Draw the form for a new account and the list of those that there are."""
    _ = context.words.gettext
    if not may(context.person, Action.MANAGE_USERS):
        st.info(_("Only an administrator sees this page. Sign in as one."))
    else:
        accounts.show(context)
