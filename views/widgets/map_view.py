"""Show the map: hand the front-end the addresses of its documents and the rule that says what is shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.filters import Facet, normalise
from layers.basemap import tile_options
from services import assets, urls
from services.words import words_url
from settings import settings
from views import state
from views.state import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.filters import Filters
    from views.context import PageContext

FRONTEND = Path(__file__).parent.parent / "map_frontend"
_COMMENT = "//"


def loader() -> str:
    """The front-end that Streamlit delivers with every run, without its comments."""
    lines = (FRONTEND / "loader.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(_COMMENT))


_map = st.components.v2.component("onemap_map", js=loader(), isolate_styles=False)


def show(context: PageContext) -> None:
    """Draw the map component; a click on a feature selects it."""
    with st.container(key="map-frame"):
        _map(
            key=KEYS.map,
            data=_data(context),
            on_picked_change=take_pick(KEYS.map),
            on_themed_change=_take_theme,
            on_cleared_change=partial(state.clear, context.choices),
            height="stretch",
        )


def show_features(context: PageContext, features: tuple[str, ...]) -> None:
    """Draw a small map of some features, brought into view."""
    data = _data(context) | {"rule": {"ids": list(features)}, "selected": None, "fit": True}
    with st.container(key="small-map"):
        _map(key=KEYS.map, data=data, on_picked_change=take_pick(KEYS.map), height="stretch")


def _take_theme() -> None:
    """Remember the theme that the browser shows: Streamlit's own word of it comes late after a change in the menu."""
    themed = st.session_state[KEYS.map].themed
    if themed is not None:
        st.session_state[KEYS.theme] = themed["theme"]
        state.draw_all()


def take_pick(key: str) -> Callable[[], None]:
    """A callback that stores which feature was picked on a component; None lifts the selection."""

    def store() -> None:
        picked = st.session_state[key].picked
        if picked is not None:
            st.session_state[KEYS.selected] = picked["id"]

    return store


def shared_data(context: PageContext, module: str) -> dict[str, Any]:
    """What the map and the list have in common; small, since it is sent with every run."""
    return {
        "module": assets.frontend_url(FRONTEND, module),
        "style": assets.style_url(),
        "features": urls.features_url(context.desk.files_version, context.datum),
        "board": urls.board_url(context.desk.version, context.day),
        "words": words_url(context.lang),
        "rule": rule(context.filters),
        "selected": context.selected,
        "lang": context.lang,
        "theme": context.theme,
    }


def rule(filters: Filters) -> dict[str, Any]:
    """The filters as the front-end reads them: only what is restricted."""
    wanted = {str(facet): sorted(filters.wanted(facet)) for facet in Facet}
    return {name: values for name, values in (wanted | {"text": normalise(filters.text)}).items() if values}


def _data(context: PageContext) -> dict[str, Any]:
    basemap = tile_options(context.basemap, settings().tianditu_key) if context.basemap else None
    return shared_data(context, "map.js") | {
        "script": urls.script_url(context.desk.files_version),
        "leaflet": assets.leaflet_url(),
        "basemap": basemap,
    }
