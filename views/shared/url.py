"""Tell a URL that somebody went to from one that this page wrote, name the widgets, and what each part may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import LIGHT_ORDER, STATUS_ORDER
from layers.screen.map import offered
from services.campaign.context import CampaignContext
from settings import settings

Query = dict[str, list[str]]

_IN_FLIGHT_S = 10
"""So long a click may be on its way from a browser that has not heard of the URL that was written last."""

_PAST_URLS = 8

AGAIN = {"go": "1"}
"""Makes the link to the page that is open one that no page ever writes: it is followed, however late it comes."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of the widgets; documented in docs/architecture.md, since tests and scripts rely on them."""

    map: str = "map"
    zone: str = "filter-zone"
    kind: str = "filter-kind"
    category: str = "filter-category"
    unit: str = "filter-unit"
    lead: str = "filter-lead"
    status: str = "filter-status"
    light: str = "filter-light"
    text: str = "filter-text"
    clear: str = "filter-clear"
    as_of: str = "as-of"
    language: str = "language"
    basemap: str = "basemap"
    feature_list: str = "feature-list"
    feature_panel: str = "feature-panel"
    selected: str = "selected"
    task: str = "task"
    person: str = "person"
    time: str = "time"
    since: str = "since"
    bounds: str = "bounds"
    drawn: str = "drawn-version"
    theme: str = "theme"
    page: str = "page"
    url: str = "url-written"
    past_urls: str = "url-past"


KEYS = Keys()


def enter(page: str) -> None:
    """Have the URL read anew on another page than before: widgets of one key are worded differently there.

    Streamlit keeps a choice by its words, so that what the pills of the map say chooses nothing in those of the tasks.
    """
    if st.session_state.get(KEYS.page) != page:
        st.session_state[KEYS.page] = page
        st.session_state.pop(KEYS.url, None)
        st.session_state.pop(KEYS.past_urls, None)


def query_of_run() -> Query:
    """The query that the browser had when it asked for this run, or what was written in it since."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def is_foreign(query: Query) -> bool:
    """Whether somebody went to a URL; else it is the one that this page wrote last, or the browser lags behind.

    Who clicks twice in quick succession, or over a slow line, sends the second click before the browser has heard of
    the URL that the first one led to: that URL says nothing then, lest it undo both clicks.
    """
    if st.session_state.get(KEYS.url) == query:
        return False
    past: list[tuple[float, Query]] = st.session_state.get(KEYS.past_urls, [])
    late = any(known == query and monotonic() - since < _IN_FLIGHT_S for since, known in past)
    if late and not _went_through_history():
        return False
    know(query)
    return True


def _went_through_history() -> bool:
    """Whether this run follows back or forward in the browser."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def write(query: Query) -> None:
    """Put a query into the URL, unless it stands there; also where the browser asked with another one."""
    if query != st.session_state[KEYS.url] or query != query_of_run():
        st.query_params.from_dict(query)
        know(query)


def know(query: Query) -> None:
    """Keep what the URL is now, and for a while what it was."""
    state = st.session_state
    if KEYS.url in state and state[KEYS.url] != query:
        state[KEYS.past_urls] = [*state.get(KEYS.past_urls, []), (monotonic(), state[KEYS.url])][-_PAST_URLS:]
    state[KEYS.url] = query


NO_BASEMAP = "none"


@dataclass(frozen=True, slots=True)
class Choices:
    """What each part of the state may be, in the order of the screen."""

    zones: tuple[str, ...]
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    units: tuple[str, ...]
    statuses: tuple[str, ...]
    lights: tuple[str, ...]
    basemaps: tuple[str, ...]
    features: frozenset[str]


@lru_cache(maxsize=4)
def choices_of(opened: CampaignContext) -> Choices:
    """Choices that the campaign's data offer."""
    features = opened.loaded.features
    present = set(features["kind"])
    return Choices(
        zones=tuple(features.index[features["layer"] == Layer.ZONES]),
        kinds=tuple(kind for kind in KIND_LABELS if kind in present),
        categories=tuple(category.id for category in opened.campaign.categories),
        units=tuple(opened.loaded.units.index),
        statuses=tuple(STATUS_ORDER),
        lights=tuple(LIGHT_ORDER),
        basemaps=(NO_BASEMAP, *(basemap.id for basemap in offered(settings().tianditu_key))),
        features=frozenset(features.index),
    )
