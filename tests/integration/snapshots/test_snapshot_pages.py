"""A page tells the truth: its legend, its scale bar, its figures; and no name covers another or leaves it."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
import segno
import shapely
from PIL import Image
from pyproj import Geod

from data.campaign.load import FILES
from exports.snapshot.formats import write_page
from exports.snapshot.snapshot import Snapshot
from geo.model.campaign import Extent
from geo.model.status import LIGHT_ORDER
from geo.tasks.filters import Filters, match_tasks
from geo.tasks.summary import summarise
from layers.paper.features import PAPER_SIGNS
from layers.paper.figure import Page, draw_page
from layers.paper.font import missing
from layers.paper.legend import entries
from layers.paper.map import bar_length_m
from layers.paper.page import PAPERS, Paper
from locales import CATALOGUE, LANGUAGES, Language
from settings import DEFAULT_CAMPAIGN
from tests.support.fixtures_snapshot import (
    FAR_AWAY,
    ONE_KILOMETRE,
    URL,
    WHOLE_CITY,
    board,
    campaign,
    crowded,
    everything_written,
    overlaps,
    pixels,
    renamed,
    snapshot,
    texts,
)

PRESETS = {
    "overview": Filters(),
    "late": Filters(lights=frozenset({"red"})),
    **{zone: Filters(zones=frozenset({zone})) for zone in ("Z1", "Z2", "Z3")},
}
EVERY_PAGE = [
    pytest.param(lang, paper.id, preset, id=f"{lang}-{paper.id}-{preset}")
    for lang in LANGUAGES
    for paper in PAPERS
    for preset in PRESETS
]
HOSTILE = [
    "$\\frac{1}{0}$",
    "a\nb\tc",
    "\u202eevil\u202c שלום مرحبا",
    "名" * 400,
    "</script><b>&amp;",
    "=1+1",
    "😀𠮷",
    "\x07",
]


@pytest.mark.parametrize(("lang", "size", "preset"), EVERY_PAGE)
def test_no_label_overlaps_another_and_nothing_leaves_the_page(lang: Language, size: str, preset: str) -> None:
    page = draw_page(snapshot(lang, size, PRESETS[preset]).sheet)
    found = texts(page, "label", "glyph", "bar-text", "north-text", "attribution")
    boxes = [box for group in found.values() for _, _, box in group]
    clashes = [(i, j) for i, one in enumerate(boxes) for j in range(i) if overlaps(one, boxes[j])]
    frame = page.figure.axes[1].get_window_extent()
    width, height = page.figure.bbox.size
    labels = [box for _, _, box in found["label"]]
    assert labels
    assert clashes == []
    assert all(frame.x0 <= b.x0 and b.x1 <= frame.x1 and frame.y0 <= b.y0 and b.y1 <= frame.y1 for b in labels)
    assert all(b.x0 >= 0 and b.y0 >= 0 and b.x1 <= width and b.y1 <= height for _, b in everything_written(page))


@pytest.mark.parametrize("size", [paper.id for paper in PAPERS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_around_the_map_do_not_run_into_one_another(lang: Language, size: str) -> None:
    page = draw_page(snapshot(lang, size).sheet)
    groups = ("title", "as-of", "filters", "notice", "figure", "figure-label", "legend", "late-what", "late-who")
    found = texts(page, *groups, "late-how", "note", "reopen", "degree")
    boxes = [(words, box) for group in found.values() for _, words, box in group]
    assert [(a, b) for i, (a, one) in enumerate(boxes) for b, other in boxes[:i] if overlaps(one, other, by=3)] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_the_legend_lists_exactly_what_is_drawn(preset: str) -> None:
    page = draw_page(snapshot("en", "A3", PRESETS[preset]).sheet)
    names = [artist.get_gid() or "" for artist in page.figure.axes[1].get_children()]
    drawn = {name.partition(":")[2].partition("/")[0] for name in names if name.startswith(("class:", "area:"))}
    kinds = {"kind:" + kind for kind in drawn} | _nodes_drawn(names)
    listed = {name for name, _, _ in texts(page, "legend")["legend"]}
    assert {name for name in listed if name.startswith("kind:")} == kinds
    lights, others = entries(page.drawn, "en")
    assert listed == {entry.id for entry in (*lights, *others)}


def _nodes_drawn(names: list[str]) -> set[str]:
    features = board().features
    return {f"kind:{features.loc[name.partition(':')[2], 'kind']}" for name in names if name.startswith("node:")}


def test_the_lights_of_the_legend_are_those_of_the_features_in_the_frame() -> None:
    page = draw_page(snapshot("zh", "A3").sheet)
    features = board().features
    seen = features[(features["layer"] != "zones").to_numpy() & features.intersects(_frame_box(page)).to_numpy()]
    counts = {light: int((seen["light"] == light).sum()) for light in LIGHT_ORDER}
    assert page.drawn.lights == {light: count for light, count in counts.items() if count}


def _frame_box(page: Page) -> shapely.Polygon:
    frame = page.frame
    left, bottom, right, top = frame.reach
    return shapely.Polygon([frame.degrees(*at) for at in ((left, bottom), (right, bottom), (right, top), (left, top))])


@pytest.mark.parametrize(("size", "extent"), [("A3", None), ("A4", ONE_KILOMETRE), ("1920x1080", WHOLE_CITY)])
def test_the_scale_bar_on_the_picture_is_true_within_one_percent(size: str, extent: Extent | None) -> None:
    taken = snapshot("zh", size, extent=extent or snapshot().extent)
    page = draw_page(taken.sheet)
    bar = next(one for one in page.figure.axes[1].get_children() if one.get_gid() == "bar").get_window_extent()
    row = pixels(write_page(taken, "png"))[
        round(taken.paper.pixels[1] - bar.y1) - 1 : round(taken.paper.pixels[1] - bar.y0) + 1
    ]
    near = row[:, round(bar.x0) - 20 : round(bar.x1) + 20]
    dark = np.flatnonzero((near < 90).any(axis=0))
    millimetres = (dark[-1] - dark[0] + 1) / taken.paper.dpi * 25.4
    frame = page.frame
    start, end = frame.degrees(-millimetres / 2, 0), frame.degrees(millimetres / 2, 0)
    assert Geod(ellps="GRS80").inv(*start, *end)[2] == pytest.approx(bar_length_m(frame), rel=0.01)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_picture_has_the_size_of_its_paper(paper: Paper) -> None:
    picture = Image.open(BytesIO(write_page(snapshot("zh", paper.id), "png")))
    assert picture.size == paper.pixels


def test_figures_on_the_page_are_those_of_the_board() -> None:
    filters = Filters(zones=frozenset({"Z1"}))
    taken = snapshot("zh", "A4", filters)
    total = summarise(board(), campaign().campaign, tasks=match_tasks(board(), filters)).total
    written = [words for _, words, _ in texts(draw_page(taken.sheet), "figure")["figure"]]
    assert written[: 1 + len(LIGHT_ORDER)] == [str(total.tasks), *(str(total.by_light[one]) for one in LIGHT_ORDER)]


def _told(taken: Snapshot) -> list[str]:
    return [words for _, words, _ in texts(draw_page(taken.sheet), "nothing")["nothing"]]


def test_a_filter_that_matches_nothing_and_an_extent_with_nothing_say_so() -> None:
    assert _told(snapshot("en", "A4", Filters(text="no such thing"))) == ["Nothing matches the filters."]
    assert _told(snapshot("zh", "A4", extent=FAR_AWAY)) == ["此范围内没有符合条件的要素。"]
    assert _told(snapshot("zh", "A4", extent=ONE_KILOMETRE)) == []


@pytest.mark.parametrize("extent", [FAR_AWAY, ONE_KILOMETRE, WHOLE_CITY])
def test_any_extent_gives_a_whole_page(extent: Extent) -> None:
    page = draw_page(snapshot("en", "A4", extent=extent).sheet)
    width, height = page.figure.bbox.size
    assert all(b.x0 >= 0 and b.y0 >= 0 and b.x1 <= width and b.y1 <= height for _, b in everything_written(page))


def test_hostile_text_is_drawn_literally_and_stays_on_the_page() -> None:
    page = draw_page(snapshot("zh", "A3", board=renamed(HOSTILE), title=HOSTILE[3], exporter="$a$\nb").sheet)
    width, height = page.figure.bbox.size
    written = everything_written(page)
    assert all(b.x0 >= 0 and b.y0 >= 0 and b.x1 <= width and b.y1 <= height for _, b in written)
    assert any("$\\frac{1}{0}$" in words for words, _ in written)
    assert not any(missing(words) for words, _ in written)


def test_every_text_of_the_data_and_of_the_catalogues_has_its_glyphs() -> None:
    files = [DEFAULT_CAMPAIGN / name for name in FILES] + [CATALOGUE]
    lacking = {path.name: missing(path.read_text("utf-8")) - set(PAPER_SIGNS) for path in files}
    assert {name: signs for name, signs in lacking.items() if signs} == {}


def test_twenty_thousand_corridors_are_drawn_as_hairlines_in_a_minute() -> None:
    page = draw_page(snapshot("zh", "A4", board=crowded(20_000)).sheet)
    assert sum(page.drawn.lights.values()) > 15_000
    assert len(texts(page, "label")["label"]) <= 250
    assert "crowded" in {name for name, _, _ in texts(page, "legend")["legend"]}


def test_the_code_on_the_picture_is_that_of_the_address() -> None:
    taken = snapshot("zh", "A3")
    page = draw_page(taken.sheet)
    runs = [one.get_window_extent() for one in page.figure.axes[0].get_children() if one.get_gid() == "code"]
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    top = taken.paper.pixels[1] - max(run.y1 for run in runs)
    wanted = np.array([list(row) for row in segno.make(URL, error="l", boost_error=False, micro=False).matrix]) > 0
    middles = (np.arange(len(wanted)) + 0.5) * (right - left) / len(wanted)
    picture = pixels(write_page(taken, "png"))
    found = picture[np.ix_((top + middles).astype(int), (left + middles).astype(int))] < 128
    assert (found == wanted).all()
