"""One click on the map gives the finished file of the view that is seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.support.driver import Desk


def _take(desk: Desk, button: str, folder: Path) -> Path:
    with desk.page.expect_download(timeout=60_000) as download:
        desk.page.locator(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_one_click_gives_a_picture_of_the_screens_size(desk: Desk, tmp_path: Path) -> None:
    desk.open("?lang=zh&zone=Z1")
    path = _take(desk, ".onemap-export-png", tmp_path)
    assert path.name == "onemap-ciie2020-2020-09-15-zh.png"
    with Image.open(path) as picture:
        assert picture.size == (1920, 1080)
        assert len(picture.convert("RGB").getcolors(1_000_000) or ()) > 50


def test_one_click_gives_a_pdf_that_says_what_is_filtered(desk: Desk, tmp_path: Path) -> None:
    desk.open("?lang=en&zone=Z1&date=2020-09-20")
    path = _take(desk, ".onemap-export-pdf", tmp_path)
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    assert "NECC surroundings" in text
    assert "2020-09-20" in text


@pytest.mark.parametrize("query", ["?lang=en&hide=river&hide=done", "?lang=zh&unit=minhang"])
def test_what_is_in_the_file_is_what_is_on_the_screen(desk: Desk, tmp_path: Path, query: str) -> None:
    desk.open(query)
    desk.page.locator(".onemap-export-more").click()
    path = _take(desk, ".onemap-export-item[data-format=geojson]", tmp_path)
    found = {one["id"] for one in json.loads(path.read_text("utf-8"))["features"]}
    assert found == desk.shown()


def test_a_file_that_cannot_be_made_says_why(desk: Desk) -> None:
    desk.open("?lang=en")
    desk.page.route("**/onemap/snapshot*", lambda route: route.fulfill(status=503, body="the database does not answer"))
    desk.page.locator(".onemap-export-png").click()
    expect(desk.page.locator(".onemap-export-state")).to_contain_text("could not be made: the database does not answer")
