"""Time how soon open pages show a report: ``python -m benchmarks.live`` writes docs/benchmarks-live.md.

Another process stores a report that turns a light red, or back, while five pages stand open in one browser. Each page
says by its own clock, which is the machine's, when what it shows had followed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Page

from benchmarks import browser, machine
from benchmarks.serving import serve
from data.store.rows import Author, NewUpdate, Source, Write
from geo.model.status import Status
from services.campaign.context import CampaignContext, open_context
from settings import DEFAULT_CAMPAIGN, ROOT

TASK: Final = "T14"
REPORTS: Final = 20
UNTIL_MS: Final = 30_000
FEATURE_ROW: Final = f"document.querySelector('.onemap-row.red[data-task=\"{TASK}\"]') !== null"
SHOWN: Final = {
    "map": "oneMap.scene.state.lights[oneMap.scene.state.features.ids.indexOf('FEATURE')] === 'red'",
    "attention list": FEATURE_ROW,
    "figures": "document.querySelector('[data-figure=light-red]').textContent !== window.calm",
    "unit matrix": "document.querySelector('.onemap-matrix').innerText !== window.calm",
    "wall": "oneMapWall.reds.includes('FEATURE')",
}
"""What each page says when the light is red."""
OPEN: Final = {"unit matrix": ("units?lang=zh", ".onemap-matrix"), "wall": ("?wall=1&lang=zh", ".wall-row")}
CALM: Final = {
    "figures": "window.calm = document.querySelector('[data-figure=light-red]').textContent",
    "unit matrix": "window.calm = document.querySelector('.onemap-matrix').innerText",
}
WAIT: Final = """([shown, wanted, until]) => { const holds = new Function(`return ${shown}`);
  window.followed = new Promise((done, fail) => {
    const timer = setInterval(() => { if (holds() === wanted) { clearInterval(timer); done(Date.now()); } }, 10);
    setTimeout(() => fail(new Error(`never: ${shown} ${wanted}`)), until); }); }"""


def _open(chromium: Browser, address: str) -> dict[str, Page]:
    pages = {}
    for name in SHOWN:
        path, ready = OPEN.get(name, ("?lang=zh", ".onemap-frame[data-shown]"))
        page = chromium.new_context(viewport={"width": 1920, "height": 1080}).new_page()
        page.goto(f"{address}/{path}")
        page.wait_for_selector(ready, timeout=60_000)
        page.wait_for_timeout(2000)
        page.evaluate(f"{CALM.get(name, 'null')}; null")
        pages[name] = page
    return pages


def _report(context: CampaignContext, number: int) -> float:
    """Block the task, or unblock it; when that was stored, in milliseconds since 1970."""
    status = Status.IN_PROGRESS if number % 2 else Status.BLOCKED
    update = NewUpdate(TASK, "", status, 10, "", "" if number % 2 else "other", "", "", "", datetime.now(UTC))
    author = Author("benchmark", "", "command_centre", Source.API)
    context.store.append_update(context.campaign.id, update, Write(author, f"live:{number}", context.now()))
    return time.time() * 1000


def measure(chromium: Browser, var: Path) -> dict[str, list[float]]:
    """Milliseconds from stored to shown, by page, for every report."""
    took: dict[str, list[float]] = {name: [] for name in SHOWN}
    with serve("app.py", DEFAULT_CAMPAIGN, var) as address:
        pages = _open(chromium, address)
        context = open_context(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
        feature = str(context.loaded.tasks["features"].loc[TASK][0])
        for number in range(REPORTS):
            for name, page in pages.items():
                page.evaluate(WAIT, [SHOWN[name].replace("FEATURE", feature), number % 2 == 0, UNTIL_MS])
            stored = _report(context, number)
            for name, page in pages.items():
                took[name].append(page.evaluate("window.followed") - stored)
            pages["map"].wait_for_timeout(137 * number % 3000)  # so that reports fall anywhere between two questions
    return took


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks-live.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made, browser.chromium() as chromium:
        took = measure(chromium, Path(made))
        facts = "\n".join(f"| {name} | {value} |" for name, value in machine.facts(chromium.version))
    rows = [f"| {name} | {median(each):,.0f} | {max(each):,.0f} | {len(each)} |" for name, each in took.items()]
    options.out.write_text(_page(rows, facts), encoding="utf-8")
    print(f"wrote {options.out}")


def _page(rows: list[str], facts: str) -> str:
    return (
        "# From a report to every open page\n\n`python -m benchmarks.live`: five pages stand open in one browser "
        "while another process stores reports that turn a light red and back. Pages ask every 3 seconds whether there "
        "is something new; no page is loaded anew.\n\n"
        "| page | median ms from stored to shown | slowest ms | reports |\n| --- | ---: | ---: | ---: |\n"
        + "\n".join(rows)
        + f"\n\n| machine | |\n| --- | --- |\n{facts}\n"
    )


if __name__ == "__main__":
    main()
