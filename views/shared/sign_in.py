"""Ask to sign in where nobody may look without, and let in whom an identity provider has signed in."""

from html import escape

import streamlit as st

from locales import Language, parse_language, translations
from services.campaign import urls
from views.shared import providers, state, who
from views.shared.map_view import FRONTEND, loader

_redirect = st.components.v2.component("onemap_redirect", js=loader(), isolate_styles=False)


def show() -> None:
    """Say that one must sign in, with the ways there and back."""
    _ = translations(_language()).gettext
    refused = ""
    if who.is_known_to_provider():
        text = _("That sign-in is out of date, or its account is not active. Sign in again, or ask an administrator.")
        refused = f"<p>{escape(text)}</p>"
    st.html(
        f'<section class="onemap-failure"><h1>{escape(_("One Map of Hongqiao"))}</h1>{refused}'
        f"<p>{escape(_('Please sign in to see the map.'))}</p>"
        f"<p>{who.sign_in_link(_('Sign in'))}</p></section>"
    )
    with st.container(key="sign-in-providers"):
        providers.buttons(_language())


def go_on(address: str) -> None:
    """Send the browser to the address that begins its session, with a link for when it does not go by itself."""
    _ = translations(_language()).gettext
    link = f'<a class="onemap-button" target="_self" href="{escape(address)}">{escape(_("Continue"))}</a>'
    text = escape(_("Signing in …"))
    st.html(f'<section class="onemap-failure"><p>{text}</p><p>{link}</p></section>')
    _redirect(key="redirect", data={"module": urls.frontend_url(FRONTEND, "redirect.js"), "url": address})


def _language() -> Language:
    """Language of the address, which no page has read yet; else that of the screen."""
    return parse_language(st.query_params.get("lang", "")) or state.language()
