import geopandas as gpd
import pandas as pd
import pytest

from data.campaign.load import Loaded
from geo.model.campaign import FEATURE_COLUMNS, FEATURE_CRS, tasks_frame, units_frame, updates_frame
from geo.model.kinds import Layer
from geo.validation.codes import ProblemCode
from geo.validation.features import CONTEXT_COLUMNS, check_context, check_features, with_zones
from geo.validation.tables import check_tasks, check_units, check_updates
from tests.support.fixtures_campaign import LAYERS


@pytest.mark.parametrize("layer", list(Layer))
def test_a_layer_without_features_is_an_empty_frame_of_the_same_form(loaded: Loaded, layer: Layer) -> None:
    frame, problems = check_features([], layer, "a.geojson", loaded.campaign)
    assert problems == []
    assert tuple(frame.columns) == FEATURE_COLUMNS
    assert frame.crs == FEATURE_CRS
    assert frame.dtypes.drop("geometry").equals(loaded.features.dtypes.drop("geometry"))


def test_tables_without_rows_are_empty_frames_of_the_same_form(loaded: Loaded) -> None:
    nothing: dict[str, tuple[str, ...]] = {"units": (), "features": ()}
    units, _ = check_units([], "units.csv")
    tasks, _ = check_tasks([], "tasks.csv", loaded.campaign, **nothing)
    updates, _ = check_updates([], "updates.csv", loaded.campaign, tasks=(), **nothing)
    for empty, full in ((units, loaded.units), (tasks, loaded.tasks), (updates, loaded.updates)):
        assert empty.dtypes.equals(full.dtypes)
        assert empty.index.dtype == full.index.dtype
        assert len(empty) == 0


def test_frames_of_no_rows_are_those_of_no_records() -> None:
    for make in (units_frame, tasks_frame, updates_frame):
        frame = make([])
        assert isinstance(frame, pd.DataFrame)
        assert frame.index.name == "id"


def test_the_background_takes_lines_areas_and_points_of_its_own_kinds(loaded: Loaded) -> None:
    raw = [*LAYERS["context.geojson"], *LAYERS["corridors.geojson"]]
    frame, problems = check_context(raw, "context.geojson", loaded.campaign)
    assert tuple(frame.columns) == CONTEXT_COLUMNS
    assert list(frame["kind"]) == ["street", "river"]
    assert [(one.code, one.row) for one in problems] == [
        (ProblemCode.UNKNOWN_KIND, 2),
        (ProblemCode.UNKNOWN_KIND, 4),
    ]


def test_ids_that_another_layer_took_are_refused(loaded: Loaded) -> None:
    raw, file = LAYERS["nodes.geojson"], "nodes.geojson"
    frame, problems = check_features(raw, Layer.NODES, file, loaded.campaign, taken={"N02"})
    assert list(frame.index) == ["N01", "N03"]
    assert [(one.code, one.row, one.value) for one in problems] == [(ProblemCode.DUPLICATE_ID, 2, "N02")]


@pytest.mark.parametrize(
    ("properties", "kept"),
    [({"source_zh": "航拍影像"}, "航拍影像"), ({"source_zh": None}, ""), ({"source_zh": 5}, ""), ({}, "")],
)
def test_a_feature_may_lack_its_chinese_source(loaded: Loaded, properties: dict[str, object], kept: str) -> None:
    raw = LAYERS["nodes.geojson"][0]
    node = raw | {"properties": raw["properties"] | properties}
    frame, problems = check_features([node], Layer.NODES, "nodes.geojson", loaded.campaign)
    assert problems == []
    assert frame.loc["N01", ["source", "source_zh"]].tolist() == ["made up", kept]


def test_written_zones_wait_to_be_replaced_by_those_of_the_geometry(loaded: Loaded) -> None:
    raw, file = LAYERS["zones.geojson"], "zones.geojson"
    zones, _ = check_features(raw, Layer.ZONES, file, loaded.campaign)
    nodes, _ = check_features(LAYERS["nodes.geojson"], Layer.NODES, "nodes.geojson", loaded.campaign)
    wrong = gpd.GeoDataFrame(pd.concat([zones, nodes])).assign(zones=[("Z1",), ("Z2",), None, ("Z1",), ()])
    rows = {key: ("a.geojson", row) for row, key in enumerate(wrong.index, start=1)}
    frame, problems = with_zones(wrong, rows)
    assert frame["zones"].tolist() == [("Z1",), ("Z2",), ("Z1",), ("Z2",), ()]
    assert [(one.code, one.row, one.params["expected"]) for one in problems] == [(ProblemCode.ZONES_DIFFER, 4, "Z2")]
