"""The page of changes: since the last meeting by default, since any day by choice, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.screens import html_of, open_page
from views.shared.url import KEYS


def test_tells_what_moved_since_the_last_meeting(page: AppTest) -> None:
    html = html_of(open_page(page, "changes"))
    for text in ("2020-09-10 14:00 → 2020-09-15 24:00", "新增超期", "诸光路路面整治与排水改造", "青浦区", "按牵头单位"):
        assert text in html
    assert "since" not in page.query_params
    assert 'href="task?id=T01&amp;lang=zh"' in html


def test_speaks_english(page: AppTest) -> None:
    html = html_of(open_page(page, "changes", lang="en"))
    for text in ("Newly late", "due on 2020-09-10, in progress 72% · Qingpu district", "NECC surroundings", "Worse"):
        assert text in html
    assert page.selectbox(key="changes-meeting").label == "Changes since"


def test_a_link_opens_another_meeting(page: AppTest) -> None:
    html = html_of(open_page(page, "changes", since="2020-08-27"))
    assert "2020-08-27 14:00 → 2020-09-15 24:00" in html
    assert page.selectbox(key="changes-meeting").value == "2020-08-27"
    assert page.query_params["since"] == "2020-08-27"


def test_the_default_leaves_the_address_again(page: AppTest) -> None:
    open_page(page, "changes", since="2020-08-27")
    page.selectbox(key="changes-meeting").set_value("2020-09-10").run()
    assert "since" not in page.query_params
    assert "2020-09-10 14:00 →" in html_of(page)


def test_any_day_can_be_chosen(page: AppTest) -> None:
    open_page(page, "changes")
    page.selectbox(key="changes-meeting").set_value("other").run()
    assert page.date_input(key="changes-day").value == date(2020, 9, 8)
    page.date_input(key="changes-day").set_value(date(2020, 7, 1)).run()
    assert "2020-07-01 24:00 → 2020-09-15 24:00" in html_of(page)
    assert page.session_state[KEYS.since] == date(2020, 7, 1)


@pytest.mark.parametrize("since", ["2020-09-16", "tomorrow", "2099-01-01"])
def test_what_is_no_earlier_day_is_the_last_meeting(page: AppTest, since: str) -> None:
    assert "2020-09-10 14:00 → 2020-09-15 24:00" in html_of(open_page(page, "changes", since=since))


def test_before_the_first_meeting_the_campaign_is_told_from_its_start(page: AppTest) -> None:
    html = html_of(open_page(page, "changes", date="2020-01-01"))
    assert "2020-01-01 24:00 → 2020-01-01 24:00" in html
    assert [info.value for info in page.info] == ["这段时间没有变化。"]


def test_a_selected_feature_leaves_its_tasks(page: AppTest) -> None:
    html = html_of(open_page(page, "changes", feature="C01", since="2020-07-30"))
    assert "T01" in html
    assert "T29" not in html
    page.button(key="changes-all").click().run()
    assert "T29" in html_of(page)


def test_text_of_the_data_stays_text(campaign: Path, page: AppTest) -> None:
    path = campaign / "tasks.csv"
    path.write_text(
        path.read_text("utf-8").replace("诸光路路面整治与排水改造", "<img src=x onerror=alert(1)>"), "utf-8"
    )
    html = html_of(open_page(page, "changes"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img src=x" not in html
