from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ledger.cells import CELL_MAX, CUT, Calendar, RawCell, Value, from_cell, key_of, percent_of, plain, to_cell
from geo.ledger.merge import Base, pack, unpack
from tests.support.strategies import CAMPAIGN

CALENDAR = Calendar(CAMPAIGN)
DAY = date(2020, 9, 30)
LATIN = "".join(chr(number) for number in range(0x20, 0x7F))
WIDE = LATIN.translate({ord(sign): ord(sign) + 0xFEE0 for sign in LATIN if sign != " "})


@pytest.mark.parametrize(
    "written",
    [
        DAY,
        datetime(2020, 9, 30, 14, 5),  # noqa: DTZ001  as openpyxl gives it
        44104,
        44104.75,
        "44104",
        20200930,
        "20200930",
        "2020-09-30",
        "2020/9/30",
        "2020.9.30",
        "2020。9。30",
        "2020年9月30日",
        "2020 年 9 月 30 日",
        "２０２０／９／３０",
        "２０２０年９月３０日",
        "  2020-9-30\u3000",
        "2020-09-30 00:00:00",
        "2020年9月30日14:05",
        "9月30日",
        "９月３０日",
        "9月30号",
        "9/30",
        "9.30",
    ],
    ids=repr,
)
def test_a_day_is_understood_however_it_is_written(written: Value) -> None:
    assert CALENDAR.day(RawCell(written)) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "2月30日",
        "2020/13/1",
        "20/9/30",
        "soon",
        "9月",
        "30",
        30,
        0.9,
        True,
        "2020-09-30 25:00",
        time(9),
        timedelta(9),
        "一月一日",
    ],
    ids=repr,
)
def test_what_is_no_day_is_not_guessed(written: Value) -> None:
    assert CALENDAR.day(RawCell(written)) is None


def test_serial_numbers_count_from_the_workbook_s_own_day() -> None:
    mac = Calendar(CAMPAIGN, datetime(1904, 1, 1))  # noqa: DTZ001  a day
    assert mac.day(RawCell(44104 - 1462)) == DAY


@pytest.mark.parametrize(
    ("written", "hour"),
    [("2020/9/30 14:00", 6), ("2020-09-30T14:00:00+08:00", 6), ("9月30日 14:00", 6), ("2020-09-30T14:00:00Z", 14)],
)
def test_a_time_is_the_campaign_s_unless_it_says_otherwise(written: str, hour: int) -> None:
    assert CALENDAR.instant(RawCell(written)) == datetime(2020, 9, 30, hour, tzinfo=UTC)


@pytest.mark.parametrize(("serial", "day"), [(20_000, date(1954, 10, 3)), (90_000, date(2146, 5, 29))])
def test_the_first_and_last_serial_number_of_a_workbook_are_days_and_their_neighbours_are_not(
    serial: int, day: date
) -> None:
    outside = serial - 1 if serial < 50_000 else serial + 1
    assert [CALENDAR.day(RawCell(one)) for one in (serial, outside)] == [day, None]


def test_a_serial_number_has_its_clock_to_the_second() -> None:
    assert CALENDAR.instant(RawCell(44104.75)) == datetime(2020, 9, 30, 10, tzinfo=UTC)
    assert CALENDAR.instant(RawCell("44104.00001157")) == datetime(2020, 9, 29, 16, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2020-09-30 00:00", (0, 0, 0)),
        ("2020-09-30 23:59:59", (23, 59, 59)),
        ("2020年9月30日 8:05:09.75", (8, 5, 9)),
        ("2020-09-30T7:30", (7, 30, 0)),
    ],
)
def test_a_clock_is_read_to_the_second(written: str, clock: tuple[int, int, int]) -> None:
    assert CALENDAR.instant(RawCell(written)) == datetime(2020, 9, 30, *clock, tzinfo=CAMPAIGN.tz)


@pytest.mark.parametrize("written", ["2020-09-30 24:00", "2020-09-30 12:60", "2020-09-30 12:00:60", "x 12:00"])
def test_a_clock_that_does_not_exist_is_no_instant(written: str) -> None:
    assert CALENDAR.instant(RawCell(written)) is None


def test_an_instant_beyond_the_calendar_is_none() -> None:
    first = datetime(1, 1, 1)  # noqa: DTZ001  as openpyxl gives it
    assert CALENDAR.instant(RawCell(first)) is None
    assert CALENDAR.instant(RawCell(None)) is None


def test_a_day_without_a_year_is_the_one_within_the_campaign_and_else_that_of_its_deadline() -> None:
    years = replace(CAMPAIGN, start=date(2019, 11, 1), end=date(2020, 10, 31))
    days = {text: Calendar(years).day(RawCell(text)) for text in ("11月1日", "10月31日", "2月29日", "12/31", "1/1")}
    assert days == {
        "11月1日": date(2019, 11, 1),
        "10月31日": date(2020, 10, 31),
        "2月29日": date(2020, 2, 29),
        "12/31": date(2019, 12, 31),
        "1/1": date(2020, 1, 1),
    }
    outside = replace(CAMPAIGN, start=date(2020, 9, 1), end=date(2020, 9, 30))
    assert Calendar(outside).day(RawCell("8月1日")) == date(outside.deadline.year, 8, 1)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (RawCell(None), ""),
        (RawCell(" 甲 "), "甲"),
        (RawCell(True), "TRUE"),  # noqa: FBT003  a cell's value
        (RawCell(0.455, percent=True), "45.5%"),
        (RawCell(True, percent=True), "TRUE"),  # noqa: FBT003  likewise
        (RawCell("90", percent=True), "90"),
        (RawCell(7.0), "7"),
        (RawCell(7.5), "7.5"),
        (RawCell(datetime(2020, 9, 30)), "2020-09-30"),  # noqa: DTZ001  as openpyxl gives it
        (RawCell(datetime(2020, 9, 30, 1)), "2020-09-30 01:00:00"),  # noqa: DTZ001  likewise
    ],
)
def test_a_cell_is_shown_as_its_reader_sees_it(cell: RawCell, text: str) -> None:
    assert cell.text == text


@pytest.mark.parametrize(
    ("value", "percent"), [(1.01, None), (2, 2), (100, 100), (100.5, None), (0.000_000_005, 0), (0.000_000_02, None)]
)
def test_a_share_ends_at_one_and_a_pasted_number_at_a_hundred(value: float, percent: int | None) -> None:
    assert percent_of(RawCell(value, percent=True)) == percent


@pytest.mark.parametrize("text", ["进" * CELL_MAX, "\x01" * (CELL_MAX // 3), "进" * 31_998 + "\x01"[:1]])
def test_what_just_fits_into_a_cell_is_not_cut(text: str) -> None:
    fits = plain(text) == text
    assert fits == (len(text) + 2 * text.count("\x01") <= CELL_MAX)
    cut = plain(text + "进进进")
    assert cut.endswith(CUT)
    assert len(cut) + 2 * cut.count("\x01") <= CELL_MAX


@pytest.mark.parametrize("written", ["90%", "90", "９０％", " 90 % ", "90.0%", 90, 90.0, "９０"], ids=repr)
def test_a_percentage_is_understood_however_it_is_written(written: Value) -> None:
    assert percent_of(RawCell(written)) == 90


@pytest.mark.parametrize(("written", "percent"), [(0.9, 90), (1, 100), (0, 0), (0.29, 29), (0.57, 57), (60, 60)])
def test_a_number_formatted_as_per_cent_is_a_share(written: float, percent: int) -> None:
    assert percent_of(RawCell(written, percent=True)) == percent


@pytest.mark.parametrize(
    "written", [0.9, "0.9", 101, -1, "-5%", "45.5%", "九成", True, DAY, float("nan"), float("inf")], ids=repr
)
def test_what_can_be_read_in_two_ways_is_no_percentage(written: Value) -> None:
    assert percent_of(RawCell(written)) is None


@given(st.text(st.characters() | st.sampled_from("'=+-@\t\r\n\x00\x01\x1f␁␦_x＝0041"), max_size=60))
def test_text_comes_back_from_its_cell(text: str) -> None:
    assert from_cell(to_cell(text)) == plain(text)
    assert plain(plain(text)) == plain(text)


@given(st.text(st.sampled_from("'=+-@＝＋－＠\t x0041_"), max_size=12))
def test_no_cell_begins_like_a_formula_or_holds_a_control_character(text: str) -> None:
    cell = to_cell(text)
    assert not cell or cell[0] not in "=+-@\t＝＋－＠"
    assert "_x0041_" not in cell


@pytest.mark.parametrize("text", ["进" * 40_000, "\x01" * 40_000, "=" * 40_000])
def test_text_too_long_for_a_cell_is_cut_and_says_so(text: str) -> None:
    cell = to_cell(text)
    assert len(cell) <= CELL_MAX + 1
    assert "too long" in cell
    assert from_cell(cell) == plain(text) == plain(plain(text))


def test_names_are_compared_without_width_case_and_white_space() -> None:
    assert key_of(" Ｔ０１\n") == key_of("t 01")
    assert key_of(WIDE) == key_of(LATIN)


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8")),
        st.dictionaries(st.sampled_from("ab"), st.text(st.characters(codec="utf-8"))),
    )
)
def test_a_base_comes_back_from_its_cells(tasks: dict[str, dict[str, str]]) -> None:
    base = Base("ciie", 7, tasks)
    assert unpack(pack(base)) == base


@pytest.mark.parametrize("cells", [[], ["h00"], ["h00", "h00"], ["x", "y"], [*pack(Base("c", 1, {}))[:1], "h0"]])
def test_a_damaged_base_is_none(cells: list[str]) -> None:
    assert unpack(cells) is None
