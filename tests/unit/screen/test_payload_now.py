"""The board's document says what needs somebody, the key figures, and why each light is lit."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

from data.campaign.load import load_campaign
from geo.tasks.attention import attention
from geo.tasks.summary import summarise
from layers.screen.documents import NEEDS_MAX, attention_rows
from layers.style import style_table
from services.campaign.context import CampaignContext
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore

DAY = date(2020, 9, 15)
LETTERS = style_table()["letters"]


@pytest.fixture(scope="module")
def desk() -> CampaignContext:
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), FakeStore())


@pytest.fixture(scope="module")
def document(desk: CampaignContext) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.board_document(DAY))
    return found


def test_the_list_of_the_document_is_the_list_of_the_core(desk: CampaignContext, document: dict[str, Any]) -> None:
    board = desk.board(DAY)
    needs = attention(board, desk.campaign, desk.updates(board.as_of), desk.supervision(board.as_of))
    rows = document["attention"]
    assert [(document["task"]["ids"][row["task"]], row["key"]) for row in rows] == [
        (one.task, one.key) for one in needs
    ]
    assert [LETTERS[row["light"]] for row in rows] == [one.light for one in needs]
    assert [tuple(row["features"]) for row in rows] == [one.features for one in needs]
    assert {"zh", "en", "since", "reasons"} <= rows[0].keys()


def test_a_blocked_task_counts_from_its_first_report_of_it(document: dict[str, Any]) -> None:
    said = {document["task"]["ids"][row["task"]]: row for row in document["attention"]}
    assert said["T02"]["since"] == "2020-08-27"
    assert document["why"]["en"][1] == "Red: blocked for 19 days (land)"
    assert document["why"]["zh"][1] == "红灯：受阻 19 天（征地腾地）"


def test_every_task_says_why_its_light_is_lit(document: dict[str, Any]) -> None:
    heads = {"r": "Red: ", "y": "Yellow: ", "g": "Green: ", "n": "No light: ", "d": "Done: "}
    for letter, why in zip(document["task"]["light"], document["why"]["en"], strict=True):
        assert why.startswith(heads[letter])
    assert len(document["why"]["zh"]) == len(document["task"]["ids"])


def test_the_figures_are_those_of_the_summary(desk: CampaignContext, document: dict[str, Any]) -> None:
    summary = summarise(desk.board(DAY), desk.campaign)
    figures = document["figures"]
    assert figures["tasks"] == sum(figures["lights"].values()) == sum(figures["statuses"].values()) == 44
    assert figures["zones"] == [group.readiness for group in summary.by_zone]
    assert (figures["deadline"], figures["opening"]) == (15, 51)


def test_only_the_most_urgent_entries_are_sent(desk: CampaignContext) -> None:
    board = desk.board(DAY)
    late = board.tasks.loc[["T01"] * (NEEDS_MAX + 5)]
    late.index = pd.Index([f"T{place}" for place in range(len(late))], name="id")
    crowded = type(board)(board.as_of, board.features, late, board.links)
    rows = attention_rows(crowded, desk.campaign, desk.updates(board.as_of), ())
    assert [row["task"] for row in rows] == list(range(NEEDS_MAX))
