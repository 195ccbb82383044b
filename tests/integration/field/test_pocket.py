"""Hold what the pocket map is made of: one small file that asks nobody and in which no text is code."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from typer.testing import Result

from data.campaign.load import load_campaign
from locales import Language
from services.campaign.context import CampaignContext
from services.field.pocket import pocket_map, pocket_name
from tests.support.fakes import FakeStore
from tests.support.fixtures_cli import installed, run

__all__ = ["installed", "run"]

CAMPAIGN = Path(__file__).parents[3] / "data" / "campaigns" / "ciie2020"
DAY = date(2020, 9, 15)
HOSTILE = "</script><script>window.hostile=1</script><!-- {data} \u2028 ${x} \"'`"
BYTES_MAX = 2_000_000


@cache
def desk(name: str = "") -> CampaignContext:
    loaded = load_campaign(CAMPAIGN)
    if not name:
        return CampaignContext(loaded, FakeStore())
    features, tasks = loaded.features.copy(), loaded.tasks.copy()
    features.loc["C01", ["name_zh", "name_en"]] = tasks.loc["T01", ["title_zh", "title_en"]] = name
    campaign = replace(loaded.campaign, short=replace(loaded.campaign.short, zh=name, en=name))
    return CampaignContext(replace(loaded, features=features, tasks=tasks, campaign=campaign), FakeStore())


def text_of(lang: Language = "zh", name: str = "") -> str:
    return pocket_map(desk(name), DAY, lang).decode()


def blocks(page: str) -> list[tuple[str, str]]:
    return re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_small_and_the_same_every_time(lang: Language) -> None:
    made = pocket_map(desk(), DAY, lang)
    assert len(made) < BYTES_MAX
    assert made == pocket_map(desk(), DAY, lang)


def test_it_carries_date_data_version_and_the_sample_notice() -> None:
    page = text_of("en").split("<main>")[0]
    assert "As of 2020-09-15" in page
    assert desk().version in page
    assert "Sample data" in page
    assert pocket_name(desk(), DAY) == "onemap-ciie2020-2020-09-15.html"


def test_its_policy_lets_only_its_own_scripts_and_style_run() -> None:
    page = text_of()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    parts = [body for attributes, body in blocks(page) if not attributes]
    parts += re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts]
    assert sorted(re.findall(r"'sha256-([^']*)'", policy)) == sorted(hashes)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_it_loads_nothing() -> None:
    page = re.sub(r"<script.*?</script>", "", text_of(), flags=re.DOTALL)
    assert not re.search(r"\b(src|href)=|url\(|@import", page)


def test_hostile_text_stays_in_its_block_and_is_read_back_whole() -> None:
    page = text_of(name=HOSTILE)
    (data,) = [body for attributes, body in blocks(page) if "application/json" in attributes]
    read = json.loads(data)
    assert len(blocks(page)) == 3
    assert "<" not in data
    assert read["features"]["zh"][read["features"]["ids"].index("C01")] == HOSTILE
    assert read["board"]["task"]["zh"][0] == HOSTILE
    assert "<script>window" not in page


def test_the_command_makes_it_of_a_day(installed: Callable[..., Result], tmp_path: Path) -> None:
    told = installed("pocket", "map.html", "--as-of", "2020-06-10").output
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "2020-06-10" in told
    assert "As of 2020-06-10" in page
    assert 'lang="en"' in page


def test_the_command_replaces_nothing_unless_told_to(installed: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "map.html").write_text("kept", encoding="utf-8")
    installed("pocket", "map.html", code=3)
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == "kept"
    installed("pocket", "map.html", "--force")
    assert (tmp_path / "map.html").stat().st_size > 100_000


@pytest.mark.parametrize(("asked", "code"), [("1999-01-01", 0), ("today", 2)])
def test_a_day_outside_the_campaign_is_its_nearest_and_no_day_is_refused(
    installed: Callable[..., Result], asked: str, code: int
) -> None:
    told = installed("pocket", "map.html", "--as-of", asked, code=code).output
    assert ("2020-01-01" in told) == (code == 0)
