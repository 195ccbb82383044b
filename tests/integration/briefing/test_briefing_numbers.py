"""Every number of a briefing is the board's, counted again here; its list of changes is that of geo.tasks.changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from exports.document.model import Figures, Section, Table
from geo.tasks.changes import MOVE_LABELS, Move
from locales import Language
from services.briefing.tables import due_next
from tests.support.fixtures_briefing import DEMONSTRATION, END, desk, document, material

LIGHTS = ("red", "yellow", "green", "none", "done")


def _section(key: str, kind: str = "briefing", lang: Language = "zh") -> Section:
    return next(one for one in document(kind, lang).sections if one.id == key)


def _numbers(section: Section) -> list[str]:
    return [figure.number for block in section.blocks if isinstance(block, Figures) for figure in block.figures]


def _rows(section: Section) -> list[tuple[str, ...]]:
    tables = [block for block in section.blocks if isinstance(block, Table)]
    return [tuple(cell.text for cell in row) for table in tables for row in table.rows]


def _ids(section: Section, column: int) -> list[str]:
    return [row[column].split()[0] for row in _rows(section)]


def _tasks() -> pd.DataFrame:
    return desk().board(DEMONSTRATION).tasks


@pytest.mark.parametrize(("key", "kind"), [("overview", "briefing"), ("one-page", "one-page")])
def test_the_figures_of_the_whole_are_those_of_the_board(key: str, kind: str) -> None:
    tasks = _tasks()
    counted = [len(tasks), *((tasks["light"] == light).sum() for light in LIGHTS), 15, 51]
    assert _numbers(_section(key, kind)) == [str(number) for number in counted]


@pytest.mark.parametrize("zone", ["Z1", "Z2", "Z3"])
def test_the_figures_of_a_zone_count_the_tasks_with_a_feature_in_it(zone: str) -> None:
    tasks, features = _tasks(), desk().board(DEMONSTRATION).features
    inside = {feature for feature, zones in features["zones"].items() if zone in zones}
    own = tasks[[bool(inside & set(ids)) for ids in tasks["features"]]]
    counted = [len(own), *((own["light"] == light).sum() for light in LIGHTS)]
    assert _numbers(_section(f"zone-{zone}")) == [str(number) for number in counted]
    pressing = own.index[own["light"].isin(["red", "yellow"])]
    assert sorted(_ids(_section(f"zone-{zone}"), 0)) == sorted(pressing)


def test_late_lists_every_red_task_with_who_answers_and_says_how_many() -> None:
    tasks = _tasks()
    red = tasks[tasks["light"] == "red"]
    assert sorted(_ids(_section("late"), 0)) == sorted(red.index)
    said = [int(number) for number in re.findall(r"\d+", _section("late").blocks[0].text)]  # type: ignore[union-attr]
    assert said == [len(red), int((red["days_left"] < 0).sum()), int((red["status"] == "blocked").sum())]


def test_the_list_of_changes_is_that_of_the_page_of_changes() -> None:
    found = material().comparison.found
    expected = [(MOVE_LABELS[move].zh, one.task) for move in Move for one in found.having(move)]
    assert [(row[0], row[1].split()[0]) for row in _rows(_section("changes-list"))] == expected
    assert {task for _, task in expected} == {one.task for one in found.tasks}


def test_the_figures_of_change_are_the_lengths_of_its_groups() -> None:
    rows = [row[0] for row in _rows(_section("changes-list"))]
    figures = next(block for block in _section("changes").blocks if isinstance(block, Figures)).figures
    assert {figure.label: int(figure.number) for figure in figures} == {label: rows.count(label) for label in rows}


def test_next_steps_are_what_is_open_and_due_in_two_weeks() -> None:
    tasks = _tasks()
    soon = tasks[tasks["days_left"].between(0, 14) & ~tasks["status"].isin(["done", "accepted"])]
    assert _ids(_section("next"), 1) == list(soon.sort_values("due", kind="stable").index)


@pytest.mark.parametrize(("day", "named"), [(7, False), (8, True), (22, True), (23, False)])
def test_next_steps_name_a_task_from_14_days_before_it_is_due_to_the_day_itself(day: int, *, named: bool) -> None:
    tasks = due_next(material(day=date(2020, 9, day)))
    assert ("T26" in tasks.index) == named
    assert tasks["due"].is_monotonic_increasing


def test_difficulties_are_those_of_open_tasks() -> None:
    tasks = _tasks()
    named = tasks[(tasks["difficulty"] != "") & ~tasks["status"].isin(["done", "accepted"])]
    assert sorted(_ids(_section("difficulties"), 1)) == sorted(named.index)


def test_supervision_lists_the_open_ladders() -> None:
    still = [task for task, one in material().ladders.items() if one.open]
    assert sorted(_ids(_section("supervision"), 1)) == sorted(still)
    assert _numbers(_section("supervision"))[0] == str(len(still))


def _finish(task: str) -> date | None:
    """Day of the report that finished a task for good, walked report by report."""
    day: date | None = None
    rows: Iterator[Any] = desk().updates(desk().campaign.instant_of(END)).itertuples()
    for row in rows:
        if row.task == task:
            done = row.status in {"done", "accepted"}
            day = (day or row.reported_at.tz_convert(desk().campaign.tz).date()) if done else None
    return day


def test_the_rate_of_the_evaluation_is_counted_from_the_reports() -> None:
    due: dict[Any, Any] = desk().board(END).tasks["due"].to_dict()
    finished = {task: _finish(task) for task in due}
    on_time = sum(day is not None and day <= due[task].date() for task, day in finished.items())
    numbers = _numbers(_section("results", "evaluation"))
    assert numbers[0] == "44"
    assert numbers[3:5] == [f"{round(100 * on_time / 44)}%", str(on_time)]


def test_the_rates_of_units_and_categories_add_up_to_the_whole() -> None:
    whole = [int(number) for number in _numbers(_section("results", "evaluation"))[4:7]]
    for key in ("units", "categories"):
        rows = _rows(_section(key, "evaluation"))
        assert [sum(int(row[place]) for row in rows) for place in (2, 3, 4)] == whole


def test_both_languages_say_the_same_numbers() -> None:
    for kind in ("briefing", "evaluation"):
        zh, en = document(kind, "zh"), document(kind, "en")
        assert [_numbers(section) for section in zh.sections] == [_numbers(section) for section in en.sections]
