"""Measure the round sheet in its PDF, and hold what it says."""

import re
import zlib
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from pyproj import Geod

from data.campaign.load import load_campaign
from geo.space.map_links import MapApp
from layers.paper.round import BAR_PT, STOPS_MOST, WAY_PT, RoundPage, apart, draw_round
from locales import Language, Name
from services.campaign.context import CampaignContext
from services.field.nearby import NearbyQuery
from services.field.round import Round, TooManyStopsError, open_around, plan, sheet
from tests.support.fakes import FakeStore

CAMPAIGN = Path(__file__).parents[3] / "data" / "campaigns" / "ciie2020"
DAY = date(2020, 9, 15)
START = (121.301, 31.193)
GEOD = Geod(ellps="GRS80")
Line = list[tuple[float, float]]


@cache
def desk() -> CampaignContext:
    return CampaignContext(load_campaign(CAMPAIGN), FakeStore())


def walk_of(radius_m: float, *, back: bool = False) -> Round:
    chosen = open_around(desk(), DAY, NearbyQuery(*START), radius_m=radius_m)
    return plan(desk(), DAY, START, chosen[:STOPS_MOST], back=back)


def page_text(pdf: bytes) -> str:
    """The drawing of the page: the longest stream of the file."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    texts = [zlib.decompress(one).decode("latin1") for one in streams if one[:1] == b"x"]
    return max(texts, key=len)


def line_of_width(pdf: bytes, width_pt: float) -> Line:
    """Points, in points of the page, of the first line that is drawn this wide."""
    after = page_text(pdf).split(f" {width_pt:g} w ", 1)[1]
    drawn = after.split("\nS\n", 1)[0]
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+) [ml]\n", drawn)]


def texts_of(walk: Round, monkeypatch: pytest.MonkeyPatch, lang: Language = "en") -> tuple[bytes, list[str]]:
    """The file, and every text on the page."""
    figures: list[Figure] = []

    def watched(page: RoundPage) -> Figure:
        figures.append(draw_round(page))
        return figures[-1]

    with monkeypatch.context() as watch:
        watch.setattr("exports.document.round_sheet.draw_round", watched)
        pdf = sheet(desk(), DAY, walk, lang)
    return pdf, [text.get_text() for text in figures[0].axes[0].texts]


@pytest.mark.parametrize("radius_m", [300, 1_000, 4_000])
def test_the_scale_bar_is_true_within_a_hundredth(radius_m: float, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = walk_of(radius_m)
    pdf, texts = texts_of(walk, monkeypatch)
    said = next(re.sub(r"\D", "", text.removeprefix("0")) for text in texts if text.startswith("0 – "))
    (left, _), (right, _) = line_of_width(pdf, BAR_PT)
    way = line_of_width(pdf, WAY_PT)
    places = [START, *((stop.lon, stop.lat) for stop in walk.stops)]
    metres = sum(GEOD.inv(*one, *then)[2] for one, then in pairwise(places))
    points = sum(float(np.hypot(then[0] - one[0], then[1] - one[1])) for one, then in pairwise(way))
    assert (right - left) / (points / metres) == pytest.approx(float(said), rel=0.01)


def test_the_stated_scale_is_that_of_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf, texts = texts_of(walk_of(1_000), monkeypatch)
    said = next(re.sub(r"\D", "", text.removeprefix("0")) for text in texts if text.startswith("0 – "))
    scale = next(text.removeprefix("1 : ").replace(",", "") for text in texts if text.startswith("1 : "))
    (left, _), (right, _) = line_of_width(pdf, BAR_PT)
    assert (right - left) / 72 * 0.0254 * float(scale) == pytest.approx(float(said), rel=1e-3)
    assert "/MediaBox [ 0 0 595.2755905512 841.8897637795 ]" in pdf.decode("latin1")


def test_the_page_says_what_when_and_that_it_is_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = walk_of(300)
    said: dict[Language, tuple[str, ...]] = {
        "zh": ("巡查单", "示例数据", "2020-09-15"),
        "en": ("Round sheet", "Sample data"),
    }
    for lang, words in said.items():
        _, texts = texts_of(walk, monkeypatch, lang)
        assert all(any(word in text for text in texts) for word in words)
        assert any(walk.stops[0].name.get(lang)[:4] in text for text in texts)


def test_the_same_plan_gives_the_same_bytes() -> None:
    walk = walk_of(500, back=True)
    assert sheet(desk(), DAY, walk, "zh") == sheet(desk(), DAY, walk, "zh")


def test_each_stop_has_a_box_to_tick_and_a_number() -> None:
    walk = walk_of(4_000)
    assert len(walk.stops) == STOPS_MOST
    drawn = page_text(sheet(desk(), DAY, walk, "en"))
    assert len(re.findall(r" 0\.8 w ", drawn)) >= STOPS_MOST


@pytest.mark.parametrize("stops", [[], ["N10"], ["N10", "N10", "X99"]])
def test_a_round_of_few_stops_is_a_page_too(stops: list[str]) -> None:
    walk = plan(desk(), DAY, START, stops)
    assert [stop.feature for stop in walk.stops] == sorted(set(stops) - {"X99"})
    assert sheet(desk(), DAY, walk, "en").startswith(b"%PDF-")


def test_names_that_are_formulas_or_have_no_glyph_are_drawn_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = walk_of(300)
    hostile = replace(walk.stops[0], name=Name("$\\frac{1}{0}$ <b>\n🚇", "$x$"))
    _, texts = texts_of(replace(walk, stops=(hostile, *walk.stops[1:])), monkeypatch, "zh")
    assert any("$\\frac{1}{0}$ <b> 〓" in text for text in texts)


def test_more_stops_than_a_page_holds_are_refused_in_both_languages() -> None:
    everything = list(desk().loaded.features.index)
    with pytest.raises(TooManyStopsError) as refusal:
        plan(desk(), DAY, START, everything)
    assert str(STOPS_MOST) in refusal.value.message("zh")
    assert str(len(everything)) in refusal.value.message("en")


def test_the_checklist_counts_the_way() -> None:
    walk = walk_of(1_000, back=True)
    assert [stop.number for stop in walk.stops] == list(range(1, len(walk.stops) + 1))
    assert walk.stops[-1].so_far_m == pytest.approx(sum(stop.leg_m for stop in walk.stops))
    assert walk.total_m > walk.stops[-1].so_far_m
    assert {link.app for link in walk.stops[0].links("zh")} == set(MapApp)


def test_numbers_of_stops_at_one_place_stand_apart() -> None:
    placed = apart(np.array([[50.0, 50.0]] * 9 + [[80.0, 50.0]]))
    gaps = [np.hypot(*(placed[one] - placed[then])) for one in range(10) for then in range(one)]
    assert min(gaps) > 4.6
    assert placed[0].tolist() == [50, 50]
    assert placed[9].tolist() == [80, 50]
