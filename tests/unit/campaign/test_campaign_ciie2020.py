"""Check the ledger, history, settings and README of the 2020 campaign as they are shipped."""

import csv
import json
import tomllib
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from geo.model.campaign import LightRules
from geo.model.status import DifficultyKind, Light, Status
from tests.support.strategies import light_of

FOLDER = Path(__file__).parents[3] / "data" / "campaigns" / "ciie2020"
LAYERS = ("zones", "corridors", "nodes")
CAMPAIGN = tomllib.loads((FOLDER / "campaign.toml").read_text(encoding="utf-8"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")
TZ = ZoneInfo(CAMPAIGN["timezone"])


@cache
def properties(layer: str) -> list[dict[str, Any]]:
    raw = json.loads((FOLDER / f"{layer}.geojson").read_text(encoding="utf-8"))
    return [feature["properties"] for feature in raw["features"]]


def ids(layer: str) -> list[str]:
    return [feature["id"] for feature in properties(layer)]


@cache
def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def history(task: str) -> list[dict[str, str]]:
    return [row for row in table("updates.csv") if row["task"] == task]


def split(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def statuses_on(day: date) -> dict[str, Status]:
    end = datetime.combine(day, time.max, tzinfo=TZ)
    seen = {task["id"]: Status.NOT_STARTED for task in table("tasks.csv")}
    for row in table("updates.csv"):
        if datetime.fromisoformat(row["reported_at"]) <= end:
            seen[row["task"]] = Status(row["status"])
    return seen


def lights_on(day: date) -> dict[str, Light]:
    as_of, rules = datetime.combine(day, time.max, tzinfo=TZ), LightRules(**CAMPAIGN["lights"])
    dues = {task["id"]: date.fromisoformat(task["due"]) for task in table("tasks.csv")}
    return {
        task: light_of(status=status, due=dues[task], as_of=as_of, rules=rules, tz=TZ)
        for task, status in statuses_on(day).items()
    }


def test_counts_are_those_of_the_plan() -> None:
    counts = [len(ids(layer)) for layer in LAYERS]
    assert [*counts, len(table("tasks.csv"))] == [3, 67, 30, 44]


def test_ids_run_without_gaps() -> None:
    assert ids("zones") == ["Z1", "Z2", "Z3"]
    assert ids("corridors") == [f"C{number:02d}" for number in range(1, 68)]
    assert ids("nodes") == [f"N{number:02d}" for number in range(1, 31)]
    assert [row["id"] for row in table("tasks.csv")] == [f"T{n:02d}" for n in range(1, 45)]


def test_each_of_the_six_categories_has_at_least_four_tasks() -> None:
    counts = Counter(row["category"] for row in table("tasks.csv"))
    assert set(counts) == {category["id"] for category in CAMPAIGN["categories"]}
    assert len(counts) == 6
    assert min(counts.values()) >= 4


def test_every_corridor_and_node_belongs_to_a_task_and_every_link_leads_to_a_feature() -> None:
    linked = {feature for task in table("tasks.csv") for feature in split(task["features"])}
    known = {feature for layer in LAYERS for feature in ids(layer)}
    assert linked == known
    assert {row["feature"] for row in table("updates.csv")} - {""} <= known


def test_every_unit_that_is_named_exists_and_has_something_to_do() -> None:
    units = {row["id"] for row in table("units.csv")}
    leads = {row["lead_unit"] for row in table("tasks.csv")}
    supporting = {unit for row in table("tasks.csv") for unit in split(row["supporting_units"])}
    reporting = {row["unit"] for row in table("updates.csv")}
    assert leads | supporting | reporting == units
    assert CAMPAIGN["supervising_unit"] in units


def test_titles_are_short_enough_for_a_list() -> None:
    assert max(len(row["title_zh"]) for row in table("tasks.csv")) <= 22
    assert max(len(row["title_en"]) for row in table("tasks.csv")) <= 60


@pytest.mark.parametrize("matter", ["配套停车", "设施完善", "综合指挥平台", "应急演练", "6天+365天"])
def test_the_matters_that_the_plan_names_are_tasks(matter: str) -> None:
    assert [row["id"] for row in table("tasks.csv") if matter in row["title_zh"]]


def test_the_history_runs_from_april_to_november_in_the_order_of_its_ids() -> None:
    rows = table("updates.csv")
    assert [row["id"] for row in rows] == [f"U{n:04d}" for n in range(1, len(rows) + 1)]
    times = [datetime.fromisoformat(row["reported_at"]) for row in rows]
    assert times == sorted(times)
    assert (times[0].month, times[-1].month) == (4, 11)
    assert len(rows) >= 300


def test_no_two_updates_say_the_same() -> None:
    counts = Counter(row["note"] for row in table("updates.csv"))
    assert counts.most_common(1)[0][1] == 1


def test_what_is_blocked_names_kind_and_reason() -> None:
    blocked = [row for row in table("updates.csv") if row["status"] == "blocked"]
    assert len(blocked) >= 5
    assert all(row["difficulty"] and row["suggestion"] for row in blocked)
    kinds = {row["difficulty_kind"] for row in table("updates.csv")} - {""}
    assert kinds == {kind.value for kind in DifficultyKind}


def test_what_is_finished_is_at_100_percent_and_nothing_else() -> None:
    full = {row["id"] for row in table("updates.csv") if row["percent"] == "100"}
    ended = {row["id"] for row in table("updates.csv") if row["status"] in {"done", "accepted"}}
    assert full == ended


def test_acceptance_follows_completion_and_comes_from_the_supervising_unit() -> None:
    for task in table("tasks.csv"):
        for before, row in pairwise(history(task["id"])):
            if row["status"] == "accepted":
                assert before["status"] == "done"
                assert row["unit"] == CAMPAIGN["supervising_unit"]


def test_progress_falls_only_where_finished_work_is_sent_back() -> None:
    pairs = [pair for task in table("tasks.csv") for pair in pairwise(history(task["id"]))]
    falls = [(a, b) for a, b in pairs if int(b["percent"]) < int(a["percent"])]
    assert [(a["status"], b["status"]) for a, b in falls] == [("done", "in_progress")]
    assert falls[0][1]["difficulty"]


def test_every_status_and_every_light_occurs_on_the_demonstration_date() -> None:
    day = CAMPAIGN["demonstration"]
    assert set(statuses_on(day).values()) == set(Status)
    assert Counter(lights_on(day).values()) == {
        Light.RED: 6,
        Light.YELLOW: 6,
        Light.GREEN: 14,
        Light.NONE: 4,
        Light.DONE: 14,
    }


def test_a_few_tasks_are_late_after_the_deadline() -> None:
    late = [task for task, light in lights_on(date(2020, 10, 1)).items() if light == Light.RED]
    assert CAMPAIGN["deadline"] == date(2020, 9, 30)
    assert late == ["T02", "T06", "T10", "T12", "T16", "T24"]


def test_nearly_everything_is_done_on_the_eve_of_the_opening() -> None:
    eve = CAMPAIGN["opening"] - timedelta(days=1)
    counts = Counter(lights_on(eve).values())
    assert counts[Light.DONE] >= 40
    assert counts[Light.RED] == 1


def test_phases_follow_one_another_through_the_whole_campaign() -> None:
    phases: list[dict[str, Any]] = CAMPAIGN["phases"]
    assert (phases[0]["start"], phases[-1]["end"]) == (CAMPAIGN["start"], CAMPAIGN["end"])
    assert all(two["start"] - one["end"] == timedelta(days=1) for one, two in pairwise(phases))


def test_the_meeting_that_is_documented_is_among_the_meetings() -> None:
    days = [meeting.date() for meeting in CAMPAIGN["meetings"]]
    assert date(2020, 6, 11) in days
    assert days == sorted(days)


@pytest.mark.parametrize("name", ["units.csv", "tasks.csv", "updates.csv", "duty.csv"])
def test_the_readme_explains_every_column(name: str) -> None:
    section = README.split(f"### {name}", 1)[1].split("\n### ", 1)[0]
    assert [column for column in table(name)[0] if f"| {column} |" not in section] == []


def test_the_readme_explains_every_property_and_setting() -> None:
    files = (*LAYERS, "context")
    names = {name for file in files for feature in properties(file) for name in feature}
    assert sorted(n for n in names | set(CAMPAIGN) if f"| {n} |" not in README) == []
