"""Let people in by an identity provider: /signin/with/… leads there, and /signin/back takes what it says of them.

Authlib speaks OpenID Connect. What it must remember meanwhile (state, nonce, the verifier of PKCE), and the page that
was asked for, stand in a signed cookie that goes to addresses below /signin only, for ten minutes: nobody but the
browser that left for the provider can come back from it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from httpx2 import HTTPError, InvalidURL
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from locales import translations
from server.auth import SIGN_IN, guarded, redirect, redirect_after_login, sign_in_page
from server.authenticator import Authenticator
from server.pages import Shape
from server.requests import Refused, language_for, local_path, with_language
from services.access.keys import derive, secret_key
from services.access.sessions import Session
from services.access.sign_in import Provider, account_of_oidc

WITH: Final = "/signin/with/{provider:path}"
BACK: Final = "/signin/back"
STREAMLIT_BACK: Final = "/oauth2callback"
"""Where providers send people back that were set up for ``st.login``; it leads to `BACK`."""
COOKIE: Final = "onemap_oidc"
SECONDS: Final = 600
_FAULTS: Final = (AuthlibBaseError, JoseError, HTTPError, InvalidURL, LookupError, RuntimeError, TypeError, ValueError)
"""What Authlib raises for a provider that is gone, answers nonsense or refuses, and for a state that is not ours."""
_log = logging.getLogger("onemap.auth")


def oidc_routes(authenticator: Authenticator, secret: Callable[[], bytes] = secret_key) -> tuple[Route, ...]:
    """The routes that lead to a provider and back; `secret` gives what their cookie is signed with."""
    gate = _Gate(authenticator)
    keeping = [Middleware(_keeping_state, authenticator=authenticator, secret=secret)]
    return (
        Route(WITH, guarded(WITH, gate.leave, SIGN_IN), methods=["GET"], middleware=keeping),
        Route(BACK, guarded(BACK, gate.come_back, SIGN_IN), methods=["GET"], middleware=keeping),
        Route(STREAMLIT_BACK, _on_to_back, methods=["GET"]),
    )


def _keeping_state(app: ASGIApp, authenticator: Authenticator, secret: Callable[[], bytes]) -> ASGIApp:
    """Keep the session of a request in the cookie; the scope is a copy, since Streamlit keeps its own session there."""

    async def keeping(scope: Scope, receive: Receive, send: Send) -> None:
        key, https = derive(secret(), "oidc"), authenticator.is_secure(Request(scope))
        inner = SessionMiddleware(app, key, COOKIE, max_age=SECONDS, path=SIGN_IN, same_site="lax", https_only=https)
        await inner(dict(scope), receive, send)

    return keeping


async def _on_to_back(request: Request) -> Response:
    return redirect(f"{BACK}?{request.url.query}")


class _Gate:
    def __init__(self, authenticator: Authenticator) -> None:
        self._auth = authenticator

    async def leave(self, request: Request, shape: Shape) -> Response:
        _ = translations(shape.language).gettext
        if self._auth.is_cross_site(request):
            raise Refused(403, _("Another site sent the browser here, so it was refused. Sign in here."))
        signed_in = await run_in_threadpool(self._auth.signed_in, request)
        if signed_in is not None:
            return redirect(redirect_after_login(shape, must_change=signed_in.must_change))
        name = request.path_params["provider"]
        provider = (await run_in_threadpool(self._auth.providers)).get(name)
        if provider is None:
            raise Refused(404, _("There is no such identity provider. Sign in here."))
        if reason := _fault(provider):
            _log.warning("an identity provider cannot be asked", extra={"provider": name, "reason": reason})
            raise Refused(
                503, _("This identity provider is not set up completely. The server's log says what is missing.")
            )
        try:
            leading = await _client(provider).authorize_redirect(request, provider.redirect_uri)
        except _FAULTS as error:
            _log.warning("an identity provider does not answer", extra={"provider": name, "reason": _named(error)})
            raise Refused(503, _("This identity provider does not answer. Try again, or sign in here.")) from error
        going_to = local_path(with_language(shape.going_to, shape.language))
        request.session.update(provider=name, going_to=going_to)
        return redirect(leading.headers["location"])

    async def come_back(self, request: Request, shape: Shape) -> Response:
        left = dict(request.session)
        going_to = local_path(left.get("going_to", ""))
        shape = replace(shape, going_to=going_to, language=language_for(request, going_to))
        claims = await self._claims(request, left.get("provider", ""))
        request.session.clear()
        session = await run_in_threadpool(self._enter, request, claims) if claims else None
        if session is None:
            return await self._refusal(request, shape)
        extra = {"account": session.name, "address": self._auth.address(request), "by": "identity provider"}
        _log.info("signed in", extra=extra)
        response = redirect(redirect_after_login(shape, must_change=False))
        self._auth.give_session(request, response, session)
        return response

    async def _claims(self, request: Request, name: str) -> Mapping[str, object]:
        """What the provider says of the person; nothing where it, or this browser's state, is not to be believed."""
        try:
            provider = (await run_in_threadpool(self._auth.providers))[name]
            client = _client(provider)
            issuer = (await client.load_server_metadata())["issuer"]
            meant = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client.client_id}}
            token = await client.authorize_access_token(request, claims_options=meant)
            claims: Mapping[str, object] = token["userinfo"]
        except _FAULTS as error:
            extra = {"provider": name, "reason": _named(error), "address": self._auth.address(request)}
            _log.warning("what an identity provider said was refused", extra=extra)
            return {}
        return claims

    def _enter(self, request: Request, claims: Mapping[str, object]) -> Session | None:
        store, now, address = self._auth.store(), self._auth.now(), self._auth.address(request)
        account = account_of_oidc(claims, store, now)
        if account is None:
            return None
        self._auth.end_session(request)
        return self._auth.sessions().begin(store, account, address=address, now=now, by_provider=True)

    async def _refusal(self, request: Request, shape: Shape) -> Response:
        """The sign-in page with the reason; whoever is signed in anyway came back a second time and goes on."""
        signed_in = await run_in_threadpool(self._auth.signed_in, request)
        if signed_in is not None:
            return redirect(redirect_after_login(shape, must_change=signed_in.must_change))
        _ = translations(shape.language).gettext
        problem = _(
            "That sign-in is out of date, or its account is not active. Sign in again, or ask an administrator."
        )
        return await sign_in_page(self._auth, request, replace(shape, status=403, problem=problem))


def _client(provider: Provider) -> Any:  # noqa: ANN401  Authlib ships no types
    """Authlib's client of a provider, which learns anew where the provider's endpoints and keys are."""
    wishes = {"scope": "openid email profile", "prompt": "select_account", "code_challenge_method": "S256"}
    settings = {**provider.client, "client_kwargs": wishes | dict(provider.client.get("client_kwargs", {}))}
    return OAuth().register("oidc", **settings)


def _fault(provider: Provider) -> str:
    """Why a provider cannot be asked; empty where it can."""
    if provider.missing:
        return f"secrets.toml lacks {', '.join(provider.missing)}"
    if not provider.redirect_uri.endswith((BACK, STREAMLIT_BACK)):
        return f"redirect_uri {provider.redirect_uri!r} must end in {BACK}"
    return ""


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
