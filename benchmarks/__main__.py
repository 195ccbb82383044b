"""Run the whole benchmark and write docs/benchmarks.md: ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import browser, core, machine
from benchmarks.contestants import CONTESTANTS
from benchmarks.report import Run, markdown
from benchmarks.synthetic import write_synthetic
from settings import DEFAULT_CAMPAIGN, ROOT

SIZES = (1_000, 5_000, 20_000)
ROUNDS = 5
CORE_REPEATS = 5


def main() -> None:
    """Measure the campaign and each synthetic size, and write the page."""
    options = _options()
    present = [one for one in CONTESTANTS if not one.missing]
    before = machine.load_average()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made, browser.chromium() as chromium:
        folders = {"67 corridors": DEFAULT_CAMPAIGN}
        folders |= {f"{size:,}": write_synthetic(Path(made) / str(size), size) for size in options.sizes}
        steps, pages = {}, {}
        for title, folder in folders.items():
            print(f"{title}: server …", flush=True)
            steps[title] = core.measure(folder, repeats=CORE_REPEATS)
            print(f"{title}: browser …", flush=True)
            pages[title] = browser.measure(chromium, folder, present, rounds=options.rounds)
        facts = machine.facts(chromium.version)
    facts.append(("load average (1, 5, 15 minutes)", f"{before} before, {machine.load_average()} after"))
    run = Run(
        command="python -m benchmarks",
        facts=facts,
        rounds=options.rounds,
        core=steps,
        pages=pages,
        contestants=present,
        left_out=[one for one in CONTESTANTS if one.missing],
    )
    options.out.write_text(markdown(run), encoding="utf-8")
    print(f"wrote {options.out}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="corridors of the synthetic campaigns")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="visits of each page")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md", help="the page that is written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
