"""A workbook that was uploaded is read once, and again when what it is compared with has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store.rows import Author, Source, Write
from services.campaign.context import get_context
from services.ledger.workbook import export_ledger, plan_import
from settings import DEFAULT_CAMPAIGN
from tests.support.screens import shows
from views.ledger import dry_run as ledger_import


@pytest.fixture
def page(tmp_path: Path) -> Iterator[AppTest]:
    """The widget on a page of its own, over the shipped campaign."""
    with shows(DEFAULT_CAMPAIGN, tmp_path / "var"):
        yield AppTest.from_function(_script, default_timeout=30)


def _script() -> None:
    from types import SimpleNamespace  # noqa: PLC0415  Streamlit runs the body alone

    from locales import translations  # noqa: PLC0415
    from services.campaign.context import get_context  # noqa: PLC0415
    from views.ledger.dry_run import show  # noqa: PLC0415

    desk = get_context()
    show(SimpleNamespace(opened=desk, campaign=desk.campaign, lang="en", words=translations("en"), person=None))  # type: ignore[arg-type]


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the workbooks that were read so far."""
    read: list[str] = []

    def plan(*given: object, **named: object) -> object:
        read.append(str(named["name"]))
        return plan_import(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger_import, "plan_import", plan)
    return read


def _book() -> bytes:
    desk = get_context()
    return export_ledger(desk.store, desk.campaign, desk.loaded.units, desk.now())


def test_a_workbook_is_read_once_however_often_the_page_runs(page: AppTest, plans: list[str]) -> None:
    page.run()
    page.file_uploader[0].upload("ledger.xlsx", _book())
    for _ in range(3):
        page.run()
    assert not page.exception
    assert plans == ["ledger.xlsx"]
    assert "nothing would change" in page.info[0].value


def test_a_workbook_is_read_again_when_the_campaign_was_written_to(page: AppTest, plans: list[str]) -> None:
    page.run()
    page.file_uploader[0].upload("ledger.xlsx", _book()).run()
    desk = get_context()
    write = Write(Author("wang", "", "", Source.API), "meanwhile", desk.now())
    desk.store.append_event("note", "x", {}, write, campaign=desk.campaign.id)
    page.run()
    assert plans == ["ledger.xlsx"] * 2
