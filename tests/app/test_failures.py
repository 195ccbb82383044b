"""What is wrong with the data or with campaign.toml is shown so that somebody can find and mend it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.logging import LogCaptureFixture
from streamlit.testing.v1 import AppTest

import settings
from tests.support.screens import html_of

FAILURE = """
from data.campaign.load import load_campaign
from geo.model.errors import StoreUnavailableError
from geo.validation.problem import CampaignError
from settings import settings
from views.shared import failure

try:
    load_campaign(settings().campaign_dir)
except CampaignError as error:
    failure.show(error)
else:
    failure.show(StoreUnavailableError("no route to host"))
"""
PROBLEMS = """
from types import SimpleNamespace
from data.campaign.load import load_campaign
from locales import translations
from settings import settings
from views.shared import failure

loaded = load_campaign(settings().campaign_dir)
failure.show_problems(SimpleNamespace(opened=SimpleNamespace(loaded=loaded), lang="en", words=translations("en")))
"""


@pytest.fixture
def folder(campaign_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The small campaign, named by CAMPAIGN_DIR from the folder above it."""
    monkeypatch.chdir(campaign_folder.parent)
    monkeypatch.setenv("CAMPAIGN_DIR", campaign_folder.name)
    settings.settings.cache_clear()
    yield campaign_folder
    settings.settings.cache_clear()


def shown(script: str, **query: str) -> str:
    page = AppTest.from_string(script, default_timeout=30)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return html_of(page)


def damage(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_a_wrong_key_is_named_with_the_full_path_of_its_file(folder: Path) -> None:
    damage(folder / "campaign.toml", "deadline = 2020-09-30", 'deadline = "soon"')
    html = shown(FAILURE, lang="en")
    assert f"<p>File: {folder.resolve() / 'campaign.toml'}</p><p>Key: deadline</p>" in html
    assert "wrong type" in html
    assert html.endswith("<p>Save the file and reload the page.</p></section>")


def test_a_folder_that_does_not_exist_is_named(folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    html = shown(FAILURE, lang="en")
    assert f"The folder {folder.parent.resolve() / folder.name} does not exist." in html
    assert "CAMPAIGN_DIR" in html
    assert "Save the file" not in html


@pytest.mark.parametrize(("lang", "said"), [("en", "The key id is missing"), ("zh", "缺少 id"), ("xx", "缺少 id")])
def test_the_failure_speaks_the_language_of_the_url_before_that_of_the_browser(
    folder: Path, lang: str, said: str
) -> None:
    damage(folder / "campaign.toml", 'id = "sample"\n', "")
    assert said in shown(FAILURE, lang=lang)


def test_a_failure_is_one_line_in_the_log(folder: Path, caplog: LogCaptureFixture) -> None:
    damage(folder / "campaign.toml", "sample = true", "sample = yes")
    with caplog.at_level(logging.WARNING, logger="onemap.page"):
        shown(FAILURE)
    (line,) = [record for record in caplog.records if record.name == "onemap.page"]
    assert str(folder.resolve()) in line.getMessage()
    assert "not valid TOML: see line 10, character 10" in line.getMessage()


def test_a_database_that_is_gone_names_no_file(folder: Path) -> None:
    html = shown(FAILURE, lang="en")
    assert "The database does not answer" in html
    assert str(folder.name) not in html


def test_each_problem_has_its_severity_as_a_word_and_a_sign_errors_first(folder: Path) -> None:
    damage(folder / "tasks.csv", "2020-08-31", "soon")
    damage(folder / "units.csv", "Roads bureau", "")
    html = shown(PROBLEMS)
    assert '<div class="onemap-problems-box"' in html
    error = html.index('<tr class="error"><td>✕ Error</td><td>tasks.csv</td>')
    assert error < html.index('<tr class="warning"><td>⚠ Warning</td><td>units.csv</td>')


def test_a_value_in_the_table_of_problems_is_cut_and_is_never_markup(folder: Path) -> None:
    damage(folder / "tasks.csv", "2020-08-31", "<b>" + "x" * 5000)
    html = shown(PROBLEMS)
    assert f"<td>&lt;b&gt;{'x' * 76}…</td>" in html
    assert "<b>" not in html
