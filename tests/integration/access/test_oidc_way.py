"""The sign-in page leads to every identity provider, and from there one comes back to the page that was asked for."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from locales import LANGUAGES
from services.access.sign_in import providers_of
from tests.integration.access.test_oidc import browser_of, provider, running, server_of, way_back
from tests.support.provider import Provider
from tests.support.signing_in import Server

__all__ = ["provider", "running"]

CALLED = ("id.city.example", "wechat work", "企业微信 <b>", "broken")
SECTION = {"client_id": "one-map", "client_secret": "x", "server_metadata_url": "https://id.city.example/openid"}
AUTH = {"redirect_uri": "https://map.intranet/signin/back", **SECTION, **dict.fromkeys(CALLED[1:3], SECTION)}
OFFERED = providers_of(AUTH | {"broken": {"server_metadata_url": "https://id.city.example"}}, port=8501)


@pytest.fixture
def server(provider: Provider) -> Server:
    return server_of(provider)


@pytest.mark.parametrize(("language", "words"), [("zh", "使用 {} 登录"), ("en", "Sign in with {}")])
def test_the_sign_in_page_offers_every_provider(language: str, words: str) -> None:
    page = Server(providers=OFFERED).browser().get(f"/signin?lang={language}&next=/tasks").text
    links = re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', page)
    assert [html.unescape(label) for _, label in links] == [words.format(called) for called in CALLED]
    for (address, _), name in zip(links, OFFERED, strict=True):
        parts = urlsplit(html.unescape(address))
        assert unquote(parts.path) == f"/signin/with/{name}"
        assert parse_qs(parts.query) == {"lang": [language], "next": ["/tasks"]}
    assert "id.city.example/openid" not in page
    assert 'class="providers"' not in Server().browser().get("/signin").text


def test_after_the_provider_one_comes_to_the_page_that_was_asked_for(server: Server) -> None:
    browser = browser_of(server)
    back = browser.get(way_back(browser, to="/task?id=T01&lang=en") + "&next=/%3Flang%3Dzh")
    assert back.headers["location"] == "/task?id=T01&lang=en"
    assert "onemap_oidc" not in browser.cookies


def test_a_long_address_is_kept_in_a_cookie_that_browsers_take(server: Server) -> None:
    browser, long = browser_of(server), "/?q=" + "x" * 2000
    back = way_back(browser, to=long)
    assert len("onemap_oidc=" + browser.cookies["onemap_oidc"]) < 4096
    assert browser.get(back).headers["location"] == f"{long}&lang=zh"


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "/signout", "javascript:x"]
)
def test_the_way_back_leads_to_pages_of_this_server_only(server: Server, to: str) -> None:
    browser = browser_of(server)
    assert browser.get(way_back(browser, to=to)).headers["location"] == "/?lang=zh"


@pytest.mark.parametrize(
    ("name", "status"), [("nobody", 404), ("", 404), ("%3Cb%3E", 404), ("broken", 503), ("elsewhere", 503)]
)
def test_a_provider_that_cannot_be_asked_is_said_in_both_languages(name: str, status: int) -> None:
    elsewhere = SECTION | {"redirect_uri": "https://map.intranet/signin/bak"}
    offered = OFFERED | providers_of({"elsewhere": elsewhere}, port=8501)
    browser = browser_of(Server(providers=offered))
    answers = [browser.get(f"/signin/with/{name}?next=/tasks&lang={lang}") for lang in LANGUAGES]
    assert {answer.status_code for answer in answers} == {status}
    assert len({answer.text for answer in answers}) == len(LANGUAGES)
    assert all('href="/signin?' in answer.text and "<b>" not in answer.text for answer in answers)
    assert "onemap_oidc" not in browser.cookies


@pytest.mark.parametrize("metadata", ["http://127.0.0.1:9/openid", "nonsense", "http://127.0.0.1:x/"])
def test_a_provider_that_does_not_answer_is_said_so(metadata: str) -> None:
    offered = providers_of(AUTH | {"server_metadata_url": metadata, "redirect_uri": "/signin/back"}, port=8501)
    answer = browser_of(Server(providers=offered)).get("/signin/with/default?lang=en")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_another_site_sends_nobody_to_a_provider(server: Server) -> None:
    answer = browser_of(server).get("/signin/with/default", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_who_is_signed_in_need_not_ask_a_provider(server: Server) -> None:
    browser = browser_of(server)
    browser.sign_in()
    assert browser.get("/signin/with/default?next=/tasks&lang=en").headers["location"] == "/tasks?lang=en"


def test_the_port_of_the_server_is_put_into_the_address_to_come_back_to() -> None:
    offered = providers_of(SECTION | {"redirect_uri": "http://localhost:{port}/signin/back"}, port=8502)
    assert offered["default"].redirect_uri == "http://localhost:8502/signin/back"
    assert providers_of(None, port=8501) == providers_of({"redirect_uri": "x"}, port=8501) == {}
