"""The map lies on paper at a round scale, true north up, and distances on it are those on the ground."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pyproj import Geod

from geo.model.campaign import Extent
from layers.paper.frame import ExtentError, MapFrame, fit
from layers.paper.map import bar_length_m
from layers.paper.page import PAPERS, SCALES
from services.snapshots.snapshots import paper_for

NEAR = (121.25, 31.13, 121.39, 31.26)
VIEW = (121.262, 31.165, 121.356, 31.223)


def framed(extent: Extent = VIEW) -> MapFrame:
    return fit(extent, "EPSG:4549", NEAR, width_mm=300, height_mm=240)


def test_the_scale_is_round_and_all_of_the_extent_is_seen() -> None:
    frame = framed()
    west, south, east, north = frame.seen
    assert frame.scale in SCALES
    assert west <= VIEW[0] < VIEW[2] <= east
    assert south <= VIEW[1] < VIEW[3] <= north


def test_a_larger_scale_would_cut_the_extent_off() -> None:
    frame = framed()
    smaller = SCALES[SCALES.index(frame.scale) - 1] / frame.scale
    corners = frame.points(np.array([(VIEW[0], VIEW[1]), (VIEW[2], VIEW[3])]))
    wide, high = np.ptp(corners, axis=0) / smaller
    assert wide > frame.width_mm or high > frame.height_mm


def test_true_north_is_up_within_a_hundredth_of_a_degree() -> None:
    frame = framed()
    (x0, y0), (x1, y1) = frame.points(np.array([(frame.lon, frame.lat), (frame.lon, frame.lat + 0.01)]))
    assert abs(math.degrees(math.atan2(x1 - x0, y1 - y0))) < 0.01


def test_a_place_comes_back_where_it_was() -> None:
    frame = framed()
    assert frame.degrees(*frame.points(np.array([(121.3, 31.2)]))[0]) == pytest.approx((121.3, 31.2), abs=1e-9)


@pytest.mark.parametrize("extent", [VIEW, (121.31, 31.19, 121.32, 31.199), (120.85, 30.68, 122.0, 31.88)])
def test_the_scale_bar_is_true_on_the_ground_within_one_percent(extent: Extent) -> None:
    frame = framed(extent)
    metres = bar_length_m(frame)
    start, end = frame.degrees(-100, -100), frame.degrees(-100 + metres * 1000 / frame.scale, -100)
    assert Geod(ellps="GRS80").inv(*start, *end)[2] == pytest.approx(metres, rel=0.01)


@pytest.mark.parametrize(
    "extent",
    [
        (0.0, 0.0, 1.0, 1.0),
        (121.3, 31.2, 121.3, 31.2),
        (121.4, 31.1, 121.2, 31.3),
        (-180, -90, 180, 90),
        (math.nan,) * 4,
    ],
)
def test_an_extent_that_cannot_be_drawn_is_refused_in_both_languages(extent: Extent) -> None:
    with pytest.raises(ExtentError) as told:
        framed(extent)
    assert "degrees" in told.value.message("en")
    assert "经纬度" in told.value.message("zh")


def test_papers_have_names_of_their_own_and_the_size_they_say() -> None:
    assert len({paper.id.casefold() for paper in PAPERS}) == len(PAPERS)
    a3 = paper_for("a3")
    assert (a3.width_mm, a3.height_mm) == pytest.approx((420, 297), abs=0.1)
