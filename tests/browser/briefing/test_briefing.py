"""The page of briefings in a browser: one click gives the file; a cancelled one says so in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.support.driver import Desk

SPOKEN = {
    "zh": ("一页简报", "生成文件", "取消", "已取消，没有生成文件。", "第三届进博会保障行动", "文件已生成"),
    "en": (
        "On one page",
        "Make the file",
        "Cancel",
        "It was given up; no file was made.",
        "CIIE 2020 support",
        "The file is made",
    ),
}
OF_STREAMLIT = "[data-testid=stDownloadButtonError], [data-testid=stException], [data-testid=stConnectionStatus]"
ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")
"""Three English words: the choices of the Chinese page have none."""


def opened(desk: Desk, lang: str) -> None:
    desk.page.goto(f"{desk.address}/briefing?lang={lang}")
    expect(desk.page.locator(".st-key-briefing-make button")).to_be_enabled()
    desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")


def choose(desk: Desk, control: str, name: str) -> None:
    desk.page.locator(f".st-key-briefing-{control}").get_by_role("radio", name=name).click()
    desk.page.wait_for_timeout(300)
    desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_click_gives_one_page_as_pdf_in_the_readers_language(desk: Desk, tmp_path: Path, lang: str) -> None:
    page, make, _, _, title, made = SPOKEN[lang]
    opened(desk, lang)
    choose(desk, "kind", page)
    choose(desk, "format", "PDF")
    with desk.page.expect_download(timeout=60_000) as download:
        desk.page.get_by_role("button", name=make).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    pages = PdfReader(path).pages
    assert len(pages) == 1
    assert "".join(title.split()) in "".join(pages[0].extract_text().split())
    expect(desk.page.locator(".st-key-briefing-page")).to_contain_text(made)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_cancelled_briefing_says_so_in_the_readers_language(desk: Desk, lang: str) -> None:
    _, make, cancel, given_up, _, _ = SPOKEN[lang]
    opened(desk, lang)
    desk.page.get_by_role("button", name=make).click()
    desk.page.get_by_role("button", name=cancel, exact=True).click()
    expect(desk.page.locator(".st-key-briefing-page")).to_contain_text(given_up)
    desk.page.wait_for_timeout(1500)  # a failed download would be told now
    seen = desk.page.locator(".st-key-briefing-page").inner_text()
    assert lang == "en" or not ENGLISH.search(seen)
    assert desk.page.locator(OF_STREAMLIT).locator("visible=true").count() == 0
    assert desk.errors == []
