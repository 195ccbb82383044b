"""Serve beside the pages what the map needs: its modules, Leaflet, style, swatches and the documents of the campaign.

Every address carries a hash of what it names; the answer may be kept for ever and no other host is asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from xstatic.pkg import leaflet

from geo.model.errors import StoreUnavailableError
from geo.model.kinds import Kind
from geo.model.status import Light
from geo.model.supervision import EscalationLevel
from geo.space.crs import Datum
from geo.validation.problem import CampaignError
from layers.style import THEMES, Theme, kind_swatch, light_swatch, ring_swatch
from locales import parse_language
from services.campaign import urls
from services.campaign.context import CampaignContext, get_context
from services.campaign.urls import style_document
from services.campaign.words import words_document
from settings import ROOT

FRONTEND_DIR = ROOT / "frontend"
_MODULES = frozenset(path.name for path in FRONTEND_DIR.glob("*.js"))
_LEAFLET_DIR = Path(leaflet.BASE_DIR)
_LEAFLET_FILES = frozenset(
    path.relative_to(_LEAFLET_DIR).as_posix() for path in _LEAFLET_DIR.rglob("*") if path.is_file()
)
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
_ONCE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_JSON, _JS, _SVG = "application/json", "text/javascript", "image/svg+xml"


def _forever(body: bytes | str, media_type: str) -> Response:
    return Response(body, media_type=media_type, headers=_FOREVER)


def _with_context(answer: Callable[[CampaignContext, Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Endpoint that answers in a thread, since disk and database may keep it waiting; 503 where they are gone."""

    async def endpoint(request: Request) -> Response:
        try:
            return await run_in_threadpool(lambda: answer(get_context(), request))
        except StoreUnavailableError as error:
            raise HTTPException(503, "the database does not answer; try again", _ONCE) from error
        except CampaignError as error:
            raise HTTPException(503, "the campaign cannot be opened; the page says why", _ONCE) from error

    return endpoint


def _require_current_files(context: CampaignContext, request: Request) -> None:
    """Let through who asks for the files as they are now."""
    if request.path_params["version"] != context.files_version:
        raise HTTPException(404, "the data have changed; reload the page")


async def frontend(request: Request) -> Response:
    """One module of the map's front-end."""
    name = request.path_params["name"]
    if name not in _MODULES:
        raise HTTPException(404)
    return FileResponse(FRONTEND_DIR / name, media_type=_JS, headers=_FOREVER)


async def leaflet_file(request: Request) -> Response:
    """One file of the installed Leaflet package."""
    path = request.path_params["path"]
    if path not in _LEAFLET_FILES:
        raise HTTPException(404)
    return FileResponse(_LEAFLET_DIR / path, headers=_FOREVER)


async def style(_request: Request) -> Response:
    """The style table."""
    return _forever(style_document(), _JSON)


async def words(request: Request) -> Response:
    """The words of a language."""
    language = parse_language(request.path_params["lang"])
    if language is None:
        raise HTTPException(404)
    return _forever(words_document(language), _JSON)


_SWATCHES: Final[Mapping[str, Callable[[str, Theme], str]]] = MappingProxyType(
    {
        "light": lambda name, theme: light_swatch(Light(name), theme),
        "kind": lambda name, theme: kind_swatch(Kind(name), theme),
        "ring": lambda name, theme: ring_swatch(EscalationLevel(name), theme),
    }
)


async def swatch(request: Request) -> Response:
    """The swatch of a light (``light-red``), a kind (``kind-river``) or a rung of supervision (``ring-urge``)."""
    what, _, name = request.path_params["name"].partition("-")
    theme = next((theme for theme in THEMES if theme == request.path_params["theme"]), None)
    if theme is None or what not in _SWATCHES:
        raise HTTPException(404)
    try:
        return _forever(_SWATCHES[what](name, theme), _SVG)
    except (ValueError, KeyError, StopIteration) as error:
        raise HTTPException(404) from error


@_with_context
def features(context: CampaignContext, request: Request) -> Response:
    """Everything about the features that no date changes, in one datum."""
    _require_current_files(context, request)
    if request.path_params["datum"] not in set(Datum):
        raise HTTPException(404)
    body = context.features_document(Datum(request.path_params["datum"]))
    return Response(body, media_type=_JSON, headers=_KEPT)


@_with_context
def board(context: CampaignContext, request: Request) -> Response:
    """The board as of one day of the campaign. Where something was written meanwhile, the newer one, not to be kept."""
    try:
        day = date.fromisoformat(request.path_params["day"])
    except ValueError as error:
        raise HTTPException(404) from error
    if day != context.campaign.clamp(day):
        raise HTTPException(404)
    version = context.version
    body = context.board_document(day)
    headers = _KEPT if request.path_params["version"] == version else _ONCE
    return Response(body, media_type=_JSON, headers=headers)


@_with_context
def script(context: CampaignContext, request: Request) -> Response:
    """The script that folium rendered."""
    _require_current_files(context, request)
    return Response(context.script(), media_type=_JS, headers=_KEPT)


ASSETS: tuple[Route, ...] = (
    Route(urls.FRONTEND, frontend),
    Route(urls.LEAFLET + "/{path:path}", leaflet_file),
    Route(urls.STYLE, style),
    Route(urls.WORDS, words),
    Route(urls.SWATCH, swatch),
)
"""What says nothing of a campaign."""

DOCUMENTS: tuple[Route, ...] = (
    Route(urls.FEATURES, features),
    Route(urls.BOARD, board),
    Route(urls.SCRIPT, script),
)
"""What only those may read who may look at the board; the caller guards them."""
