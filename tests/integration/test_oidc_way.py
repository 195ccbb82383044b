"""The sign-in page leads to every identity provider, and from there one comes back to the page that was asked for."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from locales import LANGUAGES
from server.authenticator import Providers
from server.tickets import ticket_routes
from services.access.next_url import WaysBack
from tests.integration.test_oidc import WORD, browser_of, ticket_of
from tests.signing_in import SECRET, Server

OFFERED = {"default": "id.city.example", "wechat work": "企业微信 <b>", "broken": "broken"}
PROVIDERS = Providers(
    lambda: OFFERED, lambda name: None if name == "broken" else f"/auth/login?provider={name.partition(' ')[0]}"
)


@pytest.fixture
def server() -> Server:
    return Server(providers=PROVIDERS)


@pytest.mark.parametrize(("language", "words"), [("zh", "使用 {} 登录"), ("en", "Sign in with {}")])
def test_the_sign_in_page_offers_every_provider(server: Server, language: str, words: str) -> None:
    page = server.browser().get(f"/signin?lang={language}&next=/tasks").text
    links = re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', page)
    assert [html.unescape(label) for _, label in links] == [words.format(called) for called in OFFERED.values()]
    for (address, _), name in zip(links, OFFERED, strict=True):
        query = parse_qs(urlsplit(html.unescape(address)).query)
        assert query == {"lang": [language], "next": ["/tasks"], "provider": [name]}
    assert "auth/login" not in page
    assert 'class="providers"' not in Server().browser().get("/signin").text


def test_after_the_provider_one_comes_to_the_page_that_was_asked_for(server: Server) -> None:
    browser = browser_of(server)
    left = browser.get("/signin/with?provider=default&next=/task%3Fid%3DT01&lang=en")
    assert (left.status_code, left.headers["location"]) == (303, "/auth/login?provider=default")
    cookie = left.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("onemap_way=", "; httponly", "; samesite=lax", "; max-age=600"))
    back = browser.get(ticket_of(server) + "&next=/%3Flang%3Dzh")
    assert back.headers["location"] == "/task?id=T01&lang=en"
    assert "onemap_way" not in browser.cookies


def test_a_way_back_is_not_followed_when_it_is_late(server: Server) -> None:
    browser = browser_of(server)
    browser.get("/signin/with?provider=default&next=/tasks")
    way = browser.cookies["onemap_way"]
    server.wait(minutes=10)
    late = browser_of(server, WORD | {"onemap_way": way})
    assert late.get(ticket_of(server) + "&next=/ledger").headers["location"] == "/ledger?lang=zh"


@pytest.mark.parametrize(
    "way", ["", "x", "/tasks", WaysBack(b"x" * 32).cookie("/tasks", datetime(2020, 9, 15, 1, tzinfo=UTC))]
)
def test_a_forged_way_back_is_not_followed(server: Server, way: str) -> None:
    browser = browser_of(server, WORD | {"onemap_way": way})
    assert browser.get(ticket_of(server)).headers["location"] == "/?lang=zh"


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "/signout", "javascript:x"]
)
def test_the_way_back_leads_to_pages_of_this_server_only(server: Server, to: str) -> None:
    browser = browser_of(server)
    browser.get("/signin/with", params={"provider": "default", "next": to, "lang": "zh"})
    assert browser.get(ticket_of(server)).headers["location"] == "/?lang=zh"
    signed = browser_of(server, WORD | {"onemap_way": WaysBack(SECRET).cookie(to, server.now)})
    assert signed.get(ticket_of(server)).headers["location"] == "/?lang=zh"


@pytest.mark.parametrize(("name", "status"), [("nobody", 404), ("", 404), ("<b>", 404), ("broken", 503)])
def test_a_provider_that_cannot_be_asked_is_said_in_both_languages(server: Server, name: str, status: int) -> None:
    browser = server.browser(routes=ticket_routes(server.door, ways=lambda: WaysBack(SECRET)))
    answers = [browser.get(f"/signin/with?provider={name}&next=/tasks&lang={lang}") for lang in LANGUAGES]
    assert {answer.status_code for answer in answers} == {status}
    assert len({answer.text for answer in answers}) == len(LANGUAGES)
    assert all('href="/signin?' in answer.text and "<b>" not in answer.text for answer in answers)
    assert "onemap_way" not in browser.cookies


def test_another_site_sends_nobody_to_a_provider(server: Server) -> None:
    answer = browser_of(server).get("/signin/with?provider=default", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_who_is_signed_in_need_not_ask_a_provider(server: Server) -> None:
    browser = browser_of(server)
    browser.sign_in()
    assert browser.get("/signin/with?provider=default&next=/tasks&lang=en").headers["location"] == "/tasks?lang=en"
