"""An open page asks with every run who looks: activity keeps its session, and whatever ends it is seen at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

import settings
from data.store.protocol import Store
from data.store.rows import Account, Source
from services.access.accounts import Act, disable_account
from services.access.policy import OPERATOR
from services.access.sessions import COOKIE, Session, open_sessions
from services.campaign.context import get_context
from services.reports.reports import REFUSAL
from tests.support.screens import html_of, new_page
from views.shared import context, who
from views.tasks import report_form

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
LI = Account("li", "Li Wei", "field_lead", "minhang", "!", active=True, must_change=False)


@dataclass
class Opened:
    """A page that a field lead of minhang opened, with the cookie of that moment."""

    page: AppTest
    store: Store
    session: Session
    now: datetime = START

    def run(self) -> str:
        """Run the page; what stands there."""
        self.page.run()
        assert not self.page.exception
        return html_of(self.page)

    def ends(self, how: str) -> None:
        """End the session from elsewhere."""
        if how == "disabled":
            disable_account(self.store, "li", Act(OPERATOR, Source.CLI, self.now))
            return
        signed_in = open_sessions().check(self.store, open_sessions().cookie(self.session), self.now)
        assert signed_in is not None
        open_sessions().end(self.store, signed_in, everywhere=how == "everywhere", now=self.now)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'onemap.sqlite'}")
    monkeypatch.setenv("VIEWER_WITHOUT_SIGN_IN", "0")
    settings.settings.cache_clear()
    store = get_context().store
    store.append_account(LI, Act(OPERATOR, Source.CLI, START).write(0))
    session = open_sessions().begin(store, LI, address="127.0.0.1", now=START)
    cookies = StreamlitCookies({COOKIE: open_sessions().cookie(session)})
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _self: cookies))
    page = new_page()
    page.query_params["lang"] = "en"
    one = Opened(page, store, session)
    monkeypatch.setattr(who, "real_now", lambda: one.now)
    yield one
    settings.settings.cache_clear()


def test_an_open_page_is_not_idle_while_its_person_is_active(opened: Opened) -> None:
    assert "Li Wei" in opened.run()
    idle = timedelta(minutes=settings.settings().session_idle_minutes)
    for _ in range(3):
        opened.now += idle - timedelta(minutes=1)
        open_sessions().refreshed(opened.session, opened.now)
        assert "Li Wei" in opened.run()
    opened.now += idle
    assert "Please sign in" in opened.run()


@pytest.mark.parametrize("how", ["here", "everywhere", "disabled"])
def test_a_page_whose_session_ended_shows_the_sign_in_and_stores_nothing(opened: Opened, how: str) -> None:
    opened.page.query_params["feature"] = "C36"
    opened.run()
    opened.page.button(key="report-T29").click().run()
    opened.page.text_area(key="report-note").input("done").run()
    before = len(opened.store.updates(get_context().campaign.id))
    opened.ends(how)
    opened.page.button(key="report-send").click()
    assert "Please sign in" in opened.run()
    assert len(opened.store.updates(get_context().campaign.id)) == before


def test_a_part_of_a_page_draws_all_of_it_anew_when_somebody_else_looks(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    scopes: list[str] = []
    monkeypatch.setattr(st, "rerun", lambda *, scope: scopes.append(scope))
    monkeypatch.setattr(st, "session_state", {})
    with monkeypatch.context() as part:
        part.setattr(who, "current_person", lambda _store: LI)
        for _ in range(2):
            context._person(opened.store)  # noqa: SLF001  what every run of a fragment does
    assert scopes == []
    opened.ends("everywhere")
    assert context._person(opened.store) is None  # noqa: SLF001  likewise
    assert scopes == ["app"]


def test_a_form_that_was_forged_for_another_units_task_is_refused_and_noted(opened: Opened) -> None:
    opened.page.query_params["feature"] = "C01"
    opened.run()
    form = report_form.FORM
    forged = {report_form.TASK: "T01", form.key: "forged", form.basis: 0, report_form.FILES: "f"}
    for name, value in (forged | {form.sending: True}).items():
        opened.page.session_state[name] = value
    before = len(opened.store.updates(get_context().campaign.id))
    opened.run()
    assert len(opened.store.updates(get_context().campaign.id)) == before
    (event,) = opened.store.events(REFUSAL, subject="T01")
    assert (event.author.name, event.detail["error"]) == ("li", "NotAllowedError")
    assert any("T01" in error.value for error in opened.page.error)


@pytest.mark.parametrize("forged", ["{}x", ".{}", "e30.e30", ""])
def test_a_page_with_a_forged_cookie_asks_to_sign_in(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, forged: str
) -> None:
    cookies = StreamlitCookies({COOKIE: forged.format(open_sessions().cookie(opened.session))})
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _self: cookies))
    assert "Please sign in" in opened.run()
