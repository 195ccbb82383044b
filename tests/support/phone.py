"""Hold a phone: its screen, its place, its fingers; and count what is tapped."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page

from data.store.rows import Account, Source
from data.store.sql import open_store
from services.access.accounts import Act
from services.access.passwords import hash_password
from services.access.policy import OPERATOR
from tests.support.signing_in import PASSWORD

HERE: Final = (121.3045, 31.1925)
SMALL: Final = """() => [...document.querySelectorAll(
    ".st-key-nearby-page :is(button, input, a, summary, [role=combobox]), .onemap-bar > *, "
    + "dialog[open] :is(button, input, select, textarea)"
)].filter((one) => one.checkVisibility() && !one.closest(".leaflet-control-attribution, [aria-hidden=true]"))
  .map((one) => [(one.closest("label") ?? one).getBoundingClientRect(), one])
  .filter(([zone]) => zone.width && Math.min(zone.width, zone.height) < 43.5)
  .map(([, one]) => one.outerHTML.slice(0, 160))"""
"""What can be tapped and is under 44 px; of a field in a label the label counts, since it takes the tap."""


@dataclass
class Phone:
    """A page on a phone, with the number of taps."""

    context: BrowserContext
    page: Page
    address: str
    lang: str
    taps: int = 0
    errors: list[str] = field(default_factory=list)

    def sign_in(self, name: str = "lead") -> None:
        self.page.goto(f"{self.address}/signin?lang={self.lang}&next=/nearby?lang={self.lang}")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("button[type=submit]").first.click()
        self.ready()

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/nearby?lang={self.lang}{query}")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_function("window.oneMap?.scene?.draws > 0 && oneMap.frame.dataset.applied")
        self.page.wait_for_selector(".onemap-bar > *")
        self.rest()

    def rest(self) -> None:
        self.page.wait_for_selector(".stApp[data-test-script-state='notRunning']")

    def tap(self, what: str | Locator) -> None:
        self.taps += 1
        (self.page.locator(what) if isinstance(what, str) else what).tap()

    def locate(self) -> None:
        self.tap(".onemap-locate")
        self.page.wait_for_selector(".onemap-near")
        self.rest()

    def shoot(self, name: str = "photo.jpg") -> None:
        """Tap the camera and take a photo of 3,000 × 2,000 pixels."""
        self.taps += 1
        with self.page.expect_file_chooser() as chooser:
            self.page.locator(".onemap-report .shoot input").dispatch_event("click")
        shot: FilePayload = {"name": name, "mimeType": "image/jpeg", "buffer": photo()}
        chooser.value.set_files([shot])
        self.page.wait_for_selector(".onemap-report figure img")

    def swipe(self, what: str, *, up: int) -> None:
        """Move one finger up over an element, as the hardware reports it."""
        box = self.page.locator(what).bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8
        session = self.context.new_cdp_session(self.page)
        points = [[{"x": x, "y": y - up * step / 10}] for step in range(11)]
        for kind, at in [("touchStart", points[0]), *(("touchMove", one) for one in points[1:]), ("touchEnd", [])]:
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
            self.page.wait_for_timeout(20)

    def write(self, note: str, *, shoot: bool = True) -> None:
        """Open the form and fill it in."""
        self.tap(".onemap-bar .report")
        self.fill_in(note, shoot=shoot)

    def fill_in(self, note: str, *, shoot: bool = True) -> None:
        self.page.locator(".onemap-report textarea").fill(note)
        if shoot:
            self.shoot()

    def fake_position(self, script: str) -> None:
        """Let the browser answer with something else; before the page is opened."""
        self.page.add_init_script(script)


def photo(width: int = 3000, height: int = 2000) -> bytes:
    """A JPEG as a camera makes it: some megabytes, larger than what is kept."""
    made = io.BytesIO()
    noise = Image.effect_noise((width // 8, height // 8), 40)
    noise.resize((width, height)).convert("RGB").save(made, "JPEG", quality=92)
    return made.getvalue()


def add_people(database: str) -> None:
    """Accounts of a field lead of Minhang and of the command centre."""
    store = open_store(database)
    for name, role, unit in (("lead", "field_lead", "minhang"), ("centre", "command_centre", "")):
        account = Account(name, name, role, unit, hash_password(PASSWORD), active=True, must_change=False)
        store.append_account(account, Act(OPERATOR, Source.CLI, datetime.now(UTC)).write(0))
    store.close()


def reports_of(var: Path, note: str) -> list[dict[str, Any]]:
    """The reports in the database whose note holds a text."""
    store = open_store(f"sqlite:///{var / 'onemap.sqlite'}")
    updates = store.updates("ciie2020")
    found = updates[updates["note"].str.contains(note, regex=False)]
    photos = [len(store.photos("ciie2020", task)) for task in found["task"]]
    store.close()
    notes = zip(found["note"], photos, strict=True)
    return [{"note": str(note), "photos": count} for note, count in notes]


@contextmanager
def phone(
    browser: Browser,
    address: str,
    *,
    lang: str = "zh",
    width: int = 390,
    height: int = 844,
    **more: Any,  # noqa: ANN401
) -> Iterator[Phone]:
    place = {"longitude": HERE[0], "latitude": HERE[1], "accuracy": 35}
    settings: dict[str, Any] = {
        "viewport": {"width": width, "height": height},
        "locale": "zh-CN" if lang == "zh" else "en-GB",
        "has_touch": True,
        "is_mobile": True,
        "geolocation": place,
        "permissions": ["geolocation"],
    }
    context = browser.new_context(**settings | more)
    page = context.new_page()
    held = Phone(context, page, address, lang)
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: held.errors.append(str(error)))
    yield held
    assert held.errors == []
    context.close()
