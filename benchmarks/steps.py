"""Time the steps of the slider: ``python -m benchmarks.steps`` writes docs/benchmarks-steps.md.

On the server a step is the document of a day's board, made for the first time (lights, attention list, figures,
reasons); made once it is kept. In the browser it is from the step to map, list and figures painted.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser

from benchmarks import browser, machine
from benchmarks.serving import serve
from benchmarks.synthetic import write_synthetic
from data.campaign.load import load_campaign
from data.store.sql import open_store
from services.campaign.context import CampaignContext
from settings import DEFAULT_CAMPAIGN, ROOT

FIRST, LAST = date(2020, 4, 1), date(2020, 9, 30)
WEEK = timedelta(days=7)
PLAY = """async () => {
  const took = [], tick = oneMapTime.go.bind(oneMapTime);
  for (let day = 91; day <= 274; day += 7) {
    const begun = performance.now(); await tick(day);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    took.push(performance.now() - begun);
  }
  return [took, oneMap.mounts];
}"""
"""From 1 April to 30 September 2020, a week a step."""


def on_server(folder: Path, var: Path) -> list[float]:
    """Milliseconds of each weekly step."""
    context = CampaignContext(load_campaign(folder), open_store(f"sqlite:///{var / 'steps.sqlite'}"))
    context.board_document(FIRST - WEEK)
    took = []
    day = FIRST
    while day <= LAST:
        begun = perf_counter()
        context.board_document(day)
        took.append((perf_counter() - begun) * 1000)
        day += WEEK
    return took


def in_browser(chromium: Browser, folder: Path) -> list[float]:
    """Milliseconds of each weekly step, the server's part included."""
    with serve("app.py", folder) as address:
        page = chromium.new_page(viewport={"width": 1920, "height": 1080})
        page.set_default_timeout(120_000)
        page.goto(f"{address}/?lang=zh&date=2020-03-25")
        page.wait_for_function("window.oneMapTime && window.oneMap?.scene?.draws > 0 && oneMap.frame.dataset.applied")
        page.wait_for_timeout(2000)
        took, mounts = page.evaluate(PLAY)
        page.close()
    if mounts != 1:
        raise RuntimeError(f"the map was built {mounts} times")
    return list(took)


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.steps", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks-steps.md")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made, browser.chromium() as chromium:
        folders = {"67 corridors, 44 tasks": DEFAULT_CAMPAIGN}
        folders["20,000 corridors"] = write_synthetic(Path(made) / "synthetic", 20_000)
        for number, (title, folder) in enumerate(folders.items()):
            var = Path(made) / f"var{number}"
            var.mkdir()
            rows.append(_row(title, on_server(folder, var), in_browser(chromium, folder)))
        facts: list[Any] = machine.facts(chromium.version)
    table = "\n".join(f"| {name} | {value} |" for name, value in facts)
    options.out.write_text(_page(rows, table), encoding="utf-8")
    print(f"wrote {options.out}")


def _row(title: str, server: list[float], page: list[float]) -> str:
    cells = (median(server), quantiles(server, n=20)[-1], median(page), quantiles(page, n=20)[-1])
    return f"| {title} | " + " | ".join(f"{cell:,.0f}" for cell in cells) + f" | {len(page)} |"


def _page(rows: list[str], facts: str) -> str:
    return (
        "# A step of the slider\n\n`python -m benchmarks.steps`: weekly steps from 1 April to 30 September 2020, "
        "each day for the first time. The map was built once in every run.\n\n"
        "| campaign | server, median ms | server, 95 % | to painted, median ms | to painted, 95 % | steps |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n" + "\n".join(rows) + "\n\n"
        "The server's part is the document of the day's board: lights, the attention list with its sentences, the "
        "figures and the reasons of every light. Painted is map, list and figures, two frames later; it includes the "
        f"server, the transfer and the parsing.\n\n| machine | |\n| --- | --- |\n{facts}\n"
    )


if __name__ == "__main__":
    main()
