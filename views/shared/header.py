"""Head the page: the product, the campaign, what is sample, the as-of date, the language, and whether a drill runs."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st

from geo.model.errors import StoreUnavailableError
from locales import LANGUAGE_NAMES, LANGUAGES
from services.access.policy import may
from services.incidents.incidents import drill_runs
from views.shared import duty, state, who
from views.shared.context import PageContext
from views.shared.links import kept
from views.shared.url import AGAIN, KEYS

REPEATS = 40


def runs(context: PageContext) -> bool:
    """Whether a drill is open; not, where the database never answered."""
    try:
        return drill_runs(context.opened)
    except StoreUnavailableError:
        return False


def show_drill(context: PageContext) -> None:
    """Draw the watermark, if a drill is open; it lies over everything and takes no click."""
    _ = context.words.gettext
    if runs(context):
        word = f'<span aria-hidden="true">{escape(_("DRILL"))}</span>'
        st.html(
            f'<div class="onemap-drill" role="note" aria-label="{escape(_("A drill is running"))}">'
            f"{word * REPEATS}</div>"
        )


def show(context: PageContext) -> None:
    """Draw title, chips, as-of date and language; over the whole screen, that a drill is running."""
    _ = context.words.gettext
    show_drill(context)
    with st.container(key="page-header", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_title(context))
        duty.show(context)
        st.date_input(
            _("As of"),
            key=KEYS.as_of,
            min_value=context.campaign.start,
            max_value=context.campaign.end,
            format="YYYY-MM-DD",
            width=210,
            help=_("The whole board as of the end of this day, in the time zone of the campaign."),
        )
        _step(_("The day before"), "as-of-back", ":material/chevron_left:", -1, context)
        _step(_("The day after"), "as-of-forward", ":material/chevron_right:", 1, context)
        st.segmented_control(
            _("Language"),
            LANGUAGES,
            key=KEYS.language,
            format_func=LANGUAGE_NAMES.__getitem__,
            label_visibility="collapsed",
            required=True,
            width="content",
        )
        _person(context)
    _links(context)


def _links(context: PageContext) -> None:
    query = kept(context)
    with st.container(key="page-links", horizontal=True, gap="small", width="stretch"):
        for page in st.session_state["navigation"]:
            if page.link and (page.right is None or may(context.person, page.right)):
                routed = st.session_state["pages"][page.name]
                again = AGAIN if routed.url_path == st.session_state[KEYS.page] else {}
                st.page_link(routed, label=page.link.get(context.lang), query_params=query | again)


def _person(context: PageContext) -> None:
    _ = context.words.gettext
    person = context.person
    if person is None or not person.signed_in:
        st.html(
            f'<a class="onemap-button" href="{escape(who.sign_in_url())}" target="_self">{escape(_("Sign in"))}</a>',
            width="content",
        )
        return
    title = f"{person.role.label.get(context.lang)} {person.unit}"
    st.html(
        f'<a class="onemap-button" href="{who.ACCOUNT}" target="_self" title="{escape(title)}">'
        f"{escape(person.display_name)}</a>",
        width="content",
    )


def _step(label: str, key: str, icon: str, days: int, context: PageContext) -> None:
    to = context.campaign.clamp(context.day + timedelta(days=days))
    st.button(
        "",
        key=key,
        icon=icon,
        help=label,
        on_click=state.go_to_day,
        args=(to,),
        disabled=to == context.day,
        type="tertiary",
    )


def _title(context: PageContext) -> str:
    _ = context.words.gettext
    chips = [f'<span class="chip">{escape(context.campaign.short.get(context.lang))}</span>']
    if context.campaign.sample:
        chips.append(f'<span class="chip sample">{escape(_("Sample data"))}</span>')
    return f'<div class="onemap-title"><h1>{escape(_("One Map of Hongqiao"))}</h1>{"".join(chips)}</div>'
