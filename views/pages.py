"""List the pages; a new one is a module and its line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from views import (
    briefing_page,
    changes_page,
    corridor_page,
    guide_page,
    incidents_page,
    ledger_page,
    map_page,
    nearby_page,
    people_page,
    progress_page,
    supervision_page,
    task_page,
    tasks_page,
    unit_page,
    units_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.navigation.page import StreamlitPage

PAGES: Final[tuple[tuple[str, Callable[[], None], str], ...]] = (
    ("map", map_page.show, "One Map"),
    ("nearby", nearby_page.show, "Near me"),
    ("corridor", corridor_page.show, "Along the corridor"),
    ("tasks", tasks_page.show, "Tasks"),
    ("task", task_page.show, "Task"),
    ("changes", changes_page.show, "Since the last meeting"),
    ("progress", progress_page.show, "Progress"),
    ("incidents", incidents_page.show, "Incidents"),
    ("supervision", supervision_page.show, "Supervision"),
    ("units", units_page.show, "Units"),
    ("briefing", briefing_page.show, "Briefings"),
    ("unit", unit_page.show, "Unit"),
    ("ledger", ledger_page.show, "Ledger"),
    ("people", people_page.show, "People"),
    ("guide", guide_page.show, "Help"),
)
"""Name, which is the address too, what draws it, and the title of its tab; the first is opened by the bare address."""


def pages() -> dict[str, StreamlitPage]:
    """Every page by its name, for one run of the script."""
    return {
        name: st.Page(show, title=title, url_path=name, default=place == 0)
        for place, (name, show, title) in enumerate(PAGES)
    }
