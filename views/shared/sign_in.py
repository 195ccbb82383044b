"""Ask to sign in where nobody may look without, also with the providers that ``.streamlit/secrets.toml`` configures."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from locales import Language, parse_language, translations
from services.access.sign_in import Provider, providers_of
from views.shared import state, who


def providers() -> Mapping[str, Provider]:
    """Identity providers by name; none without a file of secrets."""
    auth = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    return providers_of(auth, port=st.get_option("server.port"))


def show() -> None:
    """Say that one must sign in, with the ways there and back."""
    _ = translations(_language()).gettext
    st.html(
        f'<section class="onemap-failure"><h1>{escape(_("One Map of Hongqiao"))}</h1>'
        f"<p>{escape(_('Please sign in to see the map.'))}</p>"
        f"<p>{who.sign_in_link(_('Sign in'))}</p></section>"
    )
    with st.container(key="sign-in-providers"):
        for name, provider in providers().items():
            label = escape(_("Sign in with {provider}").format(provider=provider.called))
            link = f'href="{escape(who.provider_url(name))}" target="_self"'
            st.html(f'<a class="onemap-button" {link}>{label}</a>', width="content")


def _language() -> Language:
    """Language of the address, which no page has read yet; else that of the screen."""
    return parse_language(st.query_params.get("lang", "")) or state.language()
