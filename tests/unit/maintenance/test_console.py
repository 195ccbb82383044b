"""What people wrote is laid out in columns and cannot steer the screen."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from services.maintenance.console import ProgressLine, plain, table, width


def test_chinese_characters_are_two_columns_wide() -> None:
    lines = table(["账号", "b"], [["abcde", "x"], ["李工", "y"]]).splitlines()
    assert [width(line[: line.index(mark)]) for line, mark in zip(lines, "bxy", strict=True)] == [7, 7, 7]


@given(st.text())
def test_no_text_steers_the_screen(text: str) -> None:
    assert plain(text).isprintable()


def test_a_log_gets_a_line_for_each_step_only() -> None:
    log = StringIO()
    line = ProgressLine(log, {"rows": "记录"})
    for done in range(1, 1001):
        line("rows", done, 1000)
    assert log.getvalue() == "记录 1,000 / 1,000\n"


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_screen_sees_every_percent_on_one_line() -> None:
    screen = Screen()
    line = ProgressLine(screen, {})
    for done in range(1, 1001):
        line("rows", done, 1000)
    assert screen.getvalue().count("\r") == 101
    assert screen.getvalue().count("\n") == 1
