"""Serve the view that a browser shows as a file; a few are made at a time, the others wait."""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.model.errors import OneMapError, StoreUnavailableError
from geo.validation.problem import CampaignError
from locales import Language, parse_language
from server.authenticator import Authenticator
from services.access.policy import Person
from services.campaign import urls
from services.campaign.context import get_context
from services.snapshots.export_view import File, View, export_view

AT_ONCE: Final = 2
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def snapshot_routes(authenticator: Authenticator) -> tuple[Route, ...]:
    """The route that makes files: ``format``, ``size``, ``lang``, ``date``, ``rule``, ``bounds``, ``feature``."""
    limiter = CapacityLimiter(AT_ONCE)

    async def snapshot(request: Request) -> Response:
        language = parse_language(request.query_params.get("lang", "")) or "zh"
        try:
            person = await run_in_threadpool(authenticator.person, request)
            make = partial(_make, person, _view(request), language, str(request.base_url), authenticator)
            file = await to_thread.run_sync(make, limiter=limiter)
        except (StoreUnavailableError, CampaignError) as error:
            return PlainTextResponse(error.message(language), 503, headers=_HEADERS)
        except OneMapError as error:
            return PlainTextResponse(_said(error, language), 422, headers=_HEADERS)
        name = f"attachment; filename=\"{file.name}\"; filename*=UTF-8''{quote(file.name)}"
        return Response(file.content, media_type=file.media_type, headers={**_HEADERS, "Content-Disposition": name})

    return (Route(urls.SNAPSHOT, authenticator.for_viewers(snapshot)),)


def _view(request: Request) -> View:
    query = request.query_params
    if len(request.url.query) > urls.QUERY_MAX:
        raise HTTPException(414)
    return View(
        format=query.get("format", "png"),
        size=query.get("size", "1920x1080"),
        day=query.get("date", ""),
        rule=query.get("rule", ""),
        bounds=query.get("bounds", ""),
        feature=query.get("feature", ""),
    )


def _make(person: Person | None, view: View, language: Language, base_url: str, authenticator: Authenticator) -> File:
    return export_view(get_context(), person, view, language, base_url=base_url, real_now=authenticator.now())


def _said(error: OneMapError, language: Language) -> str:
    message = getattr(error, "message", None)
    return message(language) if callable(message) else str(error)
