"""Measure pages in a real Chromium: the first map, the same again, and filter changes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.contestants import Contestant
from benchmarks.core import board_of
from benchmarks.serving import serve
from benchmarks.wire import Wire, answer_cdn
from data.campaign.load import load_campaign
from geo.model.status import LIGHT_ORDER

KIT = Path(__file__).parent / "kit.js"
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""One browser for all; in software, so that a machine with a graphics card gives the same. pydeck needs WebGL."""
WIDTH_PX, HEIGHT_PX = 1920, 1080
DEADLINE_MS = 200_000
REST_MS = 700
LIGHT_BUTTONS = ".st-key-filter-light button"
CLICKS = (0, 1, 0)
"""Which light is clicked in turn: hide, hide, show. The first click warms up and is not counted.

No state occurs twice, since Streamlit sends again what it sent a moment ago as a hash only."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is on the screen while lights are hidden: the features of each light, in the order of the filter."""

    counts: tuple[int, ...]

    @classmethod
    def of_campaign(cls, folder: Path) -> Self:
        """Count the features of a campaign on its demonstration date."""
        lights = board_of(load_campaign(folder)).features["light"]
        return cls(tuple(int((lights == light).sum()) for light in LIGHT_ORDER))

    def of(self, contestant: Contestant, hidden: frozenset[int]) -> str | int:
        """What the probe of a page waits for."""
        if contestant.words:
            return contestant.words.format(lights=len(self.counts) - len(hidden))
        return sum(count for place, count in enumerate(self.counts) if place not in hidden)


@dataclass
class Record:
    """What was measured of one page: milliseconds of each repeat, None where the deadline passed, and bytes."""

    first_ms: list[float | None] = field(default_factory=list)
    again_ms: list[float | None] = field(default_factory=list)
    filter_ms: list[float | None] = field(default_factory=list)
    first_bytes: list[float] = field(default_factory=list)
    filter_bytes: list[float] = field(default_factory=list)
    component_bytes: list[float] = field(default_factory=list)
    json_bytes: list[float] = field(default_factory=list)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium named by the environment variable CHROMIUM, else that on PATH, else Playwright's own."""
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
        launched = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield launched
        launched.close()


def measure(browser: Browser, folder: Path, contestants: Sequence[Contestant], *, rounds: int) -> dict[str, Record]:
    """Measure pages on the campaign in a folder.

    The pages take turns, so that whatever else the machine does meets all of them. The first round fills the servers'
    caches and is not counted; a page that shows nothing in it is not visited again.
    """
    expected = Expected.of_campaign(folder)
    with ExitStack() as stack:
        addresses = {one.key: stack.enter_context(serve(one.script, folder)) for one in contestants}
        warm = {one.key: Record() for one in contestants}
        for one in contestants:
            _visit(browser, addresses[one.key], one, expected, warm[one.key])
        records = {key: record if record.first_ms == [None] else Record() for key, record in warm.items()}
        for _ in range(rounds):
            for one in contestants:
                if warm[one.key].first_ms != [None]:
                    _visit(browser, addresses[one.key], one, expected, records[one.key])
    return records


def _visit(browser: Browser, address: str, contestant: Contestant, expected: Expected, record: Record) -> None:
    context = browser.new_context(viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, locale="zh-CN")
    context.add_init_script(path=KIT)
    page = context.new_page()
    page.set_default_timeout(DEADLINE_MS)
    session = context.new_cdp_session(page)
    wire = Wire(address)
    wire.attach(page, session)
    answer_cdn(session)
    page.goto(address, wait_until="commit")
    record.first_ms.append(_painted(page, contestant, expected.of(contestant, frozenset())))
    _rest(page)
    record.first_bytes.append(wire.http_bytes + wire.websocket_bytes)
    if contestant.filters and record.first_ms[-1] is not None:
        hidden: frozenset[int] = frozenset()
        for number, light in enumerate(CLICKS):
            hidden ^= {light}
            _change(page, wire, contestant, light, expected.of(contestant, hidden), record if number else Record())
    page.goto(address, wait_until="commit")
    record.again_ms.append(_painted(page, contestant, expected.of(contestant, frozenset())))
    context.close()


def _painted(page: Page, contestant: Contestant, expected: str | int) -> float | None:
    taken: float | None = page.evaluate(
        "([probe, expected]) => bench.painted(probe, expected)", [contestant.probe, expected]
    )
    return taken


def _change(page: Page, wire: Wire, contestant: Contestant, light: int, expected: str | int, record: Record) -> None:
    """Click a light and take the time until the new picture is painted, and the bytes that came meanwhile."""
    wire.clear()
    page.evaluate("([probe, expected]) => void bench.arm(probe, expected)", [contestant.probe, expected])
    page.locator(LIGHT_BUTTONS).nth(light).click()
    record.filter_ms.append(page.evaluate("bench.change"))
    _rest(page)
    record.filter_bytes.append(wire.websocket_bytes)
    if found := wire.component():
        record.component_bytes.append(found[0])
        record.json_bytes.append(found[1])


def _rest(page: Page) -> None:
    page.wait_for_selector(".stApp[data-test-script-state='notRunning']")
    page.wait_for_timeout(REST_MS)
