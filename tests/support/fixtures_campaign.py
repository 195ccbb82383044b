"""Write a small valid campaign folder: 2 zones, 3 corridors, 3 nodes, 4 tasks, 8 updates."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from data.campaign.load import Loaded, load_campaign

Feature = dict[str, Any]

TOML = """\
id = "sample"
name_zh = "示例保障行动"
name_en = "Sample campaign"
short_zh = "示例"
short_en = "Sample"
timezone = "Asia/Shanghai"
metric_crs = "EPSG:4549"
extent = [121.2, 31.1, 121.4, 31.3]
view = [121.27, 31.17, 121.33, 31.21]
sample = true
start = 2020-01-01
end = 2020-12-31
deadline = 2020-09-30
opening = 2020-11-05
closing = 2020-11-10
demonstration = 2020-09-15
meetings = [2020-06-11T14:00:00+08:00]
supervising_unit = "office"

[lights]
due_soon_days = 7
stale_days = 14

[attribution]
zh = "示例"
en = "Sample"

[[phases]]
id = "work"
name_zh = "实施"
name_en = "Implementation"
start = 2020-04-01
end = 2020-09-30

[[categories]]
id = "infrastructure"
name_zh = "基础设施"
name_en = "Infrastructure"

[[categories]]
id = "services"
name_zh = "配套服务"
name_en = "Services"
"""

UNITS = """\
id,kind,name_zh,name_en,short_zh,short_en
office,office,管委会办公室,Office of the administration,办公室,Office
roads,bureau,市道路局,Roads bureau,道路,Roads
parks,enterprise,停车集团,Parking group,停车,Parking
"""

TASKS = """\
id,category,title_zh,title_en,lead_unit,supporting_units,planned_start,due,priority,features
T01,infrastructure,整治一号路,Repair of first road,roads,office;parks,2020-04-01,2020-09-20,high,C01;N01
T02,infrastructure,疏浚河道,Dredging,roads,,2020-05-01,2020-08-31,medium,C02
T03,services,停车引导,Parking guidance,parks,roads,2020-06-01,,low,N02;N03;Z2
T04,services,铁路沿线保洁,Cleaning along the railway,office,,2020-06-01,2020-09-30,low,C03
"""

UPDATES = """\
id,task,feature,status,percent,note,difficulty_kind,difficulty,suggestion,unit,reported_at
U0001,T01,,not_started,0,,,,,roads,2020-04-02T09:00:00+08:00
U0002,T01,C01,in_progress,40,已开工,pipelines,管线未迁,尽快协调,roads,2020-06-02T09:00:00+08:00
U0003,T02,C02,in_progress,50,,,,,roads,2020-06-10T09:00:00+08:00
U0004,T02,,blocked,50,"停工,待批",permits,许可未批,,roads,2020-08-01T09:00:00+08:00
U0005,T03,N02,in_progress,10,,,,,parks,2020-07-01T09:00:00+08:00
U0006,T03,,done,100,,,,,parks,2020-09-01T09:00:00+08:00
U0007,T03,,accepted,100,已验收,,,,office,2020-09-20T09:00:00+08:00
U0008,T04,,in_progress,60,,,,,office,2020-09-10T09:00:00+08:00
"""

DUTY = """\
id,unit,post_zh,post_en,person,phone,start,end
D1,office,值班长,Shift leader,示例甲,021-0000 0101,2020-09-14T20:00:00+08:00,2020-09-15T08:00:00+08:00
D2,office,值班长,Shift leader,示例乙,021-0000 0102,2020-09-15T08:00:00+08:00,2020-09-15T20:00:00+08:00
D3,office,值班长,Shift leader,示例甲,021-0000 0101,2020-09-15T20:00:00+08:00,2020-09-16T08:00:00+08:00
D4,roads,联络员,Liaison officer,示例丙,021-0000 0103,2020-09-14T09:00:00+08:00,2020-09-16T09:00:00+08:00
"""

SUPERVISION = """\
id,task,rung,act,unit,text,deadline,at,who,备注
"""


def feature(key: str, kind: str, geometry: Feature, *, zones: list[str], **more: object) -> Feature:
    properties = {
        "id": key,
        "kind": kind,
        "name_zh": f"{key}号",
        "name_en": f"Feature {key}",
        "zones": zones,
        "source": "made up",
        "accuracy_m": 8,
        "plausible": False,
    }
    return {"type": "Feature", "properties": properties | more, "geometry": geometry}


def line(*points: tuple[float, float]) -> Feature:
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def box(west: float, south: float, east: float, north: float) -> Feature:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


RAILWAY = {
    "type": "MultiLineString",
    "coordinates": [[[121.32, 31.18], [121.32, 31.2]], [[121.33, 31.18], [121.33, 31.2]]],
}
LAYERS: dict[str, list[Feature]] = {
    "zones.geojson": [
        feature("Z1", "zone", box(121.28, 31.18, 121.3, 31.2), zones=["Z1"]),
        feature("Z2", "zone", box(121.3, 31.18, 121.32, 31.2), zones=["Z2"]),
    ],
    "corridors.geojson": [
        feature("C01", "urban_road", line((121.285, 31.19), (121.315, 31.19)), zones=["Z1", "Z2"]),
        feature("C02", "river", line((121.282, 31.185), (121.29, 31.185)), zones=["Z1"]),
        feature("C03", "railway", RAILWAY, zones=[]),
    ],
    "nodes.geojson": [
        feature("N01", "footbridge", line((121.29, 31.19), (121.291, 31.19)), zones=["Z1"], sign="1"),
        feature("N02", "parking", box(121.31, 31.185, 121.312, 31.187), zones=["Z2"], sign="P5"),
        feature(
            "N03",
            "building",
            {"type": "Point", "coordinates": [121.3, 31.195]},
            zones=[],
            plausible=True,
        ),
    ],
    "context.geojson": [feature("", "street", line((121.25, 31.15), (121.35, 31.15)), zones=[])],
}


def write_campaign(folder: Path) -> Path:
    """Write the small campaign into a folder, one feature a line, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, features in LAYERS.items():
        write_features(folder / name, features)
    texts = {"campaign.toml": TOML, "units.csv": UNITS, "tasks.csv": TASKS, "updates.csv": UPDATES}
    texts |= {"duty.csv": DUTY, "supervision.csv": SUPERVISION}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def write_features(path: Path, features: list[Feature], **members: object) -> None:
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
    head = json.dumps({"type": "FeatureCollection"} | members, ensure_ascii=False)[:-1]
    path.write_text(f'{head}, "features": [\n{lines}\n]}}\n', encoding="utf-8")


def edit_features(path: Path, change: Callable[[list[Feature]], object]) -> None:
    """Change the features of a GeoJSON file."""
    features: list[Feature] = json.loads(path.read_text(encoding="utf-8"))["features"]
    change(features)
    write_features(path, features)


def edit_cell(path: Path, *, row: int, column: str, value: str) -> None:
    """Change one cell of a CSV file of one-line records; `row` is its line, the header is 1."""
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[row - 1][rows[0].index(column)] = value
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


@pytest.fixture
def campaign_folder(tmp_path: Path) -> Path:
    """A fresh folder with the small valid campaign."""
    return write_campaign(tmp_path / "campaign")


@pytest.fixture
def loaded(campaign_folder: Path) -> Loaded:
    """The small campaign as it is loaded."""
    return load_campaign(campaign_folder)
