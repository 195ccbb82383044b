"""Open pages as Streamlit runs them: over a database of their own, or for whoever looks, over a store in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import settings
from geo.model.errors import StoreUnavailableError
from services.access.policy import VISITOR, Person, Role
from services.campaign import context as desk
from settings import DEFAULT_CAMPAIGN, ROOT
from tests.support.fakes import FakeStore
from views.shared import who

MAIN = str(ROOT / "views" / "main.py")
PEOPLE = {
    "visitor": VISITOR,
    "viewer": Person("viewer", "Viewer Vi", Role.VIEWER, ""),
    "lead": Person("lead", "Lead Li", Role.FIELD_LEAD, "minhang"),
    "centre": Person("centre", "Centre Chen", Role.COMMAND_CENTRE, ""),
    "admin": Person("admin", "Admin An", Role.ADMINISTRATOR, ""),
}
"""One of each role; the field lead's unit leads T29 and not T01 of the shipped campaign."""


def new_page() -> AppTest:
    """A page that nobody has opened yet."""
    return AppTest.from_file(MAIN, default_timeout=60)


def open_page(page: AppTest, name: str, **query: str) -> AppTest:
    """A page as its address opens it."""
    for key, value in query.items():
        page.query_params[key] = value
    page.query_params["go"] = "1"  # as a link to a page that is open already
    page.run()
    assert not page.exception, page.exception
    pages = page._registered_pages.items()  # noqa: SLF001  pages that are functions cannot be switched to by path
    page._page_hash = next(key for key, one in pages if one.get("url_pathname") == name)  # noqa: SLF001
    page.run()
    assert not page.exception, page.exception
    return page


def bodies_of(page: AppTest) -> list[str]:
    """The pieces of HTML of a page, in their order."""
    return [str(element.proto.body) for element in page.get("html")]


def html_of(page: AppTest) -> str:
    """All HTML of a page, style sheets too."""
    return "\n".join(bodies_of(page))


class LeavingStore(FakeStore):
    """Answer until it is told to be away, and again when it is back."""

    away = False

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401  whatever the store has
        found = super().__getattribute__(name)
        if not name.startswith("_") and callable(found) and super().__getattribute__("away"):
            raise StoreUnavailableError("connection refused")
        return found


class Screen:
    """What somebody sees: a page of a campaign, with the store behind it."""

    def __init__(self, patch: pytest.MonkeyPatch, campaign: Path, store: LeavingStore) -> None:
        self._patch = patch
        self.campaign = campaign
        self.store = store
        self.page = new_page()

    def signs_in(self, who_looks: str) -> None:
        """Let one of `PEOPLE` look."""
        self._patch.setattr(who, "current_person", lambda _store: PEOPLE[who_looks])

    def open(self, name: str, **query: str) -> str:
        """Open a page by its address; what stands there."""
        open_page(self.page, name, **query)
        return self.html()

    def run(self) -> str:
        """Run the page again; what stands there."""
        self.page.run()
        return self.html()

    def click(self, key: str) -> str:
        """Click a button; what stands there afterwards."""
        self.page.button(key=key).click().run()
        return self.html()

    def html(self) -> str:
        """All HTML of the page, style sheets left out."""
        assert not self.page.exception, self.page.exception
        return "\n".join(body for body in bodies_of(self.page) if not body.startswith("<style"))

    def offered(self) -> set[str]:
        """Keys of all widgets that are offered."""
        return {str(element.key) for element in self.page.main if getattr(element, "key", None)}

    def links(self) -> list[str]:
        """Labels of the links in the head."""
        return [str(link.proto.label) for link in self.page.get("page_link")]


@contextmanager
def shows(campaign: Path, var: Path) -> Iterator[pytest.MonkeyPatch]:
    """Let the pages show a campaign and write to a folder; what else is patched is undone with that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_DIR", str(campaign))
        patch.setenv("VAR_DIR", str(var))
        settings.settings.cache_clear()
        yield patch
    settings.settings.cache_clear()


@contextmanager
def screen_of(campaign: Path, var: Path) -> Iterator[Screen]:
    """A screen over a campaign and a store in memory."""
    store = LeavingStore()
    with shows(campaign, var) as patch:
        patch.setattr(desk, "store_at", lambda _url: store)
        yield Screen(patch, campaign, store)


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Path]:
    """A copy of the shipped campaign, shown by the pages over a database of its own."""
    folder = shutil.copytree(DEFAULT_CAMPAIGN, tmp_path / "campaign")
    with shows(folder, tmp_path / "var"):
        yield folder


@pytest.fixture
def page(campaign: Path) -> AppTest:
    """A page of the copied campaign."""
    assert campaign.is_dir()
    return new_page()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen over a copy of the shipped campaign."""
    with screen_of(shutil.copytree(DEFAULT_CAMPAIGN, tmp_path / "campaign"), tmp_path / "var") as opened:
        yield opened
