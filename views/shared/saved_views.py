"""Keep and offer views under a name, from the export control of the map."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from geo.model.errors import StoreUnavailableError
from services.access.policy import Action, NotAllowedError, may
from services.reports.forms import TransitionError
from services.snapshots.saved_views import SavedView, address_of, remove_view, save_view, saved_views
from views.shared.context import PageContext
from views.shared.links import plain
from views.shared.url import KEYS

SAID: Final = "saved-view-said"
"""Holds what the next run says: a run of a callback may be followed by another one at once, which clears the screen."""


def data(context: PageContext) -> dict[str, Any]:
    """What the export control needs: the views with their addresses, and whether one may be kept."""
    try:
        views = [
            {"name": one.name, "href": address_of(context.opened, one, context.lang)}
            for one in saved_views(context.opened)
        ]
    except StoreUnavailableError:
        views = []
    return {"views": views, "maySave": may(context.person, Action.SAVE_VIEW)}


def take(context: PageContext) -> Callable[[], None]:
    """A callback that keeps or removes what the control asks for; `say` says so."""
    _ = context.words.gettext

    def keep() -> None:
        asked = st.session_state[KEYS.map].view
        if asked is None:
            return
        try:
            if asked.get("remove"):
                remove_view(context.opened, context.person, str(asked["remove"]), key=secrets.token_hex(16))
                said = _("The view is removed.")
            else:
                said = _("The view “{name}” is kept for everybody.").format(name=plain(_save(context, asked).name))
            st.session_state[SAID] = said, ":material/check:"
        except TransitionError as error:
            said = "\n".join(plain(one.sentence(context.lang)) for one in error.field_errors)
            st.session_state[SAID] = said, ":material/error:"
        except (NotAllowedError, StoreUnavailableError) as error:
            st.session_state[SAID] = plain(error.message(context.lang)), ":material/error:"

    return keep


def say() -> None:
    """Say what came of the last wish, once."""
    if SAID in st.session_state:
        said, icon = st.session_state.pop(SAID)
        st.toast(said, icon=icon)


def _save(context: PageContext, asked: Mapping[str, Any]) -> SavedView:
    return save_view(
        context.opened,
        context.person,
        name=str(asked.get("name", "")),
        rule=json.dumps(asked.get("rule")),
        bounds=str(asked.get("bounds", "")),
        feature=str(asked.get("selected") or ""),
        key=secrets.token_hex(16),
    )
