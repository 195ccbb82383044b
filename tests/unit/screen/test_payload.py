"""The browser gets every feature once, each value at the place of its id, and no code."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from shapely.geometry import shape

from data.campaign.load import load_campaign
from geo.model.status import Light
from geo.space.crs import Datum
from geo.tasks.facets import normalise
from layers.screen.documents import board_payload
from layers.screen.map import map_script
from layers.style import style_table
from services.campaign.context import CampaignContext
from settings import DEFAULT_CAMPAIGN
from tests.support.fakes import FakeStore

DAY = date(2020, 9, 15)
LETTERS = style_table()["letters"]


@pytest.fixture(scope="module")
def desk() -> CampaignContext:
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), FakeStore())


def test_every_feature_stands_once_with_all_its_columns(desk: CampaignContext) -> None:
    document = json.loads(desk.features_document(Datum.WGS84))
    assert document["ids"] == list(desk.loaded.features.index)
    for column in ("layer", "kind", "zh", "en", "zones", "plausible", "sign", "search", "geometry", "anchor"):
        assert len(document[column]) == len(document["ids"])


def test_zones_and_tasks_of_a_feature_point_to_the_right_ids(desk: CampaignContext) -> None:
    board = desk.board(DAY)
    document = json.loads(desk.features_document(Datum.WGS84)) | json.loads(desk.board_document(DAY))
    for place, feature in enumerate(document["ids"]):
        row = board.features.loc[feature]
        assert tuple(document["zoneIds"][zone] for zone in document["zones"][place]) == row["zones"]
        assert tuple(document["task"]["ids"][task] for task in document["tasks"][place]) == row["tasks"]


def test_anchors_lie_on_or_in_their_geometry(desk: CampaignContext) -> None:
    document = json.loads(desk.features_document(Datum.WGS84))
    for geometry, anchor in zip(document["geometry"], document["anchor"], strict=True):
        point = shape({"type": "Point", "coordinates": anchor})
        assert shape(geometry).distance(point) < 2e-6


def test_coordinates_are_shifted_to_the_datum_of_the_basemap(desk: CampaignContext) -> None:
    plain, shifted = (json.loads(desk.features_document(datum)) for datum in (Datum.WGS84, Datum.GCJ02))
    for one, other in zip(plain["anchor"], shifted["anchor"], strict=True):
        assert other[0] - one[0] == pytest.approx(0.0045, abs=0.0003)
        assert other[1] - one[1] == pytest.approx(-0.0020, abs=0.0003)


def test_the_board_document_says_each_light_and_status(desk: CampaignContext) -> None:
    board = desk.board(DAY)
    document = json.loads(desk.board_document(DAY))
    assert [LETTERS[letter] for letter in document["lights"]] == list(board.features["light"])
    assert document["task"]["status"] == list(board.tasks["status"])
    assert len(document["task"]["daysLeft"]) == len(document["task"]["silentDays"]) == len(board.tasks)


def test_the_search_text_of_a_task_has_its_id_its_titles_and_all_names_of_its_units(desk: CampaignContext) -> None:
    board, units = desk.board(DAY), desk.loaded.units
    searched = json.loads(desk.board_document(DAY))["task"]["search"]
    for (task, row), text in zip(board.tasks.iterrows(), searched, strict=True):
        said = [str(task), row["title_zh"], row["title_en"]]
        for unit in (row["lead_unit"], *row["supporting_units"]):
            said += list(units.loc[unit, ["name_zh", "name_en", "short_zh", "short_en"]])
        assert set(text.split("\n")) == set(map(normalise, said))


def test_the_texts_of_a_feature_and_of_its_tasks_are_what_the_core_searches(desk: CampaignContext) -> None:
    features, board = json.loads(desk.features_document(Datum.WGS84)), json.loads(desk.board_document(DAY))
    searched = desk.board(DAY).facets.texts
    for core, text, tasks in zip(searched, features["search"], board["tasks"], strict=True):
        sent = "\n".join([text, *(board["task"]["search"][task] for task in tasks)])
        assert sent == core


def test_silent_days_count_calendar_days_since_the_last_report(desk: CampaignContext) -> None:
    document = json.loads(board_payload(desk.board(date(2020, 4, 1)), desk.loaded.campaign))
    assert set(document["task"]["silentDays"]) == {None}
    later = json.loads(board_payload(desk.board(DAY), desk.loaded.campaign))
    assert all(days is None or 0 <= days < 160 for days in later["task"]["silentDays"])


def test_each_light_has_a_letter_of_its_own() -> None:
    assert len({light.style.letter for light in Light}) == len(Light) == len(LETTERS)


def test_the_script_is_the_same_for_every_campaigns_text_and_names_no_host(desk: CampaignContext) -> None:
    script = map_script(desk.loaded.campaign)
    assert script == map_script(desk.loaded.campaign)
    assert not re.search(r"https?:|<|诸光路|CIIE", script)
    assert "geo_json_corridors" in script
