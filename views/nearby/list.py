"""Hand the front-end what is near and the round, take what it chooses, and offer the round as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.model.errors import StoreUnavailableError
from geo.model.status import DIFFICULTY_LABELS, LIGHT_GLYPHS, LIGHT_LABELS, STATUS_LABELS
from geo.space.map_links import MapLink, map_links
from geo.space.rank import distance_text
from services.campaign import urls
from services.field.choices import Choice, report_choices
from services.field.corridor import is_corridor
from services.field.nearby import Around, NearRow
from services.field.pocket import pocket_map, pocket_name
from services.field.reports import FAR_M
from services.field.round import Round, Stop, TooManyStopsError, open_around, plan, sheet
from views.nearby import choice as nearby_choice
from views.nearby import place as nearby_place
from views.nearby.place import TIMEOUT_MS, datum_of, spot
from views.shared import who
from views.shared.context import PageContext
from views.shared.links import address, plain
from views.shared.map_view import FRONTEND, loader

KEY: Final = "nearby-list"
WALKING: Final = "nearby-walking"

_list = st.components.v2.component("onemap_nearby", js=loader(), isolate_styles=False)


def show(context: PageContext, around: Around, walk: Round | None, empty: str) -> None:
    """Draw the list or the round, and the bar under the thumb."""
    choices = _choices(context, around.position)
    data = {
        "module": urls.frontend_url(FRONTEND, "nearby.js"),
        "lang": context.lang,
        "day": context.day.isoformat(),
        "author": context.person.name if context.person else "",
        "signIn": who.sign_in_url(),
        "rows": [_row(context, row) for row in around.rows],
        "round": None if walk is None else _round(context, walk),
        "choices": [_choice(context, choice) for choice in choices],
        "empty": empty,
        "far_m": FAR_M,
        "timeout_ms": TIMEOUT_MS,
        **_place(around.position),
        "words": _words(context),
    }
    _list(key=KEY, data=data, on_walked_change=_take_walk)


def walking() -> tuple[str, ...] | None:
    """Ids of what was chosen for the round, none for all that is open near by; None where no round is shown."""
    found: tuple[str, ...] | None = st.session_state.get(WALKING)
    return found


def _take_walk() -> None:
    walked = st.session_state[KEY].walked
    if walked is not None:
        st.session_state[WALKING] = tuple(map(str, walked["ids"])) if walked["on"] else None


def _choices(context: PageContext, position: tuple[float, float] | None) -> tuple[Choice, ...]:
    """What may be reported; what was last offered while the database is gone, since reports wait on the phone."""
    kept = "nearby-choices"
    try:
        found = report_choices(context.opened, context.person, position)
    except StoreUnavailableError:
        known: tuple[Choice, ...] = st.session_state.get(kept, ())
        return known
    st.session_state[kept] = found
    return found


def _place(position: tuple[float, float] | None) -> dict[str, Any]:
    """Where the person stands, for a report: as the page knows it, and in which datum the device speaks."""
    place = spot()
    if position is None or place is None:
        return {"place": None, "datum": "wgs84"}
    lon, lat = position
    told = {"lon": lon, "lat": lat, "accuracy_m": place.accuracy_m, "datum": "wgs84", "device": place.device}
    return {"place": told, "datum": str(datum_of(place))}


def _row(context: PageContext, row: NearRow) -> dict[str, Any]:
    lang = context.lang
    return {
        "feature": row.feature,
        "name": row.name.get(lang),
        "kind": row.kind.get(lang),
        "light": str(row.light),
        "lightWord": LIGHT_LABELS[row.light].get(lang),
        "glyph": LIGHT_GLYPHS[row.light],
        "task": row.task,
        "title": row.title.get(lang),
        "way": row.why.get(lang),
        "here": row.here,
        "distance_m": round(row.distance_m, 1),
        "page": address(context, "task", id=row.task) if row.task else "",
        "along": address(context, "corridor", feature=row.feature) if is_corridor(context.opened, row.feature) else "",
        "apps": _apps(map_links(row.lon, row.lat, row.name.get(lang)), lang),
    }


def _apps(links: Sequence[MapLink], lang: Any) -> list[list[str]]:  # noqa: ANN401  the language of the page
    return [[link.label.get(lang), link.url] for link in links]


def _choice(context: PageContext, choice: Choice) -> dict[str, Any]:
    lang = context.lang
    return {
        "task": choice.task,
        "title": choice.title.get(lang),
        "feature": choice.feature,
        "name": choice.name.get(lang),
        "glyph": LIGHT_GLYPHS[choice.light],
        "status": str(choice.status),
        "percent": choice.percent,
        "based_on": choice.based_on,
        "distance_m": None if choice.distance_m is None else round(choice.distance_m, 1),
        "moves": [
            {"status": str(move.status), "demands": list(move.required_fields), "percents": list(move.percents)}
            for move in choice.moves
        ],
    }


def _round(context: PageContext, walk: Round) -> dict[str, Any]:
    _, lang = context.words.gettext, context.lang
    total = distance_text(walk.total_m).get(lang)
    words = _("{stops} stops, {total}, about {minutes} min on foot without stopping")
    words = words.format(stops=len(walk.stops), total=total, minutes=walk.minutes)
    return {"sum": words, "stops": [_stop(context, stop) for stop in walk.stops]}


def _stop(context: PageContext, stop: Stop) -> dict[str, Any]:
    _, lang = context.words.gettext, context.lang
    leg = _("{leg} from the stop before, {sofar} in all")
    far, sofar = (distance_text(one).get(lang) for one in (stop.leg_m, stop.so_far_m))
    return {
        "number": stop.number,
        "feature": stop.feature,
        "name": stop.name.get(lang),
        "glyph": LIGHT_GLYPHS[stop.light],
        "title": f"{stop.task} {stop.title.get(lang)} · {stop.why.get(lang)}" if stop.task else "",
        "leg": leg.format(leg=far, sofar=sofar),
        "apps": _apps(stop.links(lang), lang),
    }


def _words(context: PageContext) -> dict[str, Any]:
    _ = context.words.gettext
    return _form_words(context) | {
        "report": _("Report progress"),
        "signIn": _("Sign in to report"),
        "mayNot": _("You may not report here"),
        "round": _("Round"),
        "openAround": _("Round: all open within 1 km"),
        "pick": _("Take {name} into the round"),
        "list": _("Back to the list"),
        "clearRound": _("Empty the round"),
        "ticked": _("{n} of {all} done"),
        "task": _("Task"),
        "along": _("Along the corridor"),
        "metres": _("{n} m"),
        "kilometres": _("{n} km"),
    }


def _form_words(context: PageContext) -> dict[str, Any]:
    _, lang = context.words.gettext, context.lang
    return {
        "close": _("Close"),
        "project": _("Project"),
        "status": _("Status"),
        "percent": _("Percent"),
        "kind": _("Kind of difficulty"),
        "difficulty": _("What stands in the way"),
        "note": _("What was done"),
        "photo": _("Photo"),
        "removePhoto": _("Remove the photo"),
        "send": _("Send"),
        "needsKind": _("Choose the kind of difficulty."),
        "needsText": _("Say in a few words what it is about."),
        "far": _("You are about {far} from this project; the report will say so."),
        "statuses": {str(status): label.get(lang) for status, label in STATUS_LABELS.items()},
        "kinds": {str(kind): label.get(lang) for kind, label in DIFFICULTY_LABELS.items()},
    }


def walk(context: PageContext, around: Around) -> Round | None:
    """The round that the bar asks for; None while the list is shown, or where there is no place to start from."""
    chosen, place = walking(), nearby_place.spot()
    if chosen is None or around.position is None or place is None:
        return None
    if not chosen:
        start = replace(nearby_choice.asked(context, place), radius_m=None)
        chosen = open_around(context.opened, context.day, start)
    try:
        return plan(context.opened, context.day, around.position, chosen)
    except TooManyStopsError as error:
        st.warning(plain(error.message(context.lang)))
        return None


def show_round(context: PageContext, planned: Round) -> None:
    """Draw the download of the round sheet; say where the order may not be the shortest."""
    _ = context.words.gettext
    if not planned.stops:
        st.caption(_("Nothing is open within 1 km."))
        return
    if not planned.exact:
        st.caption(_("A good order; with so many stops it may not be the very shortest."))
    st.download_button(
        _("Round sheet (PDF)"),
        data=lambda: sheet(context.opened, context.day, planned, context.lang),
        file_name=f"round-{context.day.isoformat()}.pdf",
        mime="application/pdf",
        key="nearby-round-pdf",
        icon=":material/print:",
        on_click="ignore",
        width="stretch",
    )


def show_pocket(context: PageContext) -> None:
    """Draw the download of the pocket map."""
    _ = context.words.gettext
    st.download_button(
        _("Pocket map for places without a network"),
        data=lambda: pocket_map(context.opened, context.day, context.lang),
        file_name=pocket_name(context.opened, context.day),
        mime="text/html",
        key="nearby-pocket",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
