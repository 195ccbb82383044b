"""Briefings and atlases from a terminal: the format follows the ending, and a failure leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from services.briefing import briefing
from tests.support.fixtures_briefing import squeezed, words_of
from tests.support.fixtures_cli import installed, run

__all__ = ["installed", "run"]


@pytest.mark.parametrize("form", ["pptx", "pdf", "docx"])
def test_a_briefing_is_made_in_the_format_of_its_ending(
    installed: Callable[..., Result], tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    told = installed("briefing", str(out), "--as-of", "2020-09-15", "--since", "2020-08-01").output
    assert "2020-09-15" in told
    written = words_of(form, out.read_bytes())
    assert squeezed("Sample campaign") in written
    assert "2020-09-15" in written


def test_sections_come_in_the_order_that_is_asked_for(installed: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    installed("briefing", str(out), "--as-of", "2020-09-15", "--sections", "next, late")
    written = words_of("pdf", out.read_bytes())
    assert 0 <= written.index("Nextsteps") < written.index("Lateandblocked")
    assert "Supervision" not in written


def test_one_page_is_one_page_and_an_evaluation_has_its_rates(installed: Callable[..., Result], tmp_path: Path) -> None:
    page, report = tmp_path / "page.pptx", tmp_path / "report.docx"
    installed("briefing", str(page), "--kind", "one-page")
    installed("briefing", str(report), "--kind", "evaluation", "--as-of", "2020-12-31", lang="zh")
    assert "1/1" in words_of("pptx", page.read_bytes())
    assert "按期完成率" in words_of("docx", report.read_bytes())


@pytest.mark.parametrize(
    ("subject", "name"), [("corridors", "C01"), ("nodes", "N01"), ("tasks", "T01"), ("units", "Roads")]
)
def test_an_atlas_has_an_index_with_page_numbers(
    installed: Callable[..., Result], tmp_path: Path, subject: str, name: str
) -> None:
    out = tmp_path / "atlas.pdf"
    installed("atlas", str(out), "--of", subject, "--as-of", "2020-09-15")
    written = words_of("pdf", out.read_bytes())
    assert written.count(name) >= 2
    assert "Index" in written


@pytest.mark.parametrize(
    "arguments",
    [
        ("briefing", "out.xyz"),
        ("briefing", "out.pdf", "--kind", "novel"),
        ("briefing", "out.pdf", "--sections", "late,lat"),
        ("briefing", "out.pdf", "--template", "absent.toml"),
        ("atlas", "out.pdf", "--of", "corridors", "--zone", "Z9"),
    ],
)
def test_what_is_not_offered_is_refused_and_leaves_no_file(
    installed: Callable[..., Result], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    told = installed(*arguments, code=1).output
    assert any(word in told for word in ("Choose one of", "Put absent.toml", "does not exist"))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".out", "out"))] == []


def test_a_failure_half_way_leaves_no_file(
    installed: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(briefing, "render", fail)
    installed("briefing", str(tmp_path / "out.pdf"), code=1)
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


def test_a_file_that_is_there_is_not_replaced(installed: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"mine")
    installed("briefing", str(out), code=3)
    installed("atlas", str(out), "--of", "nodes", code=3)
    assert out.read_bytes() == b"mine"
