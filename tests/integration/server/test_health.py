"""Monitors learn how the process and its database are; the log tells of every request and of no secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from data.store.protocol import Store
from geo.model.errors import StoreUnavailableError
from server.health import health_routes
from server.middleware import REQUEST_ID, JsonFormatter, Observed, configure_logging
from tests.support.fakes import FakeStore
from tests.support.signing_in import PASSWORD, GoneStore, Server


def cannot_open() -> Store:
    raise StoreUnavailableError("connection refused")


async def hello(_request: Request) -> Response:
    return PlainTextResponse(REQUEST_ID.get())


async def broken(_request: Request) -> Response:
    raise ZeroDivisionError


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(REQUEST_ID.get())
    await socket.close()


def client(open_store: Callable[[], Store] = FakeStore) -> TestClient:
    own = [Route("/hello/{name}", hello), Route("/broken", broken), WebSocketRoute("/talk", talk)]
    app = Starlette(routes=[*health_routes(open_store), *own], middleware=[Middleware(Observed)])
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Lines that our loggers write."""
    written: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(JsonFormatter())
    monkeypatch.setattr(handler, "emit", lambda record: written.append(handler.format(record)))
    logger = logging.getLogger("onemap")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield written
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_a_sound_process_is_healthy_and_ready() -> None:
    for path in ("/healthz", "/readyz"):
        answer = client().get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("open_store", [GoneStore, cannot_open])
def test_without_its_database_a_process_is_healthy_but_not_ready(open_store: Callable[[], Store]) -> None:
    monitored = client(open_store)
    assert monitored.get("/healthz").status_code == 200
    answer = monitored.get("/readyz")
    assert (answer.status_code, answer.json()["what"]) == (503, "database")
    assert "refused" not in answer.text


def test_metrics_count_requests_by_route_and_status() -> None:
    monitored = client()
    before = monitored.get("/metrics").text.count('route="/hello/{name}"')
    for name in ("a", "b", "c"):
        monitored.get(f"/hello/{name}")
    monitored.get("/broken")
    text = monitored.get("/metrics").text
    assert 'onemap_requests_total{method="GET",route="/hello/{name}",status="200"}' in text
    assert 'onemap_requests_total{method="GET",route="/broken",status="500"}' in text
    assert 'onemap_request_seconds_bucket{le="0.1",route="/hello/{name}"}' in text
    assert before == 0 or "/hello/a" not in text


def test_metrics_tell_of_the_store() -> None:
    store = Server().store
    text = client(lambda: store).get("/metrics")
    assert text.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "onemap_store_up 1.0" in text.text
    assert f"onemap_store_version {float(store.version())}" in text.text
    assert f"onemap_writes_total {float(store.version())}" in text.text


@pytest.mark.parametrize("open_store", [GoneStore, cannot_open])
def test_metrics_say_that_the_store_is_gone(open_store: Callable[[], Store]) -> None:
    text = client(open_store).get("/metrics").text
    assert "onemap_store_up 0.0" in text
    assert "onemap_store_version" not in text


def test_metrics_are_not_for_who_comes_through_a_proxy() -> None:
    assert client().get("/metrics", headers={"x-forwarded-for": "1.2.3.4"}).status_code == 404


def test_what_clients_make_up_makes_no_new_metric() -> None:
    monitored = client()
    for number in range(5):
        monitored.request(f"MAKEUP{number}", "/hello/x")
        monitored.get(f"/nowhere/{number}")
    text = monitored.get("/metrics").text
    assert "MAKEUP" not in text
    assert "nowhere" not in text
    assert 'route="none"' in text


def test_an_id_of_the_client_is_kept_and_answered() -> None:
    answer = client().get("/hello/x", headers={"x-request-id": "proxy-7.1"})
    assert answer.headers["x-request-id"] == answer.text == "proxy-7.1"


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "{}", "é".encode(), b"a\x00"])
def test_an_id_that_is_no_plain_word_is_replaced(given: str | bytes) -> None:
    answer = client().get(
        "/hello/x", headers=[(b"x-request-id", given if isinstance(given, bytes) else given.encode())]
    )
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.text == answer.headers["x-request-id"]


def test_every_answer_has_safe_headers() -> None:
    headers = client().get("/nowhere").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"


def test_a_websocket_has_an_id_and_a_line(lines: list[str]) -> None:
    with client().websocket_connect("/talk", headers={"x-request-id": "ws-1"}) as socket:
        assert socket.receive_text() == "ws-1"
    assert [json.loads(line)["method"] for line in lines] == ["WEBSOCKET"]


def test_a_request_is_one_line_with_its_id_and_without_its_query(lines: list[str]) -> None:
    client().get("/hello/x?token=secret", headers={"x-request-id": "r1"})
    (line,) = [json.loads(line) for line in lines]
    assert (line["request_id"], line["path"], line["route"]) == ("r1", "/hello/x", "/hello/{name}")
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "INFO")
    assert "secret" not in lines[0]


@pytest.mark.parametrize(
    ("method", "path", "level"),
    [
        ("GET", "/onemap/swatch/1f/light/light-red.svg", "DEBUG"),
        ("GET", "/onemap/data/1f-3/board.2020-09-15.json", "DEBUG"),
        ("POST", "/onemap/data/1f-3/board.2020-09-15.json", "INFO"),
        ("GET", "/onemap/swatch/none", "INFO"),
        ("GET", "/onemap/photo/1f", "INFO"),
    ],
)
def test_assets_that_browsers_keep_leave_a_line_only_when_they_fail(
    method: str, path: str, level: str, lines: list[str]
) -> None:
    kept = [
        Route(start + "/{rest:path}", hello, methods=["GET", "POST"]) for start in ("/onemap/data", "/onemap/photo")
    ]
    served = Route("/onemap/swatch/{hash}/{theme}/{name}", hello)
    app = Starlette(routes=[*kept, served], middleware=[Middleware(Observed)])
    TestClient(app).request(method, path)
    assert [json.loads(line)["level"] for line in lines] == [level]


def test_nobody_forges_a_line(lines: list[str]) -> None:
    client().get('/hello/%0a{"level": "ERROR"}')
    assert len(lines) == 1
    assert "\n" not in lines[0]


def test_neither_passwords_nor_cookies_are_logged(lines: list[str]) -> None:
    browser = Server().browser()
    browser.sign_in("li", "a wrong guess")
    browser.sign_in()
    cookies = [browser.session or "", browser.cookies["onemap_form"]]
    browser.fill("/password", {"current": PASSWORD, "new": "a new one, quite long", "again": "a new one, quite long"})
    browser.sign_out()
    text = "\n".join(lines)
    assert "signed in" in text
    assert "password changed" in text
    assert not any(secret in text for secret in ("a wrong guess", PASSWORD, "a new one", "argon2", *cookies))


def test_a_failure_is_an_error_with_its_cause(lines: list[str]) -> None:
    client().get("/broken")
    (line,) = [json.loads(line) for line in lines]
    assert (line["level"], line["status"]) == ("ERROR", 500)
    assert "ZeroDivisionError" in line["exception"]


def test_logging_is_set_up_once() -> None:
    logger = logging.getLogger("onemap")
    before, level, propagate = list(logger.handlers), logger.level, logger.propagate
    try:
        configure_logging("INFO")
        configure_logging("WARNING")
        assert len(logger.handlers) == len(before) + 1
        assert logger.level == logging.WARNING
    finally:
        logger.handlers[:], logger.propagate = before, propagate
        logger.setLevel(level)
