"""Give browser tests a server, a browser and a page; skip them with the reason where there is no browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from settings import DEFAULT_CAMPAIGN
from tests.support.driver import CHROMIUM_FLAGS, Desk, open_desk, serve

expect.set_options(timeout=20_000)  # a busy machine is no defect; what must be quick is shown by benchmarks/


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder: skipped with the reason without a browser, and what only looks tried again.

    A test with a server of its own writes to it: a second try would start from what the first one left.
    """
    reason = os.environ.get("BROWSER_UNAVAILABLE")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if isinstance(item, pytest.Function) and not hasattr(item.module, "address"):
                item.add_marker(pytest.mark.flaky(reruns=1))
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with the campaign that the product ships."""
    with serve(DEFAULT_CAMPAIGN, tmp_path_factory.mktemp("var")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
        launched = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """A Chinese desktop page of the shipped campaign, not opened yet."""
    with open_desk(browser, address) as opened:
        yield opened
