"""`cli.py snapshot` makes one whole file, or none and a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from data.store.rows import Source
from services.access.policy import Person, Role
from services.campaign.context import open_context
from services.snapshots.export_view import EXPORTED
from services.snapshots.saved_views import save_view
from tests.support.fixtures_cli import installed, run

__all__ = ["installed", "run"]


@pytest.mark.parametrize(
    ("name", "start"), [("a.pdf", b"%PDF-"), ("a.PNG", b"\x89PNG"), ("a.geojson", b'{"type":"FeatureCollection"')]
)
def test_the_ending_is_the_format(installed: Callable[..., Result], tmp_path: Path, name: str, start: bytes) -> None:
    told = installed("snapshot", name, "--size", "A4", "--as-of", "2020-09-10").output
    assert (tmp_path / name).read_bytes().startswith(start)
    assert "2020-09-10" in told


def test_the_same_data_gives_the_same_bytes(installed: Callable[..., Result], tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        installed("snapshot", name, "--zone", "Z1", lang="zh")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("wrong", [["a.doc"], ["a.pdf", "--size", "B5"], ["a.pdf", "--zone", "Z9"]])
def test_what_there_is_not_is_said_and_no_file_is_left(
    installed: Callable[..., Result], tmp_path: Path, wrong: list[str]
) -> None:
    assert "Choose one of" in installed("snapshot", *wrong, code=1).output
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("a.", ".a."))]


def test_a_file_is_replaced_only_when_told_to(installed: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    installed("snapshot", "a.csv", code=3)
    assert (tmp_path / "a.csv").read_text() == "mine"
    installed("snapshot", "a.csv", "--force")
    assert "T01" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_a_preset_may_be_a_view_that_was_saved(installed: Callable[..., Result], tmp_path: Path) -> None:
    desk = open_context(tmp_path / "campaign", f"sqlite:///{tmp_path / 'var' / 'onemap.sqlite'}")
    centre, rule = Person("centre", "Centre", Role.COMMAND_CENTRE, ""), '{"zones": ["Z1"], "kinds": ["river"]}'
    save_view(desk, centre, name="早会 河道", rule=rule, bounds="121.28,31.17,121.32,31.20", feature="", key="kept")
    installed("snapshot", "a.geojson", "--preset", "早会 河道")
    found = json.loads((tmp_path / "a.geojson").read_text("utf-8"))["features"]
    assert {one["properties"]["kind"] for one in found} == {"river"}
    assert all("Z1" in one["properties"]["zones"] for one in found)
    assert "早会 河道" in installed("snapshot", "b.geojson", "--preset", "晚会", code=1).output


def test_every_export_is_noted_with_what_it_held(installed: Callable[..., Result], tmp_path: Path) -> None:
    installed("snapshot", "a.csv", "--zone", "Z1", "--as-of", "2020-09-10")
    installed("briefing", "b.docx", "--sections", "late,next", "--as-of", "2020-09-15", lang="zh")
    installed("snapshot", "a.doc", code=1)
    desk = open_context(tmp_path / "campaign", f"sqlite:///{tmp_path / 'var' / 'onemap.sqlite'}")
    view, briefing = desk.store.events(EXPORTED)
    assert (view.subject, view.detail["what"], view.detail["day"]) == ("csv", "view", "2020-09-10")
    assert (briefing.subject, briefing.detail["what"], briefing.detail["sections"]) == ("docx", "briefing", "late,next")
    assert {one.author.source for one in (view, briefing)} == {Source.CLI}
    assert "Z1" in view.detail["filters"]
    assert int(briefing.detail["bytes"]) == (tmp_path / "b.docx").stat().st_size
