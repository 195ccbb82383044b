"""Tell an open page, every few seconds, whether its campaign was written to and whether its session still holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geo.model.errors import StoreUnavailableError
from geo.validation.problem import CampaignError
from server.authenticator import Authenticator
from services.access.sessions import COOKIE, SignedIn
from services.campaign import urls

VERSION: Final = urls.PREFIX + "/live/version"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Live:
    """Answer with the version; while the store does not answer, with the last one and since when it is stale."""

    def __init__(self, authenticator: Authenticator, campaign: Callable[[], str]) -> None:
        self._auth = authenticator
        self._campaign = campaign
        self._version: int | None = None
        self._stale_since: datetime | None = None

    async def version(self, request: Request) -> Response:
        try:
            version, signed_in = await run_in_threadpool(self._ask, request)
        except StoreUnavailableError:
            return self._stale()
        except CampaignError:
            return JSONResponse({"unavailable": True}, status_code=503, headers=_HEADERS)
        self._version, self._stale_since = version, None
        if self._is_over(request, signed_in):
            response = JSONResponse({"version": version, "signedOut": True}, headers=_HEADERS)
            if signed_in is None:
                response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
            return response
        response = JSONResponse({"version": version}, headers=_HEADERS)
        if signed_in is not None and request.query_params.get("active") == "1":
            self._keep_awake(request, response, signed_in)
        return response

    def _ask(self, request: Request) -> tuple[int, SignedIn | None]:
        return self._auth.store().campaign_version(self._campaign()), self._auth.signed_in(request)

    def _is_over(self, request: Request, signed_in: SignedIn | None) -> bool:
        """Whether the session ended that the cookie names, or that the page shows while the cookie is of another."""
        shown = request.query_params.get("session", "")
        if signed_in is None:
            return bool(shown) or COOKIE in request.cookies
        return bool(shown) and shown != self._auth.sessions().mark(signed_in.session)

    def _keep_awake(self, request: Request, response: Response, signed_in: SignedIn) -> None:
        session = self._auth.sessions().refreshed(signed_in.session, self._auth.now())
        if session is not None:
            self._auth.give_session(request, response, session)

    def _stale(self) -> Response:
        self._stale_since = self._stale_since or self._auth.now()
        if self._version is None:
            return JSONResponse({"unavailable": True}, status_code=503, headers=_HEADERS)
        since = self._stale_since.isoformat(timespec="seconds")
        return JSONResponse({"version": self._version, "staleSince": since}, headers=_HEADERS)


def live_routes(authenticator: Authenticator, campaign: Callable[[], str]) -> tuple[Route, ...]:
    """The route that open pages ask.

    Parameters
    ----------
    authenticator
        Tells whose session holds.
    campaign
        Gives the id of the campaign that the pages show.

    Returns
    -------
    It answers ``{"version": n}``, with ``signedOut`` or ``staleSince`` where that is so.
    """
    return (Route(VERSION, _Live(authenticator, campaign).version),)
