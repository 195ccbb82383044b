"""Log a new incident or drill: click its place on the map, say what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from geo.incidents.incidents import INCIDENT_LABELS, SEVERITY_LABELS, IncidentKind, Severity
from geo.space.crs import Datum
from services.access.policy import Action, may
from services.incidents.incidents import TEXT_MAX, Opening, open_incident
from views.shared.context import PageContext
from views.shared.map_view import Place, placed
from views.shared.url import KEYS
from views.shared.write_form import WriteForm

AT: Final = "incident-place"
SEVERITY: Final = "incident-severity"
FORM: Final = WriteForm("incident", typed=("incident-kind", SEVERITY, "incident-text", "incident-drill"), held=(AT,))


def is_open() -> bool:
    """Whether a new incident is being written."""
    return FORM.key in st.session_state


def offer(context: PageContext) -> None:
    """Draw the button that begins a new incident, for whoever may log one; say to others who may."""
    _ = context.words.gettext
    if may(context.person, Action.LOG_INCIDENT):
        st.button(_("Log an incident"), key="incident-new", type="primary", icon=":material/add_alert:", on_click=_open)
    else:
        st.caption(_("Field leads and the command centre log incidents."))


def _open() -> None:
    FORM.open()
    st.session_state[SEVERITY] = Severity.ORDINARY
    st.session_state[KEYS.task] = ""


def place() -> list[Place]:
    """The place that was chosen, as a mark."""
    at = st.session_state.get(AT)
    return [Place(at[0], at[1], "＋", style="chosen")] if at and is_open() else []


def take_place(datum: Datum) -> Callable[[], None]:
    """A callback that takes the place that was clicked on a map drawn in a datum."""

    def take() -> None:
        at = placed(datum)
        if at is not None:
            st.session_state[AT] = at

    return take


def show(context: PageContext) -> None:
    """Draw the form; what is missing is said, and what was typed stays."""
    _ = context.words.gettext
    st.subheader(_("New incident"))
    at = st.session_state.get(AT)
    if at:
        st.caption(
            _("Place: {lat} N, {lon} E. Click the map again to move it.").format(lat=f"{at[1]:.5f}", lon=f"{at[0]:.5f}")
        )
    else:
        st.info(_("Click its place on the map."), icon=":material/location_on:")
    opening = _fields(context, at or (None, None))
    opened, incident = context.opened, st.session_state[FORM.key]

    def write(key: str, _basis: int) -> None:
        open_incident(opened.store, context.campaign, context.person, opening, key=key, now=opened.now())

    if FORM.send(context.lang, write):
        st.session_state[KEYS.task] = incident
        st.rerun()
    FORM.show_outcome(context)
    FORM.show_buttons(context, _("Log it"))


def _fields(context: PageContext, at: tuple[float | None, float | None]) -> Opening:
    _ = context.words.gettext
    kind = st.selectbox(
        _("What happened"),
        list(IncidentKind),
        index=None,
        format_func=lambda one: INCIDENT_LABELS[IncidentKind(one)].get(context.lang),
        key="incident-kind",
        placeholder=_("Choose"),
    )
    severity = st.segmented_control(
        _("Severity"),
        list(reversed(Severity)),
        format_func=lambda one: SEVERITY_LABELS[Severity(one)].get(context.lang),
        key=SEVERITY,
    )
    text = st.text_area(_("Situation"), key="incident-text", max_chars=TEXT_MAX)
    drill = st.toggle(_("This is a drill"), key="incident-drill")
    if drill:
        st.caption(_("Every screen and export is marked as a drill until it is closed; it counts in no figure."))
    return Opening(kind or "", severity or "", text, *at, drill=drill)
