"""Learn where the person stands, by the device, a tap, a landmark or numbers, and draw the map around it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.space.crs import Datum
from geo.space.position import PositionKind, PositionProblem, problem_of
from geo.space.rank import distance_text
from locales import Text
from services.campaign import urls
from services.field.nearby import DATUMS, Around, Landmark, coordinates, find
from services.field.round import Round
from views.shared import map_view
from views.shared.context import PageContext
from views.shared.links import plain
from views.shared.map_view import FRONTEND, Place, loader, placed

NEAR_M: Final = 250.0
FAR_M: Final = 800.0
_AROUND: Final = 3
"""So many of the nearest rows are brought into view with the place itself, within these bounds."""
_M_PER_DEGREE: Final = 111_320.0


def show_map(context: PageContext, around: Around, walk: Round | None) -> None:
    """Draw the map; one finger scrolls the page over it."""
    _ = context.words.gettext
    position = around.position
    places = [] if position is None else [_here(position)]
    stops = walk.stops if walk else ()
    places += [Place(stop.lon, stop.lat, str(stop.number), style="stop") for stop in stops]
    way = [walk.start, *((stop.lon, stop.lat) for stop in stops)] if walk else []
    map_view.show_places(
        context,
        places,
        placing=is_tapping(),
        on_placed=take_placed(context.datum),
        way=way,
        look=_look(around, way),
        two_fingers=_("Two fingers move the map"),
    )


def _here(position: tuple[float, float]) -> Place:
    place = spot()
    accuracy = place.accuracy_m if place else None
    return Place(*position, glyph="", style="here", radius_m=accuracy or 0.0)


def _look(around: Around, way: list[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    """Rectangle that is brought into view: the round, else the place with what is nearest to it."""
    if around.position is None:
        return None
    lon, lat = around.position
    if way:
        lons, lats = [one[0] for one in way], [one[1] for one in way]
        return min(lons), min(lats), max(lons), max(lats)
    nearest = sorted(row.distance_m for row in around.rows)[:_AROUND]
    reach = min(max(*nearest, NEAR_M), FAR_M) if nearest else FAR_M
    north, east = reach / _M_PER_DEGREE, reach / _M_PER_DEGREE / math.cos(math.radians(lat))
    return round(lon - east, 6), round(lat - north, 6), round(lon + east, 6), round(lat + north, 6)


TIMEOUT_MS: Final = 15_000
SPOT: Final = "nearby-spot"
FAILED: Final = "nearby-failed"
TAPPING: Final = "nearby-tapping"
SEARCH: Final = "nearby-search"
DATUM: Final = "nearby-datum"
LOCATE: Final = "nearby-locate"
DATUM_LABELS: Final = {
    Datum.WGS84: Text("WGS-84 (GPS)"),
    Datum.GCJ02: Text("GCJ-02 (AMap, Tencent, WeChat)"),
    Datum.BD09: Text("BD-09 (Baidu)"),
}

_locate = st.components.v2.component("onemap_locate", js=loader(), isolate_styles=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold a place as it came: degrees, accuracy where it is known, what it is called, whether its datum is open.

    A place that was tapped or chosen is in WGS-84; one of a device, or of numbers that were typed, in whatever datum
    the person declares.
    """

    lon: float
    lat: float
    accuracy_m: float | None = None
    name: str = ""
    declared: bool = False
    device: bool = False


def spot() -> Spot | None:
    """The place that was chosen last."""
    found: Spot | None = st.session_state.get(SPOT)
    return found


def datum_of(place: Spot) -> Datum:
    """Datum of a place: as declared where it can be another than WGS-84."""
    declared = st.session_state.get(DATUM) or Datum.WGS84
    return Datum(declared) if place.declared else Datum.WGS84


def is_tapping() -> bool:
    """Whether a tap on the map names a place: when it was asked for, and while there is none."""
    return bool(st.session_state.get(TAPPING)) or spot() is None


def show_buttons(context: PageContext) -> None:
    """Draw the buttons that locate, and that let the next tap on the map be the place."""
    _ = context.words.gettext
    data = {
        "module": urls.frontend_url(FRONTEND, "locate.js"),
        "timeout_ms": TIMEOUT_MS,
        "known": spot() is not None,
        "words": {"locate": _("Locate me"), "locating": _("Locating …")},
    }
    with st.container(key="nearby-buttons", horizontal=True, gap="small"):
        _locate(key=LOCATE, data=data, on_located_change=_take_located)
        label = _("Cancel") if st.session_state.get(TAPPING) else _("Tap the map")
        st.button(label, key="nearby-tap", on_click=_begin_tapping, width="stretch")


def show_state(context: PageContext, problem: PositionProblem | None) -> None:
    """Say what is known of the place, or why there is none and what to do."""
    _, lang = context.words.gettext, context.lang
    failed = st.session_state.get(FAILED)
    place = spot()
    problem = problem_of(failed) if failed else problem
    if problem is not None:
        st.warning(plain(problem.text.get(lang)), icon=":material/location_off:")
        if problem.corrected:
            lon, lat = problem.corrected
            words = _("Use {lon}, {lat}").format(lon=f"{lon:.5f}", lat=f"{lat:.5f}")
            st.button(plain(words), key="nearby-mended", on_click=_take, args=problem.corrected)
    elif place is not None:
        st.caption(plain(_said(context, place)))
    else:
        st.caption(_("Locate, tap your place on the map, or search for a landmark below."))
    if st.session_state.get(TAPPING):
        st.caption(_("Tap your place on the map."))


def _said(context: PageContext, place: Spot) -> str:
    _ = context.words.gettext
    if place.accuracy_m is None:
        return _("Place: {name}").format(name=place.name) if place.name else _("Place: as tapped on the map")
    return _("Located, good to {far}").format(far=distance_text(place.accuracy_m).get(context.lang))


def show_search(context: PageContext) -> None:
    """Draw the search for a landmark or coordinates, with what it found."""
    _, lang = context.words.gettext, context.lang
    text = st.text_input(_("Landmark or “longitude, latitude”"), key=SEARCH, max_chars=80)
    pair = coordinates(text or "")
    if pair is not None:
        st.button(_("Use these coordinates"), key="nearby-pair", on_click=_take_pair, args=pair, width="stretch")
        return
    found = find(context.opened, text or "")
    if not found:
        st.caption(_("No landmark has this name."))
    for landmark in found:
        label = f"{landmark.name.get(lang)} · {landmark.kind.get(lang)}"
        key = f"nearby-landmark-{landmark.feature}"
        st.button(plain(label), key=key, on_click=_take_landmark, args=(landmark, lang), width="stretch")


def show_datum(context: PageContext) -> None:
    """Draw the choice of datum for a device that gives shifted positions."""
    _ = context.words.gettext
    st.caption(
        _("In-app browsers of Chinese map and chat apps give shifted positions: say which, and they are shifted back.")
    )
    st.segmented_control(
        _("Datum of the position"),
        DATUMS,
        default=Datum.WGS84,
        key=DATUM,
        format_func=lambda one: DATUM_LABELS[Datum(one)].get(context.lang),
        label_visibility="collapsed",
        required=True,
    )


def take_placed(datum: Datum) -> Callable[[], None]:
    """A callback that takes the place that was tapped on a map drawn in a datum."""

    def take() -> None:
        at = placed(datum)
        if at is not None:
            _set(Spot(*at))

    return take


def _set(place: Spot) -> None:
    st.session_state[SPOT] = place
    for name in (FAILED, TAPPING):
        st.session_state.pop(name, None)


def _begin_tapping() -> None:
    st.session_state[TAPPING] = not st.session_state.get(TAPPING)


def _take_located() -> None:
    found = st.session_state[LOCATE].located
    if found is None:
        return
    if "error" in found:
        kinds = {str(kind): kind for kind in PositionKind}
        st.session_state[FAILED] = kinds.get(found["error"], PositionKind.UNAVAILABLE)
        return
    lon, lat, accuracy = (_degrees(found.get(name)) for name in ("lon", "lat", "accuracy_m"))
    _set(Spot(lon, lat, None if math.isnan(accuracy) else accuracy, declared=True, device=True))


def _degrees(value: object) -> float:
    """A number of a browser, NaN where it sent none."""
    return float(value) if isinstance(value, int | float) else math.nan


def _take(lon: float, lat: float) -> None:
    place = spot()
    accuracy = place.accuracy_m if place else None
    _set(Spot(lon, lat, accuracy, declared=True))


def _take_pair(lon: float, lat: float) -> None:
    _set(Spot(lon, lat, name=f"{lon:g}, {lat:g}", declared=True))


def _take_landmark(landmark: Landmark, lang: str) -> None:
    name = landmark.name.zh if lang == "zh" else landmark.name.en
    _set(Spot(landmark.lon, landmark.lat, name=name))
