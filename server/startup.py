"""Put together what stands beside the pages, and what is done once when the server starts."""

from __future__ import annotations

import logging
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import Route

from geo.errors import StoreUnavailableError
from server import routes
from server.auth import auth_routes
from server.door import Door
from server.health import health_routes
from server.live import live_routes
from server.logs import configure_logging
from server.middleware import Observed
from server.photos import photo_route
from server.tickets import ticket_routes
from services.accounts import first_administrator
from services.desk import real_now, store_at
from services.keys import secret_key
from services.photo_shelf import FolderShelf
from settings import settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from data.store import Store

_log = logging.getLogger("onemap.startup")


def the_store() -> Store:
    """The store that the settings name."""
    return store_at(settings().database_url)


def _shelf() -> FolderShelf:
    return FolderShelf(settings().var_dir / "photos")


_DOOR = Door(the_store)

ROUTES = (
    *routes.ASSETS,
    *(Route(route.path, _DOOR.for_viewers(route.endpoint)) for route in routes.DOCUMENTS),
    *auth_routes(_DOOR),
    *ticket_routes(_DOOR),
    *live_routes(_DOOR),
    *health_routes(the_store),
    photo_route(the_store, _shelf, _DOOR.person),
)
MIDDLEWARE = (Middleware(Observed),)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any] | None]:  # noqa: ANN401 - Streamlit's App has no public type
    """Begin to log, and make the first administrator where there is no account yet."""
    configure_logging(settings().log_level)
    secret_key()
    await run_in_threadpool(_greet)
    yield None


def _greet() -> None:
    try:
        first = first_administrator(the_store(), real_now())
    except StoreUnavailableError as error:
        _log.warning("no administrator could be looked for", extra={"reason": error.detail})
        return
    if first is None:
        return
    sys.stdout.write(
        f"First administrator 首位管理员: {first.account.name}  one-time password 一次性密码: {first.password}\n"
        "Sign in at /signin and choose a password. 请在 /signin 登录并设置新密码。\n"
    )
    sys.stdout.flush()
