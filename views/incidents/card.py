"""Show incidents: as marks on the map, as a list, and one with what and who is near, its timeline and its forms."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Final

import streamlit as st

from geo.incidents.duty import Shift, dialled
from geo.incidents.incidents import INCIDENT_LABELS, SEVERITY_LABELS, Incident, IncidentAct
from geo.model.errors import ConflictError, StoreUnavailableError
from geo.space.position import PositionError
from services.access.policy import Action, NotAllowedError, may
from services.incidents.incidents import TEXT_MAX, Near, add_entry, around
from services.reports.forms import TransitionError
from services.reports.history import names_of
from views.shared.context import PageContext
from views.shared.links import plain
from views.shared.map_view import Place
from views.shared.url import KEYS
from views.shared.write_form import WriteForm

ENTRY: Final = "incident-entry"
FORM: Final = WriteForm("incident-entry", typed=(ENTRY,))
ACT: Final = "incident-act"
OFFICERS: Final = 8
"""So many officers are named, those of units at work near the place first; the head of the page has all."""
SEEN: Final = "incident-seen"
"""Id and last entry of the incident that was drawn last: a closing is based on what the person saw."""


def places(context: PageContext, known: Iterable[Incident], chosen: Incident | None) -> list[Place]:
    """Open incidents and the chosen one as marks."""
    shown = [one for one in known if one.closed_at is None or one == chosen]
    return [
        Place(
            one.lon,
            one.lat,
            "!",
            _name(context, one),
            _style(one, chosen),
            one.id,
        )
        for one in shown
    ]


def _style(one: Incident, chosen: Incident | None) -> str:
    states = {"drill": one.drill, "closed": one.closed_at is not None, "chosen": one == chosen}
    return " ".join(("incident", *(name for name, holds in states.items() if holds)))


def say_past(context: PageContext) -> None:
    """Say that what is listed is what was known on a past day."""
    _ = context.words.gettext
    st.caption(_("As known on that day; go back to today's date to log an incident or go on with one."))


def show_list(context: PageContext, known: tuple[Incident, ...]) -> None:
    """Draw open incidents first, then closed ones; each opens its card."""
    _ = context.words.gettext
    if not known:
        st.info(_("No incident has been logged."))
    for one in known:
        state = _("closed") if one.closed_at else SEVERITY_LABELS[one.severity].get(context.lang)
        label = f"{_name(context, one)} · {state} · {_time(context, one.opened_at)}"
        st.button(
            plain(label),
            key=f"incident-open-{one.id}",
            on_click=_choose,
            args=(one.id,),
            width="stretch",
            type="tertiary",
        )
        st.caption(plain(one.text[:120]))


def _choose(incident: str) -> None:
    st.session_state[KEYS.task] = incident
    st.session_state[FORM.key] = secrets.token_hex(16)


def show(context: PageContext, incident: Incident) -> None:
    """Draw one incident."""
    _ = context.words.gettext
    st.button(
        _("All incidents"),
        key="incident-back",
        icon=":material/arrow_back:",
        on_click=_choose,
        args=("",),
        type="tertiary",
    )
    state = _("closed") if incident.closed_at else _("being handled")
    severity = SEVERITY_LABELS[incident.severity].get(context.lang)
    head = f'<h2 dir="auto">{escape(_name(context, incident))}</h2><p>{escape(severity)} · {escape(state)}</p>'
    st.html(f'<section class="onemap-incident">{head}{_timeline(context, incident)}</section>')
    if incident.closed_at is None and context.day >= context.opened.today():
        _forms(context, incident)
    st.html(f'<section class="onemap-incident">{_around(context, incident)}</section>')


def _name(context: PageContext, one: Incident) -> str:
    _ = context.words.gettext
    what = INCIDENT_LABELS[one.kind].get(context.lang)
    return (_("Drill {n}: {what}") if one.drill else _("Incident {n}: {what}")).format(n=one.number, what=what)


def _time(context: PageContext, at: datetime) -> str:
    return f"{at.astimezone(context.campaign.tz):%m-%d %H:%M}"


def _timeline(context: PageContext, incident: Incident) -> str:
    _ = context.words.gettext
    words = {IncidentAct.OPEN: _("logged"), IncidentAct.ENTRY: "", IncidentAct.CLOSE: _("closed with this result")}
    names = names_of(context.opened)
    rows = "".join(
        f"<li><time>{_time(context, entry.at)}</time> <b>{escape(names.get(entry.who, entry.who))}</b> "
        f"<em>{escape(words[entry.act])}</em>"
        f'<p dir="auto">{escape(entry.text)}</p></li>'
        for entry in incident.entries
    )
    return f"<ol>{rows}</ol>"


def _around(context: PageContext, incident: Incident) -> str:
    _, lang = context.words.gettext, context.lang
    try:
        near = around(context.opened, context.board, incident.lon, incident.lat, _until(context, incident))
    except PositionError as error:
        return f"<p>{escape(error.message(lang))}</p>"
    units = context.opened.loaded.units
    names = "".join(
        f"<li>{escape(str(units.at[unit, f'name_{lang}']))}</li>" for unit in near.units if unit in units.index
    )
    parts = (
        (_("Nearest nodes"), _features(context, near.nodes)),
        (_("Nearest corridors"), _features(context, near.corridors)),
        (_("On duty"), "".join(_officer(context, shift) for shift in near.duty[:OFFICERS])),
        (_("Units at work within 1 km"), names),
    )
    return "".join(f"<h3>{escape(title)}</h3><ul>{rows or '<li>–</li>'}</ul>" for title, rows in parts)


def _until(context: PageContext, incident: Incident) -> datetime:
    """The instant whose officers are named: now, or the end of a past day, while it is open, else its closing."""
    return incident.closed_at or min(context.opened.now(), context.campaign.instant_of(context.day))


def _officer(context: PageContext, shift: Shift) -> str:
    unit = context.opened.loaded.units[f"short_{context.lang}"].get(shift.unit, shift.unit)
    who = " · ".join((str(unit), shift.post.get(context.lang), shift.person))
    return f'<li>{escape(who)} <a href="tel:{escape(dialled(shift.phone))}">{escape(shift.phone)}</a></li>'


def _features(context: PageContext, near: Iterable[Near]) -> str:
    names = context.board.features[f"name_{context.lang}"]
    return "".join(
        f'<li><a href="/?feature={escape(one.feature)}&lang={context.lang}" target="_self">'
        f"{escape(str(names[one.feature]))}</a> · {one.distance_m:,.0f} m</li>"
        for one in near
    )


def _forms(context: PageContext, incident: Incident) -> None:
    _ = context.words.gettext
    if not may(context.person, Action.LOG_INCIDENT):
        return
    st.session_state.setdefault(FORM.key, secrets.token_hex(16))
    if st.session_state.get(SEEN, ("", 0))[0] != incident.id:
        st.session_state.pop(ENTRY, None)  # what was typed belongs to another incident
    text = st.text_area(_("New entry, or the result"), key=ENTRY, max_chars=TEXT_MAX)
    act = st.session_state.pop(ACT, None)
    if act is not None and _send(context, incident, text, close=act == "close"):
        st.rerun()
    st.session_state[SEEN] = incident.id, incident.seq
    add, close = st.columns(2)
    add.button(_("Add entry"), key="incident-add", type="primary", width="stretch", on_click=_begin, args=("entry",))
    if may(context.person, Action.CLOSE_INCIDENT):
        close.button(
            _("Close with this result"), key="incident-close", width="stretch", on_click=_begin, args=("close",)
        )


def _begin(act: str) -> None:
    st.session_state[ACT] = act


def _send(context: PageContext, incident: Incident, text: str, *, close: bool) -> bool:
    key = st.session_state[FORM.key]
    drawn, seen = st.session_state.get(SEEN, ("", 0))
    based_on = seen if drawn == incident.id else incident.seq
    try:
        add_entry(context.opened, context.person, incident.id, text, key=key, seen=based_on, close=close)
    except TransitionError as error:
        st.error("\n\n".join(plain(one.sentence(context.lang)) for one in error.field_errors))
    except ConflictError:
        st.error(context.words.gettext("Somebody wrote an entry meanwhile. Read it above, then close."))
    except (NotAllowedError, StoreUnavailableError) as error:
        st.error(plain(error.message(context.lang)))
    else:
        FORM.close()
        return True
    return False
