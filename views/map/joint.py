"""Show joint action: who works near the selected feature, and works whose times and places collide."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from geo.space.joint import Collision, Contact, NearUnit
from locales import Name
from services.board import joint
from views.shared.context import PageContext
from views.shared.links import address, plain
from views.shared.url import KEYS

SHOWN = 12


def panel(context: PageContext, feature: str) -> None:
    """Draw the section of the feature's panel, closed; a collision's button selects the other feature."""
    _ = context.words.gettext
    near = joint.near(context.opened, context.day, feature)
    found = joint.at_feature(context.opened, context.day, feature)
    label = _("Joint action: {units} units within {m} m, {n} collisions").format(
        units=len(near), m=context.campaign.joint.near_m, n=len(found)
    )
    with st.expander(label, key="joint", icon=":material/handshake:"):
        _collisions(context, found)
        st.html(_near(context, near))


def _collisions(context: PageContext, found: tuple[Collision, ...]) -> None:
    _ = context.words.gettext
    heading = _("Works that collide in time and place")
    none = "" if found else f"<p>{escape(_('None of the open works here collides with another.'))}</p>"
    st.html(f'<section class="onemap-joint"><h4>{escape(heading)}</h4>{none}</section>')
    names = context.board.features[f"name_{context.lang}"]
    for place, one in enumerate(found[:SHOWN]):
        st.button(
            f"{one.other_feature} {plain(str(names[one.other_feature]))}",
            key=f"joint-{place}",
            type="tertiary",
            on_click=partial(_select, one.other_feature),
        )
        st.html(f'<section class="onemap-joint"><p>{_how(context, one)}</p></section>')
    _more(context, len(found))


def listing(context: PageContext, found: tuple[Collision, ...]) -> None:
    """Draw a plain list of collisions with links to both features and tasks."""
    _ = context.words.gettext
    if not found:
        st.html(f'<section class="onemap-joint"><p>{escape(_("No open work collides with another."))}</p></section>')
        return
    rows = "".join(_row(context, one) for one in found[:SHOWN])
    st.html(f'<section class="onemap-joint"><ul>{rows}</ul></section>')
    if len(found) > SHOWN:
        with st.expander(_("All {n}").format(n=len(found)), key="joint-all"):
            rest = "".join(_row(context, one) for one in found[SHOWN:])
            st.html(f'<section class="onemap-joint"><ul>{rest}</ul></section>')


def _row(context: PageContext, one: Collision) -> str:
    mine = f"{_task(context, one.task)} {_feature(context, one.feature)}"
    return f"<li><p>{mine} ↔ {_feature(context, one.other_feature)}</p><p>{_how(context, one)}</p></li>"


def _how(context: PageContext, one: Collision) -> str:
    """HTML: how the works meet, when, and with whose task."""
    _ = context.words.gettext
    meet = _("cross") if one.contact == Contact.CROSSING else _("parallel for {m} m").format(m=f"{one.stretch_m:,.0f}")
    return f"{escape(meet)} · {escape(_days(context, one))} · {_task(context, one.other_task, titled=True)}"


def _days(context: PageContext, one: Collision) -> str:
    _ = context.words.gettext
    if one.first is None and one.last is None:
        return _("no dates given")
    first = _("open") if one.first is None else f"{one.first:%m-%d}"
    return f"{first} – {_('open') if one.last is None else f'{one.last:%m-%d}'}"


def _near(context: PageContext, near: tuple[NearUnit, ...]) -> str:
    _ = context.words.gettext
    heading = _("Units that work within {m} m").format(m=context.campaign.joint.near_m)
    none = "" if near else f"<p>{escape(_('No other open work is so near.'))}</p>"
    rows = "".join(_unit(context, one) for one in near)
    return f'<section class="onemap-joint"><h4>{escape(heading)}</h4>{none}<ul>{rows}</ul></section>'


def _unit(context: PageContext, near: NearUnit) -> str:
    shorts = context.opened.loaded.units[f"short_{context.lang}"]
    name = escape(str(shorts.get(near.unit, near.unit)))
    page = escape(address(context, "unit", id=near.unit))
    tasks = " ".join(_task(context, one.task, strong=one.leads) for one in near.tasks)
    head = f'<a href="{page}" target="_self">{name}</a> <span>{near.distance_m:,.0f} m</span>'
    return f"<li><p>{head}</p><p>{tasks}</p></li>"


def _task(context: PageContext, task: str, *, titled: bool = False, strong: bool = False) -> str:
    row: Any = context.board.tasks.loc[task]
    title = escape(Name(row["title_zh"], row["title_en"]).get(context.lang))
    shorts = context.opened.loaded.units[f"short_{context.lang}"]
    lead = escape(str(shorts.get(row["lead_unit"], row["lead_unit"])))
    weight = ' class="leads"' if strong else ""
    page = escape(address(context, "task", id=task))
    link = f'<a href="{page}" target="_self"{weight} title="{title}">{escape(task)}</a>'
    return f"{link} {title}, {lead}" if titled else link


def _feature(context: PageContext, feature: str) -> str:
    name = escape(str(context.board.features.loc[feature, f"name_{context.lang}"]))
    return f'<a href="{escape(address(context, "", feature=feature))}" target="_self">{escape(feature)} {name}</a>'


def _more(context: PageContext, number: int) -> None:
    if number > SHOWN:
        st.caption(context.words.gettext("and {n} more").format(n=number - SHOWN))


def _select(feature: str) -> None:
    st.session_state[KEYS.selected] = feature
