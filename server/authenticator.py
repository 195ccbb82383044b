"""Tell who stands behind a request, and give and take the cookies that say so."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from data.store.protocol import Store
from geo.model.errors import StoreUnavailableError
from server.requests import address_of, is_cross_site, is_secure
from services.access.policy import VISITOR, Action, Person, Role, may
from services.access.sessions import COOKIE, WALL_COOKIE, Session, Sessions, SignedIn, open_sessions, open_wall_sessions
from services.access.sign_in import Provider
from services.access.throttle import Throttle, open_throttle
from settings import Settings, settings

Endpoint = Callable[[Request], Awaitable[Response]]

FORM_COOKIE: Final = "onemap_form"
"""Binds the form of the sign-in page to the browser that read it: before there is a session, there is nothing else."""

_BINDING_BYTES: Final = 24
_BINDING_CHARACTERS: Final = 32


class Authenticator:
    """Everything that the routes of sign-in share.

    Parameters
    ----------
    open_store
        Gives the store when it is needed.
    sessions, walls, throttle
        Give this process's own when they are needed, so that importing a module makes no secret key.
    chosen
        Settings; None: those of this process.
    providers
        Gives the identity providers beside the local accounts, by name.
    clock
        Gives the real instant.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        *,
        sessions: Callable[[], Sessions] = open_sessions,
        walls: Callable[[], Sessions] = open_wall_sessions,
        throttle: Callable[[], Throttle] = open_throttle,
        chosen: Settings | None = None,
        providers: Callable[[], Mapping[str, Provider]] = dict,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.store = open_store
        self.sessions = sessions
        self.walls = walls
        self.throttle = throttle
        self.providers = providers
        self.now = clock
        chosen = chosen or settings()
        self.visitors_may_look = chosen.viewer_without_sign_in
        self._trust_proxy = chosen.trust_proxy

    def signed_in(self, request: Request) -> SignedIn | None:
        """The session that holds and that the request's cookie names.

        Raises
        ------
        StoreUnavailableError
            If the store cannot be asked.
        """
        return self.sessions().check(self.store(), request.cookies.get(COOKIE), self.now())

    def person(self, request: Request) -> Person | None:
        """Who asks: the person signed in, else the wall as a viewer, else a visitor where visitors may look, else None.

        Raises as `signed_in`.
        """
        signed_in = self.signed_in(request)
        if signed_in is not None:
            return signed_in.person
        wall = self.walls().check(self.store(), request.cookies.get(WALL_COOKIE), self.now())
        if wall is not None and wall.person is not None:
            return replace(wall.person, role=Role.VIEWER)
        return VISITOR if self.visitors_may_look else None

    def known_before(self, request: Request) -> Person | None:
        """Who asks, as far as it can be told without the store: whoever could look before still can."""
        pairs = ((self.sessions(), COOKIE), (self.walls(), WALL_COOKIE))
        for sessions, cookie in pairs:
            known = sessions.last_known(request.cookies.get(cookie), self.now())
            if known is not None:
                return VISITOR if known.person is not None else None
        return VISITOR if self.visitors_may_look else None

    def for_viewers(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, answering only whoever may look, else 403; while the store is gone, who could look before."""

        async def guarded(request: Request) -> Response:
            try:
                person = await run_in_threadpool(self.person, request)
            except StoreUnavailableError:
                person = self.known_before(request)
            if not may(person, Action.VIEW):
                raise HTTPException(403, "sign in first")
            return await endpoint(request)

        return guarded

    def end_session(self, request: Request) -> None:
        """End the session that the request's cookie names, if one holds; raises as `signed_in`."""
        before = self.signed_in(request)
        if before is not None:
            self.sessions().end(self.store(), before, everywhere=False, now=self.now())

    def address(self, request: Request) -> str:
        """Where the request comes from."""
        return address_of(request, trust_proxy=self._trust_proxy)

    def is_cross_site(self, request: Request) -> bool:
        """Whether another site made the browser ask."""
        return is_cross_site(request, trust_proxy=self._trust_proxy)

    def is_secure(self, request: Request) -> bool:
        """Whether the browser asked over HTTPS."""
        return is_secure(request, trust_proxy=self._trust_proxy)

    def give_session(self, request: Request, response: Response, session: Session) -> None:
        """Let the browser keep a session until it ends at the latest."""
        sessions = self.sessions()
        left_s = sessions.seconds_left(session, self.now())
        self._give(request, response, COOKIE, sessions.cookie(session), max_age=left_s)

    def give_wall(self, request: Request, response: Response, signed_in: SignedIn) -> None:
        """Let the browser keep a pass for the wall."""
        walls = self.walls()
        session = walls.adopted(signed_in, self.now())
        left_s = walls.seconds_left(session, self.now())
        self._give(request, response, WALL_COOKIE, walls.cookie(session), max_age=left_s)

    def binding(self, request: Request) -> str:
        """What binds the forms of a browser without a session to it: its cookie, or a new value to give it."""
        known = request.cookies.get(FORM_COOKIE, "")
        return known if len(known) == _BINDING_CHARACTERS else secrets.token_urlsafe(_BINDING_BYTES)

    def give_binding(self, request: Request, response: Response, binding: str) -> None:
        """Let the browser keep a binding as long as it is open."""
        self._give(request, response, FORM_COOKIE, binding, max_age=None)

    def _give(self, request: Request, response: Response, name: str, value: str, *, max_age: int | None) -> None:
        secure = self.is_secure(request)
        response.set_cookie(name, value, max_age=max_age, path="/", httponly=True, samesite="lax", secure=secure)
