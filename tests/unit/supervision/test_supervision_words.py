"""What is proposed for a notice, and the notice that a step makes."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from data.campaign.load import Loaded, load_campaign
from geo.model.supervision import ESCALATION_LEVELS, Act, EscalationLevel
from geo.supervision.ladder import Ladder, ladders
from geo.tasks.joins import Board, build_board
from layers.style import RINGS, ring_table, supervision_column
from services.supervision.notice import next_proposed, notice_number, notice_of, notice_text, proposal, with_names
from settings import DEFAULT_CAMPAIGN
from tests.support.ladder_samples import START, TZ, act

TODAY = date(2020, 9, 15)


@pytest.fixture(scope="module")
def sample() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@pytest.fixture(scope="module")
def board(sample: Loaded) -> Board:
    as_of = sample.campaign.instant_of(TODAY)
    return build_board(sample.features, sample.tasks, sample.updates, sample.campaign, as_of, units=sample.units)


def ladder(sample: Loaded, task: str) -> Ladder:
    return ladders(sample.supervision, sample.campaign.instant_of(TODAY), sample.campaign.tz)[task]


def facts(board: Board, task: str) -> pd.Series:
    return board.tasks.loc[[task]].iloc[0]


def test_a_proposal_takes_the_rung_above_its_addressee_and_the_campaigns_days(sample: Loaded, board: Board) -> None:
    found = proposal(sample.campaign, facts(board, "T29"), ladder(sample, "T29"), None, TODAY)
    assert (found.rung, found.unit, found.deadline) == (EscalationLevel.SUPERVISE, "minhang", TODAY + timedelta(days=3))
    assert found.text.zh.startswith("“七莘路空港段路面与护栏整修”应于9月8日完成，已超期 7 天，目前完成 78%。现予督办。")
    assert "is 7 days late and 78 % done" in found.text.en


def test_a_first_notice_reminds_the_lead_unit(sample: Loaded, board: Board) -> None:
    found = proposal(sample.campaign, facts(board, "T17"), None, None, TODAY)
    assert (found.rung, found.unit, found.deadline) == (EscalationLevel.REMIND, "transport", date(2020, 9, 20))


@pytest.mark.parametrize("rung", ESCALATION_LEVELS)
@pytest.mark.parametrize("task", ["T02", "T29", "T17", "T03", "T44"])
def test_every_rung_has_a_text_of_its_own_in_both_languages(board: Board, task: str, rung: EscalationLevel) -> None:
    text = notice_text(facts(board, task), rung)
    others = {notice_text(facts(board, task), other).en for other in ESCALATION_LEVELS if other is not rung}
    assert text.en not in others
    assert text.zh.endswith("。")
    assert text.en.endswith(".")


def test_an_answered_ladder_opens_its_form_on_the_rung_it_stands_on(sample: Loaded) -> None:
    assert next_proposed(ladder(sample, "T01")) is EscalationLevel.URGE


def test_a_notice_is_numbered_by_prefix_year_and_place_in_the_campaign(sample: Loaded) -> None:
    number = notice_number(sample.campaign, ladder(sample, "T29").last)
    assert (number.zh, number.en) == ("虹进博督〔2020〕5号", "HQ-CIIE-S 2020-5")


def test_the_notice_of_a_step_holds_the_facts_of_the_board(sample: Loaded, board: Board) -> None:
    last = ladder(sample, "T29").last
    notice = notice_of(sample.campaign, sample.units, facts(board, "T29"), board.as_of, last)
    assert (notice.task, notice.days_late, notice.due, notice.deadline, notice.as_of) == (
        "T29",
        7,
        date(2020, 9, 8),
        date(2020, 9, 12),
        TODAY,
    )
    assert (notice.addressee.en, notice.issuer.zh) == ("Minhang District", "管委会综合协调处")
    assert (notice.received, notice.sample) == (("2020-09-09 10:32", "闵行区联络员"), True)


def test_people_are_called_by_their_names_where_they_have_accounts(sample: Loaded) -> None:
    found = with_names(ladder(sample, "T29"), {"闵行区联络员": "李工"})
    assert (found.last.received_by, found.last.issued_by) == ("李工", "综合协调处督查员")
    assert found.steps[0].replies[0].who == "李工"


def test_the_map_learns_the_rung_of_open_ladders_only(sample: Loaded, board: Board) -> None:
    column = supervision_column(board, sample.campaign, sample.supervision)
    told = {task: rung for task, rung in zip(board.tasks.index, column, strict=True) if rung}
    assert told == {"T01": "urge", "T02": "supervise", "T10": "remind", "T12": "urge", "T26": "remind", "T29": "urge"}


def test_rings_are_told_apart_without_colour_and_in_the_order_of_the_ladder() -> None:
    assert tuple(RINGS) == ESCALATION_LEVELS
    assert tuple(ring_table()["rungs"]) == tuple(map(str, ESCALATION_LEVELS))
    assert len({(ring.dash_px, ring.circles) for ring in RINGS.values()}) == len(ESCALATION_LEVELS)


def test_a_number_counts_in_the_year_of_its_issue_where_the_campaign_is(sample: Loaded) -> None:
    late = START.replace(year=2020, month=12, day=31, hour=16)  # already 2021 in Shanghai
    event = act(Act.ISSUE, day=(late - START).total_seconds() / 86_400)
    step = ladders([event], late, TZ)[event.task].last
    assert notice_number(sample.campaign, step).en == "HQ-CIIE-S 2021-1"
