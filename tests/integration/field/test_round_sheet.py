"""Measure the round sheet in its PDF, and hold what it says."""

import math
import re
import zlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from pyproj import Geod

from data.campaign.load import load_campaign
from geo.space.map_links import MapApp
from layers.paper.round import STOPS_MOST, RoundPage, apart, draw_round
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


@dataclass(frozen=True)
class Drawn:
    """The file, every text on the page, and the length of scale bar and way in points of the page."""

    pdf: bytes
    texts: list[str]
    bar_pt: float
    way_pt: float

    @property
    def bar_m(self) -> float:
        """The number at the right end of the scale bar."""
        number, unit = next(text for text in reversed(self.texts) if re.fullmatch(r"[\d.]+ k?m", text)).split()
        return float(number) * {"m": 1, "km": 1_000}[unit]


def _points(figure: Figure, name: str) -> Line:
    """Points, in points of the page, of a line that has a name."""
    line = next(artist for artist in figure.findobj(PathPatch) if artist.get_gid() == name)
    drawn = line.get_transform().transform(line.get_path().vertices) * 72 / figure.dpi
    return [(float(x), float(y)) for x, y in drawn]


def drawn(walk: Round, monkeypatch: pytest.MonkeyPatch, lang: Language = "en") -> Drawn:
    figures: list[Figure] = []

    def watched(page: RoundPage) -> Figure:
        figures.append(draw_round(page))
        return figures[-1]

    with monkeypatch.context() as watch:
        watch.setattr("services.field.round.draw_round", watched)
        pdf = sheet(desk(), DAY, walk, lang)
    texts = [text.get_text() for axes in figures[0].axes for text in axes.texts]
    left, right, *_ = _points(figures[0], "bar")
    way = sum(math.dist(one, then) for one, then in pairwise(_points(figures[0], "way")))
    return Drawn(pdf, texts, right[0] - left[0], way)


def texts_of(walk: Round, monkeypatch: pytest.MonkeyPatch, lang: Language = "en") -> tuple[bytes, list[str]]:
    """The file, and every text on the page."""
    found = drawn(walk, monkeypatch, lang)
    return found.pdf, found.texts


@pytest.mark.parametrize("radius_m", [300, 1_000, 4_000])
def test_the_scale_bar_is_true_within_a_hundredth(radius_m: float, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = walk_of(radius_m)
    found = drawn(walk, monkeypatch)
    places = [START, *((stop.lon, stop.lat) for stop in walk.stops)]
    metres = sum(GEOD.inv(*one, *then)[2] for one, then in pairwise(places))
    assert found.bar_pt / (found.way_pt / metres) == pytest.approx(found.bar_m, rel=0.01)


def test_the_stated_scale_is_that_of_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    found = drawn(walk_of(1_000), monkeypatch)
    scale = next(text.removeprefix("1 : ").replace(",", "") for text in found.texts if text.startswith("1 : "))
    assert found.bar_pt / 72 * 0.0254 * float(scale) == pytest.approx(found.bar_m, rel=1e-3)
    assert "/MediaBox [ 0 0 595.2755905512 841.8897637795 ]" in found.pdf.decode("latin1")


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
