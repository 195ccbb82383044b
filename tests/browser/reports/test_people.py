"""People sign in, report, sign off and are refused, and others see it within seconds without losing their view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.model.status import Status
from services.access.policy import NotAllowedError, Person, Role
from services.campaign.context import open_context as open_campaign
from services.reports.forms import ReportForm, Submission
from services.reports.reports import last_seq, submit_report
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import SERVER_LOG, Desk, open_desk, rest, serve

PASSWORD = "a long enough password"  # noqa: S105 - of accounts that live as long as the test


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("people")


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with serve(DEFAULT_CAMPAIGN, var) as running:
        yield running


def _sign_in(desk: Desk, name: str, password: str) -> None:
    desk.page.goto(f"{desk.address}/signin?lang=zh")
    desk.page.fill("input[name=name]", name)
    desk.page.fill("input[name=password]", password)
    desk.page.locator("button[type=submit]").first.click()


def _choose_password(page: Page, old: str) -> None:
    for name, value in (("current", old), ("new", PASSWORD), ("again", PASSWORD)):
        page.fill(f"input[name={name}]", value)
    page.locator("button[type=submit]").first.click()
    page.wait_for_selector(".onemap-row")


def _add(page: Page, name: str, role: str, unit: str) -> str:
    rest(page)
    page.get_by_label("账号", exact=True).first.fill(name)
    for label, value in (("角色", role), ("责任单位", unit)):
        page.get_by_label(label).first.click()
        page.get_by_role("option", name=value, exact=True).click()
        page.keyboard.press("Escape")  # a list that is drawn anew while it is open stays open, and hides what is around
        expect(page.get_by_role("combobox", name=label).first).to_have_value(value)
    page.get_by_role("button", name="添加账号").first.click()
    expect(page.get_by_text(f"({name})")).to_be_visible()
    return page.locator("[data-testid=stCode]").first.inner_text().strip()


@pytest.fixture(scope="module")
def people(browser: Browser, address: str, var: Path) -> dict[str, str]:
    """One-time passwords of a field lead and of the command centre, made by the first administrator."""
    log = (var / SERVER_LOG).read_text(encoding="utf-8")
    first = re.search(r"one-time password[^:]*: (\S+)", log)
    assert first
    with open_desk(browser, address) as admin:
        _sign_in(admin, "admin", first.group(1))
        _choose_password(admin.page, first.group(1))
        made = {}
        for name, role, unit in (("lead", "现场负责人", "闵行区"), ("centre", "指挥中心", "-")):
            admin.page.goto(f"{address}/people?lang=zh")
            made[name] = _add(admin.page, name, role, unit.replace("-", "–"))
        return made


def test_a_report_is_seen_by_others_and_their_view_stays(
    browser: Browser, address: str, people: dict[str, str]
) -> None:
    with open_desk(browser, address) as lead, open_desk(browser, address) as other:
        other.open("?hide=river&feature=C36")
        other.js("void oneMap.map.setZoom(15, {animate: false}); window.marked = oneMap.map; true")
        _sign_in(lead, "lead", people["lead"])
        _choose_password(lead.page, people["lead"])
        _report_done(lead, "全线完工 <b>清场</b>")
        expect(other.page.locator(".st-key-feature-panel")).to_contain_text("全线完工 <b>清场</b>")
        assert other.js("oneMap.map === window.marked && oneMap.mounts === 1 && oneMap.map.getZoom()") == 15
        assert "river" not in other.js("oneMap.component.data.rule.kinds")
        _sees_no_other_units_task(lead)


def _report_done(lead: Desk, note: str) -> None:
    lead.open("?feature=C36")
    lead.page.get_by_role("button", name="上报 T29 进展").click()
    lead.page.get_by_role("radio", name="已完成").click()
    lead.page.locator(".st-key-report-note textarea").fill(note)
    _send(lead)
    lead.page.get_by_text("已保存上报").wait_for()


def _send(desk: Desk) -> None:
    """Send the form once the page has come to rest after the last change in it."""
    desk.page.wait_for_timeout(500)
    desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")
    button = desk.page.locator(".st-key-report-send button")
    expect(button).to_have_count(1)
    button.click()


def _sees_no_other_units_task(lead: Desk) -> None:
    lead.open("?feature=C01")
    expect(lead.page.locator(".st-key-feature-panel")).to_contain_text("T01")
    expect(lead.page.get_by_role("button", name=re.compile("上报"))).to_have_count(0)


def test_a_forged_report_on_another_units_task_is_refused_by_the_service(var: Path, people: dict[str, str]) -> None:
    assert people
    desk = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    before = len(desk.store.updates(desk.campaign.id))
    lead = Person("lead", "Lead", Role.FIELD_LEAD, "minhang")
    form, submission = ReportForm("T01", Status.DONE, 100, note="forged"), Submission("forged", 0, desk.now())
    tasks = desk.store.tasks(desk.campaign.id)
    with pytest.raises(NotAllowedError):
        submit_report(desk.store, desk.campaign, tasks=tasks, person=lead, form=form, submission=submission)
    assert len(desk.store.updates(desk.campaign.id)) == before


def test_the_command_centre_signs_off_and_a_sign_out_ends_it_everywhere(
    browser: Browser, address: str, people: dict[str, str]
) -> None:
    with open_desk(browser, address) as one, open_desk(browser, address) as two:
        _sign_in(one, "centre", people["centre"])
        _choose_password(one.page, people["centre"])
        _sign_in(two, "centre", PASSWORD)
        two.page.wait_for_selector(".onemap-row")
        _sign_off(one)
        two.page.reload()
        expect(two.page.locator(".st-key-page-header")).to_contain_text("centre")
        one.page.goto(f"{address}/signout?lang=zh")
        one.page.get_by_role("button", name="全部退出").click()
        expect(two.page.locator(".st-key-page-header")).to_contain_text("登录")


def _sign_off(desk: Desk) -> None:
    desk.page.goto(f"{desk.address}/task?id=T29&lang=zh")
    desk.page.get_by_role("button", name="上报 T29 进展").click()
    desk.page.get_by_role("radio", name="已销号").click()
    _send(desk)
    expect(desk.page.locator(".onemap-history")).to_contain_text("已销号")


def _open_report(lead: Desk) -> None:
    _sign_in(lead, "lead", PASSWORD)
    lead.page.wait_for_selector(".onemap-row")
    lead.open("?feature=N06")
    lead.page.get_by_role("button", name="上报 T06 进展").click()


def test_a_refusal_stays_until_it_is_mended_and_what_was_typed_with_it(
    browser: Browser, address: str, people: dict[str, str]
) -> None:
    assert people
    with open_desk(browser, address) as lead:
        _open_report(lead)
        lead.page.locator(".st-key-report-note textarea").fill("等待许可")
        lead.page.get_by_role("radio", name="受阻").click()
        _send(lead)
        refusal = lead.page.locator(".st-key-report [data-testid=stAlert]")
        expect(refusal).to_contain_text("困难")
        lead.page.wait_for_timeout(5_000)  # longer than a page takes to notice
        expect(refusal).to_contain_text("困难")
        expect(lead.page.locator(".st-key-report-note textarea")).to_have_value("等待许可")


def test_an_outdated_report_shows_both_versions_and_can_be_sent_on_top(
    browser: Browser, address: str, var: Path, people: dict[str, str]
) -> None:
    assert people
    with open_desk(browser, address) as lead:
        _open_report(lead)
        lead.page.get_by_role("radio", name="推进中").click()
        lead.page.locator(".st-key-report-note textarea").fill("我的进展")
        _report_meanwhile(var, "别人的进展")
        _send(lead)
        lead.page.get_by_role("button", name="以最新版本为基础").click()
        _send(lead)
        lead.page.get_by_text("已保存上报").wait_for()
        expect(lead.page.locator(".st-key-feature-panel")).to_contain_text("我的进展")


def _report_meanwhile(var: Path, note: str) -> None:
    desk = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    centre = Person("centre", "Centre", Role.COMMAND_CENTRE, "")
    basis = last_seq(desk.store, desk.campaign.id, "T06", desk.now())
    form, submission = ReportForm("T06", Status.IN_PROGRESS, 40, note=note), Submission("meanwhile", basis, desk.now())
    tasks = desk.store.tasks(desk.campaign.id)
    submit_report(desk.store, desk.campaign, tasks=tasks, person=centre, form=form, submission=submission)


def test_the_history_names_who_and_when(browser: Browser, address: str, people: dict[str, str]) -> None:
    assert people
    with open_desk(browser, address) as desk:
        desk.page.goto(f"{address}/task?id=T29&lang=zh")
        history = desk.page.locator(".onemap-history li").first
        expect(history).to_contain_text("centre")
        expect(history).to_contain_text(f"{datetime(2020, 9, 15, tzinfo=UTC):%Y-%m-%d}")
        desk.page.wait_for_function("window.oneMap?.scene?.draws > 0")
        assert desk.js("document.querySelectorAll('.leaflet-container').length") == 1


def test_the_workbook_is_exported_from_the_list_and_brought_back_unchanged(
    browser: Browser, address: str, tmp_path: Path, people: dict[str, str]
) -> None:
    assert people
    with open_desk(browser, address) as desk:
        _sign_in(desk, "admin", PASSWORD)
        desk.page.wait_for_selector(".onemap-row")
        desk.page.goto(f"{address}/tasks?lang=zh")
        with desk.page.expect_download() as download:
            desk.page.get_by_role("button", name="导出 Excel").click()
        book = tmp_path / "ledger.xlsx"
        download.value.save_as(book)
        desk.page.goto(f"{address}/ledger?lang=zh")
        desk.page.locator("input[type=file]").set_input_files(book)
        expect(desk.page.get_by_text("无需变更")).to_be_visible()
