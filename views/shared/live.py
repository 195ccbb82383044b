"""Notice what others write by asking for the version every few seconds; tell the outbox who is signed in."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.model.status import STATUS_LABELS
from services.campaign import urls
from views.shared import who
from views.shared.context import PageContext
from views.shared.links import address
from views.shared.map_view import FRONTEND, loader


def outbox_data(context: PageContext) -> dict[str, Any]:
    """What the front-end needs to send what waits in the browser; without a session nothing is sent."""
    return {
        "url": urls.REPORT,
        "token": who.form_token(context.opened.store),
        "author": context.person.name if context.person else "",
        "lang": context.lang,
        "page": address(context, "nearby"),
        "signIn": who.sign_in_url(),
        "words": _words(context),
    }


def _words(context: PageContext) -> dict[str, Any]:
    _ = context.words.gettext
    return {
        "pill": _("Not sent: {n}"),
        "title": _("Reports on this device"),
        "close": _("Close"),
        "stored": _("The report is stored."),
        "sending": _("Sending …"),
        "states": {
            "writing": _("Not finished"),
            "waiting": _("Waiting for the network; sent by itself"),
            "refused": _("Not stored; edit it and send it again"),
            "conflict": _("Somebody reported meanwhile"),
        },
        "offline": _("The server cannot be reached. Reports stay on this device and are sent by themselves."),
        "unkept": _("This browser keeps nothing. Leave the page open until the report is sent."),
        "heavy": _("All photos together have more than 10 MB. Leave some out or report twice."),
        "foreign": _("Written as {name}; sign in under that account to send it."),
        "photos": _("Photos: {n}"),
        "newest": _("Newest"),
        "yours": _("Yours"),
        "rebase": _("Base mine on the newest"),
        "now": _("Send now"),
        "edit": _("Edit"),
        "discard": _("Discard"),
        "sure": _("Discard for good?"),
        "signIn": _("Sign in"),
        "statuses": {str(status): label.get(context.lang) for status, label in STATUS_LABELS.items()},
    }


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
