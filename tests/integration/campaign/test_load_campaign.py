"""Load a valid campaign however its files are encoded, and keep every text as it was written."""

from pathlib import Path

import pandas as pd
import pytest

from data.campaign.load import FILES, Loaded, load_campaign
from geo.validation.codes import ProblemCode as Code
from tests.support.bad_input import ALL, cell, ids_of, only, property_of
from tests.support.fixtures_campaign import UPDATES

TEXTS = [name for name in FILES if name != "context.geojson"]
HOSTILE = [
    "${alert(1)}",
    r"\1 \d \u0041",
    "</script><script>alert(1)</script>",
    "\"double\" 'single' `back`",
    "{value} {0} {value.__class__} %s %(x)s",
    "=cmd|' /C calc'!A0",
    "\u202eright to left\u202c",
    "🚧👷\u200d♀️",
    "a\x00b",
    "x" * 5000,
]


def same(one: Loaded, other: Loaded) -> None:
    for name in ("features", "tasks", "units", "updates", "context", "duty"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def recode(path: Path, encoding: str) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))


def test_a_valid_campaign_has_no_problems(loaded: Loaded) -> None:
    assert [problem.sentence("en") for problem in loaded.problems] == []
    assert ids_of(loaded) == ALL
    assert len(loaded.context) == 1


def test_features_stand_in_one_frame_with_zones_from_geometry(loaded: Loaded) -> None:
    assert list(loaded.features["layer"]) == ["zones"] * 2 + ["corridors"] * 3 + ["nodes"] * 3
    zones = loaded.features["zones"].tolist()
    assert zones == [("Z1",), ("Z2",), ("Z1", "Z2"), ("Z1",), (), ("Z1",), ("Z2",), ()]
    assert loaded.features.loc["N02", "sign"] == "P5"
    assert loaded.features.loc["N03", "plausible"]


def test_updates_stand_in_the_order_of_their_times(loaded: Loaded) -> None:
    assert list(loaded.updates.index) == [f"U000{number}" for number in (1, 2, 3, 5, 4, 6, 8, 7)]
    assert loaded.updates["reported_at"].is_monotonic_increasing
    assert loaded.updates.loc["U0004", "note"] == "停工,待批"


def test_zones_need_not_be_written(campaign_folder: Path, loaded: Loaded) -> None:
    property_of("corridors.geojson", 1, "zones", None)(campaign_folder)
    again = load_campaign(campaign_folder)
    assert again.problems == ()
    same(again, loaded)


@pytest.mark.parametrize("name", TEXTS)
def test_a_byte_order_mark_changes_nothing(campaign_folder: Path, loaded: Loaded, name: str) -> None:
    recode(campaign_folder / name, "utf-8-sig")
    again = load_campaign(campaign_folder)
    assert again.problems == ()
    same(again, loaded)


@pytest.mark.parametrize("name", TEXTS)
def test_windows_line_ends_change_nothing(campaign_folder: Path, loaded: Loaded, name: str) -> None:
    path = campaign_folder / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    again = load_campaign(campaign_folder)
    assert again.problems == ()
    same(again, loaded)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("encoding", "told"), [("gbk", "GB18030"), ("utf-16", "UTF-16")])
def test_another_encoding_is_read_with_a_warning(
    campaign_folder: Path, loaded: Loaded, name: str, encoding: str, told: str
) -> None:
    recode(campaign_folder / name, encoding)
    again = load_campaign(campaign_folder)
    problem = only(again, Code.OTHER_ENCODING)
    assert (problem.file, problem.value, problem.severity) == (name, told, "warning")
    assert f"was read as '{told}'" in problem.message("en")
    assert f"已按 '{told}' 读取" in problem.message("zh")
    same(again, loaded)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_verbatim(campaign_folder: Path, text: str) -> None:
    property_of("nodes.geojson", 2, "name_zh", text)(campaign_folder)
    property_of("nodes.geojson", 2, "source", text)(campaign_folder)
    cell("tasks.csv", 4, "title_en", text)(campaign_folder)
    cell("updates.csv", 2, "difficulty", text)(campaign_folder)
    again = load_campaign(campaign_folder)
    assert again.features.loc["N02", "name_zh"] == again.features.loc["N02", "source"] == text
    assert again.tasks.loc["T03", "title_en"] == text
    assert again.updates.loc["U0001", "difficulty"] == text
    assert {problem.code for problem in again.problems} <= {Code.LONG_NAME}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_are_told_as_text_in_both_languages(campaign_folder: Path, text: str) -> None:
    property_of("nodes.geojson", 2, "kind", text)(campaign_folder)
    problem = only(load_campaign(campaign_folder), Code.UNKNOWN_KIND)
    assert problem.value == text
    for sentence in (problem.sentence("en"), problem.sentence("zh")):
        assert repr(text[:79])[1:-1] in sentence
        assert sentence.isprintable()
        assert len(sentence) < 500


def test_half_a_character_is_replaced(campaign_folder: Path) -> None:
    path = campaign_folder / "nodes.geojson"
    text = path.read_text(encoding="utf-8").replace("N02号", r"N02\ud83d")
    path.write_text(text, encoding="utf-8")
    name = load_campaign(campaign_folder).features.loc["N02", "name_zh"]
    assert name == "N02\ufffd"


def test_a_record_of_many_lines_is_told_by_its_first_line(campaign_folder: Path) -> None:
    text = UPDATES.replace("已开工", '"一\n\n二\n三"').replace("U0004,T02", "U0004,T99")
    (campaign_folder / "updates.csv").write_text(text, encoding="utf-8", newline="")
    loaded = load_campaign(campaign_folder)
    assert loaded.updates.loc["U0002", "note"] == "一\n\n二\n三"
    assert only(loaded, Code.UNKNOWN_TASK).row == 8


def test_empty_rows_and_cells_of_a_spreadsheet_are_no_problem(campaign_folder: Path, loaded: Loaded) -> None:
    lines = UPDATES.splitlines()
    text = "\n\n".join([lines[0], *(f"{line},," for line in lines[1:]), "," * 12]) + "\n"
    (campaign_folder / "updates.csv").write_text(text, encoding="utf-8", newline="")
    again = load_campaign(campaign_folder)
    assert again.problems == ()
    same(again, loaded)


def test_ids_may_be_joined_by_the_chinese_semicolon(campaign_folder: Path, loaded: Loaded) -> None:
    cell("tasks.csv", 4, "features", "N02\uff1b N03 \uff1bZ2;N02;")(campaign_folder)
    same(load_campaign(campaign_folder), loaded)


@pytest.mark.parametrize("name", FILES)
def test_any_change_of_a_file_changes_the_version(campaign_folder: Path, loaded: Loaded, name: str) -> None:
    assert len(loaded.version) == 64
    assert load_campaign(campaign_folder).version == loaded.version
    with (campaign_folder / name).open("ab") as file:
        file.write(b"\n")
    assert load_campaign(campaign_folder).version != loaded.version
