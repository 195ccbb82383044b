"""Time every export and weigh it: ``python -m benchmarks.exports`` writes docs/benchmarks-exports.md.

Each format and size is made in a process of its own, so that its peak of memory is its own. Then one server is asked
for the picture of its map and photographed by a headless browser, in turn.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

import psutil
from playwright.sync_api import Browser

from benchmarks import browser, machine
from benchmarks.export_once import ATLAS
from benchmarks.export_page import MEGA, Beside, Export, page
from benchmarks.serving import serve
from benchmarks.synthetic import write_synthetic
from exports.snapshot.formats import FORMATS
from layers.paper.page import PAPERS
from settings import DEFAULT_CAMPAIGN, ROOT

CORRIDORS: Final = 20_000
PICTURE: Final = "/onemap/snapshot?format=png&size=1920x1080&lang=zh"
PAGE: Final = "/?lang=zh"
READY: Final = "window.oneMap?.scene?.draws > 0 && oneMap.frame.dataset.shown"
ONCE_SECONDS: Final = 900


def wanted(forms: list[str]) -> Iterator[tuple[str, str]]:
    """Each format with each of its sizes; those that are not on paper have one."""
    for form in FORMATS:
        if not forms or form.id in forms:
            yield from ((form.id, paper.id) for paper in (PAPERS if form.on_paper else PAPERS[:1]))


def once(folder: Path, form: str, size: str, rounds: int) -> Export:
    """Make an export in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.export_once", str(folder), form, size, str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, timeout=ONCE_SECONDS)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"{form} {size}: {median(said['seconds']):.1f} s", flush=True)
    return Export(form, size, said["seconds"], said["bytes"], said["peak_mb"], said["before_mb"])


def beside(folder: Path, rounds: int) -> Beside:
    """The same map from one server as its own picture and as screenshots, in turn; a first round of each warms up."""
    ours, shot, started = [], [], []
    picture, screenshot, held = 0, 0, 0.0
    with serve("app.py", folder) as address, browser.chromium() as running:
        for _ in range(rounds + 1):
            begun = time.perf_counter()
            with urllib.request.urlopen(address + PICTURE, timeout=ONCE_SECONDS) as answer:  # noqa: S310  our own server
                picture = len(answer.read())
            ours.append(time.perf_counter() - begun)
            taken, screenshot, held = _photograph(running, address)
            shot.append(taken)
    with serve("app.py", folder) as address:
        for _ in range(rounds + 1):
            begun = time.perf_counter()
            with browser.chromium() as fresh:
                _photograph(fresh, address)
            started.append(time.perf_counter() - begun)
    return Beside(ours[1:], shot[1:], started[1:], picture, screenshot, held)


def _photograph(chromium: Browser, address: str) -> tuple[float, int, float]:
    """Seconds from a new tab to the picture, its bytes, and MB of the browser's processes, shared pages by share."""
    begun = time.perf_counter()
    tab = chromium.new_page(viewport={"width": browser.WIDTH_PX, "height": browser.HEIGHT_PX})
    tab.set_default_timeout(browser.DEADLINE_MS)
    tab.goto(address + PAGE)
    tab.wait_for_function(READY)
    length = len(tab.screenshot())
    taken = time.perf_counter() - begun
    every = [one for one in psutil.Process().children(recursive=True) if "chrom" in one.name()]
    held = sum(one.memory_full_info().pss for one in every) / MEGA
    tab.close()
    return taken, length, held


def main() -> None:
    """Measure and write the page."""
    options = _options()
    load = machine.load_average()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made:
        folders = {"67 corridors": DEFAULT_CAMPAIGN}
        if options.corridors:
            folders[f"{options.corridors:,} corridors"] = write_synthetic(Path(made) / "large", options.corridors)
        exports: dict[str, list[Export]] = {}
        for title, folder in folders.items():
            print(title, flush=True)
            exports[title] = [once(folder, *one, options.rounds) for one in wanted(options.formats)]
        atlas = None if options.no_atlas else once(DEFAULT_CAMPAIGN, ATLAS, "", 1)
        screens = {title: beside(folder, options.rounds) for title, folder in folders.items()}
    with browser.chromium() as chromium:
        facts = machine.facts(chromium.version)
    facts.append(("load average (1, 5, 15 minutes)", f"{load} before, {machine.load_average()} after"))
    options.out.write_text(page(exports, atlas, screens, facts, rounds=options.rounds), encoding="utf-8")
    print(f"wrote {options.out}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each file is made")
    parser.add_argument("--corridors", type=int, default=CORRIDORS, help="of the made-up campaign; 0: leave it out")
    parser.add_argument("--formats", nargs="*", default=[], help="ids of formats; default: all")
    parser.add_argument("--no-atlas", action="store_true", help="leave the atlas out")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "docs" / "benchmarks-exports.md", help="the page that is written"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
