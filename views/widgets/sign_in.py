"""Ask to sign in where nobody may look without."""

from html import escape

import streamlit as st

from locales import translations
from views import state, who


def show() -> None:
    """Say that one must sign in, with the way there and back."""
    _ = translations(state.language()).gettext
    st.html(
        f'<section class="onemap-failure"><h1>{escape(_("One Map of Hongqiao"))}</h1>'
        f"<p>{escape(_('Please sign in to see the map.'))}</p>"
        f"<p>{who.sign_in_link(_('Sign in'))}</p></section>"
    )
