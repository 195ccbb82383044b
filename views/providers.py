"""Offer to sign in with the identity providers that ``.streamlit/secrets.toml`` configures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from locales import translations

if TYPE_CHECKING:
    from locales import Language

_ADDRESS = "server_metadata_url"


def offered() -> Mapping[str, str]:
    """Providers under the name that ``st.login`` knows, with what the reader calls them; none without secrets.

    One that stands in ``[auth]`` itself has no name, so that it is called like its host.
    """
    auth = st.secrets.get("auth", {}) if st.secrets.load_if_toml_exists() else {}
    if not isinstance(auth, Mapping):
        return {}
    unnamed = {"default": urlsplit(str(auth[_ADDRESS])).netloc} if _ADDRESS in auth else {}
    named = {name: name for name, section in auth.items() if isinstance(section, Mapping) and _ADDRESS in section}
    return unnamed | named


def buttons(language: Language) -> None:
    """Draw a button for each provider; it leads there."""
    _ = translations(language).gettext
    for name, called in offered().items():
        label = _("Sign in with {provider}").format(provider=called)
        st.button(label, key=f"sign-in-{name}", on_click=st.login, args=(name,))
