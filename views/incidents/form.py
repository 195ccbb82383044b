"""Log a new incident or drill: click its place on the map, say what it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

import streamlit as st

from geo.incidents.incidents import INCIDENT_LABELS, SEVERITY_LABELS, IncidentKind, Severity
from geo.model.errors import StoreUnavailableError
from geo.space.crs import Datum
from services.access.policy import Action, NotAllowedError, may
from services.incidents.incidents import TEXT_MAX, Opening, open_incident
from services.reports.forms import TransitionError
from views.shared.context import PageContext
from views.shared.links import plain
from views.shared.map_view import Place, placed
from views.shared.url import KEYS

KEY: Final = "incident-key"
AT: Final = "incident-place"
SENDING: Final = "incident-sending"
SEVERITY: Final = "incident-severity"
ENTRY: Final = "incident-entry"
_FIELDS: Final = ("incident-kind", SEVERITY, "incident-text", "incident-drill")


def preserve_form_state() -> None:
    """Keep what was typed while the form is not drawn, on another page: Streamlit forgets it otherwise."""
    for key in (*_FIELDS, ENTRY):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def is_open() -> bool:
    """Whether a new incident is being written."""
    return KEY in st.session_state


def offer(context: PageContext) -> None:
    """Draw the button that begins a new incident, for whoever may log one; say to others who may."""
    _ = context.words.gettext
    if may(context.person, Action.LOG_INCIDENT):
        st.button(_("Log an incident"), key="incident-new", type="primary", icon=":material/add_alert:", on_click=_open)
    else:
        st.caption(_("Field leads and the command centre log incidents."))


def _open() -> None:
    close()
    st.session_state[KEY] = secrets.token_hex(16)
    st.session_state[SEVERITY] = Severity.ORDINARY
    st.session_state[KEYS.task] = ""


def close() -> None:
    """Close the form and forget what was typed."""
    for name in (KEY, AT, SENDING, *_FIELDS):
        st.session_state.pop(name, None)


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
    if st.session_state.get(SENDING):
        _send(context, opening)
        st.session_state.pop(SENDING, None)
    send, leave = st.columns(2)
    send.button(_("Log it"), key="incident-send", type="primary", width="stretch", on_click=_begin)
    leave.button(_("Cancel"), key="incident-cancel", width="stretch", on_click=close)


def _begin() -> None:
    st.session_state[SENDING] = True


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


def _send(context: PageContext, opening: Opening) -> None:
    opened, key = context.opened, st.session_state[KEY]
    try:
        open_incident(opened.store, context.campaign, context.person, opening, key=key, now=opened.now())
    except TransitionError as error:
        st.error("\n\n".join(plain(one.sentence(context.lang)) for one in error.field_errors))
    except (NotAllowedError, StoreUnavailableError) as error:
        st.error(plain(error.message(context.lang)))
    else:
        close()
        st.session_state[KEYS.task] = key
        st.rerun()
