"""A report outlives the network, the tab and the server, is stored once, and is kept where it may not be stored."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from geo.model.status import Status
from services.access.policy import Person, Role
from services.campaign.context import open_context as open_campaign
from services.reports.forms import ReportForm, Submission
from services.reports.reports import last_seq, submit_report
from settings import DEFAULT_CAMPAIGN
from tests.support.driver import free_port, serve
from tests.support.phone import Phone, add_people, phone, reports_of

DRAFT = ".onemap-outbox article"
KEEPS_A_PHOTO = """() => new Promise((resolve) => {
    const opening = indexedDB.open("onemap-outbox", 1);
    const look = () => {
        const reading = opening.result.transaction("drafts").objectStore("drafts").getAll();
        reading.onsuccess = () => reading.result.some(({ photos }) => photos.length) ? resolve() : setTimeout(look, 50);
    };
    opening.onsuccess = look;
})"""
"""Ends when a draft with a photo is on the browser's disk."""

CENTRE = Person("centre", "Centre", Role.COMMAND_CENTRE, "")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("underpass")


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with serve(DEFAULT_CAMPAIGN, var) as running:
        add_people(f"sqlite:///{var / 'onemap.sqlite'}")
        yield running


def _task(page: Page) -> str:
    return str(page.locator(".onemap-report .project").input_value())


def test_cut_network_closed_tab_restarted_server_stored_once(browser: Browser, tmp_path: Path) -> None:
    port, note = free_port(), "地道里写的"
    with contextlib.ExitStack() as phones:
        with serve(DEFAULT_CAMPAIGN, tmp_path, port=port) as address:
            add_people(f"sqlite:///{tmp_path / 'onemap.sqlite'}")
            held = phones.enter_context(phone(browser, address))
            _send_without_network(held, note)
        with serve(DEFAULT_CAMPAIGN, tmp_path, port=port):
            _return(held)
    assert [one["photos"] for one in reports_of(tmp_path, note)] == [1]


def _send_without_network(held: Phone, note: str) -> None:
    """Lose the network with the form open, send all the same, and close the tab."""
    held.sign_in()
    held.tap(".onemap-bar .report")
    held.context.set_offline(True)
    held.fill_in(note)
    held.tap(".onemap-report .send")
    expect(held.page.locator(".onemap-report")).to_be_hidden()  # the browser has kept it as one to be sent
    expect(held.page.locator(".onemap-outbox-pill")).to_contain_text("1")
    held.page.close()


def _return(held: Phone) -> None:
    """Come back into the network, on another page, in a tab that knows nothing of the one before."""
    held.context.set_offline(False)
    held.page = held.context.new_page()
    held.page.goto(f"{held.address}/tasks?lang=zh")
    expect(held.page.locator(".onemap-toast")).to_be_visible(timeout=20_000)
    expect(held.page.locator(".onemap-outbox-pill")).to_be_hidden()


def _losing_the_first(answers: list[dict[str, object]]) -> Callable[[Route], None]:
    """Let every request through and keep its answer, but give the first answer to nobody."""

    def handle(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.json())
        route.abort() if len(answers) == 1 else route.fulfill(response=answer)

    return handle


def test_an_answer_that_is_lost_makes_no_second_report(browser: Browser, address: str, var: Path) -> None:
    answers: list[dict[str, object]] = []
    with phone(browser, address) as held:
        held.sign_in()
        held.context.route("**/onemap/report*", _losing_the_first(answers))
        held.write("应答丢失")
        with held.page.expect_response(lambda answer: "/onemap/report" in answer.url, timeout=30_000):  # the second
            held.tap(".onemap-report .send")
        expect(held.page.locator(".onemap-outbox-pill")).to_be_hidden(timeout=20_000)
    assert [one["repeated"] for one in answers] == [False, True]
    assert len(reports_of(var, "应答丢失")) == 1


def test_what_was_half_written_is_there_after_the_tab_was_closed(browser: Browser, address: str) -> None:
    with phone(browser, address) as held:
        held.sign_in()
        held.write("写到一半")
        held.page.evaluate(KEEPS_A_PHOTO)
        held.page.close()
        held.page = held.context.new_page()
        held.page.goto(f"{address}/tasks?lang=zh")
        held.tap(".onemap-outbox-pill")
        held.tap(held.page.get_by_role("button", name="修改"))
        expect(held.page.locator(".onemap-report textarea")).to_have_value("写到一半")
        expect(held.page.locator(".onemap-report figure")).to_have_count(1)


def _meanwhile(var: Path, task: str, status: Status, percent: int) -> None:
    desk = open_campaign(DEFAULT_CAMPAIGN, f"sqlite:///{var / 'onemap.sqlite'}")
    basis = last_seq(desk.store, desk.campaign.id, task, desk.now())
    form, submission = (
        ReportForm(task, status, percent, note="别人的"),
        Submission(f"{task}-{status}", basis, desk.now()),
    )
    tasks = desk.store.tasks(desk.campaign.id)
    submit_report(desk.store, desk.campaign, tasks=tasks, person=CENTRE, form=form, submission=submission)


@pytest.fixture
def outdated(browser: Browser, address: str, var: Path) -> Iterator[Phone]:
    """A phone whose report became outdated while it was in the underpass: the task was finished and signed off."""
    with phone(browser, address) as held:
        held.sign_in()
        held.context.set_offline(True)
        held.write("不知道已销号", shoot=False)
        task = _task(held.page)
        held.tap(".onemap-report .send")
        for status in (Status.DONE, Status.ACCEPTED):
            _meanwhile(var, task, status, 100)
        held.context.set_offline(False)
        held.page.locator(".onemap-outbox-pill.troubled").wait_for()
        yield held


def test_signed_off_meanwhile_is_shown_beside_mine_and_stays_a_draft(outdated: Phone, var: Path) -> None:
    outdated.tap(".onemap-outbox-pill")
    versions = outdated.page.locator(f"{DRAFT}.conflict .versions")
    expect(versions).to_contain_text("已销号")
    expect(versions).to_contain_text("不知道已销号")
    outdated.tap(outdated.page.get_by_role("button", name="以最新版本为基础"))
    refused = outdated.page.locator(f"{DRAFT}.refused")
    expect(refused).to_contain_text("无权")
    assert not reports_of(var, "不知道已销号")
    for _ in range(2):
        outdated.tap(refused.locator("button.quiet"))
    expect(outdated.page.locator(".onemap-outbox-pill")).to_be_hidden()


def test_a_broken_photo_is_named_and_can_be_left_out(browser: Browser, address: str, var: Path) -> None:
    with phone(browser, address) as held:
        held.sign_in()
        held.write("坏照片", shoot=False)
        broken: FilePayload = {"name": "坏.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"}
        held.page.locator(".onemap-report .shoot input").set_input_files([broken])
        held.tap(".onemap-report .send")
        held.tap(".onemap-outbox-pill.troubled")
        expect(held.page.locator(f"{DRAFT}.refused")).to_contain_text("坏.jpg")
        held.tap(held.page.get_by_role("button", name="修改"))
        held.tap(".onemap-report .away")
        held.tap(".onemap-report .send")
        expect(held.page.locator(".onemap-toast")).to_be_visible()
    assert len(reports_of(var, "坏照片")) == 1
