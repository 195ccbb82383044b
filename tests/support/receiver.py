"""A receiver of webhooks on loopback: answers as it is told and keeps what it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver answers; the last of several is repeated."""

    status: int = 200
    body: Any = None


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def receiving(*answers: Answer) -> Iterator[tuple[str, list[Got]]]:
    """Serve answers on a free port; give its address and the list of what arrives."""
    got: list[Got] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = answers[min(len(got), len(answers) - 1)]
            length = int(self.headers.get("Content-Length", 0))
            got.append(Got(self.path, dict(self.headers), self.rfile.read(length)))
            body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            self.send_response(answer.status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
