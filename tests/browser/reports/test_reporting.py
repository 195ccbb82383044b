"""A photo is shown without the place it was taken at, and a sign-off reaches other browsers within seconds."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, Locator, expect

from settings import DEFAULT_CAMPAIGN
from tests.support.browser_accounts import people_in, sign_in
from tests.support.driver import Desk, open_desk, serve


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with a field lead of minhang and the command centre."""
    var = tmp_path_factory.mktemp("reporting")
    with serve(DEFAULT_CAMPAIGN, var) as running, people_in(f"sqlite:///{var / 'onemap.sqlite'}"):
        yield running


def _photo() -> bytes:
    """A photo as a telephone takes it: it tells the place and the telephone."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRET phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (31.0, 11.0, 30.0)
    file = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG", exif=exif, comment=b"SECRET note")
    return file.getvalue()


def _open_form(desk: Desk, task: str) -> None:
    desk.page.goto(f"{desk.address}/task?id={task}&lang=zh")
    desk.page.get_by_role("button", name=f"上报 {task} 进展").click()
    desk.page.locator(".st-key-report").wait_for()


def _send(desk: Desk) -> None:
    desk.page.wait_for_timeout(500)
    desk.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")
    desk.page.locator(".st-key-report-send button").click()


def test_a_photo_of_a_report_is_served_without_what_the_telephone_wrote_into_it(browser: Browser, address: str) -> None:
    assert b"SECRET" in _photo()
    with open_desk(browser, address) as lead:
        sign_in(lead, "lead")
        _open_form(lead, "T29")
        _choose_photo(lead)
        lead.page.locator(".st-key-report-note textarea").fill("附现场照片")
        _send(lead)
        image = lead.page.locator(".onemap-history .photos img")
        expect(image).to_have_attribute("alt", "site.jpg")
        served = _served(lead, image)
        assert (Image.open(BytesIO(served)).size, dict(Image.open(BytesIO(served)).getexif())) == ((640, 480), {})
        assert not [mark for mark in (b"Exif", b"SECRET", b"GPS") if mark in served]


def _choose_photo(lead: Desk) -> None:
    photo = {"name": "site.jpg", "mimeType": "image/jpeg", "buffer": _photo()}
    lead.page.locator(".st-key-report input[type=file]").set_input_files(photo)  # type: ignore[arg-type]
    chip = lead.page.locator(".st-key-report [data-testid=stFileChip]")
    expect(chip).to_contain_text("site.jpg")


def _served(desk: Desk, image: Locator) -> bytes:
    """The bytes of an image, as the server gives them to whoever looks."""
    assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") > 0
    return desk.page.request.get(desk.address + str(image.get_attribute("src"))).body()


def test_a_sign_off_is_seen_in_another_browser_and_its_view_stays(browser: Browser, address: str) -> None:
    with open_desk(browser, address) as centre, open_desk(browser, address) as other:
        other.open("?hide=river&q=N04&feature=N04")
        other.js("void oneMap.map.setZoom(15, {animate: false}); window.marked = oneMap.map; true")
        sign_in(centre, "centre")
        _open_form(centre, "T05")
        centre.page.get_by_role("radio", name="已销号").click()
        _send(centre)
        expect(centre.page.locator(".onemap-history")).to_contain_text("已销号")
        expect(other.page.locator(".st-key-feature-panel")).to_contain_text("已销号")
        assert other.js("[oneMap.map === window.marked, oneMap.mounts, oneMap.map.getZoom()]") == [True, 1, 15]
        assert other.js("oneMap.component.data.rule.text") == "n04"
        expect(other.page.locator(".st-key-filter-text input")).to_have_value("N04")
