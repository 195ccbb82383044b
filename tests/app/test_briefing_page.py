"""The page of briefings: what is chosen is what the file holds, and every file is noted."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

import settings
from services.atlas import AtlasAsked, Subject
from services.briefing import BriefingAsked, format_for
from services.briefing_export import export_document, logged
from services.desk import real_now, the_desk
from services.export_job import GivenUpError, Job
from services.policy import VISITOR
from settings import DEFAULT_CAMPAIGN, ROOT
from views.widgets import briefing_button

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from services.briefing import BriefingFormat
    from views.context import PageContext

MAIN = str(ROOT / "views" / "main.py")
DAY = date(2020, 9, 15)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    folder = tmp_path / "campaign"
    shutil.copytree(DEFAULT_CAMPAIGN, folder)
    monkeypatch.setenv("CAMPAIGN_DIR", str(folder))
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    settings.settings.cache_clear()
    yield AppTest.from_file(MAIN, default_timeout=30)
    settings.settings.cache_clear()


def _open(page: AppTest, **query: str) -> AppTest:
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    pages = page._registered_pages.items()  # noqa: SLF001  pages that are functions cannot be switched to by path
    page._page_hash = next(key for key, info in pages if info.get("url_pathname") == "briefing")  # noqa: SLF001
    page.run()
    assert not page.exception
    return page


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, str]]:
    """What the button was drawn for, the last one last."""
    found: list[tuple[Any, str]] = []
    drawn = briefing_button.show

    def noted(context: PageContext, one: BriefingAsked | AtlasAsked, form: BriefingFormat) -> None:
        found.append((one, form.id))
        drawn(context, one, form)

    monkeypatch.setattr(briefing_button, "show", noted)
    return found


def test_the_page_opens_with_a_briefing_since_the_last_meeting(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    _open(page)
    one, form = asked[-1]
    assert (one.kind, one.lang, one.since, form) == ("briefing", "zh", date(2020, 9, 10), "pptx")
    assert one.sections[:3] == ("cover", "overview", "zones")


def test_sections_come_in_the_order_in_which_they_are_chosen(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    _open(page)
    page.multiselect(key="briefing-sections-briefing").set_value(["next", "late"]).run()
    assert asked[-1][0].sections == ("next", "late")


def test_kind_language_and_format_are_taken(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    _open(page, lang="en")
    page.button_group(key="briefing-kind").set_value("evaluation").run()
    page.button_group(key="briefing-format").set_value("docx").run()
    page.button_group(key="briefing-lang").set_value("zh").run()
    assert (asked[-1][0].kind, asked[-1][0].lang, asked[-1][1]) == ("evaluation", "zh", "docx")
    assert not page.exception


def test_an_atlas_takes_the_filters_of_the_address(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    _open(page, zone="Z1")
    page.button_group(key="briefing-kind").set_value("atlas").run()
    page.button_group(key="atlas-of").set_value("units").run()
    one = asked[-1][0]
    assert isinstance(one, AtlasAsked)
    assert (one.of, one.filters.zones) == (Subject.UNITS, frozenset({"Z1"}))


def test_a_file_is_noted_and_listed(page: AppTest) -> None:
    _open(page)
    asked, form = BriefingAsked("zh", "one-page"), format_for("docx")
    made = export_document(the_desk(), VISITOR, asked, form, DAY, job=Job(), real_now=real_now)
    assert made.startswith(b"PK")
    assert [(one.what, one.format, one.day) for one in logged(the_desk())] == [("one-page", "docx", "2020-09-15")]
    page.run()
    assert any("一页简报" in str(element.proto.body) for element in page.get("html"))


def test_a_job_that_is_given_up_makes_no_file_and_is_not_noted(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    _open(page)
    job = Job()
    monkeypatch.setattr(job.__class__, "ask", lambda self: self.give_up())
    with pytest.raises(GivenUpError):
        export_document(the_desk(), VISITOR, BriefingAsked("zh"), format_for("pdf"), DAY, job=job, real_now=real_now)
    assert job.ended
    assert logged(the_desk()) == ()
