"""Whoever may comes in, whoever may not learns nothing, and no other site acts for anybody."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from data.store.sql import open_store
from settings import Settings
from tests.support.signing_in import ONE_TIME, PASSWORD, Browser, GoneStore, Server

NEW = "terminal two at dawn"


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def browser(server: Server) -> Browser:
    return server.browser()


def test_signing_in_leads_back_to_where_one_was(browser: Browser) -> None:
    answer = browser.sign_in(path="/signin?next=/%3Ffeature%3DC01%26lang%3Den")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?feature=C01&lang=en"
    assert browser.is_signed_in


def test_the_language_of_the_page_goes_along(browser: Browser) -> None:
    assert browser.sign_in(path="/signin?lang=en").headers["location"] == "/?lang=en"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.sign_in().headers["set-cookie"].lower()
    assert "; httponly" in cookie
    assert "; samesite=lax" in cookie
    assert "; path=/" in cookie
    assert f"; max-age={8 * 3600}" in cookie
    assert "; secure" not in cookie


def test_over_https_the_cookie_is_never_sent_in_the_clear(server: Server) -> None:
    assert "; secure" in server.browser(https=True).sign_in().headers["set-cookie"].lower()


def test_a_proxy_is_believed_only_where_it_is_trusted() -> None:
    fields = {"name": "li", "password": PASSWORD}
    for trusted in (True, False):
        server = Server(settings=Settings(viewer_without_sign_in=False, trust_proxy=trusted))
        proxied = {"x_forwarded_proto": "https", "x_forwarded_for": "6.6.6.6, 10.7.7.7"}
        answer = server.browser().fill("/signin", fields, **proxied)
        assert ("; secure" in answer.headers["set-cookie"].lower()) is trusted
        (event,) = server.store.events("sign-in")
        assert event.detail["address"] == ("10.7.7.7" if trusted else "10.1.2.3")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_whole_without_any_other_request(browser: Browser, language: str) -> None:
    page = browser.get(f"/signin?lang={language}")
    assert {"zh": "登录", "en": "Sign in"}[language] in page.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//|<script|@import|url\(', page.text)
    assert "color-scheme: light dark" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["referrer-policy"] == "same-origin"


def test_the_browsers_language_is_spoken(browser: Browser) -> None:
    assert "Sign in" in browser.get("/signin", headers={"accept-language": "de-DE,de;q=0.9"}).text
    assert "登录" in browser.get("/signin", headers={"accept-language": "zh-CN,zh;q=0.9"}).text


@pytest.mark.parametrize(("hours", "active"), [(1.1, False), (8.1, True)])
def test_an_expired_cookie_is_nobodys(server: Server, browser: Browser, hours: float, *, active: bool) -> None:
    browser.sign_in()
    for _ in range(20):
        server.wait(hours=hours / 20)
        if active:
            browser.live("?active=1")
    assert not browser.is_signed_in


def test_a_cookie_cannot_be_replayed_after_signing_out(server: Server, browser: Browser) -> None:
    browser.sign_in()
    stolen = {"cookie": f"onemap_session={browser.session}"}
    assert server.browser().get("/signout", headers=stolen).is_success
    answer = browser.sign_out()
    assert answer.status_code == 303
    assert browser.session is None
    assert not server.browser().get("/signout", headers=stolen).is_success


def test_signing_out_here_leaves_the_other_browser(server: Server, browser: Browser) -> None:
    other = server.browser(authenticator=server.process())
    for one in (browser, other):
        one.sign_in()
    browser.sign_out()
    assert not browser.is_signed_in
    assert other.is_signed_in


def test_signing_out_everywhere_ends_the_other_browser(server: Server, browser: Browser) -> None:
    other = server.browser(authenticator=server.process())
    for one in (browser, other):
        one.sign_in()
    browser.sign_out(everywhere="1")
    assert other.live()["signedOut"] is True
    assert not other.is_signed_in


def test_signing_in_anew_ends_the_session_before(server: Server, browser: Browser) -> None:
    browser.sign_in()
    first = f"onemap_session={browser.session}"
    page = server.browser()
    page.get("/signin")
    page.cookies.set("onemap_session", browser.session or "")
    token = re.findall(r'name="token" value="(\w+)"', server.browser().get("/signin").text)[0]
    assert token
    form = page.cookies.get("onemap_form") or ""
    fields = {"name": "li", "password": PASSWORD, "token": server.authenticator.sessions().token(form)}
    assert page.post("/signin", data=fields).status_code == 303
    assert not server.browser().get("/signout", headers={"cookie": first}).is_success


def test_the_one_time_password_leads_to_a_new_one_first(server: Server, browser: Browser) -> None:
    answer = browser.sign_in("new", ONE_TIME, path="/signin?lang=en&next=/%3Ffeature%3DC01")
    assert answer.headers["location"].startswith("/password?")
    assert server.authenticator.sessions().check(server.store, browser.session, server.now).person is None  # type: ignore[union-attr]
    changed = browser.fill(answer.headers["location"], {"current": ONE_TIME, "new": NEW, "again": NEW})
    assert (changed.status_code, changed.headers["location"]) == (303, "/?feature=C01&lang=en")
    assert server.authenticator.sessions().check(server.store, browser.session, server.now).person is not None  # type: ignore[union-attr]
    assert server.browser().sign_in("new", ONE_TIME).status_code == 403
    assert server.browser().sign_in("new", NEW).headers["location"] == "/?lang=zh"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, 403),
        ({"current": PASSWORD, "new": NEW, "again": "another one"}, 422),
        ({"current": PASSWORD, "new": "short", "again": "short"}, 422),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, 422),
        ({"current": PASSWORD, "new": "x" * 2000, "again": "x" * 2000}, 422),
    ],
    ids=["wrong", "differ", "short", "same", "long"],
)
def test_a_password_is_not_changed_carelessly(server: Server, fields: dict[str, str], status: int) -> None:
    browser = server.browser()
    browser.sign_in()
    before = server.store.account("li")
    answer = browser.fill("/password", fields)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert not any(value in answer.text for value in fields.values() if len(value) > 5)
    assert server.store.account("li") == before


def test_a_changed_password_ends_the_other_browser(server: Server, browser: Browser) -> None:
    other = server.browser(authenticator=server.process())
    for one in (browser, other):
        one.sign_in()
    browser.fill("/password", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert browser.is_signed_in
    assert not other.is_signed_in


@pytest.mark.parametrize("path", ["/password", "/signout"])
def test_without_a_session_one_is_asked_to_sign_in(browser: Browser, path: str) -> None:
    assert browser.get(path).headers["location"].startswith("/signin?")
    assert browser.fill(path, {"everywhere": "1"}).headers["location"].startswith("/signin?")


@pytest.mark.parametrize("looks", [True, False])
def test_looking_without_signing_in_is_offered_where_it_is_allowed(*, looks: bool) -> None:
    page = Server(settings=Settings(viewer_without_sign_in=looks)).browser().get("/signin?lang=en")
    assert ("Look without signing in" in page.text) is looks


def test_a_database_that_is_gone_is_said_and_nothing_else_breaks(server: Server, browser: Browser) -> None:
    browser.sign_in()
    store, server.store = server.store, GoneStore()
    answer = browser.get("/signout?lang=en")
    assert answer.status_code == 503
    assert "connection refused" not in answer.text
    server.store = store
    assert browser.is_signed_in


def test_two_processes_over_one_database_know_of_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'onemap.sqlite'}"
    with closing(open_store(url)) as one, closing(open_store(url)) as two:
        server = Server(store=one)
        here, there = server.browser(), server.browser(authenticator=server.process(two))
        for browser in (here, there):
            assert browser.sign_in().status_code == 303
        there.cookies.set("onemap_session", here.session or "", domain="map.intranet", path="/")
        assert there.is_signed_in
        here.sign_out(everywhere="1")
        assert not there.is_signed_in
        assert there.sign_in().status_code == 303
