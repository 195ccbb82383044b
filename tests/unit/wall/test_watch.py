"""Lights that turn red and steps of supervision are told once, whoever watches."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from data.campaign.load import Loaded, load_campaign
from data.store.rows import Author, NewUpdate, Source, Write
from geo.model.status import Status
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from services.campaign.context import CampaignContext
from services.wall.watch import TOLD, UNTOLD, Watcher
from services.wall.webhook import Hook, Message, Receiver, WebhookError
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore
from tests.support.receiver import Answer, receiving

NOW = datetime(2020, 9, 15, 2, 0, tzinfo=UTC)
HOOK = Hook("http://127.0.0.1/", Receiver.JSON)
CENTRE = Author("wang", "adm-coordination", "command_centre", Source.WEB)


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@pytest.fixture
def desk(shipped: Loaded) -> CampaignContext:
    return CampaignContext(shipped, FakeStore(), lambda: NOW)


@pytest.fixture
def sent() -> list[Message]:
    return []


def watcher(desk: CampaignContext, sent: list[Message]) -> Watcher:
    def send(_hook: Hook, message: Message, _now: object) -> int:
        sent.append(message)
        return 1

    return Watcher(lambda: desk, HOOK, lambda: NOW, send)


def report(desk: CampaignContext, task: str, status: Status) -> None:
    percent = 0 if status is Status.BLOCKED else 50
    update = NewUpdate(task, "", status, percent, "", "land", "管线未迁", "", "qingpu", NOW)
    desk.store.append_update(desk.campaign.id, update, Write(CENTRE, f"{task}:{desk.store.version()}", NOW))


def green_task(desk: CampaignContext) -> str:
    tasks = desk.board(desk.today()).tasks
    return str(tasks.index[tasks["light"] == "green"][0])


def test_the_first_look_tells_nothing_and_takes_note(desk: CampaignContext, sent: list[Message]) -> None:
    watcher(desk, sent).look()
    assert sent == []
    assert len(desk.store.events(TOLD, subject=desk.campaign.id)) == 1


def test_a_light_that_turns_red_is_told_once_however_many_watch(desk: CampaignContext, sent: list[Message]) -> None:
    both = [watcher(desk, sent), watcher(desk, sent)]
    for one in both:
        one.look()
    task = green_task(desk)
    report(desk, task, Status.BLOCKED)
    for one in both * 3:
        one.look()
    assert [message.data["reds"] for message in sent] == [[task]]
    assert "示例数据" in sent[0].heading


def test_a_further_report_of_a_red_task_is_not_told(desk: CampaignContext, sent: list[Message]) -> None:
    watch = watcher(desk, sent)
    watch.look()
    task = green_task(desk)
    for _ in range(3):
        report(desk, task, Status.BLOCKED)
        watch.look()
    assert len(sent) == 1


def test_a_step_of_supervision_is_told_with_unit_and_task(desk: CampaignContext, sent: list[Message]) -> None:
    watch = watcher(desk, sent)
    watch.look()
    act = SupervisionEvent("T30", EscalationLevel.URGE, Act.ISSUE, "qingpu", "请回复", None)
    desk.store.append_supervision(desk.campaign.id, act, Write(CENTRE, "act", NOW))
    watch.look()
    assert sent[0].data["supervision"] == [{"task": "T30", "rung": "urge", "act": "issue", "unit": "qingpu"}]
    assert "催办发出（青浦区）" in sent[0].lines[0]


def test_what_could_not_be_delivered_is_kept_and_not_sent_for_ever(desk: CampaignContext) -> None:
    def refuse(*_: object) -> int:
        raise WebhookError("HTTP 404", again=False)

    watch = Watcher(lambda: desk, HOOK, lambda: NOW, refuse)
    watch.look()
    report(desk, green_task(desk), Status.BLOCKED)
    assert [watch.look(), watch.look()] == [None, None]
    assert [event.detail["reason"] for event in desk.store.events(UNTOLD)] == ["HTTP 404"]


def test_an_answer_that_no_database_keeps_does_not_end_the_watch(desk: CampaignContext) -> None:
    with receiving(Answer(body={"errcode": 93000, "errmsg": "\x00\ud800 no"})) as (url, _):
        hook = Hook(url, Receiver.WECOM)
        watch = Watcher(lambda: desk, hook, lambda: NOW)
        watch.look()
        report(desk, green_task(desk), Status.BLOCKED)
        watch.look()
    assert [event.detail["reason"] for event in desk.store.events(UNTOLD)] == ["errcode 93000: no"]
