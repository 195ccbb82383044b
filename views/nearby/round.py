"""Offer the round, its sheet and the pocket map as files; each is made when it is asked for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from services.field.nearby import Around
from services.field.pocket import pocket_map, pocket_name
from services.field.round import Round, TooManyStopsError, open_around, plan, sheet
from views.nearby import choice as nearby_choice
from views.nearby import list as nearby_list
from views.nearby import place as nearby_place
from views.shared.context import PageContext
from views.shared.text import plain


def walk(context: PageContext, around: Around) -> Round | None:
    """The round that the bar asks for; None while the list is shown, or where there is no place to start from."""
    chosen, place = nearby_list.walking(), nearby_place.spot()
    if chosen is None or around.position is None or place is None:
        return None
    if not chosen:
        start = replace(nearby_choice.asked(context, place), radius_m=None)
        chosen = open_around(context.desk, context.day, start)
    try:
        return plan(context.desk, context.day, around.position, chosen)
    except TooManyStopsError as error:
        st.warning(plain(error.message(context.lang)))
        return None


def show(context: PageContext, planned: Round) -> None:
    """Draw the download of the round sheet; say where the order may not be the shortest."""
    _ = context.words.gettext
    if not planned.stops:
        st.caption(_("Nothing is open within 1 km."))
        return
    if not planned.exact:
        st.caption(_("A good order; with so many stops it may not be the very shortest."))
    st.download_button(
        _("Round sheet (PDF)"),
        data=lambda: sheet(context.desk, context.day, planned, context.lang),
        file_name=f"round-{context.day.isoformat()}.pdf",
        mime="application/pdf",
        key="nearby-round-pdf",
        icon=":material/print:",
        on_click="ignore",
        width="stretch",
    )


def show_pocket(context: PageContext) -> None:
    """Draw the download of the pocket map."""
    _ = context.words.gettext
    st.download_button(
        _("Pocket map for places without a network"),
        data=lambda: pocket_map(context.desk, context.day, context.lang),
        file_name=pocket_name(context.desk, context.day),
        mime="text/html",
        key="nearby-pocket",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
