"""The matrix, the page of a unit, the roster in the head and joint action, as Streamlit runs them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from geo.tasks.filters import Filters, match_tasks
from services.campaign.context import get_context
from tests.support.screens import html_of, new_page, open_page
from views.shared.url import KEYS

CELL = re.compile(r'<td class="light-\w+"><a href="tasks\?([^"]*)".*?<b>(\d+)</b>')


def _filters(query: str) -> Filters:
    """The filters that an address sets."""
    values = parse_qs(query)
    units, categories = (frozenset(values.get(name, [])) for name in ("unit", "category"))
    return Filters(units=units, categories=categories, lead_only=values.get("lead") == ["1"])


@pytest.mark.parametrize("query", [{}, {"lead": "1"}, {"date": "2020-06-30"}])
def test_each_number_of_the_matrix_is_that_of_the_rows_behind_it(page: AppTest, query: dict[str, str]) -> None:
    cells = CELL.findall(html_of(open_page(page, "units", **query)))
    assert len(cells) > 40
    board = get_context().board(page.session_state[KEYS.as_of])
    for address, number in cells:
        assert match_tasks(board, _filters(unescape(address))).sum() == int(number), address
        assert ("date=" in address) == ("date" in query)


@pytest.mark.parametrize("place", [0, 7, -1])
def test_the_list_of_tasks_shows_so_many_rows(page: AppTest, place: int) -> None:
    address, number = CELL.findall(html_of(open_page(page, "units", lead="1")))[place]
    listed = new_page()
    query = {name: values[0] for name, values in parse_qs(unescape(address)).items()}
    open_page(listed, "tasks", **query)
    assert len(listed.dataframe[0].value) == int(number)


def test_the_switch_leaves_out_what_is_only_supported_and_stays_in_the_address(page: AppTest) -> None:
    open_page(page, "units", lang="en")
    both = dict(CELL.findall(html_of(page)))
    page.button_group(key=KEYS.lead).set_value(True).run()
    lead = dict(CELL.findall(html_of(page)))
    assert page.query_params["lead"] == "1"
    assert sum(map(int, lead.values())) < sum(map(int, both.values()))
    assert 'aria-label="Qingpu · Infrastructure projects · 3 tasks · 3 late or blocked"' in html_of(page)


def test_without_tasks_the_matrix_says_so(campaign: Path, page: AppTest) -> None:
    for name in ("tasks.csv", "updates.csv"):
        (campaign / name).unlink()
    open_page(page, "units", lang="en")
    assert page.info[0].value == "There are no tasks or no units yet."


def test_a_unit_sees_its_work_its_notices_its_officers_and_its_link(page: AppTest) -> None:
    html = html_of(open_page(page, "unit", id="qingpu", lang="en"))
    for text in ("Qingpu District", "5 days overdue, Qingpu district", "Tasks that it leads", "Tasks that it supports"):
        assert text in html
    for text in ("On duty at 09-15 23:59", "示例丙", 'href="tel:02100000124"', "Works that collide", "parallel for"):
        assert text in html
    assert page.code[0].value.endswith("unit?id=qingpu")
    assert page.query_params["id"] == "qingpu"


def test_a_unit_sees_which_notice_waits_for_it(page: AppTest) -> None:
    html = html_of(open_page(page, "unit", id="qingpu", lang="en"))
    assert "Supervise · waits for the reply · reply by 2020-09-18" in html
    assert "Supervision waiting for an answer <span>1</span>" in html


def test_an_unknown_unit_is_told_and_all_are_offered(page: AppTest) -> None:
    open_page(page, "unit", id="${alert(1)}")
    assert page.info[0].value == "没有这个单位，请从列表中选择。"
    html = html_of(page)
    assert "${alert" not in html
    assert html.count('href="unit?id=') == 25
    assert 'href="unit?id=qingpu&amp;lang=zh"' in html


def test_the_head_tells_who_is_on_duty_at_the_end_of_the_day_that_is_shown(page: AppTest) -> None:
    assert "值班 <b>示例戊</b> +25" in html_of(page.run())
    page.query_params["date"] = "2020-08-01"
    html = html_of(page.run())
    assert "值班 <b>无人</b>" in html
    assert "此时无人值班。" in html


def test_without_a_roster_the_head_says_nothing(campaign: Path, page: AppTest) -> None:
    (campaign / "duty.csv").unlink()
    assert '<details class="onemap-duty"' not in html_of(page.run())
    assert "值班表中没有该单位的人员。" in html_of(open_page(page, "unit", id="qingpu"))


def test_text_of_the_roster_and_of_the_units_stays_text(campaign: Path, page: AppTest) -> None:
    for name in ("duty.csv", "units.csv"):
        path = campaign / name
        path.write_text(path.read_text("utf-8").replace("示例戊", "<script>").replace("青浦区", "<b>青"), "utf-8")
    html = html_of(page.run()) + html_of(open_page(page, "units")) + html_of(open_page(page, "unit", id="qingpu"))
    assert "<script>" not in html
    assert "<b>青" not in html
    assert "&lt;script&gt;" in html


def test_the_panel_tells_of_joint_action_and_leads_to_the_other_feature(page: AppTest) -> None:
    page.query_params.update({"feature": "C04", "lang": "en"})
    page.run()
    labels = [expander.label for expander in page.expander]
    assert any(label.startswith("Joint action: 17 units within 500 m, ") for label in labels)
    assert "parallel for 4,526 m · 06-01 – 09-26" in html_of(page)
    other = page.button(key="joint-0")
    other.click().run()
    assert page.session_state[KEYS.selected] == other.label.split()[0]


def test_a_feature_without_neighbours_says_so(campaign: Path, page: AppTest) -> None:
    for name in ("tasks.csv", "updates.csv"):
        (campaign / name).unlink()
    page.query_params["feature"] = "C04"
    html = html_of(page.run())
    assert "附近没有其他未完成的任务。" in html
    assert "此处未完成的施工没有冲突。" in html
