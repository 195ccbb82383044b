"""Visit the program through nginx as people do: with forms over HTTPS, and with pages in Chromium."""

from __future__ import annotations

import html
import os
import re
import shutil
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import httpx2
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from scripts.loopback import Program
from services.access.sessions import COOKIE
from tests.support.driver import CHROMIUM_FLAGS

_HIDDEN: Final = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_CONTEXTS_MAX: Final = 24
_LOGGED_S: Final = 3.0
_PATIENCE_S: Final = 60.0
_CLICK_MS: Final = 2_000
_RESTING: Final = ".stApp[data-test-script-state='notRunning']"


class Visitor:
    """Somebody with cookies of their own; the certificate is checked.

    Parameters
    ----------
    address
        Where nginx serves.
    trust
        Knows the certificate.
    """

    def __init__(self, address: str, trust: ssl.SSLContext) -> None:
        self.address = address
        self.client = httpx2.Client(base_url=address, verify=trust, follow_redirects=True, timeout=30)

    def fill(self, path: str, fields: dict[str, str]) -> httpx2.Response:
        """Read a form, fill it in and send it with what it hides."""
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(self.client.get(path).text)}
        return self.client.post(path, data=hidden | fields, headers={"origin": self.address})

    def sign_in_first(self, name: str, one_time: str, password: str) -> bool:
        """Sign in with a one-time password and choose another; whether the session holds then."""
        self.fill("/signin", {"name": name, "password": one_time})
        self.fill("/password", {"current": one_time, "new": password, "again": password})
        return self.client.get("/signout").url.path == "/signout"

    def directly(self, replica: Program, path: str) -> httpx2.Response:
        """Ask one replica past nginx, with the session that was begun through it."""
        cookie = f"{COOKIE}={self.client.cookies.get(COOKIE)}"
        return httpx2.get(replica.address + path, headers={"cookie": cookie}, timeout=30)


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """A browser, or None where there is none that starts."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    try:
        running = sync_playwright()
        playwright = running.__enter__()
    except (PlaywrightError, OSError):  # a minimal Debian lacks a library for its driver
        yield None
        return
    try:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
    except PlaywrightError:
        browser = None
    try:
        yield browser
    finally:
        if browser is not None:
            browser.close()
        running.__exit__(None, None, None)


def served_by(replicas: Sequence[Program], request_id: str) -> Program | None:
    """The replica whose log holds a request."""
    end = time.monotonic() + _LOGGED_S
    while time.monotonic() < end:
        for replica in replicas:
            if replica.served(request_id):
                return replica
        time.sleep(0.05)
    return None


def open_page(browser: Browser, address: str, name: str, password: str) -> tuple[Page, str]:
    """Sign in on a page with cookies of its own; the page, and the id of its first request."""
    context = browser.new_context(ignore_https_errors=True, locale="en-GB", viewport={"width": 1600, "height": 1100})
    page = context.new_page()
    page.set_default_timeout(30_000)
    answer = page.goto(f"{address}/signin")
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/signin" not in url)
    return page, answer.headers["x-request-id"] if answer else ""


def pages_of_both(
    browser: Browser, address: str, replicas: Sequence[Program], name: str, password: str
) -> dict[str, Page]:
    """Open pages until each replica serves one; by the name of the replica."""
    found: dict[str, Page] = {}
    for _ in range(_CONTEXTS_MAX):
        page, request_id = open_page(browser, address, name, password)
        replica = served_by(replicas, request_id)
        if replica is None or replica.name in found:
            page.context.close()
        else:
            found[replica.name] = page
        if len(found) == len(replicas):
            break
    return found


def open_task(page: Page, address: str, task: str) -> None:
    """Show a task, and mark the page so that a reload would be noticed."""
    page.goto(f"{address}/task?id={task}&lang=en")
    page.wait_for_selector(".st-key-task-page .onemap-history")
    page.wait_for_selector(_RESTING)
    page.evaluate("window.neverReloaded = true")


def type_report(page: Page, task: str, note: str, photo: bytes) -> None:
    """Report on a task as a person does: note, one percent more, a photo, send."""
    page.locator(f".st-key-report-{task} button").click()
    page.locator(".st-key-report-note textarea").fill(note)
    page.locator(".st-key-report-note textarea").press("Control+Enter")
    page.locator(".st-key-report-percent input[type=range]").press("ArrowRight")
    page.wait_for_selector(_RESTING)
    files = page.locator(".st-key-report input[type=file]")
    files.set_input_files({"name": "site.jpg", "mimeType": "image/jpeg", "buffer": photo})
    page.get_by_text("site.jpg").wait_for()
    page.wait_for_selector(_RESTING)
    page.locator(".st-key-report-send button").click()


def seconds_until_it_works(page: Page) -> float:
    """Time until an open page whose replica went answers clicks again, which switch it to Chinese; not reloaded."""
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE_S:
        page.locator(".st-key-language").get_by_text("中文").click()
        page.wait_for_timeout(_CLICK_MS)
        if page.evaluate("document.location.search.includes('lang=zh') && window.neverReloaded"):
            break
    return time.monotonic() - begun
