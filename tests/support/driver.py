"""Start the real server and drive it with a real Chromium; only loopback traffic is let through."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from settings import ROOT

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 60
SERVER_LOG = "server.log"
"""What the server prints, in its folder; the first administrator's one-time password among it."""


@contextmanager
def serve(campaign: Path, var: Path, *flags: str, port: int = 0) -> Iterator[str]:
    """Address of a server of its own process that shows a campaign and writes into a folder; `flags`: Streamlit's.

    `port` is one that was used before, for a server that is started again; 0 for any.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
    var.mkdir(parents=True, exist_ok=True)
    log = (var / SERVER_LOG).open("w", encoding="utf-8")
    process = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.headless=true", *flags],
        cwd=ROOT,
        env=os.environ | {"CAMPAIGN_DIR": str(campaign), "VAR_DIR": str(var)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended while it started"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"no answer from {address} within {START_SECONDS} s")


@dataclass
class Desk:
    """A page that shows the map, with the log of what it asked for and what went wrong in it."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    frames_sent: int = 0

    def open(self, query: str = "") -> None:
        """Load the page and wait until the map has been drawn and what is around it is there."""
        self.page.goto(f"{self.address}/{query}")
        self.page.wait_for_function("window.oneMap?.scene?.draws > 0 && oneMap.frame.dataset.shown")
        rest(self.page)

    def js(self, expression: str, argument: object = None) -> Any:  # noqa: ANN401 - whatever the page answers
        """Value of an expression in the page."""
        return self.page.evaluate(expression, argument)

    def changes(self, act: Callable[[], object]) -> None:
        """Do something once the page rests, and wait until the map has taken in what came of it."""
        self.settle()
        before = self.js("oneMap.updates")
        act()
        self.page.wait_for_function("before => oneMap.updates > before", arg=before)
        self.settle()

    def settle(self) -> None:
        """Wait until the map has applied its last update and Streamlit rests."""
        self.page.wait_for_function("String(oneMap.updates) === oneMap.frame.dataset.applied")
        rest(self.page)

    def shown(self) -> set[str]:
        """Ids of the features that the map shows."""
        ids = "oneMap.scene.state.features.ids.filter((_, i) => oneMap.scene.state.shown[i])"
        return set(self.js(ids))

    def search(self, text: str) -> None:
        """Type into the search box and send it."""
        box = self.page.locator(".st-key-filter-text input")
        box.fill(text)
        box.press("Enter")

    def step_day(self) -> None:
        """Raise the day of the as-of date by one with the keyboard, and leave the field."""
        self.page.locator(".st-key-as-of [role=spinbutton]").last.click()
        for key in ("ArrowUp", "Tab", "Tab"):
            self.page.keyboard.press(key)

    def click_map(self, lon: float, lat: float) -> None:
        """Click the map at a place."""
        self.page.evaluate("oneMap.frame.scrollIntoView()")
        point = self.js(
            "([lon, lat]) => { const p = oneMap.map.latLngToContainerPoint([lat, lon]);"
            "const f = oneMap.map.getContainer().getBoundingClientRect(); return [p.x + f.left, p.y + f.top]; }",
            [lon, lat],
        )
        self.page.mouse.click(*point)


def rest(page: Page) -> None:
    """Wait until Streamlit has run the page."""
    page.wait_for_selector(".stApp[data-test-script-state='notRunning']")


@contextmanager
def open_desk(browser: Browser, address: str, **context: object) -> Iterator[Desk]:
    """Open a page of its own; requests to another host are refused and logged."""
    settings: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}, "locale": "zh-CN"} | context
    opened = browser.new_context(**settings)
    page = opened.new_page()
    desk = Desk(page, address)

    def route(handler: Route) -> None:
        if handler.request.url.startswith(address):
            desk.requests.append(handler.request.url)
            handler.continue_()
        else:
            desk.refused.append(handler.request.url)
            handler.abort()

    def count(_payload: object) -> None:
        desk.frames_sent += 1

    opened.route("**/*", route)
    page.on("pageerror", lambda error: desk.errors.append(str(error)))
    page.on("websocket", lambda socket: socket.on("framesent", count))
    page.set_default_timeout(30_000)
    yield desk
    opened.close()
