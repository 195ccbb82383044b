"""Show the map: hand the front-end the addresses of its documents, what is shown of them, and the saved views."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from geo.model.errors import StoreUnavailableError
from geo.space.crs import Datum, convert
from geo.tasks.changes import Direction
from geo.tasks.facets import Facet, normalise
from geo.tasks.filters import Filters
from layers.screen.map import tile_options
from services.access.policy import Action, NotAllowedError, may
from services.board import joint
from services.campaign import urls
from services.campaign.words import words_url
from services.reports.forms import TransitionError
from services.snapshots.saved_views import SavedView, address_of, remove_view, save_view, saved_views
from settings import ROOT, settings
from views.shared import state
from views.shared.context import PageContext
from views.shared.links import plain
from views.shared.url import KEYS

FRONTEND = ROOT / "frontend"
SAID: Final = "saved-view-said"
"""Holds what the next run says: a run of a callback may be followed by another one at once, which clears the screen."""
_COMMENTS = ("//", "/**")


def loader() -> str:
    """The front-end that Streamlit delivers with every run, without its comments."""
    lines = (FRONTEND / "loader.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith(_COMMENTS))


_map = st.components.v2.component("onemap_map", js=loader(), isolate_styles=False)


def show(context: PageContext) -> None:
    """Draw the map component; a click on a feature selects it."""
    _say_saved()
    with st.container(key="map-frame"):
        _map(
            key=KEYS.map,
            data=_data(context)
            | {"exports": _exports(context), "bounds": st.session_state[KEYS.bounds]}
            | {"linked": joint.linked(context.opened, context.day, context.selected)},
            on_picked_change=take_pick(KEYS.map),
            on_themed_change=_take_theme,
            on_view_change=_take_view(context),
            on_cleared_change=partial(state.clear, context.choices),
            height="stretch",
        )


def _exports(context: PageContext) -> dict[str, Any]:
    """What the export control needs: the views with their addresses, and whether one may be kept."""
    try:
        views = [
            {"name": one.name, "href": address_of(context.opened, one, context.lang)}
            for one in saved_views(context.opened)
        ]
    except StoreUnavailableError:
        views = []
    return {"views": views, "maySave": may(context.person, Action.SAVE_VIEW)}


def _take_view(context: PageContext) -> Callable[[], None]:
    """A callback that keeps or removes what the control asks for; `say` says so."""
    _ = context.words.gettext

    def keep() -> None:
        asked = st.session_state[KEYS.map].view
        if asked is None:
            return
        try:
            if asked.get("remove"):
                remove_view(context.opened, context.person, str(asked["remove"]), key=secrets.token_hex(16))
                said = _("The view is removed.")
            else:
                said = _("The view “{name}” is kept for everybody.").format(name=plain(_save(context, asked).name))
            st.session_state[SAID] = said, ":material/check:"
        except TransitionError as error:
            said = "\n".join(plain(one.sentence(context.lang)) for one in error.field_errors)
            st.session_state[SAID] = said, ":material/error:"
        except (NotAllowedError, StoreUnavailableError) as error:
            st.session_state[SAID] = plain(error.message(context.lang)), ":material/error:"

    return keep


def _say_saved() -> None:
    """Say what came of the last wish, once."""
    if SAID in st.session_state:
        said, icon = st.session_state.pop(SAID)
        st.toast(said, icon=icon)


def _save(context: PageContext, asked: Mapping[str, Any]) -> SavedView:
    return save_view(
        context.opened,
        context.person,
        name=str(asked.get("name", "")),
        rule=json.dumps(asked.get("rule")),
        bounds=str(asked.get("bounds", "")),
        feature=str(asked.get("selected") or ""),
        key=secrets.token_hex(16),
    )


def show_features(context: PageContext, features: tuple[str, ...]) -> None:
    """Draw a small map of some features, brought into view."""
    data = _data(context) | {"rule": {"ids": list(features)}, "selected": None, "fit": True}
    with st.container(key="small-map"):
        _map(key=KEYS.map, data=data, on_picked_change=take_pick(KEYS.map), height="stretch")


def show_marks(context: PageContext, marks: Mapping[str, Direction]) -> None:
    """Draw change instead of state: features that moved with their marks, all others quiet."""
    data = _data(context) | {"rule": {}, "marks": {feature: str(mark) for feature, mark in marks.items()}}
    with st.container(key="marks-map"):
        _map(
            key=KEYS.map,
            data=data,
            on_picked_change=take_pick(KEYS.map),
            on_themed_change=_take_theme,
            height="stretch",
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A mark on the map that is no feature: WGS-84 degrees, what stands in it and beside it, its style and id.

    A click on a mark that has an id gives that id; `radius_m` draws a circle of so many metres.
    """

    lon: float
    lat: float
    glyph: str
    text: str = ""
    style: str = ""
    id: str = ""
    radius_m: float = 0.0


def show_places(
    context: PageContext,
    places: Iterable[Place],
    *,
    placing: bool,
    on_placed: Callable[[], None],
    way: Sequence[tuple[float, float]] = (),
    look: tuple[float, float, float, float] | None = None,
    two_fingers: str = "",
) -> None:
    """Draw the map with marks; where `placing`, a click, also on a mark, names a place, and `on_placed` is called.

    `way` is drawn as a line, `look` (west, south, east, north) brought into view once, both in WGS-84 degrees; with
    the hint `two_fingers` one finger scrolls the page over the map.
    """
    data = _data(context) | {
        "points": [_point(context, place) | ({"id": ""} if placing else {}) for place in places],
        "placing": placing,
        "line": [_drawn(context, *one) for one in way],
        "look": [*_drawn(context, *look[:2]), *_drawn(context, *look[2:])] if look else None,
        "twoFingers": two_fingers,
    }
    with st.container(key="places-map"):
        _map(
            key=KEYS.map,
            data=data,
            on_picked_change=take_pick(KEYS.map),
            on_placed_change=on_placed,
            on_point_change=_take_point,
            on_themed_change=_take_theme,
            on_cleared_change=partial(state.clear, context.choices),
            height="stretch",
        )


def placed(datum: Datum) -> tuple[float, float] | None:
    """The place that was clicked last, lon and lat in WGS-84 degrees, from the datum in which the map is drawn."""
    at = st.session_state[KEYS.map].placed
    if at is None:
        return None
    lon, lat = convert(at["lon"], at["lat"], source=datum, target=Datum.WGS84)
    return float(lon), float(lat)


def _take_point() -> None:
    point = st.session_state[KEYS.map].point
    if point is not None:
        st.session_state[KEYS.task] = point["id"]


def _point(context: PageContext, place: Place) -> dict[str, Any]:
    lon, lat = _drawn(context, place.lon, place.lat)
    drawn = {"lon": lon, "lat": lat, "glyph": place.glyph, "className": place.style}
    return drawn | {"text": place.text, "id": place.id, "radius_m": place.radius_m}


def _drawn(context: PageContext, lon: float, lat: float) -> list[float]:
    """A place in WGS-84 degrees as the map draws it: in the datum of its basemap."""
    x, y = convert(lon, lat, source=Datum.WGS84, target=context.datum)
    return [round(float(x), 7), round(float(y), 7)]


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
        "module": urls.frontend_url(FRONTEND, module),
        "style": urls.style_url(),
        "features": urls.features_url(context.opened.files_version, context.datum),
        "board": urls.board_url(context.opened.version, context.day),
        "words": words_url(context.lang),
        "rule": rule(context.filters),
        "selected": context.selected,
        "lang": context.lang,
        "theme": context.theme,
    }


def rule(filters: Filters) -> dict[str, Any]:
    """The filters as the front-end reads them: only what is restricted."""
    wanted = {str(facet): sorted(filters.wanted(facet)) for facet in Facet}
    more = {"text": normalise(filters.text), "leadOnly": filters.lead_only and bool(filters.units)}
    return {name: values for name, values in (wanted | more).items() if values}


def _data(context: PageContext) -> dict[str, Any]:
    basemap = tile_options(context.basemap, settings().tianditu_key) if context.basemap else None
    return shared_data(context, "map.js") | {
        "script": urls.script_url(context.opened.files_version),
        "leaflet": urls.leaflet_url(),
        "basemap": basemap,
    }
