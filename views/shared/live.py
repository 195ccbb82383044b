"""Notice what others write: ask for the version every few seconds and run the page again when it has changed."""

from __future__ import annotations

import streamlit as st

from services.campaign import urls
from views.shared import who
from views.shared.context import PageContext
from views.shared.map_view import FRONTEND, loader
from views.shared.outbox import outbox_data

_live = st.components.v2.component("onemap_live", js=loader(), isolate_styles=False)


def show(context: PageContext) -> None:
    """Draw the component that asks; it shows a banner while the server or the database is gone."""
    _ = context.words.gettext
    data = {
        "module": urls.frontend_url(FRONTEND, "live.js"),
        "url": urls.VERSION,
        "version": context.opened.ledger.version(),
        "session": who.session_mark(context.opened.store),
        "tz": context.campaign.tz.key,
        "outbox": outbox_data(context),
        "words": {
            "offline": _("The server does not answer since {time}. What you see is the last state."),
            "stale": _("The database does not answer since {time}. What you see is the last state; nothing is stored."),
        },
    }
    _live(key="live", data=data, on_changed_change=_noticed)


def _noticed() -> None:
    """The run that this starts shows what has changed."""
