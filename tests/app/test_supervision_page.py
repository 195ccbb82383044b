"""Supervision on its page and on a task's page: what is shown, what each role may do, and that it is stored once."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.store.rows import Source
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from services.access.policy import VISITOR, Person, Role
from services.campaign.context import get_context
from services.reports.forms import Submission
from services.supervision import acts as supervision
from tests.support.screens import html_of, open_page
from views.shared import who
from views.shared.url import KEYS

CENTRE = Person("wang", "王处", Role.COMMAND_CENTRE, "adm-coordination")
MINHANG = Person("li", "李工", Role.FIELD_LEAD, "minhang")
QINGPU = Person("qin", "秦工", Role.FIELD_LEAD, "qingpu")
ADMINISTRATOR = Person("root", "管理员", Role.ADMINISTRATOR, "")


def _as(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "current_person", lambda _store: person)


def _acts(page: AppTest, task: str) -> list[str]:
    names = [str(button.key).removesuffix(f"-{task}") for button in page.button if str(button.key).endswith(f"-{task}")]
    return [name.removeprefix("supervise-") for name in names if name.startswith("supervise-")]


def _stored(task: str) -> list[SupervisionEvent]:
    desk = get_context()
    return [event for event in desk.supervision(desk.now()) if event.task == task and event.seq]


def _act_elsewhere(event: SupervisionEvent) -> None:
    desk = get_context()
    submission = Submission("elsewhere", 10_000_000, desk.now(), Source.API)
    tasks = desk.store.tasks(desk.campaign.id)
    supervision.submit_act(desk.store, desk.campaign, tasks=tasks, person=CENTRE, event=event, submission=submission)


def test_the_board_shows_the_open_ladders_of_the_day(page: AppTest) -> None:
    html = html_of(open_page(page, "supervision"))
    for text in (
        "T29",
        "6 天未回复",
        "逾期 3 天",
        "建议：督办",
        "虹进博督〔2020〕5号",
        "闵行区",
        "已回复，可办结",
        "1 天未签收",
    ):
        assert text in html
    assert "T05" not in html


def test_all_shows_what_was_closed_and_units_group_it(page: AppTest) -> None:
    open_page(page, "supervision")
    page.button_group(key="supervision-show").set_value("all").run()
    assert "T05" in html_of(page)
    page.button_group(key="supervision-view").set_value("unit").run()
    assert "onemap-rung-units" in html_of(page)
    assert "东浩兰生集团 <b>1</b>" in html_of(page)


def test_before_the_first_notice_the_page_says_so(page: AppTest) -> None:
    open_page(page, "supervision", date="2020-05-01")
    assert "没有督办" in page.info[0].value


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        (CENTRE, ["issue", "reply", "close"]),
        (MINHANG, ["reply"]),
        (QINGPU, []),
        (ADMINISTRATOR, []),
        (VISITOR, []),
    ],
)
def test_a_task_offers_each_role_what_it_may_do(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, person: Person, offered: list[str]
) -> None:
    _as(person, monkeypatch)
    open_page(page, "task", id="T29")
    assert _acts(page, "T29") == offered
    assert "已过期限仍未回复，建议升级为“督办”" in html_of(page)


def test_a_past_day_offers_nothing_but_says_why(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    _as(CENTRE, monkeypatch)
    open_page(page, "task", id="T29", date="2020-09-11")
    assert _acts(page, "T29") == []
    assert any("督办按今天办理" in caption.value for caption in page.caption)


def test_the_proposed_rung_is_issued_with_what_the_form_says(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    _as(CENTRE, monkeypatch)
    open_page(page, "task", id="T29")
    page.button(key="supervise-issue-T29").click().run()
    assert page.date_input(key="supervise-deadline").value == date(2020, 9, 18)
    assert "现予督办" in str(page.text_area(key="supervise-text").value)
    page.text_area(key="supervise-text").input("请今晚开工").run()
    page.button(key="supervise-send").click().run()
    last = _stored("T29")[-1]
    assert (last.rung, last.act, last.unit) == (EscalationLevel.SUPERVISE, Act.ISSUE, "minhang")
    assert (last.text, last.who) == ("请今晚开工", "wang")
    assert "虹进博督〔2020〕9号" in html_of(page)


def test_another_rung_brings_its_text_unless_it_was_changed(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    _as(CENTRE, monkeypatch)
    open_page(page, "task", id="T29")
    page.button(key="supervise-issue-T29").click().run()
    page.button_group(key="supervise-rung").set_value(EscalationLevel.CIRCULATE).run()
    assert "现予通报" in str(page.text_area(key="supervise-text").value)
    page.text_area(key="supervise-text").input("自己写的").run()
    page.button_group(key="supervise-rung").set_value(EscalationLevel.URGE).run()
    assert page.text_area(key="supervise-text").value == "自己写的"


def test_a_receipt_is_stored_once_and_then_waits_for_the_reply(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    _as(Person("dong", "东工", Role.FIELD_LEAD, "donghao"), monkeypatch)
    open_page(page, "task", id="T12")
    page.button(key="supervise-receipt-T12").click().run()
    assert [event.act for event in _stored("T12")] == [Act.ISSUE, Act.RECEIPT]
    assert _acts(page, "T12") == ["reply"]


def test_a_reply_without_text_is_refused_and_kept_open(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    _as(MINHANG, monkeypatch)
    open_page(page, "task", id="T29")
    before = len(_stored("T29"))
    page.button(key="supervise-reply-T29").click().run()
    page.button(key="supervise-send").click().run()
    assert "请写明办理情况" in page.error[0].value
    page.text_area(key="supervise-text").input("21日完成").run()
    page.button(key="supervise-send").click().run()
    assert (len(_stored("T29")), _stored("T29")[-1].text) == (before + 1, "21日完成")


def test_an_act_of_somebody_else_meanwhile_is_a_conflict_that_can_be_settled(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as(CENTRE, monkeypatch)
    open_page(page, "task", id="T29")
    page.button(key="supervise-issue-T29").click().run()
    _act_elsewhere(supervision.issue("T29", EscalationLevel.URGE, "airport-group", "请配合", None))
    page.button(key="supervise-send").click().run()
    assert "已有更新的版本" in page.warning[0].value
    page.button(key="supervise-rebase").click().run()
    page.button(key="supervise-send").click().run()
    assert [event.rung for event in _stored("T29")][-2:] == [EscalationLevel.URGE, EscalationLevel.SUPERVISE]


def test_the_panel_shows_the_ladder_and_the_legend_the_rings(page: AppTest) -> None:
    page.query_params["feature"] = "C36"
    page.run()
    assert not page.exception
    html = html_of(page)
    assert page.session_state[KEYS.selected] == "C36"
    assert "onemap-ladder" in html
    assert "ring-urge.svg" in html
