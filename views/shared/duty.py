"""Show who is on duty now and next, with the telephone one tap away."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

import streamlit as st

from geo.incidents.duty import OnDuty, Shift, dialled
from locales import Name
from services.incidents.incidents import duty_at, instant, moves
from views.shared.context import PageContext

_A_MINUTE = timedelta(minutes=1)


def show(context: PageContext) -> None:
    """Draw the roster of the instant as something that opens; nothing where the campaign has no roster.

    While the page shows the running clock, it is drawn anew every minute, since shifts change.
    """
    st.fragment(_draw, run_every=_A_MINUTE if moves(context.opened, context.day) else None)(context)


def _draw(context: PageContext) -> None:
    duty = duty_at(context.opened, context.day)
    if duty is not None:
        with st.container(key="duty", width="content"):
            st.html(_opener(context, duty), width="content")


def _opener(context: PageContext, duty: OnDuty) -> str:
    _ = context.words.gettext
    first = duty.now[0].person if duty.now else _("nobody")
    more = f" +{len(duty.now) - 1}" if len(duty.now) > 1 else ""
    title = escape(_("Who is on duty now and next"))
    summary = f"<span>{escape(_('On duty'))} <b>{escape(first)}</b>{more}</span>"
    return (
        f'<details class="onemap-duty"><summary title="{title}" aria-label="{title}"><i aria-hidden="true">☎</i>'
        f"{summary}</summary><div>{contacts(context, duty)}</div></details>"
    )


def of_unit(context: PageContext, unit: str) -> None:
    """Draw the duty officers of one unit, now and next; says so where the roster holds none of it."""
    _ = context.words.gettext
    duty = duty_at(context.opened, context.day)
    mine = None if duty is None else duty.of_unit(unit)
    head = f'<h3 class="onemap-unit-part">{escape(_("Duty officers"))}</h3>'
    if mine is None or not (mine.now or mine.next):
        st.html(f"{head}<p>{escape(_('The roster names nobody of this unit.'))}</p>")
        return
    st.html(f'{head}<section class="onemap-officers">{contacts(context, mine, units=False)}</section>')


def contacts(context: PageContext, duty: OnDuty, *, units: bool = True) -> str:
    """HTML of who is on duty on each post and who comes next; `units` tells whether to name the unit of each."""
    _ = context.words.gettext
    at = instant(context.opened, context.day).astimezone(context.campaign.tz)
    places = dict.fromkeys(one.place for one in (*duty.now, *duty.next))
    rows = "".join(_post(context, duty, place, units=units) for place in places)
    nobody = "" if duty.now else f"<p>{escape(_('Nobody is on duty at this time.'))}</p>"
    sample = f"<p>{escape(_('Sample data: names are made up and the numbers cannot ring.'))}</p>"
    heading = escape(_("On duty at {time}").format(time=f"{at:%m-%d %H:%M}"))
    return f'<h3>{heading}</h3>{nobody}<ul class="onemap-shifts">{rows}</ul>{sample if context.campaign.sample else ""}'


def _post(context: PageContext, duty: OnDuty, place: tuple[str, str, str], *, units: bool) -> str:
    _ = context.words.gettext
    unit, zh, en = place
    shorts = context.opened.loaded.units[f"short_{context.lang}"]
    names = [str(shorts.get(unit, unit)) if units else "", Name(zh, en).get(context.lang)]
    now = "".join(
        _officer(one, _("until {time}").format(time=_clock(context, one.end))) for one in duty.now if one.place == place
    )
    following = "".join(
        _officer(one, _("next, from {time}").format(time=_clock(context, one.start)), role="next")
        for one in duty.next
        if one.place == place
    )
    where = escape(" · ".join(name for name in names if name))
    return f'<li><span class="place" dir="auto">{where}</span><div>{now}{following}</div></li>'


def _officer(shift: Shift, told: str, *, role: str = "now") -> str:
    name = f'<b dir="auto">{escape(shift.person)}</b>'
    return f'<p class="{role}">{name}{telephone(shift.phone)}<span>{escape(told)}</span></p>'


def telephone(phone: str) -> str:
    """HTML of a telephone number: a link that dials it where it is a number, else text."""
    number = dialled(phone)
    return f'<a href="tel:{escape(number)}">{escape(phone)}</a>' if number else f"<span>{escape(phone)}</span>"


def _clock(context: PageContext, instant_utc: datetime) -> str:
    return f"{instant_utc.astimezone(context.campaign.tz):%m-%d %H:%M}"
