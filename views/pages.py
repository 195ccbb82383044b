"""List the pages; a new one is a module and its line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from views.briefing import page as briefing_page
from views.changes import page as changes_page
from views.guide import page as guide_page
from views.incidents import page as incidents_page
from views.ledger import page as ledger_page
from views.map import page as map_page
from views.nearby import corridor_page
from views.nearby import page as nearby_page
from views.people import page as people_page
from views.progress import page as progress_page
from views.supervision import page as supervision_page
from views.tasks import list_page as tasks_page
from views.tasks import task_page
from views.units import matrix_page as units_page
from views.units import unit_page

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
