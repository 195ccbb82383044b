"""Whoever forges a cookie, a form or a report is nobody, changes nothing, and is noted."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable

import pytest

from data.campaign.load import Loaded
from geo.model.status import Status
from server.startup import routes_with
from services.access.policy import NotAllowedError, Person, Role
from services.reports.reports import REFUSAL
from tests.support.fixtures_reports import full_form, seeded_store, send
from tests.support.signing_in import Server

REPORT = "/onemap/report"
"""Takes no form of a page but what a page's script sends; test_report_route.py forges that."""
POSTS = sorted({one.path for one in routes_with(dict) if "POST" in (one.methods or ())} - {REPORT})
FIELDS = {"name": "li", "password": "x", "everywhere": "1", "current": "x", "new": "y" * 20, "again": "y" * 20}


@pytest.fixture
def server(loaded: Loaded) -> Server:
    return Server(store=seeded_store(loaded))


def test_the_routes_that_take_a_form_are_known() -> None:
    assert POSTS == ["/password", "/signin", "/signout"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("forge", ["none", "another session", "another key", "of the sign-in page"])
def test_a_form_with_a_forged_token_changes_nothing(server: Server, path: str, forge: str) -> None:
    browser, other = server.browser(), server.browser()
    other.sign_in()
    if path != "/signin":
        browser.sign_in()
    sessions = server.authenticator.sessions()
    sid = sessions.read(other.session, server.now).sid  # type: ignore[union-attr]
    stranger = type(sessions)(b"x" * 32, idle_minutes=60, absolute_hours=8)
    form = browser.cookies.get("onemap_form") or ""
    tokens = {"another session": sessions.token(sid), "another key": stranger.token(sid)}
    token = tokens.get(forge, sessions.token(form) if forge == "of the sign-in page" and path != "/signin" else "")
    version = server.store.version()
    assert browser.post(path, data=FIELDS | {"token": token}).status_code == 403
    assert server.store.version() == version


def rewritten(cookie: str, **fields: object) -> str:
    """A session's cookie with other fields and the signature that it had."""
    payload, _, signature = cookie.rpartition(".")
    packed = base64.urlsafe_b64decode(payload.lstrip(".") + "==")
    session = json.loads(zlib.decompress(packed) if payload.startswith(".") else packed)
    text = json.dumps(session | fields, separators=(",", ":")).encode()
    return f"{base64.urlsafe_b64encode(text).decode().rstrip('=')}.{signature}"


def resigned(cookie: str, **fields: object) -> str:
    """The same, signed with a key of the attacker's."""
    stranger = Server()
    stranger.authenticator.sessions()._serializer.secret_keys[:] = [b"another"]  # noqa: SLF001  as if SECRET_KEY were another
    session = stranger.authenticator.sessions()._serializer.loads_unsafe(cookie)[1] | fields  # noqa: SLF001  what anybody can read
    return str(stranger.authenticator.sessions()._serializer.dumps(session))  # noqa: SLF001  likewise


@pytest.mark.parametrize("forge", [rewritten, resigned])
@pytest.mark.parametrize("fields", [{"name": "admin"}, {"seq": 10**9}, {"seen": 10**10}, {"by_provider": True}])
def test_who_writes_into_their_cookie_is_nobody_and_cannot_report(
    server: Server, loaded: Loaded, forge: Callable[..., str], fields: dict[str, object]
) -> None:
    browser = server.browser()
    browser.sign_in()
    assert person_of(server, browser.session).role is Role.FIELD_LEAD  # type: ignore[union-attr]
    nobody = person_of(server, forge(browser.session or "", **fields))
    before = len(server.store.updates("sample"))
    with pytest.raises(NotAllowedError):
        send(server.store, loaded, nobody, full_form(Status.DONE))
    assert nobody is None
    assert len(server.store.updates("sample")) == before
    assert [event.detail["error"] for event in server.store.events(REFUSAL)] == ["NotAllowedError"]


def person_of(server: Server, cookie: str | None) -> Person | None:
    """Whom the pages take the bearer of a cookie for."""
    signed_in = server.authenticator.sessions().check(server.store, cookie, server.now)
    return signed_in.person if signed_in else None


def test_a_field_leads_own_cookie_does_not_report_on_another_units_task(server: Server, loaded: Loaded) -> None:
    browser = server.browser()
    browser.sign_in()
    lead = person_of(server, browser.session)
    before = len(server.store.updates("sample"))
    with pytest.raises(NotAllowedError):  # li belongs to minhang; T01 to roads, office and parks
        send(server.store, loaded, lead, full_form(Status.DONE))
    assert len(server.store.updates("sample")) == before
    assert [event.author.name for event in server.store.events(REFUSAL, subject="T01")] == ["li"]


@pytest.mark.parametrize("ending", ["signed out", "idle"])
def test_a_session_that_ended_does_not_report(server: Server, loaded: Loaded, ending: str) -> None:
    browser = server.browser()
    browser.sign_in()
    cookie = browser.session
    browser.sign_out(everywhere="1") if ending == "signed out" else server.wait(minutes=60)
    with pytest.raises(NotAllowedError):
        send(server.store, loaded, person_of(server, cookie), full_form(Status.DONE))
