"""Check the layers of the 2020 campaign as they are shipped: kinds, validity, zones, positions."""

import csv
import json
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.validation.features import zones_of

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "data" / "campaigns" / "ciie2020"
CONTROL_POINTS = ROOT / "tests" / "fixtures" / "control_points.csv"
LAYERS = ("zones", "corridors", "nodes")
WGS84, METRIC = "EPSG:4326", "EPSG:4549"
WALKWAYS_M = {"N01": 343, "N02": 504, "N03": 305}
BRIDGED_ROAD = {
    "N04": "C18",
    "N05": "C15",
    "N06": "C22",
    "N07": "C23",
    "N08": "C16",
    "N09": "C21",
}


@cache
def layer(name: str) -> gpd.GeoDataFrame:
    raw = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))
    frame = gpd.GeoDataFrame.from_features(raw["features"], crs=WGS84)
    return frame.set_index("id").assign(layer=name) if "id" in frame else frame


@cache
def metric(name: str) -> gpd.GeoSeries:
    return layer(name).geometry.to_crs(METRIC)


@cache
def control_points() -> list[dict[str, str]]:
    with CONTROL_POINTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def reference_line(corridor: str) -> shapely.LineString:
    rows = [row for row in control_points() if row["corridor"] == corridor]
    points = [(float(row["lon"]), float(row["lat"])) for row in rows]
    return gpd.GeoSeries([shapely.LineString(points)], crs=WGS84).to_crs(METRIC).iloc[0]


def test_all_seven_kinds_of_corridors_occur() -> None:
    assert Counter(layer("corridors")["kind"]) == {
        "urban_road": 41,
        "highway": 3,
        "elevated": 6,
        "expressway": 4,
        "railway": 4,
        "river": 5,
        "underpass": 4,
    }


@pytest.mark.parametrize("name", [*LAYERS, "context"])
def test_every_geometry_is_valid_and_inside_the_extent(name: str) -> None:
    campaign = tomllib.loads((FOLDER / "campaign.toml").read_text(encoding="utf-8"))
    shapes = layer(name).geometry
    assert shapes.is_valid.all()
    assert not shapes.is_empty.any()
    assert shapes.within(shapely.box(*campaign["extent"])).all()


@pytest.mark.parametrize("name", [*LAYERS, "context"])
def test_coordinates_have_at_most_six_decimals_and_no_repetition(name: str) -> None:
    shapes = layer(name).geometry.array
    points = shapely.get_coordinates(shapes)
    assert (points == points.round(6)).all()
    assert (shapely.remove_repeated_points(shapes) == shapes).all()


@pytest.mark.parametrize("name", LAYERS)
def test_zones_are_those_that_the_geometry_gives(name: str) -> None:
    computed = zones_of(layer(name), layer("zones"))
    assert [tuple(written) for written in layer(name)["zones"]] == list(computed)


@pytest.mark.parametrize("name", [*LAYERS, "context"])
def test_every_feature_has_names_source_and_accuracy(name: str) -> None:
    frame = layer(name)
    for column in ("name_zh", "name_en", "source"):
        assert frame[column].str.strip().ne("").all()
    assert (frame["accuracy_m"] > 0).all()


@pytest.mark.parametrize("name", LAYERS)
def test_a_position_that_is_only_plausible_says_so_in_its_source(name: str) -> None:
    frame = layer(name)
    assert frame.loc[frame["plausible"], "source"].str.contains("plausible only|assumed").all()
    exact = frame[~frame["plausible"]]
    assert not exact["source"].str.contains("plausible only|assumed|guess").any()


@pytest.mark.parametrize("name", LAYERS)
def test_every_feature_says_its_source_in_chinese_too(name: str) -> None:
    assert layer(name)["source_zh"].str.contains("[\u4e00-\u9fff]").all()


@pytest.mark.parametrize("name", LAYERS)
def test_the_chinese_source_calls_the_same_positions_plausible(name: str) -> None:
    frame = layer(name)
    assert frame["source_zh"].str.contains("推定|假定").tolist() == frame["plausible"].tolist()


def test_every_corridor_has_control_points_with_its_accuracy() -> None:
    stated = {row["corridor"]: float(row["accuracy_m"]) for row in control_points()}
    assert stated == layer("corridors")["accuracy_m"].astype(float).to_dict()


@pytest.mark.parametrize("corridor", [f"C{number:02d}" for number in range(1, 68)])
def test_corridor_lies_within_its_accuracy_of_the_reference(corridor: str) -> None:
    line, reference = metric("corridors")[corridor], reference_line(corridor)
    accuracy_m = layer("corridors").loc[corridor, "accuracy_m"]
    control = shapely.points(shapely.get_coordinates(reference))
    every_50_m = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 50)))
    assert shapely.distance(line, control).max() <= accuracy_m
    assert shapely.distance(reference, every_50_m).max() <= accuracy_m


@pytest.mark.parametrize(("node", "length_m"), WALKWAYS_M.items())
def test_walkway_has_the_length_that_the_press_gives(node: str, length_m: float) -> None:
    assert metric("nodes")[node].length == pytest.approx(length_m, abs=5)


def test_the_walkway_is_one_line_over_road_river_railway_and_elevated_road() -> None:
    parts = [layer("nodes").geometry[node] for node in WALKWAYS_M]
    assert all(one.coords[-1] == two.coords[0] for one, two in pairwise(parts))
    crossed = layer("corridors").geometry.crosses(parts[0])
    assert crossed[["C02"]].all()
    crossed = layer("corridors").geometry.crosses(parts[1])
    assert crossed[["C46", "C58", "C59"]].all()


@pytest.mark.parametrize(("node", "road"), BRIDGED_ROAD.items())
def test_footbridge_spans_its_road(node: str, road: str) -> None:
    bridge = metric("nodes")[node]
    assert bridge.crosses(metric("corridors")[road])
    assert 50 <= bridge.length <= 90
