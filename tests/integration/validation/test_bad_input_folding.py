"""Follow-ups of one fault are one problem at its root; errors and root causes come first."""

import shutil
from pathlib import Path

import pytest

from data.campaign.load import Loaded, load_campaign
from geo.validation.codes import ProblemCode as Code
from geo.validation.problem import Problem
from settings import DEFAULT_CAMPAIGN
from tests.support.bad_input import cell, content, geometry_of, only, property_of
from tests.support.fixtures_campaign import line

LINES, NODES, TASKS_CSV, UPDATES_CSV = "corridors.geojson", "nodes.geojson", "tasks.csv", "updates.csv"
SWAPPED = line((31.185, 121.282), (31.185, 121.29))


def of(loaded: Loaded, code: Code) -> list[Problem]:
    return [problem for problem in loaded.problems if problem.code == code]


def test_a_truncated_layer_of_the_shipped_campaign_makes_three_problems(tmp_path: Path) -> None:
    folder = tmp_path / "campaign"
    shutil.copytree(DEFAULT_CAMPAIGN, folder)
    data = (folder / NODES).read_bytes()
    (folder / NODES).write_bytes(data[: len(data) // 2])
    problems = load_campaign(folder).problems
    assert [(one.code, one.file) for one in problems] == [
        (Code.NOT_JSON, NODES),
        (Code.REFERENCES_UNCHECKED, TASKS_CSV),
        (Code.REFERENCES_UNCHECKED, UPDATES_CSV),
    ]


def test_references_to_a_layer_that_cannot_be_read_are_one_problem_a_file(campaign_folder: Path) -> None:
    (campaign_folder / NODES).unlink()
    problem = of(load_campaign(campaign_folder), Code.REFERENCES_UNCHECKED)[0]
    assert problem.message("en") == "nodes.geojson could not be read, so 3 reference(s) in tasks.csv cannot be checked."
    assert problem.message("zh") == "nodes.geojson 无法读取\uff0c因此 tasks.csv 中有 3 处引用无法核对。"
    assert problem.remedy("en").startswith("Mend nodes.geojson first")
    assert (problem.row, problem.severity) == (None, "error")


def test_all_layers_that_cannot_be_read_are_named_together(campaign_folder: Path) -> None:
    for file in (LINES, NODES):
        content(file, b"[")(campaign_folder)
    tasks, updates = of(load_campaign(campaign_folder), Code.REFERENCES_UNCHECKED)
    assert (tasks.params["source"], tasks.params["number"]) == ("corridors.geojson, nodes.geojson", "6")
    assert (updates.file, updates.params["number"]) == (UPDATES_CSV, "3")


def test_references_to_a_feature_left_out_are_one_problem_at_the_feature(campaign_folder: Path) -> None:
    geometry_of(LINES, 2, SWAPPED)(campaign_folder)
    cell(TASKS_CSV, 2, "features", "C01;C02")(campaign_folder)
    swapped, left_out = load_campaign(campaign_folder).problems
    assert (swapped.code, swapped.row, swapped.params["feature"]) == (Code.SWAPPED_LON_LAT, 2, "C02")
    assert (left_out.file, left_out.row, left_out.column) == (LINES, 2, "id")
    assert left_out.message("en") == "The feature 'C02' is left out; tasks that refer to it: T01, T02; reports: 1."
    assert left_out.message("zh") == "要素 'C02' 未使用\uff1b关联它的任务\uff1aT01, T02\uff1b提到它的进展\uff1a1 条。"


def test_a_feature_left_out_of_which_no_task_speaks_has_no_follow_up(campaign_folder: Path) -> None:
    geometry_of(LINES, 3, SWAPPED)(campaign_folder)
    cell(TASKS_CSV, 5, "features", "C01")(campaign_folder)
    assert [one.code for one in load_campaign(campaign_folder).problems] == [Code.SWAPPED_LON_LAT]


def test_a_feature_left_out_explains_its_references_before_an_unread_layer_does(campaign_folder: Path) -> None:
    geometry_of(LINES, 2, SWAPPED)(campaign_folder)
    (campaign_folder / NODES).unlink()
    cell(TASKS_CSV, 3, "features", "C02;C99")(campaign_folder)
    loaded = load_campaign(campaign_folder)
    assert only(loaded, Code.FEATURE_LEFT_OUT).params["tasks"] == "T02"
    assert of(loaded, Code.REFERENCES_UNCHECKED)[0].params["number"] == "4"
    assert of(loaded, Code.UNKNOWN_FEATURE) == []


def test_an_id_that_no_layer_holds_stays_a_problem_of_its_row(campaign_folder: Path) -> None:
    geometry_of(LINES, 2, SWAPPED)(campaign_folder)
    cell(TASKS_CSV, 3, "features", "C02;C99")(campaign_folder)
    problem = only(load_campaign(campaign_folder), Code.UNKNOWN_FEATURE)
    assert (problem.file, problem.row, problem.value) == (TASKS_CSV, 3, "C99")
    assert problem.params["record"] == "T02"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (TASKS_CSV, [("tasks.csv", UPDATES_CSV, "8")]),
        (
            "units.csv",
            [
                ("units.csv", "campaign.toml", "1"),
                ("units.csv", TASKS_CSV, "7"),
                ("units.csv", UPDATES_CSV, "8"),
                ("units.csv", "duty.csv", "4"),
            ],
        ),
    ],
)
def test_a_table_that_cannot_be_read_has_one_follow_up_a_file(
    campaign_folder: Path, file: str, told: list[tuple[str, str, str]]
) -> None:
    content(file, b"\xff\xff")(campaign_folder)
    found = of(load_campaign(campaign_folder), Code.REFERENCES_UNCHECKED)
    assert [(one.params["source"], one.file, one.params["number"]) for one in found] == told


def test_errors_come_before_warnings_and_root_causes_before_what_follows(campaign_folder: Path) -> None:
    property_of("zones.geojson", 1, "name_en", "")(campaign_folder)
    property_of(NODES, 1, "kind", "castle")(campaign_folder)
    cell(UPDATES_CSV, 2, "unit", "nobody")(campaign_folder)
    cell(TASKS_CSV, 4, "due", "soon")(campaign_folder)
    found = [(one.severity, one.file) for one in load_campaign(campaign_folder).problems]
    errors = [NODES, NODES, TASKS_CSV, UPDATES_CSV]
    assert found == [*(("error", file) for file in errors), ("warning", "zones.geojson")]


def test_a_number_without_end_is_no_place_on_earth(campaign_folder: Path) -> None:
    text = (campaign_folder / LINES).read_text(encoding="utf-8")
    (campaign_folder / LINES).write_text(text.replace("121.282", "9" * 5000), encoding="utf-8")
    problem = only(load_campaign(campaign_folder), Code.NOT_FINITE)
    assert (problem.file, problem.row) == (LINES, 2)
