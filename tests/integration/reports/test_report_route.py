"""What a phone sends is stored once, from who may send it; everything else changes nothing and says why."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from PIL import Image

from data.campaign.load import Loaded
from data.store.rows import Source
from geo.model.status import Status
from server.reports import BODY_BYTES_MAX, report_route
from services.access.accounts import Act
from services.access.policy import OPERATOR
from services.campaign.context import CampaignContext
from services.reports.photos import FolderShelf
from tests.support.fixtures_reports import CENTRE, full_form, put, seeded_store, send
from tests.support.signing_in import Browser, Server

KEY = "0123456789abcdef"
NEAR = {"lon": "121.3", "lat": "31.19", "accuracy_m": "20", "datum": "wgs84"}


class Phones:
    """The route over a store in memory, and browsers that are signed in to it."""

    def __init__(self, loaded: Loaded, folder: Path) -> None:
        self.loaded = loaded
        self.store = seeded_store(loaded)
        self.server = Server(store=self.store)
        for name, unit in (("roadlead", "roads"), ("treelead", "trees")):
            self.account(name, unit)
        self.desk = CampaignContext(loaded, self.store, lambda: self.server.now)
        self.storage = FolderShelf(folder)
        self.route = report_route(self.server.authenticator, lambda: self.desk, lambda: self.storage)

    def account(self, name: str, unit: str, *, active: bool = True) -> None:
        before = self.store.account(name) or self.store.account("li")
        assert before
        seq = before.seq if before.name == name else 0
        act = Act(OPERATOR, Source.CLI, self.server.now).write(seq)
        self.store.append_account(replace(before, name=name, unit=unit, active=active, seq=0), act)

    def browser(self, name: str = "roadlead") -> Browser:
        made = self.server.browser(routes=[self.route])
        made.sign_in(name)
        return made

    def token(self, browser: Browser) -> str:
        session = self.server.authenticator.sessions().read(browser.session, self.server.now)
        return self.server.authenticator.sessions().token(session.sid) if session else ""

    def seen(self) -> int:
        updates = self.store.latest_updates(self.loaded.campaign.id)
        return int(updates.loc[updates["task"] == "T01", "seq"].max())

    def fields(self, **more: str) -> dict[str, str]:
        form = {"task": "T01", "status": "in_progress", "percent": "50", "note": "在修", "key": KEY}
        basis = {"based_on": str(self.seen()), "author": "roadlead", "lang": "zh"}
        return form | basis | {"written_at": self.server.now.isoformat()} | more

    def send(
        self,
        browser: Browser,
        fields: Mapping[str, str] = MappingProxyType({}),
        *,
        token: str | None = None,
        photos: tuple[bytes, ...] = (),
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Status and JSON of the answer to a report with some fields of its own."""
        sent = {"x-onemap-token": self.token(browser) if token is None else token, "origin": str(browser.base_url)}
        files = [("photo", (f"{at}.jpg", one, "image/jpeg")) for at, one in enumerate(photos)]
        files = files or [("none", ("", b"", "text/plain"))]
        sent |= headers or {}
        answer = browser.post("/onemap/report?lang=en", data=self.fields(**fields), files=files, headers=sent)
        return answer.status_code, answer.json()


def jpeg() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def phones(loaded: Loaded, tmp_path: Path) -> Phones:
    return Phones(loaded, tmp_path)


def notes(phones: Phones) -> list[str]:
    return [str(note) for note in phones.store.updates("sample").query("task == 'T01'")["note"]]


def test_a_report_with_a_photo_is_stored_and_the_answer_names_its_key(phones: Phones) -> None:
    status, said = phones.send(phones.browser(), photos=(jpeg(),))
    assert (status, said["stored"], said["key"], said["repeated"]) == (200, True, KEY, False)
    assert notes(phones)[-1] == "在修"
    assert len(phones.store.photos("sample", "T01")) == 1


def test_the_same_key_again_is_stored_once_also_after_somebody_reported(phones: Phones, loaded: Loaded) -> None:
    browser, basis = phones.browser(), str(phones.seen())
    phones.send(browser, photos=(jpeg(),))
    send(phones.store, loaded, CENTRE, full_form(Status.IN_PROGRESS), key="other", based_on=phones.seen())
    status, said = phones.send(browser, {"based_on": basis}, photos=(jpeg(),))
    assert (status, said["repeated"]) == (200, True)
    assert notes(phones).count("在修") == 1


@pytest.mark.parametrize(
    "forge", ["no session", "forged cookie", "no token", "token of another", "cross-site", "other origin"]
)
def test_a_forged_request_changes_nothing(phones: Phones, forge: str) -> None:
    browser, other = phones.browser(), phones.browser("treelead")
    token = {"no token": "", "token of another": phones.token(other)}.get(forge, phones.token(browser))
    if forge in {"no session", "forged cookie"}:
        browser.cookies.clear()
    if forge == "forged cookie":
        browser.cookies.set("onemap_session", "eyJuYW1lIjoicm9hZGxlYWQifQ.forged")
    headers = {"cross-site": {"sec-fetch-site": "cross-site"}, "other origin": {"origin": "https://evil.example"}}
    version = phones.store.version()
    status, said = phones.send(browser, token=token, headers=headers.get(forge), photos=(jpeg(),))
    assert (status, said["kind"] == "signed_out") in {(401, True), (403, False)}
    assert phones.store.version() == version


def test_another_units_task_is_refused_and_says_so(phones: Phones) -> None:
    status, said = phones.send(phones.browser("treelead"), {"author": "treelead"})
    assert (status, said["kind"]) == (403, "refused")
    assert "T01" in said["message"]
    assert "在修" not in notes(phones)


def test_a_draft_of_somebody_else_is_not_sent_under_this_account(phones: Phones) -> None:
    status, said = phones.send(phones.browser("treelead"))
    assert (status, said["kind"]) == (403, "other_account")


def test_who_lost_the_right_meanwhile_is_signed_out_and_told(phones: Phones) -> None:
    browser = phones.browser()
    token = phones.token(browser)
    phones.account("roadlead", "roads", active=False)
    assert phones.send(browser, token=token)[0] == 401


def test_signed_off_meanwhile_is_a_conflict_that_shows_the_newest(phones: Phones, loaded: Loaded) -> None:
    browser, basis = phones.browser(), str(phones.seen())
    put(phones.store, loaded, Status.DONE)
    put(phones.store, loaded, Status.ACCEPTED)
    status, said = phones.send(browser, {"based_on": basis})
    assert (status, said["kind"], said["current"]) == (409, "conflict", phones.seen())
    assert "Signed off" in said["newest"]["state"] or "100%" in said["newest"]["state"]
    assert phones.send(browser)[0] == 403


@pytest.mark.parametrize("photo", [b"", b"no photo", jpeg()[:200]])
def test_a_broken_photo_is_named_and_nothing_is_stored(phones: Phones, photo: bytes) -> None:
    status, said = phones.send(phones.browser(), photos=(jpeg(), photo))
    assert (status, said["kind"]) == (422, "refused")
    assert "1.jpg" in said["message"]
    assert "在修" not in notes(phones)


@pytest.mark.parametrize("declares", [True, False])
def test_more_than_ten_megabytes_are_not_taken(phones: Phones, declares: bool) -> None:  # noqa: FBT001
    browser = phones.browser()
    boundary = {"content-type": "multipart/form-data; boundary=x", "x-onemap-token": phones.token(browser)}
    body = b"--x\r\ncontent-disposition: form-data; name=photo; filename=a\r\n\r\n" + bytes(BODY_BYTES_MAX)
    chunks = (body[at : at + 65536] for at in range(0, len(body), 65536))
    answer = browser.post("/onemap/report", content=body if declares else chunks, headers=boundary)
    assert (answer.status_code, answer.json()["kind"]) == (413, "refused")


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "short"}, {"key": "\0" * 20}, {"status": "burnt"}, {"percent": "fifty"}, {"percent": "-1"},
        {"based_on": "9" * 40}, {"written_at": "yesterday"}, {"written_at": "2020-09-15T10:00"}, {"percent": "100"},
        {"feature": "C02"}, {"task": "T99"}, {"note": "长" * 4001}, {"difficulty_kind": "<script>"},
    ],
)  # fmt: skip
def test_fields_that_cannot_be_read_are_refused(phones: Phones, wrong: dict[str, str]) -> None:
    before = notes(phones)
    status, said = phones.send(phones.browser(), wrong)
    assert (status, said["kind"]) == (422, "refused")
    assert notes(phones) == before


def test_who_stood_far_off_is_not_refused_but_the_report_says_so(phones: Phones) -> None:
    browser = phones.browser()
    assert phones.send(browser, NEAR | {"lon": "121.39"})[0] == 200
    assert "公里" in notes(phones)[-1]
    phones.send(browser, NEAR | {"lon": "116.4", "lat": "39.9", "key": KEY + "2", "lang": "en"})
    assert "km from the project" in notes(phones)[-1]


@pytest.mark.parametrize(
    "place", [{}, {"lon": "nan", "lat": "31"}, {"lon": "31.19", "lat": "121.3"}, {"lon": "x", "lat": ""}]
)
def test_a_place_that_is_none_is_no_reason_to_refuse(phones: Phones, place: dict[str, str]) -> None:
    assert phones.send(phones.browser(), place)[0] == 200
    assert notes(phones)[-1] == "在修"


@pytest.mark.parametrize(("minutes", "late"), [(0, 0), (40, 40), (-30, 0), (60 * 24 * 400, 0)])
def test_when_it_was_written_is_kept_beside_when_it_arrived(phones: Phones, minutes: int, late: int) -> None:
    written = phones.server.now - timedelta(minutes=minutes)
    phones.send(phones.browser(), {"written_at": written.isoformat()})
    entry = phones.store.history("sample", "T01")[0]
    assert entry.at - entry.written_at == timedelta(minutes=late)


@pytest.mark.parametrize(
    ("age", "late"),
    [
        (timedelta(seconds=59), timedelta()),
        (timedelta(minutes=1), timedelta(minutes=1)),
        (timedelta(days=60), timedelta(days=60)),
        (timedelta(days=60, seconds=1), timedelta()),
    ],
)
def test_a_draft_has_an_age_from_a_minute_to_sixty_days_both_included(
    phones: Phones, age: timedelta, late: timedelta
) -> None:
    phones.send(phones.browser(), {"written_at": (phones.server.now - age).isoformat()})
    entry = phones.store.history("sample", "T01")[0]
    assert entry.at - entry.written_at == late


def test_a_campaign_that_is_over_keeps_how_long_the_report_waited(phones: Phones) -> None:
    phones.server.now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    browser = phones.browser()
    phones.send(browser, {"written_at": datetime(2026, 11, 24, 7, 15, tzinfo=UTC).isoformat()})
    entry = phones.store.history("sample", "T01")[0]
    assert entry.at.year == 2020
    assert entry.at - entry.written_at == timedelta(minutes=45)
