"""Tell load balancers and monitors how the process is: /healthz, /readyz, /metrics."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.store.protocol import Store
from geo.model.errors import StoreUnavailableError

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REGISTRY: Final = CollectorRegistry()
REQUESTS: Final = Counter("onemap_requests", "Requests answered.", ("method", "route", "status"), registry=REGISTRY)
LATENCY: Final = Histogram(
    "onemap_request_seconds", "Time until a request was answered.", ("route",), buckets=_SECONDS, registry=REGISTRY
)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


class StoreCollector(Collector):
    """Ask the store when Prometheus asks: whether it answers, its version, how many writes it holds.

    Parameters
    ----------
    open_store
        Gives the store.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store

    def collect(self) -> Iterator[Metric]:
        """Metrics of this moment; without a store only that there is none."""
        try:
            version = self._open_store().version()
        except StoreUnavailableError:
            yield GaugeMetricFamily("onemap_store_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("onemap_store_up", "Whether the database answers.", value=1)
        yield GaugeMetricFamily("onemap_store_version", "Number of the last write.", value=version)
        yield CounterMetricFamily("onemap_writes", "Writes of all replicas since the first.", value=version)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request; what the client makes up (its method) is bounded to what there is."""
    REQUESTS.labels(method if method in METHODS else "other", route, str(status)).inc()
    LATENCY.labels(route).observe(seconds)


def metrics_document(open_store: Callable[[], Store]) -> bytes:
    """All metrics of this process and of its store."""
    of_store = CollectorRegistry(auto_describe=False)
    of_store.register(StoreCollector(open_store))
    return generate_latest(REGISTRY) + generate_latest(of_store)


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
