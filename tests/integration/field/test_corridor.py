"""What lies along a corridor stands in order, on its side, with the light and task of the day."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from data.campaign.load import load_campaign
from geo.space.chainage import along, chainage_text
from services.campaign.context import CampaignContext
from services.field.corridor import along_corridor, is_corridor, length_m
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore

DAY = date(2020, 9, 15)


@cache
def desk() -> CampaignContext:
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), FakeStore())


@pytest.mark.parametrize("corridor", ["C01", "C10", "C36"])
def test_rows_follow_the_chainage_and_leave_the_corridor_itself_out(corridor: str) -> None:
    features = desk().loaded.features
    passages = along(features.geometry[corridor], features.drop(corridor), metric_crs=desk().campaign.metric_crs)
    rows = along_corridor(desk(), DAY, corridor)
    assert [row.feature for row in rows] == [str(features.drop(corridor).index[one.place]) for one in passages]
    assert corridor not in {row.feature for row in rows}
    for row, passage in zip(rows, passages, strict=True):
        assert chainage_text(passage.from_m) in row.at or chainage_text(passage.at_m) == row.at


def test_each_row_has_the_light_of_its_feature_and_a_task_of_it() -> None:
    board = desk().board(DAY)
    for row in along_corridor(desk(), DAY, "C01"):
        assert row.light == board.features.loc[row.feature, "light"]
        assert not row.task or row.feature in str(board.tasks.loc[row.task, "features"])


def test_sides_and_crossings_are_told_in_both_languages() -> None:
    told = {row.where.en.partition(",")[0] for row in along_corridor(desk(), DAY, "C01")}
    assert told <= {"left", "right", "on the line", "crosses"}
    assert "crosses" in told


def test_only_lines_are_corridors() -> None:
    assert is_corridor(desk(), "C01")
    assert not any(is_corridor(desk(), one) for one in ("Z1", "no such"))
    assert 100 < length_m(desk(), "C01") < 20_000
