"""Choose what is listed around a place: the order, my unit, what is open, radius, number and kinds."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.model.kinds import KIND_LABELS, Kind
from geo.space.rank import RANK_LABELS, RankBy, distance_text
from services.field.nearby import NUMBER, NearbyQuery
from views.nearby import place as nearby_place
from views.nearby.place import Spot
from views.shared.context import PageContext

SORT: Final = "nearby-sort"
FILTERS: Final = "nearby-filters"
RADIUS: Final = "nearby-radius"
COUNT: Final = "nearby-number"
KINDS: Final = "nearby-kinds"
MINE, OPEN = "mine", "open"
RADII_M: Final = (0, 300, 500, 1000, 2000, 5000)
NUMBERS: Final = (10, NUMBER, 50)
_ORDER: Final = (RankBy.BOTH, RankBy.NEARNESS, RankBy.URGENCY)


def show_chips(context: PageContext) -> None:
    """Draw the order and the two filters that are used most."""
    _ = context.words.gettext
    person = context.person
    options = [MINE, OPEN] if person and person.unit else [OPEN]
    labels = {MINE: _("My unit"), OPEN: _("Open only")}
    with st.container(key="nearby-chips", horizontal=True, gap="small"):
        st.segmented_control(
            _("Order"),
            _ORDER,
            default=RankBy.BOTH,
            key=SORT,
            format_func=lambda one: RANK_LABELS[RankBy(one)].get(context.lang),
            label_visibility="collapsed",
            required=True,
            width="content",
        )
        st.pills(
            _("Filters"),
            options,
            selection_mode="multi",
            default=[OPEN],
            key=FILTERS,
            format_func=labels.__getitem__,
            label_visibility="collapsed",
            width="content",
        )


def show_more(context: PageContext) -> None:
    """Draw radius, number and kinds."""
    _ = context.words.gettext
    with st.container(key="nearby-limits", horizontal=True, gap="small"):
        st.selectbox(
            _("Radius"),
            RADII_M,
            key=RADIUS,
            format_func=lambda one: distance_text(one).get(context.lang) if one else _("no limit"),
        )
        st.selectbox(_("How many"), NUMBERS, index=NUMBERS.index(NUMBER), key=COUNT)
    present = set(context.opened.loaded.features["kind"]) - {Kind.ZONE}
    st.multiselect(
        _("Kinds"),
        [kind for kind in KIND_LABELS if kind in present],
        key=KINDS,
        format_func=lambda kind: KIND_LABELS[kind].get(context.lang),
        placeholder=_("All"),
    )


def asked(context: PageContext, place: Spot) -> NearbyQuery:
    """What is asked around a place, as the widgets say; before they are drawn for the first time, as they will."""
    state = st.session_state
    chosen = state.get(FILTERS, [OPEN])
    return NearbyQuery(
        place.lon,
        place.lat,
        accuracy_m=place.accuracy_m,
        datum=nearby_place.datum_of(place),
        number=state.get(COUNT) or NUMBER,
        radius_m=float(state.get(RADIUS) or 0) or None,
        by=RankBy(state.get(SORT) or RankBy.BOTH),
        unit=context.person.unit if context.person and MINE in chosen else "",
        open_only=OPEN in chosen,
        kinds=frozenset(state.get(KINDS) or ()),
    )
