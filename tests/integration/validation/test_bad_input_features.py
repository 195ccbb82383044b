"""Break single features of a valid campaign in every way that is known; what is sound must remain."""

from pathlib import Path
from typing import Any

import pytest

from geo.validation.codes import ProblemCode as Code
from tests.support.bad_input import Bad, check, geometry_of, property_of
from tests.support.fixtures_campaign import box, edit_features, line

LINES, NODES, ZONES = "corridors.geojson", "nodes.geojson", "zones.geojson"
ORPHANS = frozenset({Code.FEATURE_LEFT_OUT})
STRAYS = frozenset({Code.UNKNOWN_FEATURE})
REZONED = frozenset({Code.ZONES_DIFFER})
SECOND = frozenset({"C02"})
BOW_TIE = [[[121.28, 31.18], [121.3, 31.2], [121.3, 31.18], [121.28, 31.2], [121.28, 31.18]]]


def add_list(features: list[Any]) -> None:
    features.append([1, 2])


def repeat_first(features: list[Any]) -> None:
    features.append(features[0])


def shape(name: str, geometry: object, code: Code, *, value: str = "", en: str, zh: str) -> Bad:
    """Make a damage to the geometry of C02, which is lost."""
    damage, column = geometry_of(LINES, 2, geometry), "geometry"
    return Bad(name, damage, code, LINES, 2, column, value, en, zh, lost=SECOND, also=ORPHANS)


GEOMETRIES = [
    shape("null", None, Code.NO_GEOMETRY, en="geometry is empty", zh="没有几何图形"),
    shape(
        "no coordinates",
        {"type": "LineString", "coordinates": []},
        Code.NO_GEOMETRY,
        en="Draw the feature again, or remove it",
        zh="请重新绘制该要素",
    ),
    shape(
        "text for coordinates",
        {"type": "LineString", "coordinates": "121 31"},
        Code.BROKEN_GEOMETRY,
        value='{"type": "LineString", "coordinates": "121 31"}',
        en="geometry cannot be read",
        zh="几何图形无法读取",
    ),
    shape(
        "unknown type",
        {"type": "Circle", "coordinates": [121.3, 31.2]},
        Code.BROKEN_GEOMETRY,
        value='{"type": "Circle", "coordinates": [121.3, 31.2]}',
        en="Write type and coordinates as GeoJSON (RFC 7946) asks",
        zh="请按 GeoJSON",
    ),
    shape(
        "a number beyond all numbers",
        {"type": "LineString", "coordinates": [[10**400, 31.2], [121.3, 31.2]]},
        Code.BROKEN_GEOMETRY,
        value="[[10000000",
        en="cannot be read",
        zh="无法读取",
    ),
    shape(
        "NaN",
        line((121.3, 31.2), (float("nan"), 31.2)),
        Code.NOT_FINITE,
        value="LINESTRING (121.3 31.2, NaN 31.2)",
        en="no finite number (NaN or infinite)",
        zh="坐标中有非数值",
    ),
    shape(
        "infinite",
        line((121.3, 31.2), (float("inf"), 31.2)),
        Code.NOT_FINITE,
        value="LINESTRING",
        en="Fill in the longitude",
        zh="请补上该点的经纬度",
    ),
    shape(
        "an area for a line",
        box(121.28, 31.18, 121.3, 31.2),
        Code.WRONG_GEOMETRY_TYPE,
        value="Polygon",
        en="The geometry is a 'Polygon'; this layer takes: LineString, MultiLineString",
        zh="几何类型是 'Polygon'",
    ),
    shape(
        "one point twice",
        line((121.3, 31.2), (121.3, 31.2)),
        Code.INVALID_GEOMETRY,
        value="Too few points in geometry component",
        en="geometry is invalid",
        zh="几何图形无效",
    ),
    shape(
        "metres",
        line((625_000.0, 3_454_000.0), (626_000.0, 3_454_000.0)),
        Code.COORDINATES_IN_METRES,
        value="625000, 3454000",
        en="'625000, 3454000' of C02 is not in degrees; it looks like metres of a projection",
        zh="像是以米为单位的投影坐标",
    ),
    shape(
        "swapped",
        line((31.185, 121.282), (31.185, 121.29)),
        Code.SWAPPED_LON_LAT,
        value="31.185, 121.282",
        en="Longitude and latitude of C02 are swapped at '31.185, 121.282'",
        zh="要素 C02 的坐标 '31.185, 121.282' 的经度和纬度颠倒了",
    ),
    shape(
        "out of extent",
        line((121.3, 31.2), (121.3, 31.5)),
        Code.OUTSIDE_EXTENT,
        value="121.3, 31.5",
        en="'121.3, 31.5' of C02 lies outside the campaign's extent 121.2, 31.1, 121.4, 31.3",
        zh="要素 C02 的坐标 '121.3, 31.5' 超出保障行动的范围 121.2, 31.1, 121.4, 31.3",
    ),
    Bad(
        "a zone crosses itself",
        geometry_of(ZONES, 1, {"type": "Polygon", "coordinates": BOW_TIE}),
        Code.INVALID_GEOMETRY,
        ZONES,
        1,
        "geometry",
        "Self-intersection[121.29 31.19]",
        "Remove self-crossings and repeated points",
        "几何图形无效",
        lost=frozenset({"Z1"}),
        also=REZONED,
    ),
    Bad(
        "a node of many points",
        geometry_of(NODES, 3, {"type": "MultiPoint", "coordinates": [[121.3, 31.2]]}),
        Code.WRONG_GEOMETRY_TYPE,
        NODES,
        3,
        "geometry",
        "MultiPoint",
        "this layer takes: Point, LineString, Polygon",
        "请改画为可用的几何类型",
        lost=frozenset({"N03"}),
        also=ORPHANS,
    ),
]

FEATURES = [
    Bad(
        "not a feature",
        lambda folder: edit_features(folder / LINES, add_list),
        Code.NOT_A_FEATURE,
        LINES,
        4,
        value="[1, 2]",
        en="This entry is '[1, 2]', not a GeoJSON feature",
        zh="不是 GeoJSON 要素",
    ),
    Bad(
        "unknown kind",
        property_of(LINES, 2, "kind", "canal"),
        Code.UNKNOWN_KIND,
        LINES,
        2,
        "kind",
        "canal",
        "no kind 'canal'; allowed are: expressway, elevated, highway, urban_road, underpass",
        "没有 'canal' 这种类型",
        lost=SECOND,
        also=ORPHANS,
    ),
    Bad(
        "kind of another layer",
        property_of(NODES, 1, "kind", "river"),
        Code.UNKNOWN_KIND,
        NODES,
        1,
        "kind",
        "river",
        "no kind 'river'; allowed are: walkway, footbridge, parking",
        "没有 'river' 这种类型",
        lost=frozenset({"N01"}),
        also=ORPHANS,
    ),
    Bad(
        "duplicate id",
        lambda folder: edit_features(folder / LINES, repeat_first),
        Code.DUPLICATE_ID,
        LINES,
        4,
        "id",
        "C01",
        "The id 'C01' is taken already; only the first is kept",
        "编号 'C01' 已被使用",
    ),
    Bad(
        "id of another layer",
        property_of(NODES, 1, "id", "C01"),
        Code.DUPLICATE_ID,
        NODES,
        1,
        "id",
        "C01",
        "Give it an id of its own",
        "请改用未使用过的编号",
        lost=frozenset({"N01"}),
        also=STRAYS,
    ),
    Bad(
        "missing id",
        property_of(LINES, 2, "id", None),
        Code.MISSING_ID,
        LINES,
        2,
        "id",
        en="There is no id",
        zh="请在 id 中填写唯一的编号",
        lost=SECOND,
        also=STRAYS,
    ),
    Bad(
        "id is a number",
        property_of(LINES, 2, "id", 7),
        Code.MISSING_ID,
        LINES,
        2,
        "id",
        "7",
        "Give it a unique id as text",
        "没有编号",
        lost=SECOND,
        also=STRAYS,
    ),
]


@pytest.mark.parametrize("bad", GEOMETRIES, ids=lambda bad: bad.name)
def test_a_geometry_that_cannot_be_drawn_is_named_and_all_else_is_there(bad: Bad, campaign_folder: Path) -> None:
    loaded = check(bad, campaign_folder)
    assert loaded.features.is_valid.all()


@pytest.mark.parametrize("bad", FEATURES, ids=lambda bad: bad.name)
def test_a_feature_that_cannot_be_used_is_named_and_all_else_is_there(bad: Bad, campaign_folder: Path) -> None:
    loaded = check(bad, campaign_folder)
    assert loaded.features.index.is_unique
