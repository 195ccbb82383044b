"""Let people in and out: /signin, /signout and /password.

Every form is refused that comes from another site or whose token is not that of this browser; then nothing is changed.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.store.rows import Account
from geo.model.errors import ConflictError, StoreUnavailableError
from locales import translations
from server import pages
from server.authenticator import Authenticator
from server.pages import Shape
from server.requests import FormError, Refused, language_for, local_path, read_form, with_error, with_language
from services.access.accounts import change_password
from services.access.errors import AccessError, SignInError
from services.access.sessions import COOKIE, Session, SignedIn, person_of
from services.access.sign_in import authenticate

SIGN_IN, SIGN_OUT, PASSWORD = "/signin", "/signout", "/password"
_AT_ONCE: Final = 2
_WAITING_MAX: Final = 64
_log = logging.getLogger("onemap.auth")


def auth_routes(authenticator: Authenticator) -> tuple[Route, ...]:
    """The routes of sign-in."""
    auth = _Auth(authenticator)
    ends = (
        (SIGN_IN, auth.show_sign_in, auth.sign_in),
        (SIGN_OUT, auth.show_sign_out, auth.sign_out),
        (PASSWORD, auth.show_password, auth.change_password),
    )
    return tuple(
        route
        for path, show, act in ends
        for route in (
            Route(path, guarded(path, show), methods=["GET"]),
            Route(path, guarded(path, act), methods=["POST"]),
        )
    )


def guarded(
    path: str, handle: Callable[[Request, Shape], Awaitable[Response]], again: str = ""
) -> Callable[[Request], Awaitable[Response]]:
    """Turn what a handler refuses, and a store that does not answer, into a page; `again` is where to try again."""

    async def endpoint(request: Request) -> Response:
        going_to = local_path(request.query_params.get("next", ""))
        shape = pages.Shape(language_for(request, going_to), going_to)
        try:
            return await handle(request, shape)
        except Refused as refused:
            _log.warning("refused", extra={"path": path, "status": refused.status, "reason": refused.problem})
            shape = replace(shape, status=refused.status, problem=refused.problem, headers=refused.headers)
        except StoreUnavailableError as error:
            _log.exception("store unavailable", extra={"path": path})
            shape = replace(shape, status=503, problem=error.message(shape.language))
        return pages.failure_page(shape, again or path)

    return endpoint


class _Auth:
    def __init__(self, authenticator: Authenticator) -> None:
        self._auth = authenticator
        self._limiter = CapacityLimiter(_AT_ONCE)

    async def show_sign_in(self, request: Request, shape: Shape) -> Response:
        signed_in = await run_in_threadpool(self._auth.signed_in, request)
        if signed_in is not None:
            return redirect(redirect_after_login(shape, must_change=signed_in.must_change))
        _ = translations(shape.language).gettext
        note = _("You have signed out.") if "out" in request.query_params else ""
        response = await sign_in_page(self._auth, request, replace(shape, note=note))
        if COOKIE in request.cookies:
            response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return response

    async def sign_in(self, request: Request, shape: Shape) -> Response:
        form, shape = await self._read(request, shape, lambda: self._auth.binding(request))
        address, name = self._auth.address(request), form.get("name", "")
        if self._limiter.statistics().tasks_waiting >= _WAITING_MAX:
            raise Refused(503, _busy(shape), {"Retry-After": "5"})
        try:
            session, account = await to_thread.run_sync(
                self._enter, request, name, form.get("password", ""), limiter=self._limiter
            )
        except AccessError as error:
            shape = with_error(shape, error)
            _log.warning("sign-in refused", extra={"address": address, "status": shape.status})
            return await sign_in_page(self._auth, request, shape, name=name)
        _log.info("signed in", extra={"account": account.name, "address": address})
        response = redirect(redirect_after_login(shape, must_change=account.must_change))
        self._auth.give_session(request, response, session)
        return response

    async def show_sign_out(self, request: Request, shape: Shape) -> Response:
        signed_in = await run_in_threadpool(self._auth.signed_in, request)
        if signed_in is None:
            return redirect(pages.address(SIGN_IN, shape))
        shape = replace(shape, token=self._auth.sessions().token(signed_in.session.sid))
        return pages.sign_out_page(shape, person_of(signed_in.account))

    async def sign_out(self, request: Request, shape: Shape) -> Response:
        signed_in = await run_in_threadpool(self._auth.signed_in, request)
        binding = signed_in.session.sid if signed_in else self._auth.binding(request)
        form, shape = await self._read(request, shape, lambda: binding, needs_token=signed_in is not None)
        if signed_in is not None:
            everywhere = bool(form.get("everywhere"))
            await run_in_threadpool(self._leave, signed_in, everywhere=everywhere)
            _log.info("signed out", extra={"account": signed_in.account.name, "everywhere": everywhere})
        response = redirect(pages.address(SIGN_IN, shape, out="1"))
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return response

    async def show_password(self, request: Request, shape: Shape) -> Response:
        signed_in = await run_in_threadpool(self._auth.signed_in, request)
        if signed_in is None:
            return redirect(pages.address(SIGN_IN, replace(shape, going_to=pages.address(PASSWORD, shape))))
        return self._password_page(shape, signed_in)

    async def change_password(self, request: Request, shape: Shape) -> Response:
        signed_in = await run_in_threadpool(self._auth.signed_in, request)
        if signed_in is None:
            return redirect(pages.address(SIGN_IN, replace(shape, going_to=pages.address(PASSWORD, shape))))
        form, shape = await self._read(request, shape, lambda: signed_in.session.sid)
        if form.get("new", "") != form.get("again", ""):
            _ = translations(shape.language).gettext
            problem = _("The two new passwords differ. Type the same one twice.")
            return self._password_page(replace(shape, status=422, problem=problem), signed_in)
        try:
            session = await to_thread.run_sync(self._change, request, signed_in, form, limiter=self._limiter)
        except (AccessError, ConflictError) as error:
            return self._password_page(with_error(shape, error, own=True), signed_in)
        _log.info("password changed", extra={"account": signed_in.account.name})
        response = redirect(with_language(shape.going_to, shape.language))
        self._auth.give_session(request, response, session)
        return response

    async def _read(
        self, request: Request, shape: Shape, binding: Callable[[], str], *, needs_token: bool = True
    ) -> tuple[Mapping[str, str], Shape]:
        """Read a form of ours, and the language and place that it names."""
        _ = translations(shape.language).gettext
        if self._auth.is_cross_site(request):
            raise Refused(403, _("Another site sent this form, so it was refused. Open the page here."))
        try:
            form = await read_form(request)
        except FormError as error:
            too_long = error.status == 413  # noqa: PLR2004  the status says it
            problem = _("The form is too long. A password may have 1,024 bytes.") if too_long else _("This is no form.")
            raise Refused(error.status, problem) from error
        if needs_token and not self._auth.sessions().token_fits(binding(), form.get("token", "")):
            raise Refused(403, _("The form is out of date, or the browser refuses cookies. Open it anew."))
        going_to = local_path(form.get("next", ""))
        return form, replace(shape, going_to=going_to, language=language_for(request, going_to, form.get("lang", "")))

    def _enter(self, request: Request, name: str, password: str) -> tuple[Session, Account]:
        store, now, address = self._auth.store(), self._auth.now(), self._auth.address(request)
        account = authenticate(store, self._auth.throttle(), name, password, address=address, now=now)
        self._auth.end_session(request)
        return self._auth.sessions().begin(store, account, address=address, now=now), account

    def _leave(self, signed_in: SignedIn, *, everywhere: bool) -> None:
        self._auth.sessions().end(self._auth.store(), signed_in, everywhere=everywhere, now=self._auth.now())

    def _change(self, request: Request, signed_in: SignedIn, form: Mapping[str, str]) -> Session:
        store, now, address = self._auth.store(), self._auth.now(), self._auth.address(request)
        throttle = self._auth.throttle()
        throttle.require(store, signed_in.account.name, address, now)
        try:
            account = change_password(store, signed_in.account, form.get("current", ""), form.get("new", ""), now)
        except SignInError:
            throttle.failed(store, signed_in.account.name, address, now)
            raise
        return self._auth.sessions().begin(store, account, address=address, now=now)

    def _password_page(self, shape: Shape, signed_in: SignedIn) -> Response:
        _ = translations(shape.language).gettext
        note = _("Choose a password of your own before you go on.") if signed_in.must_change else ""
        shape = replace(shape, token=self._auth.sessions().token(signed_in.session.sid), note=note)
        return pages.password_page(shape, person_of(signed_in.account), must_change=signed_in.must_change)


async def sign_in_page(authenticator: Authenticator, request: Request, shape: Shape, *, name: str = "") -> Response:
    """The page to sign in, its form bound to the browser; `name` is what was typed before."""
    binding = authenticator.binding(request)
    shape = replace(shape, token=authenticator.sessions().token(binding))
    called = {key: one.called for key, one in (await run_in_threadpool(authenticator.providers)).items()}
    response = pages.sign_in_page(shape, name=name, may_look=authenticator.visitors_may_look, providers=called)
    authenticator.give_binding(request, response, binding)
    return response


def redirect_after_login(shape: Shape, *, must_change: bool) -> str:
    """Address to go to once signed in: where one wanted to go, but to a password of one's own first."""
    if must_change:
        return pages.address(PASSWORD, shape)
    return with_language(shape.going_to, shape.language)


def redirect(to: str) -> Response:
    """Lead to another address; nothing keeps the answer."""
    return RedirectResponse(to, status_code=303, headers={"Cache-Control": "no-store"})


def _busy(shape: Shape) -> str:
    _ = translations(shape.language).gettext
    return _("Too many people are signing in at this moment. Try again in a few seconds.")
