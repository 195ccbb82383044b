"""Open pages as Streamlit runs them, for whoever looks, over a store that can go away."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

import settings
from geo.errors import StoreUnavailableError
from services import desk
from services.policy import VISITOR, Person, Role
from settings import DEFAULT_CAMPAIGN, ROOT
from tests.fakes import FakeStore
from views import who

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = str(ROOT / "views" / "main.py")
PEOPLE = {
    "visitor": VISITOR,
    "viewer": Person("viewer", "Viewer Vi", Role.VIEWER, ""),
    "lead": Person("lead", "Lead Li", Role.FIELD_LEAD, "minhang"),
    "centre": Person("centre", "Centre Chen", Role.COMMAND_CENTRE, ""),
    "admin": Person("admin", "Admin An", Role.ADMINISTRATOR, ""),
}
"""One of each role; the field lead's unit leads T29 and not T01 of the shipped campaign."""


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
        self.page = AppTest.from_file(MAIN, default_timeout=60)

    def signs_in(self, who_looks: str) -> None:
        """Let one of `PEOPLE` look."""
        self._patch.setattr(who, "looks", lambda _store: PEOPLE[who_looks])

    def open(self, name: str, **query: str) -> str:
        """Open a page by its address; what stands there."""
        for key, value in query.items():
            self.page.query_params[key] = value
        self.run()
        pages = self.page._registered_pages.items()  # noqa: SLF001  pages that are functions cannot be switched to
        self.page._page_hash = next(key for key, one in pages if one.get("url_pathname") == name)  # noqa: SLF001
        return self.run()

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
        bodies = [str(element.proto.body) for element in self.page.get("html")]
        return "\n".join(body for body in bodies if not body.startswith("<style"))

    def offered(self) -> set[str]:
        """Keys of all widgets that are offered."""
        return {str(element.key) for element in self.page.main if getattr(element, "key", None)}

    def links(self) -> list[str]:
        """Labels of the links in the head."""
        return [str(link.proto.label) for link in self.page.get("page_link")]


@contextmanager
def screen_of(campaign: Path, var: Path) -> Iterator[Screen]:
    """A screen over a campaign and a store in memory."""
    store = LeavingStore()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_DIR", str(campaign))
        patch.setenv("VAR_DIR", str(var))
        patch.setattr(desk, "store_at", lambda _url: store)
        settings.settings.cache_clear()
        yield Screen(patch, campaign, store)
    settings.settings.cache_clear()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen over the shipped campaign."""
    folder = tmp_path / "campaign"
    shutil.copytree(DEFAULT_CAMPAIGN, folder)
    with screen_of(folder, tmp_path / "var") as opened:
        yield opened
