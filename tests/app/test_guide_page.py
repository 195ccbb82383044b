"""The guide inside the program: contents, sections, links and pictures, in both languages, as Streamlit runs it."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.model.status import LIGHT_ORDER
from locales import Language
from server.photos import GUIDE
from services.campaign.guide import guide, picture_names, picture_url
from tests.support.screens import PEOPLE, Screen


def said(screen: Screen) -> str:
    return "\n".join(str(one.value) for one in screen.page.markdown)


@pytest.fixture
def browser() -> TestClient:
    return TestClient(Starlette(routes=list(GUIDE)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_contents_lead_to_every_section(screen: Screen, lang: Language) -> None:
    html = screen.open("guide", lang=lang)
    links = re.findall(r'href="#([\w-]+)"', html)
    assert links == re.findall(r'<h3 [^>]*id="([\w-]+)"', html) == [one.anchor for one in guide(lang).sections]
    for section in guide(lang).sections:
        assert html.count(section.title) >= 2


@pytest.mark.parametrize("role", PEOPLE)
def test_everybody_finds_help_at_the_end_of_the_links(screen: Screen, role: str) -> None:
    screen.signs_in(role)
    screen.open("guide", lang="en")
    assert screen.links()[-1] == "Help"


def test_addresses_of_pages_open_them_with_language_and_day(screen: Screen) -> None:
    screen.open("guide", lang="en", date="2020-06-01")
    assert "[`/tasks`](tasks?date=2020-06-01&lang=en)" in said(screen)
    assert "[`/?wall=1`](./?wall=1&lang=en)" in said(screen)
    assert "`/task` |" in said(screen)
    assert "[`/task`]" not in said(screen)


def test_lights_have_their_swatches_in_their_table_alone(screen: Screen) -> None:
    screen.open("guide", lang="zh")
    assert re.findall(r"\| !\[.\]\(/onemap/swatch/\w+/light/light-(\w+)\.svg\) \|", said(screen)) == list(LIGHT_ORDER)


def test_every_picture_is_served_from_here(screen: Screen, browser: TestClient) -> None:
    screen.open("guide", lang="en")
    addresses = set(re.findall(r"!\[[^\]]*\]\((/onemap/guide/[^)]+)\)", said(screen)))
    assert len(addresses) > 8
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["nothing.png", "guide.zh.md", "..%2Fguide.zh.md", "..%2F..%2Fsettings.py"])
def test_nothing_else_is_served(browser: TestClient, name: str) -> None:
    known = picture_url(min(picture_names()))
    assert browser.get(known.rpartition("/")[0] + "/" + name).status_code == 404
