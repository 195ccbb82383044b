"""Whom an identity provider has signed in gets a session of ours by a ticket; nobody else gets one."""

from __future__ import annotations

import pytest

from data.store.rows import Account, Source
from geo.model.errors import StoreUnavailableError
from locales import LANGUAGES
from server.authenticator import Authenticator
from server.tickets import ticket_routes
from services.access.accounts import Act, disable_account
from services.access.login_handoff import Tickets
from services.access.next_url import WaysBack
from services.access.policy import OPERATOR
from services.access.sign_in import account_of_oidc
from tests.signing_in import ONE_TIME, SECRET, Browser, GoneStore, Server

CLAIMS = {"sub": "aB7f", "email": "li@minhang.gov.cn", "email_verified": "true", "name": "Li Wei"}
WORD = {"_streamlit_user": "what.the.provider-said", "_streamlit_user_1": "and more", "_streamlit_user_tokens": "x"}


@pytest.fixture
def server() -> Server:
    return Server()


class Unreadable(GoneStore):
    def account(self, name: str) -> Account | None:
        raise StoreUnavailableError(name)


def browser_of(server: Server, word: dict[str, str] | None = None, *, door: Authenticator | None = None) -> Browser:
    """A browser that came back from the provider."""
    door = door or server.door
    routes = ticket_routes(door, lambda: Tickets(SECRET), lambda: WaysBack(SECRET))
    browser = server.browser(door=door, routes=routes)
    for name, value in (WORD if word is None else word).items():
        browser.cookies.set(name, value, domain="map.intranet")
    return browser


def ticket_of(server: Server, claims: dict[str, str] | None = None) -> str:
    account = account_of_oidc(CLAIMS | (claims or {}), server.store, server.now)
    assert account is not None
    return f"/signin/ticket?t={Tickets(SECRET).issue(account, WORD, server.now)}"


def test_a_stranger_becomes_a_viewer_who_is_signed_in(server: Server) -> None:
    browser = browser_of(server)
    answer = browser.get(ticket_of(server) + "&next=/tasks?lang=en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks?lang=en")
    assert browser.is_signed_in
    account = server.store.account("sub:aB7f")
    assert account is not None
    assert (account.role, account.display_name, account.unit) == ("viewer", "Li Wei", "")
    assert not server.browser().sign_in("sub:aB7f", "!").has_redirect_location


def test_a_known_address_has_its_rights_and_needs_no_password(server: Server) -> None:
    server.add("li@minhang.gov.cn", ONE_TIME, must_change=True)
    browser = browser_of(server)
    assert browser.get(ticket_of(server)).headers["location"].startswith("/?")
    assert browser.is_signed_in
    assert browser.get("/signin").headers["location"] == "/?lang=zh"
    assert [event.subject for event in server.store.events("sign-in")] == ["li@minhang.gov.cn"]


def test_an_address_that_the_provider_does_not_vouch_for_has_no_rights(server: Server) -> None:
    server.add("li@minhang.gov.cn", ONE_TIME)
    for said in ({"email_verified": ""}, {"email_verified": "false"}, {"email_verified": "yes"}):
        account = account_of_oidc(CLAIMS | said, server.store, server.now)
        assert account is not None
        assert account.name == "sub:aB7f"


def test_the_session_cookie_is_as_after_a_password(server: Server) -> None:
    browser, other = browser_of(server), server.browser()
    taken = [line for line in browser.get(ticket_of(server)).headers.get_list("set-cookie") if "onemap_session" in line]
    typed = other.sign_in().headers.get_list("set-cookie")
    assert len(taken) == len(typed) == 1
    assert taken[0].partition(";")[2] == typed[0].partition(";")[2]


def test_what_the_provider_said_is_used_up(server: Server) -> None:
    browser = browser_of(server)
    browser.get(ticket_of(server))
    assert not browser.cookies.keys() & WORD.keys()


def test_signing_out_forgets_what_the_provider_said(server: Server) -> None:
    browser = browser_of(server)
    browser.sign_in()
    assert browser.cookies.keys() >= WORD.keys()
    browser.sign_out()
    assert not browser.cookies.keys() & WORD.keys()


def test_a_ticket_lets_in_once(server: Server) -> None:
    ticket, replica = ticket_of(server), browser_of(server)
    assert browser_of(server).get(ticket).status_code == 303
    assert refused(replica, ticket)


def test_a_ticket_is_late_after_a_minute(server: Server) -> None:
    ticket = ticket_of(server)
    server.wait(seconds=60)
    assert refused(browser_of(server), ticket)


def test_a_ticket_of_an_attacker_does_not_sign_another_browser_in(server: Server) -> None:
    ticket = ticket_of(server)
    assert refused(browser_of(server, {}), ticket)
    assert refused(browser_of(server, WORD | {"_streamlit_user": "of.another"}), ticket)
    assert browser_of(server).get(ticket).status_code == 303


@pytest.mark.parametrize("ticket", ["", "x", "WyJsaSJd.AAAA", "%00", "x" * 4000])
def test_a_forged_ticket_lets_nobody_in(server: Server, ticket: str) -> None:
    assert refused(browser_of(server), f"/signin/ticket?t={ticket}")
    assert refused(browser_of(server), "/signin/ticket")


def test_another_site_cannot_spend_a_ticket(server: Server) -> None:
    browser, ticket = browser_of(server), ticket_of(server)
    assert browser.get(ticket, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.get(ticket, headers={"sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_ticket_leads_to_this_server_only(server: Server, to: str) -> None:
    answer = browser_of(server).get(ticket_of(server), params={"t": ticket_of(server).partition("=")[2], "next": to})
    assert answer.headers["location"] == "/?lang=zh"


def test_an_account_that_was_disabled_meanwhile_is_not_let_in(server: Server) -> None:
    ticket = ticket_of(server)
    disable_account(server.store, "sub:aB7f", Act(OPERATOR, Source.CLI, server.now))
    assert refused(browser_of(server), ticket)
    assert account_of_oidc(CLAIMS, server.store, server.now) is None


def test_the_session_before_ends(server: Server) -> None:
    browser = browser_of(server)
    browser.sign_in()
    before = browser.session
    browser.get(ticket_of(server))
    other = server.browser()
    other.cookies.set("onemap_session", before or "")
    assert browser.is_signed_in
    assert not other.is_signed_in


def test_a_database_that_is_gone_lets_nobody_in(server: Server) -> None:
    browser, ticket = browser_of(server, door=server.process(Unreadable())), ticket_of(server)
    assert browser.get(ticket).status_code == 503
    assert browser.session is None


def refused(browser: Browser, ticket: str) -> bool:
    """Whether both languages say so, nothing is written on, and no session begins."""
    answers = [browser.get(ticket, params=None, headers={"accept-language": language}) for language in LANGUAGES]
    assert all('href="/signin?' in answer.text for answer in answers)
    return {answer.status_code for answer in answers} == {403} and browser.session is None
