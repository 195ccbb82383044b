"""Hold the order by nearness and urgency, and the words that explain it."""

from itertools import pairwise
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.status import Light
from geo.space.rank import (
    COMPASS,
    RANK_LABELS,
    WALKING_M_PER_S,
    RankBy,
    Urgency,
    direction,
    distance_text,
    explain,
    nearness_text,
    order,
    urgency_text,
    walking_minutes,
    worth_minutes,
)

LATE = Urgency(Light.RED, -3)
rows = st.lists(
    st.tuples(
        st.sampled_from([0.0, 100.0, 100.0, 2_500.0]),
        st.builds(Urgency, st.sampled_from(Light), st.none() | st.integers(-20, 20), st.booleans()),
    ),
    max_size=12,
)


def ordered(by: RankBy, given_rows: list[tuple[float, Urgency]]) -> list[int]:
    distance = np.array([one[0] for one in given_rows], dtype=float)
    urgency = [one[1] for one in given_rows]
    return list(order(by, distance_m=distance, place=np.arange(len(given_rows)), urgency=urgency))


@given(rows, st.sampled_from(RankBy))
def test_order_is_total_and_stable(given_rows: list[tuple[float, Urgency]], by: RankBy) -> None:
    first = ordered(by, given_rows)
    assert sorted(first) == list(range(len(given_rows)))
    alike = [(at, then) for at, then in pairwise(first) if given_rows[at] == given_rows[then]]
    assert all(at < then for at, then in alike)


def test_by_urgency_light_goes_before_days_and_days_before_distance() -> None:
    given_rows = [(10.0, Urgency(Light.GREEN, 1)), (500.0, Urgency(Light.RED, -1)), (900.0, Urgency(Light.RED, -9))]
    assert ordered(RankBy.URGENCY, given_rows) == [2, 1, 0]


def test_by_both_a_red_project_is_worth_a_detour_of_a_kilometre_but_not_of_three() -> None:
    green = Urgency(Light.GREEN, 20)
    assert ordered(RankBy.BOTH, [(100.0, green), (1_100.0, LATE)]) == [1, 0]
    assert ordered(RankBy.BOTH, [(100.0, green), (3_100.0, LATE)]) == [0, 1]


def test_worth_grows_with_the_days_late_up_to_ten() -> None:
    assert [worth_minutes(Urgency(Light.RED, -days)) for days in (0, 3, 10, 40)] == [20, 23, 30, 30]
    assert worth_minutes(Urgency(Light.YELLOW, 3)) == 10


@pytest.mark.parametrize(
    ("urgency", "zh", "en"),
    [
        (LATE, "超期 3 天", "3 days late"),
        (Urgency(Light.RED, -1, blocked=True), "受阻、超期 1 天", "blocked, 1 day late"),
        (Urgency(Light.YELLOW, 0), "今日到期", "due today"),
        (Urgency(Light.GREEN, 12), "还有 12 天到期", "due in 12 days"),
        (Urgency(Light.NONE), "未开始", "Not started"),
        (Urgency(Light.DONE, -5), "已完成", "Done"),
    ],
)
def test_urgency_is_said_in_a_few_words(urgency: Urgency, zh: str, en: str) -> None:
    assert (urgency_text(urgency).zh, urgency_text(urgency).en) == (zh, en)


def test_each_place_is_explained_in_one_line() -> None:
    said = {by: explain(by, LATE, distance_m=352, bearing=44.0) for by in RankBy}
    assert said[RankBy.NEARNESS].zh == "东北 350 米，步行约 5 分钟"
    assert said[RankBy.URGENCY].en == "3 days late; 350 m north-east, about 5 min on foot"
    assert said[RankBy.BOTH].zh == "超期 3 天，值得多走 23 分钟；东北 350 米，步行约 5 分钟"
    assert all("\n" not in one.zh + one.en for one in said.values())
    assert set(RANK_LABELS) == set(RankBy)


@pytest.mark.parametrize(
    ("bearing", "en"),
    [(0, "north"), (22.4, "north"), (22.5, "north-east"), (337.5, "north"), (-67.5, "north-west"), (-67.6, "west")],
)
def test_a_bearing_has_one_word(bearing: float, en: str) -> None:
    assert direction(bearing).en == en
    assert direction(bearing + 180) == COMPASS[(COMPASS.index(direction(bearing)) + 4) % 8]
    assert direction(nan).zh == "此处"


@pytest.mark.parametrize(("metres", "minutes"), [(0, 0), (1, 1), (72, 1), (73, 2), (1_440, 20)])
def test_minutes_are_those_of_a_steady_walk_rounded_up(metres: float, minutes: int) -> None:
    assert walking_minutes(metres) == minutes


@pytest.mark.parametrize(
    ("metres", "en"),
    [
        (0.4, "0 m"),
        (9.6, "10 m"),
        (10.0, "10 m"),
        (354.9, "350 m"),
        (994.9, "990 m"),
        (996, "1.0 km"),
        (1_250_000, "1,250.0 km"),
    ],
)
def test_a_distance_is_rounded_as_it_is_said(metres: float, en: str) -> None:
    assert distance_text(metres).en == en
    assert distance_text(metres).zh.partition(" ")[0] == en.partition(" ")[0]


def test_what_the_accuracy_hides_is_not_given_a_direction() -> None:
    assert "±" not in nearness_text(20, 90, 30).zh
    assert nearness_text(20, 90, 30).en == "Near by, within the 30 m that your position is good to"
    assert nearness_text(0, nan).zh == "就在此处"


def test_as_far_as_the_accuracy_reaches_is_near_by_and_no_farther() -> None:
    assert nearness_text(30, 90, 30).zh == "就在附近（定位误差 30 米 以内）"
    assert nearness_text(30.1, 90, 30).en == "30 m east, about 1 min on foot"
    assert nearness_text(0, 90).en == "You are there"


def test_sentences_begin_with_a_capital_and_what_follows_a_semicolon_does_not() -> None:
    there = {by: explain(by, LATE, distance_m=0, bearing=0) for by in RankBy}
    assert there[RankBy.URGENCY].en == "3 days late; you are there"
    assert there[RankBy.BOTH].en == "3 days late, worth 23 min of walking; you are there"
    blocked = Urgency(Light.RED, None, blocked=True)
    assert explain(RankBy.URGENCY, blocked, distance_m=0, bearing=0).en == "Blocked; you are there"
    assert explain(RankBy.BOTH, blocked, distance_m=0, bearing=0).en.startswith("Blocked, worth 20 min")


def test_ten_minutes_are_worth_a_word_and_less_is_not() -> None:
    assert "worth 10 min" in explain(RankBy.BOTH, Urgency(Light.YELLOW, 1), distance_m=0, bearing=0).en
    told = explain(RankBy.BOTH, Urgency(Light.NONE), distance_m=0, bearing=0)
    assert (told.zh, told.en) == ("就在此处；未开始", "You are there; not started")


@pytest.mark.parametrize(
    ("days", "en"), [(-2, "2 days late"), (-1, "1 day late"), (1, "due in 1 day"), (2, "due in 2 days")]
)
def test_one_day_is_said_in_the_singular(days: int, en: str) -> None:
    assert urgency_text(Urgency(Light.RED, days)).en == en


def test_a_blocked_project_that_is_not_late_is_worth_no_more_for_its_days_left() -> None:
    assert worth_minutes(Urgency(Light.RED, 5, blocked=True)) == worth_minutes(Urgency(Light.RED)) == 20
    assert worth_minutes(Urgency(Light.RED, -1)) == 21


def test_by_urgency_a_project_without_a_due_date_comes_last_of_its_light() -> None:
    red = [(1.0, Urgency(Light.RED, None)), (9.0, Urgency(Light.RED, 300)), (5.0, Urgency(Light.RED, 300))]
    assert ordered(RankBy.URGENCY, red) == [2, 1, 0]


def test_by_both_a_walk_is_weighed_in_minutes() -> None:
    worth_18_minutes = 18 * 60 * WALKING_M_PER_S
    rows_of = [[(0.0, Urgency(Light.GREEN)), (worth_18_minutes + more, Urgency(Light.RED))] for more in (-1, 1)]
    assert [ordered(RankBy.BOTH, one) for one in rows_of] == [[1, 0], [0, 1]]


def test_days_late_count_for_a_red_project_only() -> None:
    assert [worth_minutes(Urgency(light, -5)) for light in (Light.RED, Light.YELLOW, Light.DONE)] == [25, 10, -30]
