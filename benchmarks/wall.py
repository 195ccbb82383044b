"""Let the wall run for hours, with reports coming in and the server killed meanwhile: ``python -m benchmarks.wall``.

Every minute the memory of the server and of all processes of the browser is taken down (proportional set size: shared
pages counted by share) and that of the page's JavaScript after a collection. The table goes to docs/benchmarks-wall.md.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from playwright.sync_api import CDPSession, Page

from benchmarks import browser, machine
from data.store.rows import Author, NewUpdate, Source, Write
from geo.model.status import Status
from services.campaign.context import open_context
from settings import DEFAULT_CAMPAIGN, ROOT

MIB = 1024 * 1024
REPORT_EVERY_S = 120
DOWN_S = 45
AUTHOR = Author("benchmark", "", "command_centre", Source.API)


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold one minute: MiB of server, browser and JavaScript, scenes shown so far, versions seen."""

    minute: float
    server_mib: float
    browser_mib: float
    script_mib: float
    scenes: int
    version: str


class Server:
    """The real server, which can be killed and started again on the same port."""

    def __init__(self, var: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._var = var
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, f"--server.port={self.port}", "--server.headless=true"],
            cwd=ROOT,
            env=os.environ | {"VAR_DIR": str(self._var)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        for _ in range(300):
            if self._answers():
                return
            time.sleep(0.2)
        raise SystemExit("the server does not answer")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):  # noqa: S310  our own server
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def mib(self) -> float:
        """MiB that it takes."""
        return _pss([psutil.Process(self.process.pid)])


def _pss(processes: list[psutil.Process]) -> float:
    total = 0
    for process in processes:
        with suppress(psutil.Error):
            total += process.memory_full_info().pss
    return total / MIB


def _browser_processes() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if "chrom" in one.name()]


def _report(var: Path, number: int) -> None:
    """Turn a task red or back, as people would do."""
    context = open_context(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    task = str(context.loaded.tasks.index[number // 2 % len(context.loaded.tasks)])
    status = Status.IN_PROGRESS if number % 2 else Status.BLOCKED
    update = NewUpdate(task, "", status, 50, "", "other", "压力测试", "", "", datetime.now(UTC))
    context.store.append_update(
        context.campaign.id, update, Write(AUTHOR, f"wall:{number}:{time.time_ns()}", context.now())
    )


def _take(page: Page, session: CDPSession, server: Server, since: float) -> Sample:
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"] / MIB
    scenes, version = page.evaluate("[oneMapWall.scenes, oneMapWall.key]")
    minute = (time.monotonic() - since) / 60
    return Sample(minute, server.mib(), _pss(_browser_processes()), heap, scenes, version)


def main() -> None:
    """Run, and write the page."""
    options = _options()
    samples: list[Sample] = []
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made, browser.chromium() as chromium, ExitStack() as stack:
        var = Path(made)
        server = Server(var)
        stack.callback(server.kill)
        page = chromium.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{server.address}/?wall=1&lang=zh&speed={options.speed}")
        page.wait_for_function("window.oneMapWall?.scenes > 0")
        session = page.context.new_cdp_session(page)
        since, reported, killed = time.monotonic(), 0, False
        while (passed := time.monotonic() - since) < options.minutes * 60:
            while passed >= reported * options.report_every:
                _report(var, reported)
                reported += 1
            if not killed and passed > options.minutes * 30:
                killed = True
                notes.append(_outage(page, server, passed / 60))
            page.wait_for_timeout(30_000)
            samples.append(_take(page, session, server, since))
            _write(options, samples, notes, reported, chromium.version)
    print(f"wrote {options.out}")


def _outage(page: Page, server: Server, minute: float) -> str:
    """Kill the server, start it again after a while, and say how long the wall took to notice both."""
    scenes = page.evaluate("oneMapWall.scenes")
    server.kill()
    page.wait_for_function("!oneMapWall.banner.hidden", timeout=60_000)
    page.wait_for_timeout(DOWN_S * 1000)
    during = page.evaluate("oneMapWall.scenes") - scenes
    server.start()
    begun = time.monotonic()
    page.wait_for_function("oneMapWall.banner.hidden", timeout=60_000)
    healed = time.monotonic() - begun
    return (
        f"Minute {minute:.0f}: the server was killed (SIGKILL) and started again {DOWN_S} s later. The wall said so, "
        f"showed {during} more scenes of its last state meanwhile, and was itself again {healed:.1f} s after the "
        "server answered."
    )


def _write(options: argparse.Namespace, samples: list[Sample], notes: list[str], reports: int, version: str) -> None:
    step = max(1, len(samples) // 24)
    rows = [
        f"| {one.minute:.0f} | {one.server_mib:.0f} | {one.browser_mib:.0f} | {one.script_mib:.1f} | {one.scenes} |"
        for one in samples[::step]
    ]
    facts = "\n".join(f"| {name} | {value} |" for name, value in machine.facts(version))
    half = samples[len(samples) // 2 :]
    slopes = ", ".join(
        f"{name} {_slope(half, attribute):+.2f}"
        for name, attribute in (("server", "server_mib"), ("browser", "browser_mib"), ("JavaScript", "script_mib"))
    )
    text = (
        "# The wall over hours\n\n"
        f"`python -m benchmarks.wall --minutes {options.minutes} --speed {options.speed} "
        f"--report-every {options.report_every}`: one Chromium at 1920×1080 "
        f"with `?wall=1&speed={options.speed}` (scenes {options.speed} times as fast as on a real wall), and {reports} "
        f"reports, one every {options.report_every} s, which turn lights red and back.\n\n"
        + "".join(f"{note}\n\n" for note in notes)
        + f"Trend over the second half, MiB per hour (least squares): {slopes}.\n\n"
        "| minute | server MiB | browser MiB, all processes | JavaScript MiB after collection | scenes shown |\n"
        "| ---: | ---: | ---: | ---: | ---: |\n" + "\n".join(rows) + "\n\n"
        "Memory is the proportional set size. The server is the one of one machine; nobody else looked at it.\n\n"
        f"| machine | |\n| --- | --- |\n{facts}\n"
    )
    options.out.write_text(text, encoding="utf-8")


def _slope(samples: list[Sample], attribute: str) -> float:
    """MiB per hour."""
    if len(samples) < 2:  # noqa: PLR2004  one point has no slope
        return 0.0
    hours = [one.minute / 60 for one in samples]
    values = [float(getattr(one, attribute)) for one in samples]
    mean_x, mean_y = sum(hours) / len(hours), sum(values) / len(values)
    spread = sum((x - mean_x) ** 2 for x in hours)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(hours, values, strict=True)) / spread


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wall", description=__doc__)
    parser.add_argument("--minutes", type=float, default=120, help="how long")
    parser.add_argument("--speed", type=int, default=10, help="how many times as fast the scenes change")
    parser.add_argument("--report-every", type=int, default=REPORT_EVERY_S, help="seconds between two reports")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "docs" / "benchmarks-wall.md", help="the page that is written"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
