"""Hold the state of the page: the keys of its widgets, and the same state in the URL as plain ids.

A link reopens the view: what the URL says is parsed to ids of the campaign, and what is not one of them is left out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from geo.tasks.filters import Filters
from locales import LANGUAGES, Language, language_of, parse_language
from services.campaign.context import CampaignContext
from services.snapshots.export_view import extent_of_text
from views.shared import url
from views.shared.url import KEYS, NO_BASEMAP, Choices, Keys, Query, choices_of, enter

__all__ = ["KEYS", "Choices", "Keys", "choices_of", "enter"]

NOTHING = frozenset({""})
"""Restriction that no value satisfies: every kind or light is hidden."""

TASK_ID_MAX = 100
TEXT_MAX = 100
"""Longest free text that is searched for."""


def seed(opened: CampaignContext, choices: Choices) -> None:
    """Set the widgets from the URL where this page did not write it: first run, link, back and forward."""
    query = url.query_of_run()
    foreign = url.is_foreign(query)
    for key, value in parse(query, opened, choices).items():
        if foreign or key not in st.session_state:
            st.session_state[key] = value
    _forget_unknown(choices)


def _forget_unknown(choices: Choices) -> None:
    """Leave out of the state what a change of the files took away."""
    state = st.session_state
    every = {
        KEYS.zone: choices.zones,
        KEYS.category: choices.categories,
        KEYS.unit: choices.units,
        KEYS.kind: choices.kinds,
    }
    for key, known in every.items():
        if not set(state[key]) <= set(known):
            state[key] = [value for value in state[key] if value in known]
    if state[KEYS.selected] not in choices.features:
        state[KEYS.selected] = None


def parse(query: Query, opened: CampaignContext, choices: Choices) -> dict[str, Any]:
    """Values of the widgets for a URL; unknown ids are left out, so that an old link still opens."""

    def known(name: str, allowed: tuple[str, ...]) -> list[str]:
        return [choice for choice in allowed if choice in query.get(name, [])]

    def first(name: str) -> str:
        return query.get(name, [""])[0]

    hidden = query.get("hide", [])
    return {
        KEYS.zone: known("zone", choices.zones),
        KEYS.category: known("category", choices.categories),
        KEYS.unit: known("unit", choices.units),
        KEYS.lead: first("lead") == "1",
        KEYS.status: known("status", choices.statuses),
        KEYS.kind: [kind for kind in choices.kinds if kind not in hidden],
        KEYS.light: [light for light in choices.lights if light not in hidden],
        KEYS.text: first("q")[:TEXT_MAX],
        KEYS.as_of: _day(first("date"), opened),
        KEYS.language: parse_language(first("lang")) or language_of(st.context.locale),
        KEYS.basemap: first("basemap") if first("basemap") in choices.basemaps else NO_BASEMAP,
        KEYS.since: _day_or_none(first("since")),
        KEYS.bounds: first("bounds") if extent_of_text(first("bounds")) else "",
        KEYS.task: first("id")[:TASK_ID_MAX],
        KEYS.selected: first("feature") if first("feature") in choices.features else None,
    }


def _day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(text: str, opened: CampaignContext) -> date:
    try:
        return opened.campaign.clamp(date.fromisoformat(text))
    except ValueError:
        return opened.today()


def write(opened: CampaignContext, choices: Choices) -> None:
    """Put the state into the URL; defaults are left out, but the language always stands there."""
    state = st.session_state
    query: Query = {
        "zone": state[KEYS.zone],
        "category": state[KEYS.category],
        "unit": state[KEYS.unit],
        "lead": ["1"] if state[KEYS.lead] else [],
        "status": state[KEYS.status],
        "hide": [kind for kind in choices.kinds if kind not in state[KEYS.kind]]
        + [light for light in choices.lights if light not in state[KEYS.light]],
        "q": [state[KEYS.text]],
        "date": [state[KEYS.as_of].isoformat()] if state[KEYS.as_of] != opened.today() else [],
        "lang": [language()],
        "basemap": [state[KEYS.basemap]] if state[KEYS.basemap] != NO_BASEMAP else [],
        "since": [state[KEYS.since].isoformat()] if state[KEYS.since] else [],
        "bounds": [state[KEYS.bounds]],
        "id": [state[KEYS.task]],
        "feature": [state[KEYS.selected]] if state[KEYS.selected] else [],
    }
    query = {name: [str(value) for value in values if value] for name, values in query.items()}
    query = {name: values for name, values in query.items() if values}
    url.write(query)


def language() -> Language:
    """Language of the screen; deselecting the switch keeps the browser's."""
    chosen = st.session_state.get(KEYS.language)
    return chosen if chosen in LANGUAGES else language_of(st.context.locale)


def filters(choices: Choices) -> Filters:
    """Filters that the widgets say. All kinds or lights shown is no restriction; none shown leaves nothing."""
    state = st.session_state
    return Filters(
        zones=frozenset(state[KEYS.zone]),
        kinds=_unless_all(state[KEYS.kind], choices.kinds),
        categories=frozenset(state[KEYS.category]),
        units=frozenset(state[KEYS.unit]),
        statuses=frozenset(state[KEYS.status]),
        lights=_unless_all(state[KEYS.light], choices.lights),
        text=state[KEYS.text][:TEXT_MAX],
        lead_only=state[KEYS.lead],
    )


def clear(choices: Choices) -> None:
    """Lift every filter; date, language, basemap and selection stay."""
    for key in (KEYS.zone, KEYS.category, KEYS.unit, KEYS.status):
        st.session_state[key] = []
    st.session_state[KEYS.kind] = list(choices.kinds)
    st.session_state[KEYS.light] = list(choices.lights)
    st.session_state[KEYS.text] = ""
    st.session_state[KEYS.lead] = False


def _unless_all(values: list[str], every: tuple[str, ...]) -> frozenset[str]:
    return frozenset() if set(values) == set(every) else frozenset(values) or NOTHING


def deselect() -> None:
    """Lift the selection."""
    st.session_state[KEYS.selected] = None


def go_to_day(day: date) -> None:
    """Show the board as of another day."""
    st.session_state[KEYS.as_of] = day


def draw_all() -> None:
    """Have the whole page drawn, not only the part whose widget was used."""
    st.session_state[KEYS.drawn] = None
