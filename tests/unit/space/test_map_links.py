"""Hold that each map app gets its own datum, by the published conversions, and that no name leaves its place."""

import re
from urllib.parse import parse_qs, urlsplit

import eviltransform  # type: ignore[import-untyped]  # ships no types
import prcoords  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.space.map_links import MapApp, map_link, map_links
from geo.space.position import PositionError

LON, LAT = 121.3010, 31.1930
METRE = 1 / 111_320
HOSTILE = '&coord_type=1#x"><script>alert(1)</script>;addr:z|coord:0,0\r\nSet-Cookie: a=b\x00\ud800'
WHERE = {
    MapApp.AMAP: ("position", "uri.amap.com"),
    MapApp.BAIDU: ("location", "api.map.baidu.com"),
    MapApp.TENCENT: ("marker", "apis.map.qq.com"),
    MapApp.APPLE: ("ll", "maps.apple.com"),
    MapApp.GOOGLE: ("query", "www.google.com"),
}


def asked(app: MapApp, name: str = "5号天桥") -> dict[str, list[str]]:
    return parse_qs(urlsplit(map_link(app, LON, LAT, name).url).query, strict_parsing=True)


def place(app: MapApp, name: str = "5号天桥") -> tuple[float, float]:
    """Longitude and latitude as the link writes them; only AMap writes the longitude first."""
    numbers = re.findall(r"-?\d+\.\d+", asked(app, name)[WHERE[app][0]][0])[:2]
    first, second = float(numbers[0]), float(numbers[1])
    return (first, second) if app == MapApp.AMAP else (second, first)


@pytest.mark.parametrize("app", MapApp)
def test_the_place_is_that_of_two_published_conversions(app: MapApp) -> None:
    theirs = (
        (prcoords.wgs_bd((LAT, LON)), eviltransform.wgs2bd(LAT, LON))
        if app == MapApp.BAIDU
        else (prcoords.wgs_gcj((LAT, LON)), eviltransform.wgs2gcj(LAT, LON))
    )
    for lat, lon in theirs:
        assert place(app) == pytest.approx((lon, lat), abs=METRE)


@pytest.mark.parametrize("app", MapApp)
def test_a_link_is_https_to_the_documented_host(app: MapApp) -> None:
    link = map_link(app, LON, LAT, "路")
    assert (urlsplit(link.url).scheme, urlsplit(link.url).netloc) == ("https", WHERE[app][1])
    assert link.label.zh.endswith("地图")


def test_the_datum_is_named_where_the_app_lets_one_name_it() -> None:
    assert asked(MapApp.AMAP)["coordinate"] == ["gaode"]
    assert asked(MapApp.BAIDU)["coord_type"] == ["bd09ll"]
    assert asked(MapApp.TENCENT)["coord_type"] == ["2"]
    assert asked(MapApp.GOOGLE)["api"] == ["1"]


@pytest.mark.parametrize("app", MapApp)
@given(name=st.one_of(st.just(HOSTILE), st.text()))
def test_no_name_changes_anything_but_itself(app: MapApp, name: str) -> None:
    url = map_link(app, LON, LAT, name).url
    assert re.fullmatch(r"https://[\w./-]+\?[\w.%,=&~-]+", url, re.ASCII)
    assert asked(app, name).keys() == asked(app).keys()
    assert place(app, name) == place(app)


def test_a_name_adds_no_part_to_the_marker_of_tencent() -> None:
    marker = asked(MapApp.TENCENT, HOSTILE)["marker"][0]
    assert [part.partition(":")[0] for part in marker.split(";")] == ["coord", "title", "addr"]
    assert "|" not in marker


def test_a_long_name_is_cut_and_a_missing_one_replaced() -> None:
    assert len(asked(MapApp.APPLE, "路" * 500)["q"][0]) == 60
    assert asked(MapApp.APPLE, " \n ")["q"] == ["-"]


def test_all_apps_are_offered_in_order() -> None:
    assert [link.app for link in map_links(LON, LAT, "路")] == list(MapApp)


def test_outside_china_nothing_is_shifted() -> None:
    assert "query=48.858400,2.294500" in map_link(MapApp.GOOGLE, 2.2945, 48.8584, "Paris").url


def test_no_link_leads_nowhere() -> None:
    with pytest.raises(PositionError):
        map_link(MapApp.AMAP, float("nan"), LAT, "路")
