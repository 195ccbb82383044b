"""The page runs as Streamlit runs it, with sound and with broken campaigns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.screens import html_of
from views.shared.url import KEYS


def test_opens_on_the_demonstration_day_in_chinese(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert page.session_state[KEYS.as_of] == date(2020, 9, 15)
    assert "虹桥保障一张图" in html_of(page)
    assert "示例数据" in html_of(page)


def test_speaks_english_when_asked(page: AppTest) -> None:
    page.query_params["lang"] = "en"
    page.run()
    assert "One Map of Hongqiao" in html_of(page)
    assert page.selectbox(key=KEYS.basemap).label == "Basemap"


def test_every_documented_widget_is_there(page: AppTest) -> None:
    page.query_params["feature"] = "N06"
    page.run()
    keys = {
        element.key for kind in ("multiselect", "button_group", "text_input", "button") for element in page.get(kind)
    }
    keys |= {element.key for kind in ("date_input", "selectbox") for element in page.get(kind)}
    assert {KEYS.zone, KEYS.kind, KEYS.category, KEYS.unit, KEYS.status, KEYS.light} <= keys
    assert {KEYS.text, KEYS.clear, KEYS.as_of, KEYS.language, KEYS.basemap} <= keys


def test_filters_go_into_the_url_as_ids(page: AppTest) -> None:
    page.run()
    page.multiselect(key=KEYS.zone).select("Z3").run()
    page.text_input(key=KEYS.text).input("road").run()
    assert page.query_params["zone"] == "Z3"
    assert page.query_params["q"] == "road"
    page.button(key=KEYS.clear).click().run()
    assert "zone" not in page.query_params
    assert "q" not in page.query_params


def test_the_panel_shows_the_tasks_of_the_selected_feature(page: AppTest) -> None:
    page.query_params["feature"] = "C01"
    page.run()
    html = html_of(page)
    for text in ("诸光路", "Zhuguang Road", "T01", "青浦区", "困难", "± 8 m", "km"):
        assert text in html


@pytest.mark.parametrize(("lang", "source"), [("zh", "OSM（ODbL），道路中心线"), ("en", "OSM (ODbL), road centreline")])
def test_the_panel_gives_the_source_in_the_language_of_the_screen(page: AppTest, lang: str, source: str) -> None:
    page.query_params["feature"] = "C01"
    page.query_params["lang"] = lang
    page.run()
    assert f">{source}</dd>" in html_of(page)


def test_without_a_chinese_source_the_panel_gives_the_english_one(campaign: Path, page: AppTest) -> None:
    path = campaign / "corridors.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace('"source_zh"', '"other"'), encoding="utf-8")
    page.query_params["feature"] = "C01"
    page.run()
    assert ">OSM (ODbL), road centreline</dd>" in html_of(page)


def test_counts_follow_the_date(page: AppTest) -> None:
    page.run()
    before = html_of(page)
    page.date_input(key=KEYS.as_of).set_value(date(2020, 4, 1)).run()
    assert page.query_params["date"] == "2020-04-01"
    assert html_of(page) != before
    page.button(key="as-of-forward").click().run()
    assert page.session_state[KEYS.as_of] == date(2020, 4, 2)


def test_problems_are_listed_and_the_rest_is_drawn(campaign: Path, page: AppTest) -> None:
    (campaign / "corridors.geojson").write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    page.run()
    assert not page.exception
    assert any("问题" in expander.label for expander in page.expander)
    assert "corridors.geojson" in html_of(page)
    assert "虹桥综合交通枢纽" in html_of(page)


def test_an_unusable_campaign_says_what_to_mend(campaign: Path, page: AppTest) -> None:
    (campaign / "campaign.toml").write_text("deadline = tomorrow", encoding="utf-8")
    page.run()
    assert not page.exception
    assert "campaign.toml" in html_of(page)
    assert "无法打开保障行动" in html_of(page)


def test_an_empty_ledger_still_opens(campaign: Path, page: AppTest) -> None:
    for name in ("tasks.csv", "updates.csv", "nodes.geojson"):
        (campaign / name).unlink()
    page.run()
    assert not page.exception
    assert '<span class="number" data-figure="tasks">0</span>' in html_of(page)


def test_a_changed_file_is_seen_at_the_next_run(campaign: Path, page: AppTest) -> None:
    page.run()
    path = campaign / "zones.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("NECC surroundings", "Renamed zone"), encoding="utf-8")
    page.query_params["lang"] = "en"
    page.run()
    assert "Renamed zone" in html_of(page)
