"""Show one unit what it must do, with a link that needs no training: work now, tasks, duty officers, features."""

from __future__ import annotations

from typing import Final

import streamlit as st

from services.board import joint
from views.map.joint import listing
from views.shared import duty, state
from views.shared.context import PageContext
from views.shared.page_setup import Page
from views.units import work as unit_head
from views.units import work as unit_work

PAGE: Final = Page("unit", "Unit", place=85, of_one=True)


def show(context: PageContext) -> None:
    """Draw the unit that the URL names, or say that there is none and offer all."""
    _ = context.words.gettext
    unit = st.session_state[state.KEYS.task]
    if unit in context.choices.units:
        _unit(context, unit)
    else:
        st.info(_("There is no such unit. Choose one from the list.") if unit else _("Choose a unit."))
        unit_head.others(context)


def _unit(context: PageContext, unit: str) -> None:
    _ = context.words.gettext
    tasks = unit_work.tasks_of(context, unit)
    left, right = st.columns([3, 2], gap="large")
    with left:
        unit_head.show(context, unit, tasks)
        unit_work.now(context, unit)
        unit_work.answers(context, unit)
        unit_work.cards(context, unit, tasks)
    with right:
        duty.of_unit(context, unit)
        unit_head.features(context, tasks)
        st.html(f'<h3 class="onemap-unit-part">{_("Works that collide in time and place")}</h3>')
        listing(context, joint.of_unit(context.opened, context.day, unit))
        unit_head.link(context, unit)
