"""Let in whom an identity provider has signed in: /signin/ticket takes what a page hands out, and begins a session."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from locales import translations
from server.auth import SIGN_IN, guarded, redirect
from server.refusals import Refused
from server.requests import with_language
from services.tickets import TicketError, open_tickets

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from server.door import Door
    from server.pages import Shape
    from services.sessions import Session
    from services.tickets import Tickets

TICKET: Final = "/signin/ticket"
_log = logging.getLogger("onemap.auth")


def ticket_routes(door: Door, tickets: Callable[[], Tickets] = open_tickets) -> tuple[Route, ...]:
    """The route that takes tickets."""
    return (Route(TICKET, guarded(TICKET, _Gate(door, tickets).take, SIGN_IN), methods=["GET"]),)


class _Gate:
    def __init__(self, door: Door, tickets: Callable[[], Tickets]) -> None:
        self._door = door
        self._tickets = tickets

    async def take(self, request: Request, shape: Shape) -> Response:
        if self._door.is_cross_site(request):
            _ = translations(shape.language).gettext
            raise Refused(403, _("Another site sent the browser here, so it was refused. Sign in here."))
        try:
            session = await run_in_threadpool(self._enter, request)
        except TicketError as error:
            raise Refused(403, error.message(shape.language)) from error
        extra = {"account": session.name, "address": self._door.address(request), "by": "identity provider"}
        _log.info("signed in", extra=extra)
        response = redirect(with_language(shape.going_to, shape.language))
        self._door.give_session(request, response, session)
        self._door.forget_provider(request, response)
        return response

    def _enter(self, request: Request) -> Session:
        store, now, address = self._door.store(), self._door.now(), self._door.address(request)
        account = self._tickets().take(store, request.query_params.get("t", ""), request.cookies, now)
        before, sessions = self._door.signed_in(request), self._door.sessions()
        if before is not None:
            sessions.end(store, before, everywhere=False, now=now)
        return sessions.begin(store, account, address=address, now=now, by_provider=True)
