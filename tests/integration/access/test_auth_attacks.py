"""Whoever attacks the sign-in learns nothing, changes nothing and is slowed down."""

from __future__ import annotations

import re

import pytest

from locales import LANGUAGES, translations
from services.access.throttle import ACCOUNT_LIMIT
from tests.support.signing_in import HOSTILE, PASSWORD, Browser, Server

NEW = "terminal two at dawn"


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def browser(server: Server) -> Browser:
    return server.browser()


def test_nobody_learns_which_names_exist(server: Server) -> None:
    answers = [
        server.browser(address=f"10.0.0.{number}").sign_in(name, password)
        for number, (name, password) in enumerate([("li", "wrong"), ("nobody", "wrong"), ("gone", PASSWORD)])
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert len({re.sub(r'name="(token|name)"[^>]*', "", answer.text) for answer in answers}) == 1


@pytest.mark.parametrize("name", ["li", "nobody", "gone"])
def test_every_name_costs_one_hash(server: Server, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    hashes: list[str] = []

    def verify(password_hash: str, password: str) -> bool:
        hashes.append(password_hash)
        return password == PASSWORD

    monkeypatch.setattr("services.access.passwords.verify_password", verify)
    monkeypatch.setattr("services.access.sign_in.verify_password", verify)
    server.browser().sign_in(name, "wrong")
    assert len(hashes) == 1


@pytest.mark.parametrize("name", ["li", "nobody"])
def test_guessing_must_wait_whether_the_name_exists_or_not(server: Server, name: str) -> None:
    browser = server.browser()
    for _ in range(ACCOUNT_LIMIT.free):
        assert browser.sign_in(name, "wrong").status_code == 403
    refused = browser.sign_in(name, PASSWORD)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "1"
    server.wait(seconds=1)
    assert browser.sign_in(name, PASSWORD).status_code == (303 if name == "li" else 403)


def test_attempts_that_must_wait_are_not_stored(server: Server, browser: Browser) -> None:
    for _ in range(ACCOUNT_LIMIT.free):
        browser.sign_in("li", "wrong")
    version = server.store.version()
    for _ in range(10):
        assert browser.sign_in("li", "wrong").status_code == 429
    assert server.store.version() == version


def test_another_replica_makes_guesses_wait_too(server: Server, browser: Browser) -> None:
    for _ in range(ACCOUNT_LIMIT.free):
        browser.sign_in("li", "wrong")
    assert server.browser(authenticator=server.process()).sign_in().status_code == 429


def test_a_password_in_the_field_of_the_name_is_not_kept(server: Server, browser: Browser) -> None:
    browser.sign_in("my own password", "x")
    assert not any("my own" in f"{event.subject} {event.detail}" for event in server.store.events())


@pytest.mark.parametrize(
    "cookie", ["", "x", "forged.cookie", "x" * 5000, "..", "e30.e30", '"quoted"', "../../etc/passwd"]
)
def test_a_forged_cookie_is_nobodys(server: Server, cookie: str) -> None:
    assert not server.browser().get("/signout", headers={"cookie": f"onemap_session={cookie}"}).is_success


def test_a_cookie_of_another_key_is_nobodys(server: Server) -> None:
    other = Server()
    other.authenticator.sessions()._serializer.secret_keys[:] = [b"another"]  # noqa: SLF001  as if SECRET_KEY were another
    stranger = other.browser()
    stranger.sign_in()
    assert stranger.session
    assert not server.browser().get("/signout", headers={"cookie": f"onemap_session={stranger.session}"}).is_success


CROSS_SITE: dict[str, dict[str, str]] = {
    "another origin": {"origin": "https://evil.example"},
    "an origin that hides": {"origin": "null"},
    "an origin that looks alike": {"origin": "http://map.intranet.evil.example"},
    "an origin that is none": {"origin": "http://["},
    "fetch metadata": {"sec_fetch_site": "cross-site"},
    "a sibling": {"sec_fetch_site": "same-site"},
    "metadata beside a good origin": {"sec_fetch_site": "cross-site", "origin": "http://map.intranet"},
}


@pytest.mark.parametrize("what", CROSS_SITE)
def test_a_post_from_another_site_is_refused(server: Server, browser: Browser, what: str) -> None:
    fields = {"name": "li", "password": PASSWORD}
    assert browser.fill("/signin", fields, **CROSS_SITE[what]).status_code == 403
    browser.sign_in()
    version = server.store.version()
    for path in ("/signout", "/password"):
        assert browser.fill(path, {"everywhere": "1"}, **CROSS_SITE[what]).status_code == 403
    assert server.store.version() == version


@pytest.mark.parametrize("token", ["", "0" * 32, "é"])
@pytest.mark.parametrize("path", ["/signin", "/signout", "/password"])
def test_a_post_without_the_forms_token_is_refused(server: Server, browser: Browser, path: str, token: str) -> None:
    if path != "/signin":
        browser.sign_in()
    version = server.store.version()
    answer = browser.fill(path, {"token": token, "name": "li", "password": PASSWORD, "everywhere": "1"})
    assert answer.status_code == 403
    assert server.store.version() == version


def test_a_token_of_another_browser_is_refused(server: Server, browser: Browser) -> None:
    page = server.browser().get("/signin").text
    token = re.findall(r'name="token" value="(\w+)"', page)[0]
    assert browser.fill("/signin", {"name": "li", "password": PASSWORD, "token": token}).status_code == 403


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "/x\r\nSet-Cookie: a=b",
    "/\x00",
    "evil.example",
    "/signin?next=/signin",
    "/signout",
    "/" + "x" * 3000,
]


@pytest.mark.parametrize("number", range(len(ELSEWHERE)))
def test_one_is_led_to_paths_of_this_server_only(server: Server, number: int) -> None:
    fields = {"name": "li", "password": PASSWORD, "next": ELSEWHERE[number], "lang": "zh"}
    answer = server.browser().fill("/signin", fields)
    assert answer.headers["location"] == "/?lang=zh"
    assert "a" not in answer.cookies


def test_a_hostile_path_cannot_end_the_header(browser: Browser) -> None:
    answer = browser.sign_in(path="/signin?lang=en&next=/x%0d%0aSet-Cookie:%20a=b")
    assert answer.headers["location"] == "/?lang=en"
    assert "a=b" not in str(answer.headers)


def test_hostile_names_are_shown_as_text(server: Server, browser: Browser) -> None:
    typed = browser.sign_in("\"><img src=x onerror=alert(1)>'", "x")
    assert "<img" not in typed.text
    assert "&lt;img" in typed.text
    browser.sign_in()
    for path in ("/signout", "/password"):
        page = browser.get(path)
        assert "<script" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;${x}\\" in page.text
    assert HOSTILE in {account.display_name for account in server.store.accounts()}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("password=" + "x" * 1_000_000, "application/x-www-form-urlencoded", 413),
        ("password=" + "x" * 17_000, "application/x-www-form-urlencoded; charset=utf-8", 413),
        ("&".join(f"f{number}=" for number in range(100)), "application/x-www-form-urlencoded", 400),
        ("name=\xff", "application/x-www-form-urlencoded", 400),
        ('{"name": "li"}', "application/json", 415),
        ("--x--", "multipart/form-data; boundary=x", 415),
        ("", "", 415),
    ],
    ids=["1 MB", "17 kB", "100 fields", "bytes", "JSON", "files", "nothing"],
)
def test_what_is_no_form_is_refused_in_both_languages(browser: Browser, body: str, kind: str, status: int) -> None:
    for language in LANGUAGES:
        headers = {"content-type": kind, "origin": "http://map.intranet"}
        answer = browser.post(f"/signin?lang={language}", content=body.encode("latin-1"), headers=headers)
        assert answer.status_code == status
        assert translations(language).gettext("That did not work") in answer.text


def test_a_body_without_a_length_is_cut_off(browser: Browser) -> None:
    pieces = (b"x" * 4096 for _ in range(100))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/signin", content=pieces, headers=headers).status_code == 413


def test_a_password_beyond_its_length_is_wrong_like_any_other(browser: Browser) -> None:
    assert browser.sign_in("li", "密" * 400).status_code == 403


def test_the_password_page_slows_guesses_down_too(browser: Browser) -> None:
    browser.sign_in()
    for _ in range(ACCOUNT_LIMIT.free):
        browser.fill("/password", {"current": "wrong", "new": NEW, "again": NEW})
    assert browser.fill("/password", {"current": PASSWORD, "new": NEW, "again": NEW}).status_code == 429
