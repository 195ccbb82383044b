"""A history says in words who wrote what, when on the campaign's clock, and what it changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from data.campaign.load import Loaded
from data.store.rows import Author, Source, Write
from geo.model.campaign import Task, tasks_frame
from geo.model.status import Status
from geo.model.supervision import Act, EscalationLevel, SupervisionEvent
from locales import Name
from services.reports.history import HistoryRow, history_rows
from tests.support.fakes import FakeStore
from tests.support.fixtures_reports import LEAD, NOW, full_form, seeded_store, send

OFFICE = Author("wang", "office", "command_centre", Source.EXCEL)
T01 = Task(
    *("T01", "services", "整治一号路", "Repair of first road", "parks", ("roads",)),
    *(date(2020, 4, 1), date(2020, 9, 25), "high", ("C01",)),
)


@pytest.fixture
def store(loaded: Loaded) -> FakeStore:
    return seeded_store(loaded)


def rows(store: FakeStore, loaded: Loaded) -> tuple[HistoryRow, ...]:
    return history_rows(store.history("sample", "T01"), loaded.campaign, loaded.units, people={"li": "李工"})


def told(row: HistoryRow) -> dict[str, tuple[str, str, str]]:
    return {one.field: (one.name.zh, one.before.zh, one.after.en) for one in row.changes}


def test_a_report_tells_who_when_and_what_changed(store: FakeStore, loaded: Loaded) -> None:
    written = NOW - timedelta(hours=5)
    send(store, loaded, LEAD, full_form(Status.BLOCKED, percent=45, written_at=written))
    row = rows(store, loaded)[0]
    assert (row.who, row.unit, row.kind_name.en, row.source.zh) == ("李工", Name("道路", "Roads"), "Report", "网页")
    assert (str(row.at), str(row.written_at)) == ("2020-09-15 12:00:00+08:00", "2020-09-15 07:00:00+08:00")
    assert told(row)["status"] == ("状态", "推进中", "Blocked")
    assert told(row)["percent"] == ("完成比例", "40 %", "45 %")
    assert told(row)["difficulty_kind"] == ("困难类别", "管线搬迁", "land")


@pytest.mark.parametrize(
    ("real", "shown"),
    [
        (NOW + timedelta(hours=24), "None"),
        (NOW - timedelta(hours=24), "None"),
        (datetime(2026, 11, 23, 23, 1, tzinfo=UTC), "2026-11-24 07:01:00+08:00"),
        (datetime(2020, 9, 14, 3, 0, tzinfo=UTC), "2020-09-14 11:00:00+08:00"),
    ],
)
def test_the_real_instant_is_told_where_the_campaign_has_another_clock(
    loaded: Loaded, real: datetime, shown: str
) -> None:
    store = seeded_store(loaded, real_now=lambda: real)
    send(store, loaded, LEAD, full_form(Status.BLOCKED))
    row = rows(store, loaded)[0]
    assert (str(row.at), str(row.stored_at)) == ("2020-09-15 12:00:00+08:00", shown)


def test_what_came_with_the_files_names_the_unit_that_reported(store: FakeStore, loaded: Loaded) -> None:
    first = next(row for row in reversed(rows(store, loaded)) if row.kind == "update")
    assert (first.who, first.unit.en, first.written_at) == ("", "Roads", None)
    assert told(first)["status"] == ("状态", "", "Not started")
    assert "unit" not in told(first)


def test_a_new_definition_names_units_category_and_days(store: FakeStore, loaded: Loaded) -> None:
    store.append_ledger("sample", tasks_frame([T01]), [], Write(OFFICE, "ledger", NOW))
    row = rows(store, loaded)[0]
    assert (row.who, row.unit.zh, row.source.en, row.written_at) == ("wang", "办公室", "Excel ledger", None)
    assert told(row) == {
        "category": ("类别", "基础设施", "Services"),
        "lead_unit": ("牵头单位", "道路", "Parking"),
        "supporting_units": ("配合单位", "办公室、停车", "Roads"),
        "due": ("完成时限", "2020-09-20", "2020-09-25"),
        "features": ("要素", "C01、N01", "C01"),
    }


def test_supervision_is_told_in_words(store: FakeStore, loaded: Loaded) -> None:
    event = SupervisionEvent("T01", EscalationLevel.URGE, Act.ISSUE, "roads", "请加快", date(2020, 9, 18))
    store.append_supervision("sample", event, Write(OFFICE, "urge", NOW))
    row = rows(store, loaded)[0]
    assert (row.kind_name.zh, row.kind_name.en) == ("督办", "Supervision")
    assert told(row)["rung"] == ("督办层级", "", "Urge")
    assert told(row)["unit"] == ("被督办单位", "", "Roads")


def test_an_unknown_unit_stands_for_itself(store: FakeStore, loaded: Loaded) -> None:
    event = SupervisionEvent("T01", EscalationLevel.URGE, Act.ISSUE, "nobody", "", None)
    store.append_supervision("sample", event, Write(Author("x", "gone", "", Source.CLI), "odd", NOW))
    row = rows(store, loaded)[0]
    assert (row.unit, told(row)["unit"][2]) == (Name("gone", "gone"), "nobody")
