"""Show incidents and drills: on the map, as a list, one with its timeline; log, continue and close them."""

from __future__ import annotations

from typing import Final

import streamlit as st

from locales import Text
from services.access.policy import Action, may
from services.incidents.incidents import all_incidents
from views.incidents import card as incident_card
from views.incidents import form as incident_form
from views.shared import map_view, state
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("incidents", "Incidents", place=70, link=Text("Incidents"))


def show(context: PageContext) -> None:
    """Draw the map with open incidents at the left; the chosen one, the form or the list at the right."""
    past = context.day < context.opened.today()
    known = all_incidents(context.opened, context.campaign.instant_of(context.day) if past else None)
    writing = incident_form.is_open() and not past
    chosen = next((one for one in known if one.id == st.session_state[state.KEYS.task]), None)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        places = incident_card.places(context, known, chosen)
        map_view.show_places(
            context,
            [*places, *(incident_form.place() if writing else ())],
            placing=writing and may(context.person, Action.LOG_INCIDENT),
            on_placed=incident_form.take_place(context.datum),
        )
    with right:
        if past:
            incident_card.say_past(context)
        if writing:
            incident_form.show(context)
        elif chosen is not None:
            incident_card.show(context, chosen)
        else:
            if not past:
                incident_form.offer(context)
            incident_card.show_list(context, known)
