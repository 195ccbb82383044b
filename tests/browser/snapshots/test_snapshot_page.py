"""The map as one HTML file draws with no network and runs nothing that stands in the data."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from exports.snapshot.formats import write_html
from tests.support.fixtures_snapshot import board, renamed, snapshot

HOSTILE = [
    "</script><script>window.hostile=1</script>",
    "<img src=x onerror=window.hostile=1>",
    "${window.hostile=1}",
    "名" * 400,
    "\\u003c'\"`",
]


def opened(browser: Browser, tmp_path: Path, content: bytes) -> tuple[Page, list[str]]:
    path = tmp_path / "view.html"
    path.write_bytes(content)
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    page.goto(path.as_uri())
    page.wait_for_function("window.oneMapPage")
    return page, asked


def test_it_draws_everything_and_asks_nobody(browser: Browser, tmp_path: Path) -> None:
    page, asked = opened(browser, tmp_path, write_html(snapshot("en")))
    assert page.evaluate("oneMapPage.features") == len(board().features)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    expect(page.locator("h1")).to_have_text(snapshot("en").title)
    expect(page.locator(".late li")).to_have_count(len(snapshot("en").late))


def test_a_click_tells_what_a_node_is(browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, tmp_path, write_html(snapshot("en")))
    page.locator(".onemap-symbol").first.dispatch_event("click")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("·")


def test_hostile_text_is_shown_and_runs_nowhere(browser: Browser, tmp_path: Path) -> None:
    page, asked = opened(browser, tmp_path, write_html(snapshot("zh", board=renamed(HOSTILE), title=HOSTILE[0])))
    page.locator(".onemap-symbol").first.dispatch_event("click")
    expect(page.locator("h1")).to_have_text(HOSTILE[0])
    assert page.evaluate("window.hostile") is None
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
