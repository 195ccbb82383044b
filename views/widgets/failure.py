"""Say why nothing can be shown: the campaign's own file cannot be used."""

from html import escape

import streamlit as st

from geo.errors import CampaignError
from locales import translations
from views import state


def show(error: CampaignError) -> None:
    """Name file, key, value and mend in the language of the browser."""
    lang = state.language()
    _ = translations(lang).gettext
    st.html(
        f'<section class="onemap-failure" role="alert"><h1>{escape(_("The campaign cannot be opened"))}</h1>'
        f"<p>{escape(error.message(lang))}</p><p>{escape(error.mend(lang))}</p></section>"
    )
