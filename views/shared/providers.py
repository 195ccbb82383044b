"""Offer to sign in with the identity providers that ``.streamlit/secrets.toml`` configures."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from html import escape
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import validate_auth_credentials
from streamlit.errors import StreamlitAuthError
from streamlit.user_info import generate_login_redirect_url

from locales import Language, translations
from views.shared import who

_ADDRESS = "server_metadata_url"
_log = logging.getLogger("onemap.auth")


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


def address(name: str) -> str | None:
    """Local address at which Streamlit leads to a provider, as ``st.login`` does; it holds for two minutes.

    None, and the reason in the log, where the provider is not set up completely.
    """
    try:
        validate_auth_credentials(name)
        return generate_login_redirect_url(name)
    except StreamlitAuthError as error:
        _log.warning("an identity provider cannot be asked", extra={"provider": name, "reason": str(error)})
        return None


def buttons(language: Language) -> None:
    """Draw a link to each provider that looks like a button."""
    _ = translations(language).gettext
    for name, called in offered().items():
        label = _("Sign in with {provider}").format(provider=called)
        link = f'href="{escape(who.provider_url(name))}" target="_self"'
        st.html(f'<a class="onemap-button" {link}>{escape(label)}</a>', width="content")
