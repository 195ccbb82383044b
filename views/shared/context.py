"""Give a page what it works with: the open campaign, the board of the chosen day, language and theme."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.store.protocol import Store
from geo.model.campaign import Campaign
from geo.space.crs import Datum
from geo.supervision.ladder import Ladder, ladders
from geo.tasks.filters import Filters
from geo.tasks.joins import Board
from layers.screen.map import BASEMAPS, Basemap
from layers.style import Theme
from locales import Language, translations
from services.access.policy import Person
from services.campaign.context import CampaignContext, get_context
from views.shared import state, who


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that the parts of a page read during one run of the script."""

    opened: CampaignContext
    choices: state.Choices
    day: date
    board: Board
    filters: Filters
    selected: str | None
    lang: Language
    words: gettext.NullTranslations
    theme: Theme
    basemap: Basemap | None
    person: Person | None

    @property
    def campaign(self) -> Campaign:
        """The campaign that is shown."""
        return self.opened.campaign

    @property
    def datum(self) -> Datum:
        """Datum in which the features are drawn: that of the basemap."""
        return self.basemap.datum if self.basemap else Datum.WGS84


def _person(store: Store) -> Person | None:
    """Whoever looks now; the page is drawn anew where that is no longer who it was drawn for."""
    person = who.current_person(store)
    if person != st.session_state.setdefault(state.KEYS.person, person):
        st.rerun(scope="app")
    return person


def open_page() -> PageContext:
    """Read campaign, URL, widgets and session into one context; in every run, also of a part of the page.

    Raises
    ------
    CampaignError
        If campaign.toml cannot be used.
    """
    opened = get_context()
    choices = state.choices_of(opened)
    state.seed(opened, choices)
    day = opened.campaign.clamp(st.session_state[state.KEYS.as_of] or opened.today())
    lang = state.language()
    return PageContext(
        opened=opened,
        choices=choices,
        day=day,
        board=opened.board(day),
        filters=state.filters(choices),
        selected=st.session_state[state.KEYS.selected],
        lang=lang,
        words=translations(lang),
        theme="dark" if st.session_state.get(state.KEYS.theme, st.context.theme.type) == "dark" else "light",
        basemap=next((one for one in BASEMAPS if one.id == st.session_state[state.KEYS.basemap]), None),
        person=_person(opened.store),
    )


def ladders_of(context: PageContext) -> Mapping[str, Ladder]:
    """Ladders of all supervised tasks as of the day that is shown."""
    as_of = context.board.as_of
    return ladders(context.opened.supervision(as_of), as_of, context.campaign.tz)
