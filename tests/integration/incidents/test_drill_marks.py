"""Every file that leaves while a drill is open says so, and none that leaves before or after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from matplotlib.figure import Figure

from data.campaign.load import load_campaign
from exports.document.notice import notice_docx, notice_pdf
from layers.paper.round import RoundPage, draw_round
from services.access.policy import Person, Role
from services.campaign.context import CampaignContext
from services.field.pocket import pocket_map
from services.field.round import plan, sheet
from services.incidents.incidents import Opening, add_entry, all_incidents, open_incident
from services.snapshots.export_view import View, export_view
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore
from tests.unit.notice.test_notice import NOTICE, words_of_docx, words_of_pdf

DAY, NOW = date(2020, 9, 15), datetime(2020, 9, 15, 2, 0, tzinfo=UTC)
CENTRE = Person("wang", "王处", Role.COMMAND_CENTRE, "")
MARK = re.compile("演练( DRILL)? · 示例数据")
OPENING = Opening("fire", "major", "烟", 121.3, 31.19, drill=True)


@pytest.fixture(scope="module")
def desk() -> CampaignContext:
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), FakeStore(), lambda: NOW)


def _pocket(desk: CampaignContext) -> str:
    return pocket_map(desk, DAY, "zh").decode()


def _table(desk: CampaignContext) -> str:
    view = View("html", "A3", DAY.isoformat(), "", "", "")
    return export_view(desk, CENTRE, view, "zh", base_url="", real_now=NOW).content.decode()


def _round(desk: CampaignContext) -> str:
    """Texts that the round sheet is given."""
    pages: list[RoundPage] = []

    def watched(page: RoundPage) -> Figure:
        pages.append(page)
        return draw_round(page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.field.round.draw_round", watched)
        sheet(desk, DAY, plan(desk, DAY, (121.301, 31.193), ["N22"]), "zh")
    return " ".join((pages[0].notice, *pages[0].facts))


@pytest.mark.parametrize("made", [_pocket, _table, _round])
def test_a_file_says_drill_while_one_is_open(desk: CampaignContext, made: Callable[[CampaignContext], str]) -> None:
    before = made(desk)
    open_incident(desk.store, desk.campaign, CENTRE, OPENING, key=made.__name__, now=NOW)
    during = made(desk)
    seq = all_incidents(desk)[0].seq
    add_entry(desk, CENTRE, made.__name__, "结束", key=f"{made.__name__}:close", seen=seq, close=True)
    assert [bool(MARK.search(text)) for text in (before, during, made(desk))] == [False, True, False]


def test_a_notice_of_supervision_says_so_in_its_head() -> None:
    drill = replace(NOTICE, drill=True)
    words = [words_of_pdf(notice_pdf(drill, "zh")), words_of_docx(notice_docx(drill, "zh"))]
    assert ["演练期间生成" in text for text in words] == [True, True]
    assert "演练" not in words_of_pdf(notice_pdf(NOTICE, "zh"))
