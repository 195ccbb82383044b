"""Tell every page's outbox who is signed in, where reports go and what it says of them."""

from __future__ import annotations

from typing import Any

from geo.model.status import STATUS_LABELS
from services.campaign import urls
from views.shared import who
from views.shared.context import PageContext
from views.shared.links import address


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
