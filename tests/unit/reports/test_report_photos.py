"""Photos that come with a report are decoded and kept only when the report itself is in order."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from data.campaign.load import Loaded
from data.store.rows import Photo
from geo.model.errors import UnknownTaskError
from geo.model.status import Status
from services.access.policy import NotAllowedError, Person
from services.reports import photos
from services.reports.forms import PHOTOS_MAX, ReportForm, Submission, TransitionError
from services.reports.photos import FolderShelf, PhotoError, Upload, Uploads
from services.reports.reports import last_seq, submit_report
from tests.support.fakes import FakeStore
from tests.support.fixtures_reports import LEAD, NOW, STRANGER, full_form, seeded_store


@dataclass
class Place:
    """The small campaign, and the folder that photos go to."""

    store: FakeStore
    loaded: Loaded
    folder: Path

    def send(self, form: ReportForm, *contents: bytes, person: Person = LEAD) -> None:
        submission = Submission("key", last_seq(self.store, "sample", "T01", NOW), NOW)
        files = tuple(Upload(f"{number}.png", content) for number, content in enumerate(contents))
        uploads, tasks = Uploads(FolderShelf(self.folder), files), self.loaded.tasks
        given = {"tasks": tasks, "person": person, "form": form, "submission": submission, "uploads": uploads}
        submit_report(self.store, self.loaded.campaign, **given)  # type: ignore[arg-type]

    def kept(self) -> set[str]:
        return {path.stem for path in self.folder.rglob("*") if path.is_file()}

    def photos(self) -> tuple[Photo, ...]:
        return self.store.photos("sample", "T01")

    def reports(self) -> int:
        return len(self.store.updates("sample"))


@pytest.fixture
def place(loaded: Loaded, tmp_path: Path) -> Place:
    return Place(seeded_store(loaded), loaded, tmp_path / "photos")


def picture(red: int = 254) -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 48), (red, 0, 0)).save(file, "PNG")
    return file.getvalue()


def test_the_photos_of_a_sound_report_are_kept_with_it(place: Place) -> None:
    place.send(full_form(Status.DONE), picture(), picture(100), picture())
    first, second, again = place.photos()
    assert (first.name, second.name, again.name) == ("0.png", "1.png", "2.png")
    assert place.kept() == {first.digest, second.digest} == {second.digest, again.digest}


@pytest.mark.parametrize(
    ("form", "person", "count", "error"),
    [
        (full_form(Status.DONE), LEAD, PHOTOS_MAX + 1, TransitionError),
        (full_form(Status.BLOCKED, difficulty=""), LEAD, 1, TransitionError),
        (full_form(Status.DONE), STRANGER, 1, NotAllowedError),
        (full_form(Status.DONE, task="T99"), LEAD, 1, UnknownTaskError),
    ],
)
def test_of_a_refused_report_no_photo_is_decoded(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    form: ReportForm,
    person: Person,
    count: int,
    error: type[Exception],
) -> None:
    decoded: list[bytes] = []
    monkeypatch.setattr(photos, "clean_photo", lambda content, _name: decoded.append(content))
    with pytest.raises(error):
        place.send(form, *[picture()] * count, person=person)
    assert (decoded, place.kept(), place.reports()) == ([], set(), 8)


def test_photos_on_the_shelf_and_new_ones_are_counted_together(place: Place) -> None:
    place.send(full_form(Status.DONE), picture())
    form = full_form(Status.DONE, photos=place.photos())
    with pytest.raises(TransitionError, match=f"are {PHOTOS_MAX + 1}; a report takes {PHOTOS_MAX}"):
        place.send(form, *map(picture, range(PHOTOS_MAX)))


def test_a_report_with_a_file_that_is_no_photo_is_not_stored(place: Place) -> None:
    with pytest.raises(PhotoError, match=r"1\.png"):
        place.send(full_form(Status.DONE), picture(), b"no photo")
    assert (place.kept(), place.reports()) == (set(), 8)
