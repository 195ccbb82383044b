"""Let people in by an identity provider: /signin/with leads there, and back to the page that was asked for.

There Streamlit takes over. What the provider says reaches the home page, which hands the browser a ticket;
/signin/ticket takes it, begins a session and leads on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from locales import translations
from server.auth import SIGN_IN, guarded, redirect, redirect_after_login
from server.authenticator import Authenticator
from server.pages import Shape
from server.requests import Refused, local_path, with_language
from services.access import next_url as way_back
from services.access.login_handoff import TicketError, Tickets, open_tickets
from services.access.next_url import WaysBack, open_ways_back
from services.access.sessions import Session

WITH: Final = "/signin/with"
TICKET: Final = "/signin/ticket"
_log = logging.getLogger("onemap.auth")


def ticket_routes(
    door: Authenticator, tickets: Callable[[], Tickets] = open_tickets, ways: Callable[[], WaysBack] = open_ways_back
) -> tuple[Route, ...]:
    """The routes that lead to a provider and take tickets."""
    gate = _Gate(door, tickets, ways)
    ends = ((WITH, gate.leave), (TICKET, gate.take))
    return tuple(Route(path, guarded(path, act, SIGN_IN), methods=["GET"]) for path, act in ends)


class _Gate:
    def __init__(self, door: Authenticator, tickets: Callable[[], Tickets], ways: Callable[[], WaysBack]) -> None:
        self._door = door
        self._tickets = tickets
        self._ways = ways

    async def leave(self, request: Request, shape: Shape) -> Response:
        self._require_own_site(request, shape)
        signed_in = await run_in_threadpool(self._door.signed_in, request)
        if signed_in is not None:
            return redirect(redirect_after_login(shape, must_change=signed_in.must_change))
        _ = translations(shape.language).gettext
        name, providers = request.query_params.get("provider", ""), self._door.providers
        if name not in await run_in_threadpool(providers.offered):
            raise Refused(404, _("There is no such identity provider. Sign in here."))
        address = await run_in_threadpool(providers.address, name)
        if address is None:
            raise Refused(
                503, _("This identity provider is not set up completely. The server's log says what is missing.")
            )
        response = redirect(address)
        way = self._ways().cookie(with_language(shape.going_to, shape.language), self._door.now())
        self._door.give_way_back(request, response, way)
        return response

    async def take(self, request: Request, shape: Shape) -> Response:
        self._require_own_site(request, shape)
        try:
            session = await run_in_threadpool(self._enter, request)
        except TicketError as error:
            raise Refused(403, error.message(shape.language)) from error
        extra = {"account": session.name, "address": self._door.address(request), "by": "identity provider"}
        _log.info("signed in", extra=extra)
        way = self._ways().path(request.cookies.get(way_back.COOKIE), self._door.now())
        shape = replace(shape, going_to=local_path(way) if way else shape.going_to)
        response = redirect(with_language(shape.going_to, shape.language))
        self._door.give_session(request, response, session)
        self._door.forget_provider(request, response)
        response.delete_cookie(way_back.COOKIE, path="/", httponly=True, samesite="lax")
        return response

    def _require_own_site(self, request: Request, shape: Shape) -> None:
        if self._door.is_cross_site(request):
            _ = translations(shape.language).gettext
            raise Refused(403, _("Another site sent the browser here, so it was refused. Sign in here."))

    def _enter(self, request: Request) -> Session:
        store, now, address = self._door.store(), self._door.now(), self._door.address(request)
        account = self._tickets().take(store, request.query_params.get("t", ""), request.cookies, now)
        before, sessions = self._door.signed_in(request), self._door.sessions()
        if before is not None:
            sessions.end(store, before, everywhere=False, now=now)
        return sessions.begin(store, account, address=address, now=now, by_provider=True)
