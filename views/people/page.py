"""Show the accounts to the administrator: add, disable, open again, give a one-time password."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.access.policy import Action, may
from views.people import accounts
from views.shared import header, live, state
from views.shared.context import open_page
from views.shared.page_setup import Page

PAGE: Final = Page("people", "People", place=110, link=Text("People"), right=Action.MANAGE_USERS)


def show() -> None:
    """Draw the form for a new account and the list of those that there are."""
    context = open_page()
    _ = context.words.gettext
    header.show(context)
    with st.container(key="people-page"):
        if not may(context.person, Action.MANAGE_USERS):
            st.info(_("Only an administrator sees this page. Sign in as one."))
        else:
            accounts.show(context)
    live.show(context)
    state.write(context.opened, context.choices)
