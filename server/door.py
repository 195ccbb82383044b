"""Tell who stands behind a request, and give and take the cookies that say so."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from geo.errors import StoreUnavailableError
from server.requests import address_of, is_cross_site, is_secure
from services.policy import VISITOR, Action, may
from services.sessions import COOKIE, open_sessions
from services.throttle import open_throttle
from services.tickets import provider_cookies
from settings import settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from data.store import Store
    from services.policy import Person
    from services.sessions import Session, Sessions, SignedIn
    from services.throttle import Throttle
    from settings import Settings

    Endpoint = Callable[[Request], Awaitable[Response]]

FORM_COOKIE: Final = "onemap_form"
"""Binds the form of the sign-in page to the browser that read it: before there is a session, there is nothing else."""

_BINDING_BYTES: Final = 24
_BINDING_CHARACTERS: Final = 32


class Door:
    """Everything that the routes of sign-in share.

    Parameters
    ----------
    open_store
        Gives the store when it is needed.
    sessions, throttle
        Give this process's own when they are needed, so that importing a module makes no secret key.
    chosen
        Settings; None: those of this process.
    clock
        Gives the real instant.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        *,
        sessions: Callable[[], Sessions] = open_sessions,
        throttle: Callable[[], Throttle] = open_throttle,
        chosen: Settings | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.store = open_store
        self.sessions = sessions
        self.throttle = throttle
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
        """Who asks: the person signed in, else a visitor where visitors may look, else None. Raises as `signed_in`."""
        signed_in = self.signed_in(request)
        if signed_in is not None:
            return signed_in.person
        return VISITOR if self.visitors_may_look else None

    def for_viewers(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, answering only whoever may look, else 403; while the store is gone, who could look before."""

        async def guarded(request: Request) -> Response:
            try:
                person = await run_in_threadpool(self.person, request)
            except StoreUnavailableError:
                known = self.sessions().last_known(request.cookies.get(COOKIE), self.now())
                person = known.person if known else VISITOR if self.visitors_may_look else None
            if not may(person, Action.VIEW):
                raise HTTPException(403, "sign in first")
            return await endpoint(request)

        return guarded

    def address(self, request: Request) -> str:
        """Where the request comes from."""
        return address_of(request, trust_proxy=self._trust_proxy)

    def is_cross_site(self, request: Request) -> bool:
        """Whether another site made the browser ask."""
        return is_cross_site(request, trust_proxy=self._trust_proxy)

    def give_session(self, request: Request, response: Response, session: Session) -> None:
        """Let the browser keep a session until it ends at the latest."""
        sessions = self.sessions()
        left_s = sessions.seconds_left(session, self.now())
        self._give(request, response, COOKIE, sessions.cookie(session), max_age=left_s)

    def forget_provider(self, request: Request, response: Response) -> None:
        """Delete what an identity provider said of a browser's person, so that nobody is signed in by it again."""
        for name in provider_cookies(request.cookies):
            response.delete_cookie(name, path="/", httponly=True, samesite="lax")

    def binding(self, request: Request) -> str:
        """What binds the forms of a browser without a session to it: its cookie, or a new value to give it."""
        known = request.cookies.get(FORM_COOKIE, "")
        return known if len(known) == _BINDING_CHARACTERS else secrets.token_urlsafe(_BINDING_BYTES)

    def give_binding(self, request: Request, response: Response, binding: str) -> None:
        """Let the browser keep a binding as long as it is open."""
        self._give(request, response, FORM_COOKIE, binding, max_age=None)

    def _give(self, request: Request, response: Response, name: str, value: str, *, max_age: int | None) -> None:
        secure = is_secure(request, trust_proxy=self._trust_proxy)
        response.set_cookie(name, value, max_age=max_age, path="/", httponly=True, samesite="lax", secure=secure)
