"""Tell an open page, every few seconds, whether something was written and whether its session still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from geo.errors import StoreUnavailableError
from server.door import Door
from services import urls
from services.sessions import COOKIE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from data.store import Store
    from services.sessions import SignedIn

VERSION: Final = urls.PREFIX + "/live/version"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Live:
    """Answer with the version; while the store does not answer, with the last one and since when it is stale."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._version: int | None = None
        self._stale_since: datetime | None = None

    async def version(self, request: Request) -> Response:
        try:
            version, signed_in = await run_in_threadpool(self._ask, request)
        except StoreUnavailableError:
            return self._stale()
        self._version, self._stale_since = version, None
        if COOKIE in request.cookies and signed_in is None:
            response = JSONResponse({"version": version, "signedOut": True}, headers=_HEADERS)
            response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
            return response
        response = JSONResponse({"version": version}, headers=_HEADERS)
        if signed_in is not None and request.query_params.get("active") == "1":
            self._keep_awake(request, response, signed_in)
        return response

    def _ask(self, request: Request) -> tuple[int, SignedIn | None]:
        return self._door.store().version(), self._door.signed_in(request)

    def _keep_awake(self, request: Request, response: Response, signed_in: SignedIn) -> None:
        session = self._door.sessions().refreshed(signed_in.session, self._door.now())
        if session is not None:
            self._door.give_session(request, response, session)

    def _stale(self) -> Response:
        self._stale_since = self._stale_since or self._door.now()
        if self._version is None:
            return JSONResponse({"unavailable": True}, status_code=503, headers=_HEADERS)
        since = self._stale_since.isoformat(timespec="seconds")
        return JSONResponse({"version": self._version, "staleSince": since}, headers=_HEADERS)


def live_routes(door: Door) -> tuple[Route, ...]:
    """The route that open pages ask: ``{"version": n}``, with ``signedOut`` or ``staleSince`` where that is so."""
    return (Route(VERSION, _Live(door).version),)


def routes(open_store: Callable[[], Store]) -> tuple[Route, ...]:
    """The same, as the settings of this process say."""
    return live_routes(Door(open_store))
