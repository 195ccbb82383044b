"""Tell load balancers and monitors how the process is: /healthz, /readyz, /metrics."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.store.protocol import Store
from geo.model.errors import StoreUnavailableError
from server.metrics import CONTENT_TYPE, metrics_document

_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_log = logging.getLogger("onemap.health")


def health_routes(open_store: Callable[[], Store]) -> tuple[Route, ...]:
    """The routes of health.

    Returns
    -------
    ``/healthz``: the process answers. ``/readyz``: its database does too, else 503, and a load balancer sends people to
    another replica. ``/metrics``: for Prometheus, which asks each replica itself; who comes through a proxy gets 404.
    """

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=_HEADERS)

    async def readyz(_request: Request) -> Response:
        try:
            await run_in_threadpool(lambda: open_store().ping())
        except StoreUnavailableError as error:
            _log.warning("not ready", extra={"reason": error.detail})
            return JSONResponse({"status": "unavailable", "what": "database"}, status_code=503, headers=_HEADERS)
        return JSONResponse({"status": "ok"}, headers=_HEADERS)

    async def metrics(request: Request) -> Response:
        if "x-forwarded-for" in request.headers:
            return Response(status_code=404, headers=_HEADERS)
        document = await run_in_threadpool(metrics_document, open_store)
        return Response(document, headers=_HEADERS | {"Content-Type": CONTENT_TYPE})

    return (Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics))
