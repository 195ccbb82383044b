"""Whom an identity provider signs in gets a session of ours; what did not begin in this browser brings nobody in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from itsdangerous import TimestampSigner

from data.store.rows import Account, Source
from geo.model.errors import StoreUnavailableError
from locales import LANGUAGES
from server.authenticator import Authenticator
from server.oidc import SECONDS, oidc_routes
from services.access.accounts import Act, disable_account
from services.access.policy import OPERATOR
from services.access.sign_in import account_of_oidc, providers_of
from tests.support.provider import CLIENT, Provider, open_provider
from tests.support.provider import SECRET as CLIENT_SECRET
from tests.support.signing_in import ONE_TIME, SECRET, Browser, GoneStore, Server

CLAIMS = {"sub": "aB7f", "email": "li@minhang.gov.cn", "email_verified": "true", "name": "Li Wei"}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with open_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.person = dict(CLAIMS)
    return running


@pytest.fixture
def server(provider: Provider) -> Server:
    return server_of(provider)


def server_of(provider: Provider, **auth: object) -> Server:
    section = {
        "redirect_uri": "http://map.intranet/signin/back",
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
    }
    return Server(providers=providers_of(section | auth, port=8501))


class Unreadable(GoneStore):
    def account(self, name: str) -> Account | None:
        raise StoreUnavailableError(name)


def browser_of(
    server: Server,
    *,
    authenticator: Authenticator | None = None,
    secret: bytes = SECRET,
    **how: Any,  # noqa: ANN401  as `Server.browser`
) -> Browser:
    authenticator = authenticator or server.authenticator
    return server.browser(authenticator=authenticator, routes=oidc_routes(authenticator, lambda: secret), **how)


def way_back(browser: Browser, *, to: str = "", provider: str = "default") -> str:
    """Leave for the provider, which signs in at once; the address that it sends the browser back to."""
    query = {"next": to} if to else {}
    left = browser.get(f"/signin/with/{provider}", params=query)
    assert left.status_code == 303
    said = httpx2.get(left.headers["location"])
    return str(said.headers["location"])


def refused(browser: Browser, back: str) -> bool:
    """Whether the sign-in page says so, and no session begins."""
    answer = browser.get(back)
    assert 'action="/signin"' in answer.text
    assert 'role="alert"' in answer.text
    return answer.status_code == 403 and browser.session is None


def test_a_stranger_becomes_a_viewer_who_is_signed_in(server: Server) -> None:
    browser = browser_of(server)
    answer = browser.get(way_back(browser, to="/tasks?lang=en"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks?lang=en")
    assert browser.is_signed_in
    account = server.store.account("sub:aB7f")
    assert account is not None
    assert (account.role, account.display_name, account.unit) == ("viewer", "Li Wei", "")
    assert not server.browser().sign_in("sub:aB7f", "!").has_redirect_location


def test_a_known_address_has_its_rights_and_needs_no_password(server: Server) -> None:
    server.add("li@minhang.gov.cn", ONE_TIME, must_change=True)
    browser = browser_of(server)
    assert browser.get(way_back(browser)).headers["location"].startswith("/?")
    assert browser.is_signed_in
    assert browser.get("/signin").headers["location"] == "/?lang=zh"
    assert [event.subject for event in server.store.events("sign-in")] == ["li@minhang.gov.cn"]


def test_an_address_that_the_provider_does_not_vouch_for_has_no_rights(server: Server, provider: Provider) -> None:
    server.add("li@minhang.gov.cn", ONE_TIME)
    for said in ("", "false", "yes"):
        provider.person = CLAIMS | {"email_verified": said}
        browser = browser_of(server)
        browser.get(way_back(browser))
        assert server.store.events("sign-in")[-1].subject == "sub:aB7f"


def test_the_session_cookie_is_as_after_a_password(server: Server) -> None:
    browser, other = browser_of(server), server.browser()
    back = browser.get(way_back(browser))
    taken = [line for line in back.headers.get_list("set-cookie") if "onemap_session" in line]
    typed = other.sign_in().headers.get_list("set-cookie")
    assert len(taken) == len(typed) == 1
    assert taken[0].partition(";")[2] == typed[0].partition(";")[2]


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_of_the_way_is_for_these_addresses_only_and_goes_with_it(server: Server, https: bool) -> None:  # noqa: FBT001  pytest's
    browser = browser_of(server, https=https)
    left = browser.get("/signin/with/default")
    assert "no-store" in left.headers["cache-control"]
    (cookie,) = left.headers.get_list("set-cookie")
    name, *rest = cookie.lower().split("; ")
    assert name.startswith("onemap_oidc=")
    assert set(rest) == {"path=/signin", f"max-age={SECONDS}", "httponly", "samesite=lax", *["secure"][: int(https)]}
    back = httpx2.get(left.headers["location"]).headers["location"]
    browser.get(back.partition("map.intranet")[2])
    assert set(browser.cookies) == {"onemap_session"}


def test_a_way_back_lets_in_once(server: Server) -> None:
    browser, copy = browser_of(server), browser_of(server)
    back = way_back(browser)
    copy.cookies.set("onemap_oidc", browser.cookies["onemap_oidc"], domain="map.intranet", path="/signin")
    assert browser.get(back).status_code == 303
    assert refused(browser_of(server), back)
    assert refused(copy, back), "the provider takes its code once"


def test_a_refusal_speaks_the_language_that_was_asked_for(server: Server) -> None:
    answers = [
        browser_of(server).get("/signin/back?code=x&state=y", headers={"accept-language": lang}) for lang in LANGUAGES
    ]
    assert len({answer.text for answer in answers}) == len(LANGUAGES)
    browser = browser_of(server)
    gave_up = "/signin/back?error=access_denied&state=" + way_back(browser, to="/?lang=en").partition("state=")[2]
    assert "its account is not active" in browser.get(gave_up, headers={"accept-language": "zh"}).text


def test_whoever_comes_back_a_second_time_goes_on(server: Server) -> None:
    browser = browser_of(server)
    back = way_back(browser)
    browser.get(back)
    assert browser.get(back).headers["location"] == "/?lang=zh"
    assert len(server.store.events("sign-in")) == 1


@pytest.mark.parametrize("seconds", [SECONDS + 2, 3600])
def test_a_way_back_is_late_after_ten_minutes(server: Server, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = browser_of(server)
    back, now = way_back(browser), TimestampSigner(b"").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: now + seconds)
    assert refused(browser, back)


def test_a_way_back_of_an_attacker_does_not_sign_another_browser_in(server: Server) -> None:
    back = way_back(browser_of(server))
    assert refused(browser_of(server), back)
    other = browser_of(server)
    way_back(other)
    assert refused(other, back)
    assert not server.store.events("sign-in")


def test_a_cookie_of_another_key_or_purpose_is_none(server: Server) -> None:
    foreign = browser_of(server, secret=SECRET[::-1])
    back = way_back(foreign)
    cookies = (foreign.cookies["onemap_oidc"], server.authenticator.sessions().token("x"), "x" * 4000)
    for cookie in cookies:
        browser = browser_of(server)
        browser.cookies.set("onemap_oidc", cookie, domain="map.intranet")
        assert refused(browser, back)


@given(state=st.text(max_size=200), code=st.text(max_size=50), cookie=st.text("abcXYZ019.-_=", max_size=80))
@hypothesis_settings(max_examples=25)
def test_whatever_comes_back_lets_nobody_in(state: str, code: str, cookie: str) -> None:
    browser = browser_of(Server())
    browser.cookies.set("onemap_oidc", cookie, domain="map.intranet")
    answer = browser.get("/signin/back", params={"state": state, "code": code})
    assert (answer.status_code, browser.session) == (403, None)


@pytest.mark.parametrize(
    "forged",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": "another", "azp": CLIENT},
        {"nonce": "x"},
        {"exp": 1_600_000_000},
        {"sub": 7},
        {"sub": ""},
    ],
)
def test_a_token_that_is_not_for_us_or_late_lets_nobody_in(
    server: Server, provider: Provider, forged: dict[str, object]
) -> None:
    provider.person = CLAIMS | forged
    browser = browser_of(server)
    assert refused(browser, way_back(browser))
    assert server.store.account("sub:aB7f") is None


def test_a_code_is_of_no_use_without_the_verifier_of_its_browser(server: Server) -> None:
    victim, attacker = browser_of(server), browser_of(server)
    stolen = way_back(victim).partition("code=")[2].partition("&")[0]
    own = way_back(attacker)
    assert refused(attacker, own.replace(own.partition("code=")[2].partition("&")[0], stolen))


def test_who_gives_up_at_the_provider_is_back_at_the_sign_in_page(server: Server) -> None:
    browser = browser_of(server)
    state = way_back(browser, to="/tasks").partition("state=")[2]
    answer = browser.get(f"/signin/back?error=access_denied&error_description=no&state={state}")
    assert answer.status_code == 403
    assert 'name="next" value="/tasks' in answer.text
    assert not browser.is_signed_in


def test_another_site_cannot_make_use_of_a_way_back_but_the_provider_can(server: Server) -> None:
    browser = browser_of(server)
    back = way_back(browser)
    assert browser_of(server).get(back, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.get(back, headers={"sec-fetch-site": "cross-site"}).status_code == 303


def test_an_account_that_is_disabled_is_not_let_in(server: Server) -> None:
    account_of_oidc(CLAIMS, server.store, server.now)
    disable_account(server.store, "sub:aB7f", Act(OPERATOR, Source.CLI, server.now))
    browser = browser_of(server)
    assert refused(browser, way_back(browser))
    assert account_of_oidc(CLAIMS, server.store, server.now) is None


def test_the_session_before_ends(server: Server) -> None:
    browser = browser_of(server)
    back = way_back(browser)
    browser.sign_in()
    before = browser.session
    browser.get(back)
    other = server.browser()
    other.cookies.set("onemap_session", before or "")
    assert browser.is_signed_in
    assert not other.is_signed_in


def test_a_database_that_is_gone_lets_nobody_in(server: Server) -> None:
    browser = browser_of(server)
    back = way_back(browser)
    gone = browser_of(server, authenticator=server.process(Unreadable()))
    gone.cookies.set("onemap_oidc", browser.cookies["onemap_oidc"], domain="map.intranet")
    assert gone.get(back).status_code == 503
    assert gone.session is None


def test_a_provider_set_up_for_streamlit_still_leads_back(provider: Provider) -> None:
    server = server_of(provider, redirect_uri="http://map.intranet/oauth2callback", cookie_secret="x" * 32)
    browser = browser_of(server)
    on = browser.get(way_back(browser, to="/tasks"))
    assert on.headers["location"].startswith("/signin/back?code=")
    assert browser.get(on.headers["location"]).headers["location"] == "/tasks?lang=zh"
    assert browser.is_signed_in
