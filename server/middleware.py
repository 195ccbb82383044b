"""Stand around everything that is served: a request id, safe headers, one line of log and the metrics.

The log is one JSON object a line, each with the id of the request that it belongs to. Passwords, cookies, form fields
and queries are never handed to a logger; only what is named here or by a caller is written.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.health import observe
from services.campaign import urls

REQUEST_ID: Final = ContextVar("request_id", default="")
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Format a record: at (UTC), level, logger, message, request_id, what the caller added, and the exception."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON; line breaks inside texts are escaped, so that nobody forges a line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := REQUEST_ID.get():
            line["request_id"] = request_id
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure_logging(level: str) -> None:
    """Send everything of ours from `level` on to standard error; the second call only changes the level."""
    ours = logging.getLogger("onemap")
    ours.setLevel(level)
    ours.propagate = False
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in ours.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        ours.addHandler(handler)


HEADER: Final = "X-Request-ID"
_GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_QUIET: Final = frozenset({"/healthz", "/readyz", "/metrics", "/_stcore/health", urls.VERSION, urls.WALL})
_QUIET_BELOW: Final = (
    "/static/",  # Streamlit's own bundles
    *(one.partition("{")[0] for one in (urls.FRONTEND, urls.LEAFLET, urls.STYLE, urls.SWATCH, urls.WORDS, urls.SCRIPT)),
)
"""What a page fetches dozens of times and keeps for ever; only a failure of it is worth a line."""

_SAFE: Final = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
_SWITCHED, _REFUSED, _FAILED = 101, 400, 500
_log = logging.getLogger("onemap.http")


class Observed:
    """ASGI middleware for everything, Streamlit's own paths included.

    Parameters
    ----------
    app
        What is served.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or WebSocket. The id is the client's where it sends a plain one, else new."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        token = REQUEST_ID.set(request_id)
        begun = perf_counter()
        status = _SWITCHED if scope["type"] == "websocket" else _FAILED

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _dress(message, request_id)
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        finally:
            _tell(scope, status, perf_counter() - begun)
            REQUEST_ID.reset(token)


def _dress(message: Message, request_id: str) -> None:
    headers = MutableHeaders(scope=message)
    headers[HEADER] = request_id
    for name, value in _SAFE.items():
        headers.setdefault(name, value)


def _tell(scope: Scope, status: int, seconds: float) -> None:
    """Count and log; a WebSocket's time is how long it was open and is no latency, and of a query nothing is kept."""
    path = str(scope["path"])
    route = getattr(scope.get("route"), "path", None) or "none"
    method = scope.get("method", "WEBSOCKET")
    if scope["type"] == "http":
        observe(method, route, status, seconds)
    kept = method == "GET" and status < _REFUSED and path.startswith(_QUIET_BELOW)
    level = logging.ERROR if status >= _FAILED else logging.DEBUG if kept or path in _QUIET else logging.INFO
    extra = {"method": method, "path": path[:512], "route": route, "status": status, "seconds": round(seconds, 4)}
    _log.log(level, "served", extra=extra, exc_info=sys.exc_info()[0] is not None)
