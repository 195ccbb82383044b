"""The page of progress runs as Streamlit runs it, and its numbers are those of the board."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.model.status import FINISHED, LIGHT_GLYPHS, LIGHT_LABELS
from services.campaign.context import get_context
from tests.support.screens import html_of, open_page
from views.shared.url import KEYS

DAY = date(2020, 9, 15)


def specs(page: AppTest) -> list[str]:
    return [str(element.proto.spec) for element in page.get("vega_lite_chart")]


@pytest.mark.parametrize(
    ("lang", "sentence", "schedule"),
    [
        ("zh", "按近四周进度，预计 11 至 18 项任务 9 月 30 日前不能完成", "44 项任务甘特图"),
        ("en", "At the pace of the last four weeks, 11 to 18 tasks miss 30 September", "Schedule of the 44 tasks"),
    ],
)
def test_says_the_forecast_in_both_languages(page: AppTest, lang: str, sentence: str, schedule: str) -> None:
    text = html_of(open_page(page, "progress", lang=lang))
    assert sentence in text
    assert schedule in text


@pytest.mark.parametrize("day", ["2020-04-30", "2020-08-31", "2020-09-15", "2020-10-14", "2020-12-31"])
def test_counts_what_the_board_counts(page: AppTest, day: str) -> None:
    text = html_of(open_page(page, "progress", lang="en", date=day))
    tasks = get_context().board(date.fromisoformat(day)).tasks
    done, planned = tasks["status"].isin(list(FINISHED)).sum(), (tasks["due"] <= day).sum()
    assert f"<td>{day}</td><td>{planned}</td><td>{done}</td>" in text
    for light, word in LIGHT_LABELS.items():
        assert text.count(f"<td>{LIGHT_GLYPHS[light]} {word.en}</td>") == (tasks["light"] == light).sum()


def test_the_charts_are_drawn_in_the_language_of_the_screen(page: AppTest) -> None:
    curve, gantt = (json.loads(spec) for spec in specs(open_page(page, "progress", lang="zh")))
    assert len(curve["layer"]) > 10
    assert [one["name"] for one in gantt["params"]] == ["task"]
    assert "推进基础设施项目建设" in json.dumps(gantt, ensure_ascii=False)
    assert not re.search(r"https?://(?!vega\.github\.io/schema)", json.dumps([curve, gantt]))


def test_every_task_has_a_link_in_the_table(page: AppTest) -> None:
    text = html_of(open_page(page, "progress", lang="en"))
    assert set(re.findall(r'href="task\?id=(T\d\d)&amp;lang=en"', text)) == set(get_context().board(DAY).tasks.index)


def test_after_the_deadline_it_counts_who_missed_it_and_looks_to_the_opening(page: AppTest) -> None:
    text = html_of(open_page(page, "progress", lang="zh", date="2020-10-12"))
    assert "6 项任务 9 月 30 日前未完成" in text
    assert "预计 0 至 6 项任务 11 月 5 日前不能完成" in text


def test_at_the_end_nothing_is_forecast(page: AppTest) -> None:
    open_page(page, "progress", lang="en", date="2020-12-31")
    assert "1 task missed 5 November" in html_of(page)
    assert not any(one.label == "How the forecast is made" for one in page.expander)


def test_without_tasks_it_says_so(campaign: Path, page: AppTest) -> None:
    for name in ("tasks.csv", "updates.csv"):
        (campaign / name).unlink()
    open_page(page, "progress", lang="en")
    assert page.info[0].value == "There are no tasks yet: no progress can be shown."
    assert specs(page) == []


def test_tasks_without_due_date_are_named(campaign: Path, page: AppTest) -> None:
    path = campaign / "tasks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2020-04-15,2020-09-10", ","), encoding="utf-8")
    open_page(page, "progress", lang="en")
    assert any("T01" in one.value for one in page.caption)
    assert "11 to 18" not in html_of(page)


def test_text_of_the_data_is_no_code(campaign: Path, page: AppTest) -> None:
    path = campaign / "tasks.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("诸光路路面整治与排水改造", "<img src=x onerror=alert(1)>"), encoding="utf-8")
    shown_text = html_of(open_page(page, "progress", lang="zh"))
    assert "&lt;img src=x" in shown_text
    assert "<img src=x" not in shown_text


def test_the_page_ends_with_the_state_in_the_address(page: AppTest) -> None:
    open_page(page, "progress", lang="en", date="2020-08-31")
    assert page.query_params["date"] == "2020-08-31"
    assert page.session_state[KEYS.as_of] == date(2020, 8, 31)
