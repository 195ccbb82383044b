"""Each sentence is right in both languages: real ones word for word, all others by grammar."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded, load_campaign
from geo.model.status import DifficultyKind, Light
from geo.model.supervision import EscalationLevel
from geo.tasks.attention import AttentionItem, Reason, ReasonKind, attention
from geo.tasks.attention_words import clause, sentence, why_feature, why_lights
from geo.tasks.joins import Board, build_board
from locales import Name
from settings import DEFAULT_CAMPAIGN

DEMONSTRATION = {
    "T29": ("超期 7 天，闵行区", "7 days overdue, Minhang district"),
    "T01": ("超期 5 天，青浦区", "5 days overdue, Qingpu district"),
    "T12": ("超期 3 天，东浩兰生集团", "3 days overdue, Donghao Lansheng"),
    "T02": ("受阻 19 天（征地腾地），青浦区", "Blocked for 19 days (land), Qingpu district"),
    "T10": ("受阻 15 天（管线搬迁），青浦区", "Blocked for 15 days (pipelines), Qingpu district"),
    "T06": ("受阻 7 天（审批手续），闵行区", "Blocked for 7 days (permits), Minhang district"),
    "T17": ("还有 2 天到期，18 天未报进展，市交通委", "Due in 2 days, no report for 18 days, Transport"),
    "T26": ("还有 7 天到期，18 天未报进展，中铁上海局", "Due in 7 days, no report for 18 days, Railway Shanghai"),
}
REASONS = [
    (Reason(ReasonKind.OVERDUE, 1, date.min), "超期 1 天", "1 day overdue"),
    (Reason(ReasonKind.DUE_SOON, 0, date.min), "今天到期", "due today"),
    (Reason(ReasonKind.DUE_SOON, 1, date.min), "还有 1 天到期", "due in 1 day"),
    (Reason(ReasonKind.BLOCKED, 0, date.min, "other"), "今天受阻", "blocked since today"),
    (Reason(ReasonKind.BLOCKED, 1, date.min, "funds"), "受阻 1 天（资金）", "blocked for 1 day (funds)"),
    (Reason(ReasonKind.STALE, 14, date.min), "14 天未报进展", "no report for 14 days"),
    (
        Reason(ReasonKind.UNREPORTED, 20, date.min),
        "计划开工已 20 天未报进展",
        "no report since the planned start 20 days ago",
    ),
    (
        Reason(ReasonKind.REPLY_OVERDUE, 1, date.min, rung=EscalationLevel.URGE),
        "催办回复超期 1 天",
        "reply to the urging notice 1 day overdue",
    ),
    (
        Reason(ReasonKind.NO_RECEIPT, 0, date.min, rung=EscalationLevel.REMIND),
        "提醒今天发出未签收",
        "reminder sent today without receipt",
    ),
    (
        Reason(ReasonKind.NO_RECEIPT, 3, date.min, rung=EscalationLevel.CIRCULATE),
        "通报 3 天未签收",
        "circular without receipt for 3 days",
    ),
    (
        Reason(ReasonKind.NO_REPLY, 2, date.min, rung=EscalationLevel.SUPERVISE),
        "督办签收 2 天未回复",
        "supervision notice without reply for 2 days",
    ),
]

reasons = st.builds(
    Reason,
    st.sampled_from(list(ReasonKind)),
    st.integers(0, 400),
    st.just(date(2020, 9, 15)),
    st.sampled_from(["", *DifficultyKind]),
    rung=st.sampled_from(list(EscalationLevel)),
    addressee=st.sampled_from(["", "qingpu", "police"]),
)
needs = st.lists(reasons, min_size=1, max_size=4).map(
    lambda found: AttentionItem("T01", Light.RED, tuple(found), "qingpu", ("C01",))
)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@pytest.fixture(scope="module")
def board(loaded: Loaded) -> Board:
    as_of = loaded.campaign.instant_of(loaded.campaign.demonstration)
    return build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of, units=loaded.units)


def test_the_sentences_of_the_demonstration_day(loaded: Loaded, board: Board) -> None:
    needs_now = attention(board, loaded.campaign, loaded.updates)
    said = {need.task: sentence(need, board.units) for need in needs_now}
    assert {task: (said[task].zh, said[task].en) for task in DEMONSTRATION} == DEMONSTRATION


@pytest.mark.parametrize(("reason", "zh", "en"), REASONS)
def test_each_reason_is_said_in_both_languages(reason: Reason, zh: str, en: str) -> None:
    assert (clause(reason).zh, clause(reason).en) == (zh, en)


@given(needs)
def test_every_sentence_is_grammatical(need: AttentionItem) -> None:
    said = sentence(need, None)
    assert not re.search(r"\b1 days\b|\b(?!1\b)\d+ day\b", said.en)
    assert said.en[0].isupper() or said.en[0].isdigit()
    assert said.en.endswith(", qingpu")
    assert said.zh.endswith("，qingpu")
    assert not re.search(r"[，、（）。]", said.en)
    assert not re.search(r"[,.()]|[a-z]{2}(?<!qi)", said.zh.replace("qingpu", "").replace("police", ""))
    assert "  " not in said.en + said.zh


@given(needs)
def test_a_sentence_names_another_addressee_than_the_lead_unit(need: AttentionItem) -> None:
    said = sentence(need, None)
    others = sum(reason.addressee == "police" for reason in need.reasons)
    assert said.en.count("(police)") == said.zh.count("（police）") == others


@pytest.mark.parametrize(
    ("task", "zh", "en"),
    [
        ("T01", "红灯：超期 5 天", "Red: 5 days overdue"),
        ("T02", "红灯：受阻 19 天（征地腾地）", "Red: blocked for 19 days (land)"),
        (
            "T07",
            "黄灯：还有 3 天到期（2020-09-18），到期前 7 天起亮黄灯",
            "Yellow: due in 3 days (2020-09-18), yellow from 7 days before",
        ),
        (
            "T04",
            "绿灯：推进中 74%，还有 12 天到期（2020-09-27）",
            "Green: in progress at 74%, due in 12 days (2020-09-27)",
        ),
        (
            "T44",
            "未亮灯：未开始，计划 2020-11-11 开工，还有 76 天到期（2020-11-30）",
            "No light: not started, planned to start on 2020-11-11, due in 76 days (2020-11-30)",
        ),
        ("T05", "已完成：2020-08-28 报告完成", "Done: reported done on 2020-08-28"),
        ("T03", "已完成：2020-09-04 已销号", "Done: signed off on 2020-09-04"),
    ],
)
def test_every_light_says_why(loaded: Loaded, board: Board, task: str, zh: str, en: str) -> None:
    why = dict(zip(board.tasks.index, why_lights(board, loaded.campaign, loaded.updates), strict=True))
    assert (why[task].zh, why[task].en) == (zh, en)


def test_a_light_says_all_that_made_it_red(loaded: Loaded) -> None:
    as_of = loaded.campaign.instant_of(date(2020, 9, 26))
    board = build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of)
    why = dict(zip(board.tasks.index, why_lights(board, loaded.campaign, loaded.updates), strict=True))
    assert why["T02"].en == "Red: 1 day overdue, blocked for 30 days (land)"
    assert why["T02"].zh == "红灯：超期 1 天，受阻 30 天（征地腾地）"


def test_a_feature_says_which_of_its_tasks_gave_it_the_light() -> None:
    red, green = Name("红灯：超期 1 天", "Red: 1 day overdue"), Name("绿灯：推进中", "Green: in progress")
    done = Name("已完成：2020-09-01 已销号", "Done: signed off on 2020-09-01")
    several = why_feature([("T04", Light.GREEN, green), ("T01", Light.RED, red), ("T02", Light.RED, red)])
    assert several.zh == "3 项任务中最紧急的一项：T01 红灯：超期 1 天"
    assert several.en == "Worst of 3 tasks: T01 red: 1 day overdue"
    assert why_feature([("T01", Light.RED, red)]).en == "Its only task: T01 red: 1 day overdue"
    assert why_feature([("T01", Light.DONE, done), ("T02", Light.DONE, done)]).en == "Done: all 2 tasks are done"
    assert why_feature([]).en == "No light: no task concerns this feature"
