"""Tell who looks at the page: whom the session's cookie or the identity provider names, or a visitor."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import streamlit as st

from geo.errors import StoreUnavailableError
from services.desk import real_now
from services.policy import VISITOR
from services.sessions import COOKIE, open_sessions
from services.sign_in import person_of_oidc
from settings import settings

if TYPE_CHECKING:
    from data.store import Store
    from services.policy import Person

SIGN_IN = "/signin"
ACCOUNT = "/signout"


def looks(store: Store) -> Person | None:
    """Whoever looks; None where they must sign in, or change their password, first.

    While the store does not answer, whoever was signed in before still is; nothing can be written then anyway.
    """
    sessions, cookie = open_sessions(), st.context.cookies.get(COOKIE)
    try:
        signed_in = sessions.check(store, cookie, real_now())
    except StoreUnavailableError:
        signed_in = sessions.last_known(cookie, real_now())
    if signed_in is not None:
        return signed_in.person
    if st.user.get("is_logged_in", False):
        return person_of_oidc(st.user.to_dict(), store)
    return VISITOR if settings().viewer_without_sign_in else None


def sign_in_url() -> str:
    """Address of the sign-in page, with the way back to what is seen now."""
    here = urlsplit(st.context.url or "/")
    query = "&".join(f"{name}={quote(value)}" for name in st.query_params for value in st.query_params.get_all(name))
    back = quote(f"{here.path}?{query}", safe="")
    return f"{SIGN_IN}?next={back}"


def sign_in_link(word: str) -> str:
    """HTML of the link to the sign-in page."""
    return f'<a class="onemap-button" href="{escape(sign_in_url())}">{escape(word)}</a>'
