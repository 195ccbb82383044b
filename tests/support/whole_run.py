"""Share out long files first, and name what a green run hides: what was skipped, and what held only at a second try.

    REQUIRE_ALL=1        a test that is skipped fails the run
    REQUIRE_STABLE=1     a test that was tried again and is not in docs/flaky.md fails the run
    RECORD_DURATIONS=1   write what each file took to tests/durations.txt

`.ci/run` asks for the first two. Where a file is long is known from tests/durations.txt; only the order counts there.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLAKY = ROOT / "docs" / "flaky.md"
DURATIONS = ROOT / "tests" / "durations.txt"
UNKNOWN_S = 10.0
"""What a file takes that nobody has measured yet: rather early than as the last one."""
REPORTS: pytest.StashKey[list[pytest.TestReport]] = pytest.StashKey()


def known_flaky(text: str) -> set[str]:
    """Node ids, without parameters, that a page names in backticks."""
    return set(re.findall(r"`(tests/[^`\s]+::\w+)`", text))


def hidden(reports: Iterable[pytest.TestReport], *, environment: Mapping[str, str], flaky: set[str]) -> list[str]:
    """Return a sentence about each test that a run must not hide in an environment, sorted."""
    found = set()
    for report in reports:
        test = report.nodeid.partition("[")[0]
        if report.outcome == "skipped" and environment.get("REQUIRE_ALL") == "1":
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
            found.add(f"REQUIRE_ALL=1, but {report.nodeid} was skipped: {reason}")
        if str(report.outcome) == "rerun" and environment.get("REQUIRE_STABLE") == "1" and test not in flaky:
            found.add(f"REQUIRE_STABLE=1, but {test} held only at a second try and is not in docs/flaky.md")
    return sorted(found)


def seconds_of(text: str) -> dict[str, float]:
    """Seconds by file, of lines `seconds path`."""
    lines = (line.split(maxsplit=1) for line in text.splitlines())
    return {path: float(seconds) for seconds, path in lines}


def longest_first(paths: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
    """Files in the order in which workers take them; a file that nobody has measured counts `UNKNOWN_S`."""
    return sorted(set(paths), key=lambda path: (-seconds.get(path, UNKNOWN_S), path))


def pytest_configure(config: pytest.Config) -> None:
    reports: list[pytest.TestReport] = []
    config.stash[REPORTS] = reports
    config.pluginmanager.register(Recorder(reports))


class Recorder:
    """Keep the report of every part of every test."""

    def __init__(self, reports: list[pytest.TestReport]) -> None:
        """Start with the list that is kept."""
        self._reports = reports

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._reports.append(report)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not hasattr(config, "workerinput"):
        return  # one process runs tests as they stand
    names = [item.nodeid.partition("::")[0] for item in items]
    order = {path: at for at, path in enumerate(longest_first(names, seconds_of(DURATIONS.read_text("utf-8"))))}
    items.sort(key=lambda item: order[item.nodeid.partition("::")[0]])


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    reports = session.config.stash[REPORTS]
    flaky = known_flaky(FLAKY.read_text("utf-8"))
    if session.exitstatus == pytest.ExitCode.OK and hidden(reports, environment=os.environ, flaky=flaky):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if os.environ.get("RECORD_DURATIONS") == "1":
        spent = Counter[str]()
        for report in reports:
            spent[report.nodeid.partition("::")[0]] += report.duration  # type: ignore[assignment]  # seconds
        lines = [f"{seconds:.1f} {path}\n" for path, seconds in spent.most_common()]
        DURATIONS.write_text("".join(lines), "utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reports, flaky = config.stash[REPORTS], known_flaky(FLAKY.read_text("utf-8"))
    for sentence in hidden(reports, environment=os.environ, flaky=flaky):
        terminalreporter.write_line(sentence, red=True)
