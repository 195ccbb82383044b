"""Find who looks at the page: whom the session's cookie names, or a visitor; ask to sign in where that is needed."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote, urlsplit

import streamlit as st

from data.store.protocol import Store
from geo.model.errors import StoreUnavailableError
from locales import Language, parse_language, translations
from services.access.policy import VISITOR, Person
from services.access.sessions import COOKIE, SignedIn, open_sessions
from services.access.sign_in import Provider, providers_of
from services.campaign.context import real_now
from settings import settings
from views.shared import state

SIGN_IN = "/signin"
WITH = "/signin/with"
ACCOUNT = "/signout"


def current_person(store: Store) -> Person | None:
    """Whoever looks; None where they must sign in, or change their password, first.

    While the store does not answer, whoever was signed in before still is; nothing can be written then anyway.
    """
    signed_in = _signed_in(store)
    if signed_in is not None:
        return signed_in.person
    return VISITOR if settings().viewer_without_sign_in else None


def session_mark(store: Store) -> str:
    """What the open page tells of its session when it asks whether that still holds; empty where there is none."""
    signed_in = _signed_in(store)
    return open_sessions().mark(signed_in.session) if signed_in else ""


def form_token(store: Store) -> str:
    """Token that a report must bring which this page sends beside its connection; empty where nobody may send one."""
    signed_in = _signed_in(store)
    may_send = signed_in is not None and signed_in.person is not None
    return open_sessions().token(signed_in.session.sid) if signed_in and may_send else ""


def sign_in_url() -> str:
    """Address of the sign-in page, with the way back to what is seen now."""
    return f"{SIGN_IN}?next={_here()}"


def provider_url(name: str) -> str:
    """Address that leads to an identity provider, with the way back to what is seen now."""
    return f"{WITH}/{quote(name, safe='')}?next={_here()}"


def _here() -> str:
    here = urlsplit(st.context.url or "/")
    query = "&".join(f"{name}={quote(value)}" for name in st.query_params for value in st.query_params.get_all(name))
    return quote(f"{here.path}?{query}", safe="")


def _signed_in(store: Store) -> SignedIn | None:
    sessions, cookie = open_sessions(), st.context.cookies.get(COOKIE)
    try:
        return sessions.check(store, cookie, real_now())
    except StoreUnavailableError:
        return sessions.last_known(cookie, real_now())


def sign_in_link(word: str) -> str:
    """HTML of the link to the sign-in page."""
    return f'<a class="onemap-button" href="{escape(sign_in_url())}">{escape(word)}</a>'


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
        f"<p>{sign_in_link(_('Sign in'))}</p></section>"
    )
    with st.container(key="sign-in-providers"):
        for name, provider in providers().items():
            label = escape(_("Sign in with {provider}").format(provider=provider.called))
            link = f'href="{escape(provider_url(name))}" target="_self"'
            st.html(f'<a class="onemap-button" {link}>{label}</a>', width="content")


def _language() -> Language:
    """Language of the address, which no page has read yet; else that of the screen."""
    return parse_language(st.query_params.get("lang", "")) or state.language()
