"""Hold what a whole run promises: long files first, and no skip or second try that nobody hears of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.whole_run import DURATIONS, FLAKY, ROOT, hidden, known_flaky, longest_first, seconds_of

REQUIRED = {"REQUIRE_ALL": "1", "REQUIRE_STABLE": "1"}
TEST = "tests/browser/map/test_map.py::test_it_opens"


def report(outcome: str, reason: str = "") -> pytest.TestReport:
    longrepr = ("test_map.py", 1, reason) if reason else None
    return pytest.TestReport(f"{TEST}[zh]", ("", 0, ""), {}, outcome, longrepr, "call")  # type: ignore[arg-type]


def test_a_skipped_test_is_told_with_its_reason_where_all_are_required() -> None:
    skipped = [report("skipped", "there is no soffice")]
    assert hidden(skipped, environment={}, flaky=set()) == []
    assert hidden(skipped, environment=REQUIRED, flaky=set()) == [
        f"REQUIRE_ALL=1, but {TEST}[zh] was skipped: there is no soffice"
    ]


def test_a_second_try_is_told_once_unless_the_page_names_the_test() -> None:
    tried = [report("rerun"), report("rerun"), report("passed")]
    assert hidden(tried, environment={}, flaky=set()) == []
    assert len(hidden(tried, environment=REQUIRED, flaky=set())) == 1
    assert hidden(tried, environment=REQUIRED, flaky=known_flaky(f"| `{TEST}` | loses a click | today |")) == []


def test_the_page_of_flaky_tests_names_only_tests_that_exist() -> None:
    named = [test.partition("::") for test in known_flaky(FLAKY.read_text("utf-8"))]
    assert [test for path, _, test in named if f"def {test}(" not in (ROOT / path).read_text("utf-8")] == []


def test_long_files_come_first_and_unmeasured_ones_before_short_ones() -> None:
    seconds = seconds_of("60.0 tests/long.py\n0.5 tests/short.py\n")
    assert longest_first(["tests/short.py", "tests/new.py", "tests/long.py"], seconds) == [
        "tests/long.py",
        "tests/new.py",
        "tests/short.py",
    ]


def test_most_files_that_take_long_have_been_measured() -> None:
    measured = seconds_of(DURATIONS.read_text("utf-8"))
    assert sum((ROOT / path).exists() for path in measured) > len(measured) / 2


@pytest.mark.parametrize(("required", "code"), [("0", 0), ("1", 1)])
def test_a_run_fails_by_a_skip_where_all_are_required(tmp_path: Path, required: str, code: int) -> None:
    (tmp_path / "conftest.py").write_text("from tests.support.whole_run import *")
    (tmp_path / "test_one.py").write_text("import pytest\ndef test_one(): pytest.skip('no program')")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--rootdir", tmp_path, "-c", "/dev/null", "-p", "no:cacheprovider", tmp_path],
        env=os.environ | {"PYTHONPATH": str(ROOT), "REQUIRE_ALL": required, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout
    assert ("REQUIRE_ALL=1" in run.stdout) == bool(code)
