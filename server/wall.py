"""Serve the wall: `/?wall=1` is a page of its own, which lives without Streamlit's connection and heals by itself."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.model.errors import StoreUnavailableError
from geo.validation.problem import CampaignError
from layers.style import THEMES, css_variables
from locales import Language, parse_language, translations
from server.authenticator import Authenticator
from server.requests import language_for
from server.routes import FRONTEND_DIR
from services.access.policy import Action, may
from services.campaign import urls
from services.campaign.context import get_context
from services.campaign.urls import frontend_url
from services.wall.wall import wall_json, wall_state
from settings import ROOT

PATH: Final = "/wall"
STATE: Final = urls.WALL
SPEED_MAX: Final = 60
_HERE: Final = Path(__file__).parent / "templates"
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
)
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Walled:
    """ASGI middleware that gives `/?wall=1`, the address that the map page has with one word more, to the wall."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["path"] in {"/", "/map"}:
            query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
            if query.get("wall", [""])[0] == "1":
                scope = {**scope, "path": PATH, "raw_path": PATH.encode()}
        await self.app(scope, receive, send)


def wall_routes(authenticator: Authenticator) -> tuple[Route, ...]:
    """The page, and what it asks for every few seconds."""

    async def page(request: Request) -> Response:
        try:
            person = await run_in_threadpool(authenticator.person, request)
            signed_in = await run_in_threadpool(authenticator.signed_in, request)
        except StoreUnavailableError:
            person, signed_in = authenticator.known_before(request), None
        if not may(person, Action.VIEW):
            return RedirectResponse(f"/signin?next={quote(_here(request), safe='')}", status_code=303, headers=_HEADERS)
        response = _page(request)
        if signed_in is not None:
            authenticator.give_wall(request, response, signed_in)
        return response

    async def state(request: Request) -> Response:
        language = parse_language(request.query_params.get("lang", "")) or "zh"
        have = request.query_params.get("have", "")
        try:
            body = await run_in_threadpool(_state, language, have)
        except (StoreUnavailableError, CampaignError):
            return Response(status_code=503, headers=_HEADERS)
        return Response(body, media_type="application/json", headers=_HEADERS)

    return Route(PATH, page), Route(STATE, authenticator.for_viewers(state))


def _here(request: Request) -> str:
    return f"/?{request.url.query}" if "wall=1" in request.url.query else "/?wall=1"


def _state(language: Language, have: str) -> bytes:
    return wall_json(wall_state(get_context(), language, have, FRONTEND_DIR))


def _page(request: Request) -> Response:
    query = request.query_params
    language = language_for(request, "")
    speed = query.get("speed", "1")
    content = _TEMPLATES.get_template("wall.html").render(
        locale={"zh": "zh-CN", "en": "en"}[language],
        lang=language,
        theme=next((theme for theme in THEMES if theme == query.get("theme")), "dark"),
        speed=min(max(int(speed), 1), SPEED_MAX) if speed.isascii() and speed.isdigit() else 1,
        title=translations(language).gettext("One Map of Hongqiao"),
        module=frontend_url(FRONTEND_DIR, "wall.js"),
        style=Markup(_style()),  # noqa: S704  our own files
        icon_address=_icon(),
    )
    return HTMLResponse(content, headers=_HEADERS)


@cache
def _style() -> str:
    shared = ROOT / "views" / "shared" / "styles"
    sheets = (shared / "base.css", shared / "points.css", _HERE / "wall.css")
    return f":root{{{css_variables()}}}\n" + "\n".join(sheet.read_text("utf-8") for sheet in sheets)


@cache
def _icon() -> str:
    icon = (ROOT / "views" / "icon.svg").read_bytes()
    return "data:image/svg+xml;base64," + base64.b64encode(icon).decode()
