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


@pytest.mark.parametrize(("bearing", "en"), [(0, "north"), (22.4, "north"), (22.5, "north-east"), (337.5, "north")])
def test_a_bearing_has_one_word(bearing: float, en: str) -> None:
    assert direction(bearing).en == en
    assert direction(bearing + 180) == COMPASS[(COMPASS.index(direction(bearing)) + 4) % 8]
    assert direction(nan).zh == "此处"


@pytest.mark.parametrize(("metres", "minutes"), [(0, 0), (1, 1), (72, 1), (73, 2), (1_440, 20)])
def test_minutes_are_those_of_a_steady_walk_rounded_up(metres: float, minutes: int) -> None:
    assert walking_minutes(metres) == minutes


@pytest.mark.parametrize(("metres", "en"), [(0.4, "0 m"), (9.6, "10 m"), (354.9, "350 m"), (996, "1.0 km")])
def test_a_distance_is_rounded_as_it_is_said(metres: float, en: str) -> None:
    assert distance_text(metres).en == en


def test_what_the_accuracy_hides_is_not_given_a_direction() -> None:
    assert "±" not in nearness_text(20, 90, 30).zh
    assert nearness_text(20, 90, 30).en == "Near by, within the 30 m that your position is good to"
    assert nearness_text(0, nan).zh == "就在此处"
