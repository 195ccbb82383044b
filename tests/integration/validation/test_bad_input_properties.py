"""Write wrong values into the properties of features: each is told, and the feature stays."""

from pathlib import Path

import numpy as np
import pytest

from data.campaign.load import load_campaign
from geo.validation.codes import ProblemCode as Code
from tests.support.bad_input import Bad, check, geometry_of, property_of
from tests.support.fixtures_campaign import line

LINES, NODES = "corridors.geojson", "nodes.geojson"
LONG = "长" * 5000


def value_of(name: str, value: object, code: Code, *, shown: str, en: str, zh: str) -> Bad:
    """Make a damage to a property of C02, which stays."""
    damage = property_of(LINES, 2, name, value)
    return Bad(f"{name} {shown[:9]}", damage, code, LINES, 2, name, shown, en, zh)


PROPERTIES = [
    value_of("name_zh", None, Code.MISSING_NAME, shown="", en="name_zh is empty; the other", zh="请补上名称"),
    value_of("name_en", "  ", Code.MISSING_NAME, shown="  ", en="Fill in the name", zh="name_en 为空"),
    value_of(
        "name_zh",
        LONG,
        Code.LONG_NAME,
        shown=LONG,
        en="name_zh has 5000 characters, more than 200: '" + "长" * 79 + "…'",
        zh="有 5000 个字符",
    ),
    value_of(
        "accuracy_m",
        "eight",
        Code.BAD_ACCURACY,
        shown="eight",
        en="accuracy 'eight' is no number of metres above 0; it is taken as not known",
        zh="精度 'eight' 不是大于 0 的数",
    ),
    value_of("accuracy_m", -3, Code.BAD_ACCURACY, shown="-3", en="'-3'", zh="精度 '-3'"),
    value_of("accuracy_m", [8], Code.BAD_ACCURACY, shown="[8]", en="'[8]'", zh="'[8]'"),
    value_of("accuracy_m", 10**400, Code.BAD_ACCURACY, shown="1000", en="'1000", zh="'1000"),
    value_of("accuracy_m", float("nan"), Code.BAD_ACCURACY, shown="nan", en="'nan'", zh="请填写以米为单位的精度"),
    value_of(
        "plausible",
        "no",
        Code.BAD_PLAUSIBLE,
        shown="no",
        en="'no' of plausible is neither true nor false",
        zh="'no' 不是 true 或 false",
    ),
    value_of(
        "sign",
        "停车场",
        Code.LONG_SIGN,
        shown="停车场",
        en="sign '停车场' has more than 2 characters and is not shown",
        zh="符号文字 '停车场' 多于 2 个字符",
    ),
    value_of(
        "zones",
        ["Z2"],
        Code.ZONES_DIFFER,
        shown="Z2",
        en="zones says 'Z2', the geometry says Z1; the geometry counts",
        zh="zones 写的是 'Z2'",
    ),
    value_of("zones", [], Code.ZONES_DIFFER, shown="", en="zones says ''", zh="以计算结果为准"),
    value_of("zones", "Z1;Z2", Code.ZONES_DIFFER, shown="Z1;Z2", en="says 'Z1;Z2'", zh="'Z1;Z2'"),
]


@pytest.mark.parametrize("bad", PROPERTIES, ids=lambda bad: bad.name)
def test_a_property_that_is_wrong_is_told_and_the_feature_stays(bad: Bad, campaign_folder: Path) -> None:
    loaded = check(bad, campaign_folder)
    assert loaded.features.loc["C02", "zones"] == ("Z1",)
    assert loaded.problems[0].severity == "warning"


def test_what_stands_in_for_a_wrong_property(campaign_folder: Path) -> None:
    damages = {"name_zh": " ", "accuracy_m": "8", "plausible": 1, "sign": "P52", "source": None}
    for name, value in damages.items():
        property_of(LINES, 2, name, value)(campaign_folder)
    row = load_campaign(campaign_folder).features.loc["C02"]
    assert row["name_zh"] == row["name_en"] == "Feature C02"
    assert np.isnan(row["accuracy_m"])
    assert row["plausible"]
    assert row["sign"] == row["source"] == ""


def test_without_any_name_the_id_is_shown(campaign_folder: Path) -> None:
    for name in ("name_zh", "name_en"):
        property_of(LINES, 2, name, 5)(campaign_folder)
    row = load_campaign(campaign_folder).features.loc["C02"]
    assert row["name_zh"] == row["name_en"] == "C02"


def test_all_faults_of_a_feature_are_told_at_once(campaign_folder: Path) -> None:
    property_of(NODES, 2, "kind", "castle")(campaign_folder)
    property_of(NODES, 2, "name_en", "")(campaign_folder)
    property_of(NODES, 2, "accuracy_m", None)(campaign_folder)
    geometry_of(NODES, 2, line((0, 0), (1, 1)))(campaign_folder)
    problems = [one for one in load_campaign(campaign_folder).problems if one.file == NODES]
    codes = {Code.UNKNOWN_KIND, Code.MISSING_NAME, Code.BAD_ACCURACY, Code.OUTSIDE_EXTENT, Code.FEATURE_LEFT_OUT}
    assert {one.code for one in problems} == codes
    assert {one.row for one in problems} == {2}


def test_heights_are_left_out(campaign_folder: Path) -> None:
    raised = {"type": "LineString", "coordinates": [[121.282, 31.185, 4.2], [121.29, 31.185, 4.2]]}
    geometry_of(LINES, 2, raised)(campaign_folder)
    loaded = load_campaign(campaign_folder)
    assert loaded.problems == ()
    assert not loaded.features.has_z.any()
