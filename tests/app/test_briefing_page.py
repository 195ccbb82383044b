"""The page of briefings: what is chosen is what the file holds, and every file is noted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from services.access.policy import VISITOR
from services.briefing.atlas import AtlasRequest, Subject
from services.briefing.briefing import BriefingFormat, BriefingRequest, format_for
from services.briefing.export import CancelledError, Job, export_document
from services.campaign.context import get_context, real_now
from services.snapshots.export_view import File, logged
from tests.support.screens import html_of, open_page
from views.briefing import form as briefing_form
from views.shared.context import PageContext

DAY = date(2020, 9, 15)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, str]]:
    """What the button was drawn for, the last one last."""
    found: list[tuple[Any, str]] = []
    drawn = briefing_form.show_button

    def noted(context: PageContext, one: BriefingRequest | AtlasRequest, form: BriefingFormat) -> None:
        found.append((one, form.id))
        drawn(context, one, form)

    monkeypatch.setattr(briefing_form, "show_button", noted)
    return found


def test_the_page_opens_with_a_briefing_since_the_last_meeting(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    open_page(page, "briefing")
    one, form = asked[-1]
    assert (one.kind, one.lang, one.since, form) == ("briefing", "zh", date(2020, 9, 10), "pptx")
    assert one.sections[:3] == ("cover", "overview", "zones")


def test_sections_come_in_the_order_in_which_they_are_chosen(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    open_page(page, "briefing")
    page.multiselect(key="briefing-sections-briefing").set_value(["next", "late"]).run()
    assert asked[-1][0].sections == ("next", "late")


def test_kind_language_and_format_are_taken(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    open_page(page, "briefing", lang="en")
    page.button_group(key="briefing-kind").set_value("evaluation").run()
    page.button_group(key="briefing-format").set_value("docx").run()
    page.button_group(key="briefing-lang").set_value("zh").run()
    assert (asked[-1][0].kind, asked[-1][0].lang, asked[-1][1]) == ("evaluation", "zh", "docx")
    assert not page.exception


def test_an_atlas_takes_the_filters_of_the_address(page: AppTest, asked: list[tuple[Any, str]]) -> None:
    open_page(page, "briefing", zone="Z1")
    page.button_group(key="briefing-kind").set_value("atlas").run()
    page.button_group(key="atlas-of").set_value("units").run()
    one = asked[-1][0]
    assert isinstance(one, AtlasRequest)
    assert (one.of, one.filters.zones) == (Subject.UNITS, frozenset({"Z1"}))


def test_a_file_is_noted_and_listed(page: AppTest) -> None:
    open_page(page, "briefing")
    asked, form = BriefingRequest("zh", "one-page"), format_for("docx")
    job = Job()
    made = export_document(get_context(), VISITOR, asked, form, DAY, job=job, real_now=real_now)
    assert made.startswith(b"PK")
    assert job.made == File("onemap-ciie2020-one-page-2020-09-15-zh.docx", form.media_type, made)
    assert [(one.what, one.format, one.day) for one in logged(get_context())] == [("one-page", "docx", "2020-09-15")]
    page.session_state[briefing_form.JOB] = job
    page.run()
    assert "一页简报" in html_of(page)
    assert [one.proto.label for one in page.get("download_button")] == ["生成文件", "再次保存"]


def test_a_job_that_is_given_up_makes_no_file_and_is_not_noted(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    open_page(page, "briefing")
    job = Job()
    monkeypatch.setattr(job.__class__, "ask", lambda self: self.give_up())
    with pytest.raises(CancelledError):
        export_document(
            get_context(), VISITOR, BriefingRequest("zh"), format_for("pdf"), DAY, job=job, real_now=real_now
        )
    assert (job.ended, job.made, job.failed) == (True, None, "已取消，没有生成文件。")
    assert logged(get_context()) == ()


def test_a_failure_that_nobody_foresaw_is_not_told_as_a_success(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise MemoryError

    open_page(page, "briefing")
    job = Job()
    monkeypatch.setattr("services.briefing.export.render", fail)
    with pytest.raises(MemoryError):
        export_document(
            get_context(), VISITOR, BriefingRequest("zh"), format_for("pdf"), DAY, job=job, real_now=real_now
        )
    page.session_state[briefing_form.JOB] = job
    page.run()
    assert "原因见服务器日志" in page.error[0].value
    assert not page.success
