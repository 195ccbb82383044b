"""Put together what stands beside the pages, and what is done once when the server starts."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import Route

from data.store.protocol import Store
from geo.model.errors import StoreUnavailableError
from locales import Text, bilingual
from server import routes
from server.auth import auth_routes
from server.authenticator import Authenticator
from server.health import health_routes
from server.live import live_routes
from server.middleware import Observed, configure_logging
from server.oidc import oidc_routes
from server.photos import GUIDE, photo_route
from server.reports import report_route
from server.snapshots import snapshot_routes
from server.wall import Walled, wall_routes
from services.access.accounts import first_administrator
from services.access.keys import secret_key
from services.access.sign_in import Provider
from services.campaign.context import get_context, real_now, store_at
from services.reports.photos import open_photo_storage
from services.wall.watch import Watcher
from services.wall.webhook import Hook, Receiver
from settings import settings

_log = logging.getLogger("onemap.startup")

_FIRST: Final = Text("First administrator: {name}  one-time password: {password}")


def get_store() -> Store:
    """The store that the settings name."""
    return store_at(settings().database_url)


MIDDLEWARE = (Middleware(Observed), Middleware(Walled))


def routes_with(providers: Callable[[], Mapping[str, Provider]]) -> tuple[Route, ...]:
    """Everything that stands beside the pages; people may also come in by these identity providers."""
    authenticator = Authenticator(get_store, providers=providers)
    return (
        *routes.ASSETS,
        *GUIDE,
        *(Route(route.path, authenticator.for_viewers(route.endpoint)) for route in routes.DOCUMENTS),
        *auth_routes(authenticator),
        *oidc_routes(authenticator),
        *live_routes(authenticator, lambda: get_context().campaign.id),
        *wall_routes(authenticator),
        *snapshot_routes(authenticator),
        *health_routes(get_store),
        photo_route(get_store, open_photo_storage, authenticator.person),
        report_route(authenticator, get_context, open_photo_storage),
    )


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any] | None]:  # noqa: ANN401 - Streamlit's App has no public type
    """Begin to log and to watch, and make the first administrator where there is no account yet."""
    configure_logging(settings().log_level)
    secret_key()
    await run_in_threadpool(_greet)
    watcher = _watcher()
    if watcher is not None:
        watcher.start()
    yield None
    if watcher is not None:
        watcher.stop()


def _watcher() -> Watcher | None:
    chosen = settings()
    if not chosen.webhook_url:
        return None
    hook = Hook(chosen.webhook_url, Receiver(chosen.webhook_kind), chosen.webhook_secret)
    return Watcher(get_context, hook, real_now)


def _greet() -> None:
    try:
        first = first_administrator(get_store(), real_now())
    except StoreUnavailableError as error:
        _log.warning("no administrator could be looked for", extra={"reason": error.detail})
        return
    if first is None:
        return
    sys.stdout.write(
        f"{_FIRST.fill(name=first.account.name, password=first.password).en}\n"
        f"{_FIRST.fill(name=first.account.name, password=first.password).zh}\n"
        f"{bilingual('Sign in at /signin and choose a password.')}\n"
    )
    sys.stdout.flush()
