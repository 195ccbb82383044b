"""Start the real server and drive it with a real Chromium; only loopback traffic is let through."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
import streamlit.web.cli as streamlit_cli
from playwright.sync_api import Browser, BrowserContext, Page, Request

from settings import ROOT

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # whatever a page asks of another host goes nowhere
)
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload([__name__, "server.startup", "views.pages"])
"""Servers are forked from a process that has imported the program, since importing it takes longer than many a test."""
START_SECONDS = 60
SERVER_LOG = "server.log"
"""What the server prints, in its folder; the first administrator's one-time password among it."""


@contextmanager
def serve(campaign: Path, var: Path, *flags: str, port: int = 0) -> Iterator[str]:
    """Address of a server of its own process that shows a campaign and writes into a folder; `flags`: Streamlit's.

    `port` is one that was used before, for a server that is started again; 0 for any.
    """
    port = port or free_port()
    var.mkdir(parents=True, exist_ok=True)
    arguments = (
        "run",
        "app.py",
        "--server.address=127.0.0.1",
        f"--server.port={port}",
        "--server.headless=true",
        *flags,
    )
    environment = {"CAMPAIGN_DIR": str(campaign), "VAR_DIR": str(var)}
    process = FORKING.Process(target=_run_streamlit, args=(arguments, os.environ | environment, var / SERVER_LOG))
    process.start()
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.join(10)
        assert process.exitcode is not None, "the server did not end within 10 s"


def _run_streamlit(arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
    """Be what `streamlit run app.py` in the repository is, printing into a file."""
    os.chdir(ROOT)
    os.environ.clear()  # what the process that was forked from was started with is that of another test
    os.environ.update(environment)
    with log.open("w", encoding="utf-8") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.argv = ["streamlit", *arguments]
    streamlit_cli.main()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(address: str, process: BaseProcess) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.is_alive(), "the server ended while it started"
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
def open_desk(browser: Browser, address: str, **settings: object) -> Iterator[Desk]:
    """Open a page as in a new browser; requests to another host are logged, and go nowhere (`CHROMIUM_FLAGS`)."""
    with lent_page(browser, {"viewport": {"width": 1920, "height": 1080}, "locale": "zh-CN"} | settings) as page:
        desk = Desk(page, address)

        def count(_payload: object) -> None:
            desk.frames_sent += 1

        def log(request: Request) -> None:
            if request.url.startswith(address):
                desk.requests.append(request.url)
            elif request.url.startswith("http"):
                desk.refused.append(request.url)

        with (
            listening(page.context, "request", log),
            listening(page, "pageerror", lambda error: desk.errors.append(str(error))),
            listening(page, "websocket", lambda socket: socket.on("framesent", count)),
        ):
            yield desk


@contextmanager
def listening(source: Page | BrowserContext, event: str, listener: Callable[[Any], object]) -> Iterator[None]:
    """Call a listener while the block runs."""
    source.on(event, listener)  # type: ignore[call-overload]  # one overload an event
    yield
    source.remove_listener(event, listener)


_idle: dict[tuple[Browser, str], list[Page]] = {}
"""Pages that nobody uses, each in a context of its own, by browser and settings."""


@contextmanager
def lent_page(browser: Browser, settings: Mapping[str, Any]) -> Iterator[Page]:
    """Lend a page in which nothing is stored; the page of a test that failed is not lent again.

    Most of what opening a page costs is to fetch and compile Streamlit's scripts; a page that is used again has them.
    """
    signed_in = settings.get("storage_state", {}).get("cookies", [])
    plain = {name: value for name, value in settings.items() if name != "storage_state"}
    idle = _idle.setdefault((browser, repr(sorted(plain.items()))), [])
    page = idle.pop() if idle else browser.new_context(**plain).new_page()
    clean = False
    try:
        page.set_default_timeout(30_000)
        page.context.add_cookies(signed_in)
        yield page
        if not page.is_closed():
            _clear(page, plain)
            clean = True
    finally:
        if clean:
            idle.append(page)
        else:
            page.context.close()


def _clear(page: Page, settings: Mapping[str, Any]) -> None:
    """Take back what a test did to a page and its context, and forget what was stored."""
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    context.unroute_all()
    page.unroute_all()
    context.set_offline(False)
    context.clear_permissions()
    context.grant_permissions(settings.get("permissions", []))
    context.set_geolocation(settings.get("geolocation"))
    page.emulate_media(media="null", color_scheme=settings.get("color_scheme", "light"), reduced_motion="no-preference")
    page.set_viewport_size(settings["viewport"])
    if page.url.startswith("http"):
        page.evaluate("sessionStorage.clear()")
        origin = page.evaluate("location.origin")
        page.goto("about:blank")
        session = context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.detach()
    context.clear_cookies()
