"""Axe finds no serious fault in our own markup: every page in both languages, in both themes on desktop and phone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, StorageState

from settings import DEFAULT_CAMPAIGN
from tests.support.browser_accounts import people_in, sign_in
from tests.support.driver import Desk, open_desk, serve
from views.pages import PAGES

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ADDRESSES: Final = {
    **{page.name: page.name for page in PAGES},
    "map": "?feature=C36",
    "task": "task?id=T29",
    "unit": "unit?id=minhang",
    "corridor": "corridor?feature=C36",
    "wall": "?wall=1",
    "signin": "signin",
}
KEEPERS: Final = {"ledger", "people"}
"""What only an administrator sees; the rest is looked at as the command centre, which is offered most."""

OPENED: Final = {"report-T29": "task?id=T29", "supervise-issue-T29": "task?id=T29", "incident-new": "incidents"}
"""Buttons that open a form, and where they are."""

DESKTOP: Final = (1920, 1080)
PHONE: Final = (390, 844)
LOOKS: Final[dict[str, tuple[tuple[Literal["light", "dark"], tuple[int, int]], ...]]] = {
    "zh": (("light", DESKTOP), ("dark", PHONE)),
    "en": (("dark", DESKTOP), ("light", PHONE)),
}
"""Looks by language: both together have every theme on every size, and each language every theme and every size."""

RUN: Final = """() => axe.run(document, { resultTypes: ['violations'] })
  .then(({ violations }) => violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target, html, any, all, none }) =>
      [id, target.join(' '), html.slice(0, 120), [...any, ...all, ...none][0]?.message ?? ''].join(' | '))))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with people of every role."""
    var = tmp_path_factory.mktemp("axe")
    database = f"sqlite:///{var / 'onemap.sqlite'}"
    with serve(DEFAULT_CAMPAIGN, var) as running, people_in(database, keeper="administrator"):
        yield running


@pytest.fixture(scope="module")
def sessions(browser: Browser, address: str) -> dict[str, StorageState]:
    """Cookies of the command centre and of an administrator, who signed in once."""
    kept = {}
    for name in ("centre", "keeper"):
        with open_desk(browser, address) as desk:
            sign_in(desk, name)
            kept[name] = desk.page.context.storage_state()
    return kept


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_has_no_serious_fault(
    browser: Browser, address: str, sessions: dict[str, StorageState], name: str, lang: str
) -> None:
    who = {} if name == "signin" else {"storage_state": sessions["keeper" if name in KEEPERS else "centre"]}
    with open_desk(browser, address, **who) as desk:
        _open(desk, ADDRESSES[name], lang)
        assert _faults(desk, lang) == []


@pytest.mark.parametrize("button", OPENED)
def test_a_form_that_is_open_has_no_serious_fault(
    browser: Browser, address: str, sessions: dict[str, StorageState], button: str
) -> None:
    with open_desk(browser, address, storage_state=sessions["centre"]) as desk:
        _open(desk, OPENED[button], "zh")
        desk.page.locator(f".st-key-{button} button").click()
        desk.page.locator("textarea").first.wait_for()
        assert _faults(desk, "zh") == []


def _open(desk: Desk, path: str, lang: str) -> None:
    desk.page.emulate_media(color_scheme=LOOKS[lang][0][0], reduced_motion="reduce")
    desk.page.goto(f"{desk.address}/{path}{'&' if '?' in path else '?'}lang={lang}")
    if path not in {"signin", "?wall=1"}:
        desk.page.wait_for_selector(".st-key-page-header")
    desk.js(f"{AXE}; true")


def _rest(desk: Desk, patience_ms: int) -> None:
    """Wait until a change of theme has reached the server and come back: meanwhile Streamlit pales the old page."""
    desk.page.wait_for_timeout(patience_ms)
    if desk.page.locator(".stApp[data-test-script-state]").count():
        desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")
        desk.page.wait_for_timeout(patience_ms)


def _faults(desk: Desk, lang: str) -> list[str]:
    """Faults that are there, and still there when the page has rested longer, in every look of a language."""
    found = []
    for scheme, (width, height) in LOOKS[lang]:
        desk.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        desk.page.set_viewport_size({"width": width, "height": height})
        _rest(desk, 400)
        faults = desk.js(RUN)
        if faults:
            _rest(desk, 1500)
            faults = desk.js(RUN)
        found += [f"{scheme} {width}: {fault}" for fault in faults]
    return found
