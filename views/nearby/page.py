"""Show what is near, most urgent first: locate, walk the round, report; for a thumb, outdoors, in a bad network."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.field.nearby import Around, around
from views.nearby import choice as nearby_choice
from views.nearby import list as nearby_list
from views.nearby import place as nearby_place
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("nearby", "Near me", place=20, link=Text("Near me"))


def show(context: PageContext) -> None:
    """Draw map, place, filters, list and bar."""
    _ = context.words.gettext
    empty = _("As soon as your place is known, what is near stands here, most urgent first.")
    place = nearby_place.spot()
    found = Around((), None, None)
    if place is not None:
        found = around(context.opened, context.day, nearby_choice.asked(context, place))
        empty = _("Nothing is near that fits. Lift a filter or choose a larger radius.") if found.position else empty
    left, right = st.columns([3, 2], gap="medium")
    walk = nearby_list.walk(context, found)
    with left:
        nearby_place.show_map(context, found, walk)
    with right:
        nearby_place.show_buttons(context)
        nearby_place.show_state(context, found.problem)
        nearby_list.show_round(context, walk) if walk else nearby_choice.show_chips(context)
        nearby_list.show(context, found, walk, empty)
        _more(context)


def _more(context: PageContext) -> None:
    """Draw what is needed now and then."""
    _ = context.words.gettext
    with st.expander(_("Landmark, radius, kinds"), key="nearby-more"):
        nearby_place.show_search(context)
        nearby_choice.show_more(context)
    with st.expander(_("The position is off?"), key="nearby-off"):
        nearby_place.show_datum(context)
    nearby_list.show_pocket(context)
