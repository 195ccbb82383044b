"""Who is on duty, exact at the change of a shift."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.campaign.load import Loaded
from geo.incidents.duty import Shift, dialled, duty_frame, gaps, on_duty, overlapping, posts_of, shifts_of
from geo.model.errors import NaiveInstantError
from locales import same

NOON = datetime(2020, 9, 15, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def shift(
    key: str, start: float, end: float, *, unit: str = "office", post: str = "值班长", person: str = "甲"
) -> Shift:
    """A shift from so many hours after noon to so many hours after noon."""
    hours = (NOON + timedelta(hours=number) for number in (start, end))
    return Shift(key, unit, same(post), person, "1", *hours)


shifts = st.lists(
    st.builds(
        lambda start, length, unit, post, person: shift("", start, start + length, unit=unit, post=post, person=person),
        st.integers(0, 12),
        st.integers(1, 5),
        st.sampled_from(["office", "roads"]),
        st.sampled_from(["值班长", "值班员"]),
        st.sampled_from(["甲", "乙"]),
    ),
    max_size=10,
)


def test_the_change_of_a_shift_is_exact() -> None:
    duty = duty_frame([shift("D1", -8, 0), shift("D2", 0, 8), shift("D3", 8, 16)])
    ids = [[one.id for one in on_duty(duty, at).now] for at in (NOON - TICK, NOON, NOON + TICK)]
    following = [[one.id for one in on_duty(duty, at).next] for at in (NOON - TICK, NOON, NOON + TICK)]
    assert ids == [["D1"], ["D2"], ["D2"]]
    assert following == [["D2"], ["D3"], ["D3"]]


def test_before_and_after_the_roster_nobody_is_on_duty() -> None:
    duty = duty_frame([shift("D1", 0, 8)])
    before, after = on_duty(duty, NOON - TICK), on_duty(duty, NOON + timedelta(hours=8))
    assert (before.now, [one.id for one in before.next]) == ((), ["D1"])
    assert (after.now, after.next) == ((), ())


def test_an_empty_roster_has_nobody() -> None:
    found = on_duty(duty_frame([]), NOON)
    assert (found.now, found.next) == ((), ())


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        on_duty(duty_frame([]), datetime(2020, 9, 15))  # noqa: DTZ001  the fault that is tested


def test_posts_stand_in_the_order_of_the_file() -> None:
    duty = duty_frame([shift("D1", 1, 3, post="乙岗"), shift("D2", 0, 2, post="甲岗"), shift("D3", 3, 4, post="乙岗")])
    found = on_duty(duty, NOON + timedelta(hours=1))
    assert [one.post.zh for one in found.now] == ["乙岗", "甲岗"]
    assert [one.id for one in found.next] == ["D3"]
    assert found.of_unit("roads").now == ()


@given(shifts, st.integers(-1, 20))
def test_now_and_next_are_what_a_plain_search_gives(rows: list[Shift], hour: int) -> None:
    numbered = [shift_with_id(one, number) for number, one in enumerate(rows)]
    duty, at = duty_frame(numbered), NOON + timedelta(hours=hour)
    assert list(shifts_of(duty)) == numbered
    found = on_duty(duty, at)
    assert set(found.now) == {one for one in numbered if one.start <= at < one.end}
    later = [one for one in numbered if one.start > at]
    expected = [min((x for x in later if x.place == p), key=lambda x: x.start, default=None) for p in posts_of(duty)]
    assert list(found.next) == [one for one in expected if one is not None]


def shift_with_id(one: Shift, number: int) -> Shift:
    return Shift(f"D{number}", one.unit, one.post, one.person, one.phone, one.start, one.end)


@given(shifts)
def test_a_gap_is_a_time_without_anybody(rows: list[Shift]) -> None:
    hours = [NOON + timedelta(hours=number) for number in range(18)]
    first, last = (f(ends, default=NOON) for f, ends in ((min, [r.start for r in rows]), (max, [r.end for r in rows])))
    empty = {at for at in hours if first <= at < last and not any(one.start <= at < one.end for one in rows)}
    assert {at for at in hours if any(start <= at < end for start, end in gaps(rows))} == empty


@given(shifts)
def test_an_overlap_is_found_exactly_where_somebody_is_on_two_shifts(rows: list[Shift]) -> None:
    pairs = [(a, b) for n, a in enumerate(rows) for b in rows[n + 1 :] if (a.unit, a.person) == (b.unit, b.person)]
    twice = {(a.unit, a.person) for a, b in pairs if a.start < b.end and b.start < a.end}
    assert {(after.unit, after.person) for _, after in overlapping(rows)} == twice


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("021-0000 0101", "02100000101"),
        (" +86 21 0000 0101 ", "+862100000101"),
        ("02100000101转8001", "02100000101;ext=8001"),
        ("021-00000101 ext. 12", "02100000101;ext=12"),
        ("", ""),
        ("值班室", ""),
        ("021-0000-0101/0102", ""),
        ("javascript:alert(1)", ""),
        ("１２３", ""),
    ],
)
def test_a_number_is_dialled_or_only_shown(phone: str, number: str) -> None:
    assert dialled(phone) == number


def test_the_roster_is_loaded_with_the_campaign(loaded: Loaded) -> None:
    at = datetime(2020, 9, 15, 20, tzinfo=loaded.campaign.tz)
    assert [one.id for one in on_duty(loaded.duty, at).now] == ["D3", "D4"]
    assert [one.id for one in on_duty(loaded.duty, at - TICK).now] == ["D2", "D4"]


def test_shifts_that_touch_neither_overlap_nor_leave_a_gap() -> None:
    touching = [shift("D1", 0, 4), shift("D2", 4, 8)]
    assert (overlapping(touching), gaps(touching)) == ([], [])


def test_a_gap_is_told_from_the_end_of_one_shift_to_the_start_of_the_next() -> None:
    rows = [shift("D1", 0, 6), shift("D2", 1, 2), shift("D3", 7, 8), shift("D4", 9, 10)]
    hours = [tuple((at - NOON) // timedelta(hours=1) for at in gap) for gap in gaps(rows)]
    assert hours == [(6, 7), (8, 9)]


def test_an_overlap_names_the_earlier_shift_that_ends_last_before_the_later_one() -> None:
    rows = [shift("D1", 0, 9), shift("D2", 1, 2), shift("D3", 3, 9), shift("D4", 8, 12), shift("D5", 11, 13)]
    found = [(one.id, other.id) for one, other in overlapping(rows)]
    assert found == [("D1", "D2"), ("D1", "D3"), ("D1", "D4"), ("D4", "D5")]
    assert overlapping([shift("D1", 0, 4), shift("D2", 1, 2, unit="roads")]) == []


def test_the_part_of_a_unit_is_its_own_posts_now_and_next() -> None:
    rows = [shift("D1", 0, 4), shift("D2", 4, 8), shift("D3", 0, 4, unit="roads"), shift("D4", 4, 8, unit="roads")]
    part = on_duty(duty_frame(rows), NOON).of_unit("roads")
    assert ([one.id for one in part.now], [one.id for one in part.next]) == (["D3"], ["D4"])


def test_the_next_on_a_post_are_named_in_the_order_of_the_posts() -> None:
    rows = [shift("D1", 8, 9, post="甲"), shift("D2", 2, 3, post="乙"), shift("D3", 5, 6, post="甲")]
    assert [one.id for one in on_duty(duty_frame(rows), NOON).next] == ["D3", "D2"]


@pytest.mark.parametrize("phone", ["+", "1+2", "++86 21", "021 x", "x12", "021ext12x3"])
def test_what_is_nearly_a_number_is_not_dialled(phone: str) -> None:
    assert dialled(phone) == ""
