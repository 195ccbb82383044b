"""A photo is served to those who may see its task, for their own browser alone; to others nothing is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from data.campaign.load import Loaded
from data.store.rows import Photo
from geo.model.errors import StoreUnavailableError
from geo.model.status import Status
from server.photos import photo_route
from services.access.policy import Person
from services.reports.photos import FolderShelf, Upload, Uploads, photo_url, take_photos
from tests.support.fixtures_reports import EVERYBODY, LEAD, STRANGER, full_form, seeded_store, send

PEOPLE = {person.name: person for person in EVERYBODY if person}


class Site:
    """A server with one report that has a photo."""

    def __init__(self, folder: Path, loaded: Loaded) -> None:
        self.folder = folder
        self.store, self.storage = seeded_store(loaded), FolderShelf(folder)
        self.photo = self.take("red")
        send(self.store, loaded, LEAD, full_form(Status.DONE, photos=(self.photo,)))
        route = photo_route(lambda: self.store, lambda: self.storage, self.person_of)
        self.client = TestClient(Starlette(routes=[route]))
        self.asked = {"X-Person": "li"}

    def take(self, colour: str) -> Photo:
        content = BytesIO()
        Image.new("RGB", (64, 48), colour).save(content, "PNG")
        return take_photos(Uploads(self.storage, (Upload("photo.png", content.getvalue()),)))[0]

    @staticmethod
    def person_of(request: Request) -> Person | None:
        return PEOPLE.get(request.headers.get("X-Person", ""))


@pytest.fixture
def site(tmp_path: Path, loaded: Loaded) -> Site:
    return Site(tmp_path / "photos", loaded)


def test_a_photo_is_served_and_kept_by_one_browser_only(site: Site) -> None:
    answer = site.client.get(photo_url(site.photo.digest), headers=site.asked)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content == site.storage.get(site.photo.digest)


def test_everybody_who_may_look_at_the_board_sees_it(site: Site) -> None:
    answer = site.client.get(photo_url(site.photo.digest), headers={"X-Person": STRANGER.name})
    assert answer.status_code == 200


def test_who_has_not_signed_in_gets_nothing(site: Site) -> None:
    answer = site.client.get(photo_url(site.photo.digest))
    assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")
    assert b"JFIF" not in answer.content


def test_a_photo_that_no_report_has_is_not_served(site: Site) -> None:
    orphan = site.take("blue")
    assert site.storage.get(orphan.digest)
    assert site.client.get(photo_url(orphan.digest), headers=site.asked).status_code == 404


@pytest.mark.parametrize("name", ["0" * 64, "x", "..%2f..%2fsecret", "A" * 64, "0" * 64 + "%0a", "%00"])
def test_what_is_no_photo_is_not_found(site: Site, name: str) -> None:
    answer = site.client.get(photo_url(name), headers=site.asked)
    assert answer.status_code == 404


def test_a_photo_that_is_missing_from_the_folder_is_not_found(site: Site) -> None:
    next(site.folder.rglob("*.jpg")).unlink()
    answer = site.client.get(photo_url(site.photo.digest), headers=site.asked)
    assert (answer.status_code, answer.text) == (404, "the photo is missing from the photo folder")


def test_a_database_that_is_gone_is_said_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_digest: str) -> None:
        raise StoreUnavailableError("gone")

    monkeypatch.setattr(site.store, "photo_task", gone)
    answer = site.client.get(photo_url(site.photo.digest), headers=site.asked)
    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
