import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.errors import shown
from geo.validation.codes import ProblemCode
from geo.validation.problem import PROBLEM_TEXTS, Problem, ProblemLog

PARAMS = {
    "allowed": "a, b",
    "expected": "Z1",
    "length": "300",
    "line": "2",
    "character": "14",
    "feature": "C05",
    "tasks": "T05, T17",
    "reports": "3",
    "source": "nodes.geojson",
    "number": "81",
    "person": "示例甲",
    "other": "D0001",
    "until": "2020-09-02 08:00",
}
NAMED = {"file", "column", "value"} | PARAMS.keys()


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", list(ProblemCode))
def test_every_problem_says_what_and_how_to_mend_it_in_both_languages(code: ProblemCode) -> None:
    text = PROBLEM_TEXTS[code]
    for label in (text.message, text.remedy):
        assert label.zh.endswith("。")
        assert label.en.endswith(".")
        assert fields(label.zh) == fields(label.en) <= NAMED


@pytest.mark.parametrize("code", list(ProblemCode))
def test_chinese_sentences_have_chinese_punctuation(code: ProblemCode) -> None:
    text = PROBLEM_TEXTS[code]
    for sentence in (text.message.zh, text.remedy.zh):
        assert not re.search("[\u4e00-\u9fff}][,:;!?]|[,:;!?(][\u4e00-\u9fff]", sentence), sentence


@given(st.sampled_from(list(ProblemCode)), st.text(), st.text(), st.text())
def test_no_value_can_break_or_steer_a_sentence(code: ProblemCode, column: str, value: str, allowed: str) -> None:
    params = PARAMS | {"allowed": allowed}
    problem = Problem(code, "tasks.csv", 3, column, value, params)
    for sentence in (problem.sentence("en"), problem.sentence("zh")):
        assert sentence.isprintable()
        assert len(sentence) <= 1500


def test_a_value_is_never_a_template() -> None:
    value = "{value.__class__} {file} {0} {"
    problem = Problem(ProblemCode.UNKNOWN_UNIT, "tasks.csv", 3, "lead_unit", value)
    assert (
        problem.message("en")
        == f"There is no unit {value!r} in units.csv; the entry is kept and shows the id as it is written."
    )


def test_a_long_value_is_cut_in_the_sentence_only() -> None:
    problem = Problem(ProblemCode.UNKNOWN_UNIT, "tasks.csv", 3, "lead_unit", "x" * 5000)
    assert len(problem.value) == 5000
    assert f"'{'x' * 79}…'" in problem.message("en")
    assert shown("x" * 80) == f"'{'x' * 80}'"


@pytest.mark.parametrize(
    ("problem", "en", "zh"),
    [
        (Problem(ProblemCode.NO_FEATURE, "tasks.csv", 3, "features"), ["row 3", "column features"], "第 3 行"),
        (Problem(ProblemCode.NO_GEOMETRY, "nodes.geojson", 2, "geometry"), ["feature 2"], "第 2 个要素"),
        (Problem(ProblemCode.MISSING_KEY, "campaign.toml", None, "id"), ["campaign.toml, id"], "id"),
        (Problem(ProblemCode.MISSING_FILE, "nodes.geojson"), ["nodes.geojson"], "nodes.geojson"),
    ],
)
def test_the_place_is_told_as_an_editor_shows_it(problem: Problem, en: list[str], zh: str) -> None:
    assert all(part in problem.place("en") for part in en)
    assert zh in problem.place("zh")
    assert problem.place("en").startswith(problem.file)


def test_the_whole_sentence_has_place_message_and_mend() -> None:
    problem = Problem(ProblemCode.NOT_A_DATE, "tasks.csv", 3, "due", "soon")
    assert problem.sentence("en") == (
        "tasks.csv, row 3, column due: The value 'soon' of due is no date; it is taken as not given. "
        "Write year-month-day, such as 2030-09-30."
    )
    assert problem.sentence("zh").startswith("tasks.csv\uff0c第 3 行\uff0cdue 列\uff1adue 的值 'soon' 不是日期")


def test_a_log_gives_problems_by_row_those_of_the_file_first() -> None:
    log = ProblemLog("tasks.csv")
    for row in (7, None, 3):
        log.add(ProblemCode.MISSING_ID, row=row, column="id")
    assert [problem.row for problem in log.in_order()] == [None, 3, 7]
    assert {problem.file for problem in log.in_order()} == {"tasks.csv"}
